using Microsoft.Extensions.Logging;
using XoBlazor.Core.Model;
using XoBlazor.Core.Pools;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Patching;

/// <summary>Keeps what each host lacks, and asks the source of its generation for it, few at a time. Safe from any thread.</summary>
internal sealed partial class MissingUpdates(ObjectStore store, IPoolConnections pools, IEnumerable<IUpdateSource> sources, TimeProvider time, ILogger<MissingUpdates> log) : IMissingUpdates, IDisposable
{
    private const int MostAtOnce = 4;

    private readonly Lock _gate = new();
    private readonly Dictionary<ObjectKey, Known> _known = [];
    private readonly SemaphoreSlim _room = new(MostAtOnce);
    private readonly CancellationTokenSource _closing = new();
    private bool _isClosed;

    public event Action<ObjectKey>? Changed;

    public HostUpdates? Last(ObjectKey host)
    {
        lock (_gate)
            return _known.GetValueOrDefault(host)?.Last;
    }

    public Task<HostUpdates> LookAsync(ObjectKey host, TimeSpan age, CancellationToken token)
    {
        Task<HostUpdates> asking;
        lock (_gate)
        {
            if (!_known.TryGetValue(host, out var known))
                _known[host] = known = new();
            if (known.UnderWay is null && known.Last is { } last && age > TimeSpan.Zero && known.LookedAt is { } at && time.GetUtcNow() - at <= age)
                return Task.FromResult(last);
            // Not on the caller's time: whoever asked first may go, and others wait for the same answer.
            asking = known.UnderWay ??= Task.Run(() => AskAsync(host, known), CancellationToken.None);
        }

        return asking.WaitAsync(token);
    }

    /// <summary>The host is worth a look: it was never asked, its software changed since, or the answer is old.</summary>
    internal bool IsWorthALook(PoolPicture pool, Host host, TimeSpan age, TimeSpan ageOfProblem)
    {
        lock (_gate)
            return _known.GetValueOrDefault(pool.Key(host)) is not { LookedAt: { } at } known || known.Stamp != StampOf(pool, host)
                || time.GetUtcNow() - at > (known.Last is { Problem: null } ? age : ageOfProblem);
    }

    /// <summary>Hosts that are gone need not be remembered.</summary>
    internal void Keep(IReadOnlySet<ObjectKey> hosts)
    {
        lock (_gate)
            foreach (var gone in _known.Where(one => one.Value.UnderWay is null && !hosts.Contains(one.Key)).Select(one => one.Key).ToList())
                _known.Remove(gone);
    }

    public void Dispose()
    {
        // Two services are this one object, and both are disposed.
        if (Interlocked.Exchange(ref _isClosed, true))
            return;
        _closing.Cancel();
        _closing.Dispose();
        _room.Dispose();
    }

    private async Task<HostUpdates> AskAsync(ObjectKey key, Known known)
    {
        var now = known.Last ?? new HostUpdates(key, default, [], null, null);
        var stamp = 0;
        try
        {
            await _room.WaitAsync(_closing.Token);
            try
            {
                if (store.Current.Pool(key.Pool) is not { } pool || pool.GetByUuid<Host>(key.Uuid) is not { } host)
                    throw new PatchingException("The host is not there any more.");
                (now, stamp) = (now with { Generation = HostGenerations.Of(host) }, StampOf(pool, host));
                now = await FindAsync(pool, host, now);
            }
            finally
            {
                _room.Release();
            }
        }
        catch (PatchingException told)
        {
            now = now with { Problem = told.Message };
        }
        catch (XapiException failed)
        {
            now = now with { Problem = failed.Message };
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or ObjectDisposedException)
        {
            now = now with { Problem = "The server is about to stop." };
        }
        catch (Exception unexpected)
        {
            LogBroken(unexpected, key);
            now = now with { Problem = "An internal error; the server's log has the details." };
        }

        lock (_gate)
            (known.Last, known.LookedAt, known.Stamp, known.UnderWay) = (now, time.GetUtcNow(), stamp, null);
        Changed?.Invoke(key);
        return now;
    }

    private async Task<HostUpdates> FindAsync(PoolPicture pool, Host host, HostUpdates before)
    {
        var connection = pools.Find(pool.Uuid) ?? throw new PatchingException($"{pool.Name()} is out of reach at the moment; administrators see why under Settings → Pools.");
        if (!pool.IsHostLive(host))
            throw new PatchingException($"{pool.NameOf(host)} is down.");
        var source = SourceOf(before.Generation) ?? throw new PatchingException($"Updates of {HostFacts.ProductOf(host)} cannot be looked for.");
        var found = await source.FindAsync(pool, host, connection, _closing.Token);
        return before with { Missing = found.Missing, Skipped = found.Skipped, Hash = found.Hash, AsOf = found.AsOf ?? time.GetUtcNow(), Warning = found.Warning, Problem = null };
    }

    private IUpdateSource? SourceOf(HostGeneration generation) => sources.FirstOrDefault(one => one.Serves(generation));

    /// <summary>What changes when a host's software does, the pool's copy of the repositories, or the catalogue.</summary>
    private int StampOf(PoolPicture pool, Host host)
    {
        var stamp = new HashCode();
        stamp.Add(SourceOf(HostGenerations.Of(host))?.Version);
        foreach (var update in host.Updates)
            stamp.Add(update.Value);
        foreach (var patch in pool.Get(host.Patches))
            stamp.Add((patch.Ref, patch.Applied));
        stamp.Add(UpdateNeeds.PackagesInstalledAt(host));
        stamp.Add((host.LastUpdateHash, host.LastSoftwareUpdate, host.Edition, pool.Pool?.LastUpdateSync));
        stamp.Add((host.SoftwareVersion.GetValueOrDefault("product_version"), host.SoftwareVersion.GetValueOrDefault("build_number")));
        return stamp.ToHashCode();
    }

    [LoggerMessage(LogLevel.Error, "What the host {Host} lacks could not be found out")]
    private partial void LogBroken(Exception failure, ObjectKey host);

    private sealed class Known
    {
        public HostUpdates? Last { get; set; }

        public DateTimeOffset? LookedAt { get; set; }

        public int Stamp { get; set; }

        public Task<HostUpdates>? UnderWay { get; set; }
    }
}
