using System.Globalization;
using XoBlazor.Core.Model;
using XoBlazor.Core.Pools;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Patching.Rolling;

/// <summary>What a run has at hand of its pool: the picture, calls, and waiting until the picture shows something. Used by one caller at a time.</summary>
internal sealed class RollingLine(ObjectStore store, TaskWatch watch, IPoolConnections pools, TimeProvider time, string pool, CancellationToken stopping)
{
    private const string AgentStartKey = "agent_start_time";

    private readonly PoolWaiter _waiter = new(store, pools, time, pool);
    private readonly TaskFollower _tasks = new(store, watch, pool);

    public CancellationToken Stopping { get; } = stopping;

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>The pool as it is known now; it may be out of reach.</summary>
    public PoolPicture? Known => store.Current.Pool(pool);

    /// <summary>The pool as it is. Fails with <see cref="TaskLostException"/> while that is not known, after which it is to be waited for.</summary>
    public PoolPicture Picture => pools.IsLive(pool) && Known is { Pool: not null } picture ? picture : throw new TaskLostException();

    public XapiConnection Connection => pools.Find(pool) ?? throw new TaskLostException();

    /// <summary>When a host's toolstack started, in seconds of its own clock; zero where it did not note it.</summary>
    public static double AgentStartOf(IEnumerable<KeyValuePair<string, string>> otherConfig)
    {
        foreach (var (key, text) in otherConfig)
            if (key == AgentStartKey && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && double.IsFinite(seconds))
                return seconds;
        return 0;
    }

    /// <summary>Fails with <see cref="RollingStopException"/> for one that has left the pool.</summary>
    public Host Host(RollingHost host) => Picture.GetByUuid<Host>(host.Uuid) ?? throw new RollingStopException($"{host.Name} is no longer in the pool. Skip it to go on.");

    public Task CallAsync(string method, params XapiValue[] values) => Connection.CallAsync(method, values, Stopping);

    /// <summary>Makes a call as a task of the host's and follows it to its end.</summary>
    public Task RunAsync(string method, params XapiValue[] values) => RunAsync(method, Timeout.InfiniteTimeSpan, values);

    /// <summary>The same for at most so long. Fails then as a refusal does, and the host goes on.</summary>
    public async Task RunAsync(string method, TimeSpan patience, params XapiValue[] values)
    {
        var task = await Connection.StartAsync(method, values, Stopping);
        using var over = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, Stopping);
        try
        {
            await _tasks.FollowAsync(task, static _ => { }, either.Token);
        }
        catch (OperationCanceledException) when (!Stopping.IsCancellationRequested)
        {
            throw new XapiFailureException("TASK_CANCELLED", [task.Value ?? ""]);
        }
        finally
        {
            await ForgetAsync(task);
        }
    }

    /// <summary>Waits until the picture follows the pool and shows this; false when it has not come to that in time.</summary>
    public async Task<bool> UntilAsync(Func<PoolPicture, bool> isSo, TimeSpan patience) => await _waiter.UntilAsync(isSo, patience, Stopping) is not null;

    /// <summary>A refusal in words, with names.</summary>
    public string Words(XapiFailureException failure) => Words(failure.Code, failure.Parameters);

    /// <inheritdoc cref="Words(XapiFailureException)"/>
    public string Words(string code, IReadOnlyList<string> parameters) =>
        XapiErrorText.Of(code, parameters, reference => Known is { } known && known.Get(reference) is { } named ? known.NameOf(named) : null);

    // The host keeps ended tasks of asynchronous calls until they are destroyed; one that it lost, or that we no longer follow, is none of ours.
    private async Task ForgetAsync(XenRef<XapiTask> task)
    {
        if (task.IsNull || Stopping.IsCancellationRequested || pools.Find(pool) is not { } connection)
            return;
        try
        {
            await connection.CallAsync("task.destroy", [task.Value!], Stopping);
        }
        catch (Exception e) when (e is XapiException or OperationCanceledException)
        {
        }
    }
}
