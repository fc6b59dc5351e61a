using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Threading.Channels;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;

namespace XoBlazor.Core.Patching.Rolling;

/// <summary>
/// All rolling runs: those that go on and the newest that ended. A change is stored before anybody sees it; changes are made one after the other. What runs is
/// moved on by <see cref="RollingLoop"/>. Safe from any thread; runs are immutable.
/// </summary>
/// <param name="store">Null keeps nothing across restarts.</param>
public sealed class RollingRuns(TimeProvider time, IRollingStore? store = null)
{
    /// <summary>Ended runs that are remembered of each pool.</summary>
    public const int MostEnded = 20;

    private readonly SemaphoreSlim _one = new(1, 1);

    // One entry for each word of a person or end of a restart; the loop takes them at once.
    private readonly Channel<Guid> _due = Channel.CreateUnbounded<Guid>();
    private readonly ConcurrentDictionary<Guid, bool> _followed = new();
    private long _version;
    private ImmutableDictionary<Guid, RollingRun> _all = ImmutableDictionary<Guid, RollingRun>.Empty;

    /// <summary>Told with every new state of a run, on any thread. Handlers only take note and do not throw.</summary>
    public event Action<RollingRun>? Changed;

    /// <summary>Differs once any run has changed.</summary>
    public long Version => Interlocked.Read(ref _version);

    internal ChannelReader<Guid> Due => _due.Reader;

    public RollingRun? Find(Guid id) => _all.GetValueOrDefault(id);

    /// <summary>The runs of a pool, the newest first.</summary>
    public ImmutableArray<RollingRun> Of(string pool) => [.. _all.Values.Where(run => run.Pool == pool).OrderByDescending(run => run.Began)];

    /// <summary>The run of a pool that is not over; null for none.</summary>
    public RollingRun? UnderWay(string pool)
    {
        foreach (var run in _all.Values)
            if (run.Pool == pool && !run.IsOver)
                return run;
        return null;
    }

    /// <summary>Why nobody else may change such an object of the pool now; null where nothing is in the way. VMs and their parts go their own ways.</summary>
    public string? Obstacle(string pool, XapiClass target, Right right) =>
        right.Level > RightLevel.Read && target is XapiClass.Pool or XapiClass.Host or XapiClass.Pif or XapiClass.Pbd or XapiClass.Bond && UnderWay(pool) is { } run
            ? $"{run.Request.ActorName} has a {run.Request.Kind.Word()} of {run.PoolName} under way; until it is over, nothing else changes the pool or its hosts." : null;

    /// <summary>Begins a run. Fails with <see cref="RollingStopException"/> where the pool has one that is not over.</summary>
    internal async Task<RollingRun> BeginAsync(RollingRun first, CancellationToken token)
    {
        await _one.WaitAsync(token);
        try
        {
            if (UnderWay(first.Pool) is { } other)
                throw new RollingStopException($"{other.Request.ActorName} has a {other.Request.Kind.Word()} of {other.PoolName} under way already.");
            await KeepAsync(first, token);
        }
        finally
        {
            _one.Release();
        }

        _due.Writer.TryWrite(first.Id);
        return first;
    }

    /// <summary>Puts a new state in the place of a run's present one; the same instance changes nothing.</summary>
    internal async Task<RollingRun> ChangeAsync(Guid id, Func<RollingRun, RollingRun> change, CancellationToken token)
    {
        await _one.WaitAsync(token);
        try
        {
            var before = _all[id];
            var after = change(before);
            if (!ReferenceEquals(before, after))
                await KeepAsync(after, token);
            return after;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>The same by somebody who wants the run to go on, or otherwise.</summary>
    internal async Task<RollingRun> WishAsync(Guid id, Func<RollingRun, RollingRun> change, CancellationToken token)
    {
        var run = await ChangeAsync(id, change, token);
        _due.Writer.TryWrite(id);
        return run;
    }

    /// <summary>What was stored when the server stopped, whose work goes on.</summary>
    internal async Task LoadAsync(CancellationToken token)
    {
        if (store is null)
            return;
        var stored = await store.LoadAsync(token);
        _all = stored.ToImmutableDictionary(run => run.Id);
        foreach (var run in stored)
            Tell(run);
        foreach (var run in stored.Where(run => run.State == RollingState.Running))
            _due.Writer.TryWrite(run.Id);
    }

    /// <summary>Waits until a run looks so.</summary>
    /// <param name="progress">Told how far it is, 0 to 1.</param>
    internal async Task<RollingRun> UntilAsync(Guid id, Func<RollingRun, bool> isSo, Action<double> progress, CancellationToken token)
    {
        var reached = new TaskCompletionSource<RollingRun>(TaskCreationOptions.RunContinuationsAsynchronously);
        _followed[id] = true;
        Changed += Look;
        try
        {
            if (Find(id) is { } present)
                Look(present);
            return await reached.Task.WaitAsync(token);
        }
        finally
        {
            Changed -= Look;
            // Who followed it to its end tells of it; of all else the driver does.
            if (!reached.Task.IsCompletedSuccessfully || !(await reached.Task).IsOver)
                _followed.TryRemove(id, out _);
        }

        void Look(RollingRun run)
        {
            if (run.Id != id)
                return;
            progress(run.Progress);
            if (isSo(run))
                reached.TrySetResult(run);
        }
    }

    /// <summary>Somebody waits for its end, or has seen it, and writes it down.</summary>
    internal bool IsFollowed(Guid id) => _followed.ContainsKey(id);

    internal DateTimeOffset Now => time.GetUtcNow();

    private async Task KeepAsync(RollingRun run, CancellationToken token)
    {
        if (store is not null)
            await store.SaveAsync(run, token);
        var all = _all.SetItem(run.Id, run);
        var forgotten = all.Values.Where(one => one.Pool == run.Pool && one.IsOver).OrderByDescending(one => one.Began).Skip(MostEnded).Select(one => one.Id);
        _all = all.RemoveRange(forgotten.ToList());
        Tell(run);
    }

    private void Tell(RollingRun run)
    {
        Interlocked.Increment(ref _version);
        Changed?.Invoke(run);
    }
}
