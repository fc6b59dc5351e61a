using Microsoft.Extensions.Logging;
using XoBlazor.Core.Model;
using XoBlazor.Core.Pools;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.Core.Metrics.History;

/// <summary>
/// Writes down what hosts tell, every five minutes: each is asked once for that, at a moment of its own so that all are spread over the time, and not at all when
/// somebody else has just asked it. Who was out of touch is asked for the two hours before. Storage is told by the picture. A disk that takes nothing hurts nobody else.
/// </summary>
internal sealed partial class HistoryRecorder(
    ObjectStore store, IPoolConnections pools, HostMetricsCache cache, HistoryStore history, Func<string, TimeSpan> clockOffset, TimeProvider time, ILogger<HistoryRecorder> logger)
{
    /// <summary>Hosts asked at the same moment: the others who ask come first.</summary>
    private const int MostQuestions = 8;

    /// <summary>Until a host has put together what it sampled.</summary>
    private const long Settling = 15;

    /// <summary>Over so many seconds the hosts are spread.</summary>
    private const long Spread = 210;

    private static readonly TimeSpan s_beat = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_betweenWrites = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_betweenTrims = TimeSpan.FromMinutes(10);

    private readonly SemaphoreSlim _room = new(MostQuestions);
    private readonly Dictionary<ObjectKey, Followed> _hosts = [];
    private readonly Dictionary<string, long> _storage = [];
    private DateTimeOffset _nextWrite;
    private DateTimeOffset _nextTrim;
    private bool _isOpen;
    private volatile string? _error;

    private static HistoryGrid Grid => HistoryGrid.Fine;

    /// <summary>Whether anything is written down; without it the file is opened for those who read.</summary>
    public bool IsRecording { get; init; } = true;

    public HistoryState State => history.Measure() with { Error = _error };

    public async Task RunAsync(CancellationToken token)
    {
        var asked = new List<Task>();
        using var timer = new PeriodicTimer(s_beat, time);
        try
        {
            do
            {
                // What was written before is read first: it tells what is missing.
                await Task.Run(Write, token);
                asked.RemoveAll(task => task.IsCompleted);
                if (IsRecording)
                    asked.Add(PassAsync(token));
            }
            while (await timer.WaitForNextTickAsync(token));
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            // The server ends.
        }

        await Task.WhenAll(asked);
        _nextWrite = default;
        Write();
    }

    /// <summary>Asks the hosts whose time has come, and ends when they have answered. Not to be called again before it returns its task.</summary>
    public Task PassAsync(CancellationToken token)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var slot = Grid.SlotOf(now - Settling) - 1;
        var asked = new List<Task>();
        var seen = new HashSet<ObjectKey>();
        foreach (var pool in store.Current.Pools.Where(pool => pools.IsLive(pool.Uuid)))
        {
            foreach (var host in pool.All<Host>().Where(pool.IsHostLive))
            {
                var key = pool.Key(host);
                seen.Add(key);
                if (!_hosts.TryGetValue(key, out var followed))
                    _hosts[key] = followed = new(history.LastSlot(new(MetricsOwner.Host, key)), (uint)key.GetHashCode() % Spread, now);
                if (followed.IsAsked || followed.Tried >= slot || now < Math.Max(Grid.EndOf(slot) + Settling, followed.Since) + followed.Delay)
                    continue;
                (followed.IsAsked, followed.Tried) = (true, slot);
                asked.Add(Task.Run(() => AskAsync(key, followed, slot, token), CancellationToken.None));
            }

            AddStorage(pool, slot);
        }

        foreach (var gone in _hosts.Keys.Where(key => !seen.Contains(key) && !_hosts[key].IsAsked).ToList())
            _hosts.Remove(gone);
        return Task.WhenAll(asked);
    }

    /// <summary>Writes what has come, as often as it should; a failure is kept for <see cref="State"/> and tried again.</summary>
    public void Write()
    {
        var now = time.GetUtcNow();
        if (now < _nextWrite)
            return;
        _nextWrite = now + s_betweenWrites;
        try
        {
            if (!_isOpen && history.Open() is { } notice)
                LogSetAside(notice);
            _isOpen = true;
            history.Pack();
            if (now >= _nextTrim && !history.Trim())
                _nextTrim = now + s_betweenTrims;
            if (_error is not null)
                LogRecovered();
            _error = null;
        }
        catch (HistoryException failed)
        {
            if (_error != failed.Message)
                LogTrouble(failed.Message);
            _error = failed.Message;
            if (failed.IsDamage)
                SetAside(failed.Message);
        }
    }

    private void SetAside(string why)
    {
        try
        {
            if (history.OpenAnew(why) is { } notice)
                LogSetAside(notice);
        }
        catch (Exception again) when (again is HistoryException or IOException or UnauthorizedAccessException)
        {
            _isOpen = false;
            LogTrouble(again.Message);
        }
    }

    private async Task AskAsync(ObjectKey host, Followed followed, long slot, CancellationToken token)
    {
        try
        {
            await _room.WaitAsync(token);
            try
            {
                var isGap = followed.Last is not { } last || last < slot - 1;
                var offset = clockOffset(host.Pool);
                if (!isGap && cache.Known(host, MetricsGranularity.Minutes) is { } early && EndOf(early, offset) < Grid.EndOf(slot))
                {
                    // Somebody who looks at it all the time asks within a minute.
                    followed.Tried = slot - 1;
                    return;
                }

                var figures = Known(host, isGap, slot, offset) ?? await cache.PassingAsync(host, isGap ? MetricsGranularity.Minutes : MetricsGranularity.Recent, token);
                if (figures.Count == 0 || EndOf(figures, offset) < Grid.EndOf(slot) - (Grid.Step / 2))
                    return;
                Add(host, figures, offset, followed.Last ?? long.MinValue, slot);
                followed.Last = slot;
            }
            finally
            {
                _room.Release();
            }
        }
        catch (Exception none) when (none is MetricsException or OperationCanceledException or ObjectDisposedException)
        {
            // A gap, which is closed when it answers again within two hours.
        }
        finally
        {
            followed.IsAsked = false;
        }
    }

    // What somebody else was told does, if it covers the time.
    private HostFigures? Known(ObjectKey host, bool isGap, long slot, TimeSpan offset)
    {
        foreach (var granularity in (MetricsGranularity[])(isGap ? [MetricsGranularity.Minutes] : [MetricsGranularity.Minutes, MetricsGranularity.Seconds]))
            if (cache.Known(host, granularity) is { } known && EndOf(known, offset) is var end && end >= Grid.EndOf(slot) && end - (known.Count * (long)known.Step.TotalSeconds) <= Grid.EndOf(slot - 1))
                return known;
        return null;
    }

    private static long EndOf(HostFigures figures, TimeSpan offset) => (figures.End - offset).ToUnixTimeSeconds();

    private void Add(ObjectKey key, HostFigures figures, TimeSpan offset, long after, long until)
    {
        if (store.Current.Pool(key.Pool) is not { } pool || pool.GetByUuid<Host>(key.Uuid) is not { } host)
            return;
        Add(new(MetricsOwner.Host, key), figures.Of(MetricsOwner.Host, host.Uuid), offset, after, until);
        // What a host tells of VMs that are not on it is its own affair.
        foreach (var vm in pool.VmsOn(host))
            Add(new(MetricsOwner.Vm, pool.Key(vm)), figures.Of(MetricsOwner.Vm, vm.Uuid), offset, after, until);
    }

    private void Add(HistoryKey key, ObjectMetrics told, TimeSpan offset, long after, long until)
    {
        var metrics = HistoryFigures.Of(key.Owner, told);
        if (metrics.Series.Count == 0)
            return;
        var kept = HistorySeriesFacts.KeptOf(key.Owner);
        var half = metrics.Step / 2;
        for (var at = 0; at < metrics.Count;)
        {
            var slot = SlotAt(at);
            var end = at + 1;
            while (end < metrics.Count && SlotAt(end) == slot)
                end++;
            if (slot > after && slot <= until)
            {
                var values = new float[kept.Length];
                for (var series = 0; series < kept.Length; series++)
                    values[series] = metrics[kept[series].Name()] is { } all ? Mean(all.AsSpan()[at..end]) : float.NaN;
                if (Array.Exists(values, value => !float.IsNaN(value)))
                    history.Add(key, slot, values);
            }

            at = end;
        }

        long SlotAt(int index) => Grid.SlotOf((metrics.TimeOf(index) - half - offset).ToUnixTimeSeconds());
    }

    private static float Mean(ReadOnlySpan<float> values)
    {
        var (sum, count) = (0.0, 0);
        foreach (var value in values)
            if (!float.IsNaN(value))
                (sum, count) = (sum + value, count + 1);
        return count == 0 ? float.NaN : (float)(sum / count);
    }

    private void AddStorage(PoolPicture pool, long slot)
    {
        if (_storage.TryGetValue(pool.Uuid, out var last) && last >= slot)
            return;
        _storage[pool.Uuid] = slot;
        foreach (var sr in pool.All<Sr>())
            if (SrFacts.UseOf(sr) is { Size: > 0 } use)
                history.Add(new(MetricsOwner.Sr, pool.Key(sr)), slot, [use.Used, use.Size]);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Notice}")]
    private partial void LogSetAside(string notice);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Problem}")]
    private partial void LogTrouble(string problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "The history of figures is written again.")]
    private partial void LogRecovered();

    /// <summary>A host whose figures are written down.</summary>
    /// <param name="last">The last moment that is written of it.</param>
    /// <param name="delay">Seconds after the end of each step at which it is asked.</param>
    /// <param name="since">When it was met: not all are asked at once when the server starts.</param>
    private sealed class Followed(long? last, long delay, long since)
    {
        private volatile bool _isAsked;

        public long Since => since;

        public long Delay => delay;

        public long? Last { get; set; } = last;

        /// <summary>The moment that it was asked for last.</summary>
        public long Tried { get; set; } = long.MinValue;

        public bool IsAsked
        {
            get => _isAsked;
            set => _isAsked = value;
        }
    }
}
