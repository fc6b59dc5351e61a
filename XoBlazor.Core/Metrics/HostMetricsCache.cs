using XoBlazor.Core.Store;

namespace XoBlazor.Core.Metrics;

/// <summary>
/// What hosts told lately, shared by all who look: however many ask, a host is asked once for each granularity, and again when its answer is no longer fresh. A failure
/// is shared for a moment too, so that a host in trouble is not stormed. What is kept is limited in bytes; what nobody asked for since it went stale goes.
/// Safe from any thread. A question that nobody waits for any more is still answered.
/// </summary>
internal sealed class HostMetricsCache : IDisposable
{
    /// <summary>Of all hosts and granularities together: the last ten minutes of 500 hosts with 20 VMs each, and then some.</summary>
    public const long MostBytes = 192L << 20;

    /// <summary>Hosts asked at the same moment.</summary>
    private const int MostQuestions = 24;

    private static readonly TimeSpan s_restAfterFailure = TimeSpan.FromSeconds(5);

    private readonly Func<ObjectKey, MetricsGranularity, CancellationToken, Task<HostFigures>> _ask;
    private readonly TimeProvider _time;
    private readonly long _mostBytes;
    private readonly SemaphoreSlim _room = new(MostQuestions);
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<(ObjectKey Host, MetricsGranularity Granularity), Entry> _entries = [];
    private readonly ITimer _sweeper;
    private long _asked;
    private bool _isSweeping;

    public HostMetricsCache(Func<ObjectKey, MetricsGranularity, CancellationToken, Task<HostFigures>> ask, TimeProvider time, long mostBytes = MostBytes)
    {
        (_ask, _time, _mostBytes) = (ask, time, mostBytes);
        _sweeper = time.CreateTimer(_ => Sweep(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How many bytes are held, about.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
                return _entries.Values.Sum(entry => entry.Weight);
        }
    }

    /// <summary>A host's figures, at most <see cref="MetricsGranularities.Freshness"/> old. Fails with <see cref="MetricsException"/>.</summary>
    public Task<HostFigures> OfAsync(ObjectKey host, MetricsGranularity granularity, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_closing.IsCancellationRequested, this);
        Task<HostFigures> answer;
        lock (_gate)
        {
            if (!_entries.TryGetValue((host, granularity), out var entry) || IsStaleLocked(entry))
            {
                _entries[(host, granularity)] = entry = new(granularity.Freshness());
                var made = entry;
                entry.Answer = Task.Run(() => AskAsync(made, host, granularity), CancellationToken.None);
                // Nobody may be left to hear of a failure.
                _ = entry.Answer.ContinueWith(static failed => failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            }

            entry.Asked = ++_asked;
            answer = entry.Answer;
        }

        return answer.WaitAsync(cancellation);
    }

    /// <summary>Asks a host for somebody who keeps what it tells in a way of their own: it is not kept here. Fails with <see cref="MetricsException"/>.</summary>
    public async Task<HostFigures> PassingAsync(ObjectKey host, MetricsGranularity granularity, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _closing.Token);
        await _room.WaitAsync(either.Token);
        try
        {
            return await _ask(host, granularity, either.Token);
        }
        finally
        {
            _room.Release();
        }
    }

    /// <summary>What a host told somebody not long ago, without asking it; null where that is no longer fresh.</summary>
    public HostFigures? Known(ObjectKey host, MetricsGranularity granularity)
    {
        lock (_gate)
            return _entries.TryGetValue((host, granularity), out var entry) && entry.GoodUntil > _time.GetUtcNow() ? entry.Figures : null;
    }

    public void Dispose()
    {
        _closing.Cancel();
        _sweeper.Dispose();
    }

    private async Task<HostFigures> AskAsync(Entry entry, ObjectKey host, MetricsGranularity granularity)
    {
        try
        {
            await _room.WaitAsync(_closing.Token);
            HostFigures metrics;
            try
            {
                metrics = await _ask(host, granularity, _closing.Token);
            }
            finally
            {
                _room.Release();
            }

            lock (_gate)
                EndLocked(entry, entry.Freshness, metrics);
            return metrics;
        }
        catch
        {
            lock (_gate)
                EndLocked(entry, s_restAfterFailure, null);
            throw;
        }
    }

    private void EndLocked(Entry entry, TimeSpan good, HostFigures? figures)
    {
        (entry.GoodUntil, entry.Figures) = (_time.GetUtcNow() + good, figures);
        var bytes = _entries.Values.Sum(one => one.Weight);
        foreach (var (key, oldest) in _entries.Where(pair => pair.Value != entry).OrderBy(pair => pair.Value.Asked).ToList())
        {
            if (bytes <= _mostBytes)
                break;
            bytes -= oldest.Weight;
            if (oldest.GoodUntil is not null)
                _entries.Remove(key);
        }

        SweepLaterLocked();
    }

    private void Sweep()
    {
        lock (_gate)
        {
            _isSweeping = false;
            foreach (var (key, _) in _entries.Where(pair => IsStaleLocked(pair.Value)).ToList())
                _entries.Remove(key);
            SweepLaterLocked();
        }
    }

    private void SweepLaterLocked()
    {
        if (_isSweeping || _entries.Count == 0 || _closing.IsCancellationRequested)
            return;
        _isSweeping = true;
        _sweeper.Change(MetricsGranularity.Minutes.Freshness(), Timeout.InfiniteTimeSpan);
    }

    private bool IsStaleLocked(Entry entry) => entry.GoodUntil is { } end && _time.GetUtcNow() >= end;

    private sealed class Entry(TimeSpan freshness)
    {
        public TimeSpan Freshness => freshness;

        public Task<HostFigures> Answer { get; set; } = null!;

        /// <summary>Null while the host is being asked.</summary>
        public DateTimeOffset? GoodUntil { get; set; }

        /// <summary>Null while the host is being asked, and when that failed.</summary>
        public HostFigures? Figures { get; set; }

        public long Weight => Figures?.Weight ?? 0;

        /// <summary>The larger, the later.</summary>
        public long Asked { get; set; }
    }
}
