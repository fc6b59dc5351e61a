using System.Globalization;
using XoBlazor.Core.Model;
using XoBlazor.Core.Pools;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Patching.Rolling;

/// <summary>What a run has at hand of its pool: the picture, calls, and waiting until the picture shows something. Used by one caller at a time.</summary>
/// <param name="unwanted">Ends when somebody wants the run to end early.</param>
internal sealed class RollingLine(ObjectStore store, TaskWatch watch, IPoolConnections pools, TimeProvider time, string pool, Task unwanted, CancellationToken stopping)
{
    private const string AgentStartKey = "agent_start_time";

    // What a call changed is in the events a moment later.
    private static readonly TimeSpan s_patienceWithEvents = TimeSpan.FromMinutes(1);

    // A cancelled evacuation begins with no further VM, and ends when those on their way have arrived.
    private static readonly TimeSpan s_grace = TimeSpan.FromMinutes(2);

    private readonly PoolWaiter _waiter = new(store, pools, time, pool);
    private readonly TaskFollower _tasks = new(store, watch, pool);

    public CancellationToken Stopping { get; } = stopping;

    /// <summary>Somebody wants the run to end early.</summary>
    public bool IsUnwanted => unwanted.IsCompleted;

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
    public async Task RunAsync(string method, params XapiValue[] values)
    {
        var task = await Connection.StartAsync(method, values, Stopping);
        try
        {
            await _tasks.FollowAsync(task, static _ => { }, Stopping);
        }
        finally
        {
            await ForgetAsync(task);
        }
    }

    /// <summary>The same for at most so long, and for as long as nobody wants the run to end early. The host is told to cancel then, and unless all was done already it fails as a refusal does.</summary>
    public async Task RunWhileWantedAsync(string method, TimeSpan patience, params XapiValue[] values)
    {
        var task = await Connection.StartAsync(method, values, Stopping);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Stopping);
        try
        {
            var following = _tasks.FollowAsync(task, static _ => { }, enough.Token);
            if (await Task.WhenAny(following, unwanted, Task.Delay(patience, time, enough.Token)) != following && !Stopping.IsCancellationRequested)
                await TryCallAsync("task.cancel", task);
            await following.WaitAsync(s_grace, time, Stopping);
        }
        catch (TimeoutException)
        {
            throw new XapiFailureException("TASK_CANCELLED", [task.Value ?? ""]);
        }
        finally
        {
            await enough.CancelAsync();
            await ForgetAsync(task);
        }
    }

    /// <summary>Work that is given up when somebody wants the run to end early.</summary>
    public async Task WhileWantedAsync(Func<CancellationToken, Task> work)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Stopping);
        var working = work(enough.Token);
        if (await Task.WhenAny(working, unwanted) != working)
            await enough.CancelAsync();
        await working;
    }

    /// <summary>Waits until the picture follows the pool and shows this; false when it has not come to that in time.</summary>
    public async Task<bool> UntilAsync(Func<PoolPicture, bool> isSo, TimeSpan patience) => await _waiter.UntilAsync(isSo, patience, Stopping) is not null;

    /// <summary>The same for what a call has just changed; fails with <see cref="RollingStopException"/>, in these words, when it does not come to that.</summary>
    public async Task SeenAsync(Func<PoolPicture, bool> isSo, string otherwise)
    {
        if (!await UntilAsync(isSo, s_patienceWithEvents))
            throw new RollingStopException($"{otherwise} Look at the pool's tasks, then retry.");
    }

    /// <summary>
    /// Waits until the picture has all that the pool knew at this moment, whoever changed it: a task that is made now comes in the events with what was before it, or after. Fails with
    /// <see cref="TaskLostException"/> when it does not come.
    /// </summary>
    public async Task CatchUpAsync()
    {
        var mark = await Connection.CallRefAsync<XapiTask>("task.create", ["XoBlazor: a rolling update looks at what is still to be done", ""], Stopping);
        try
        {
            if (!await UntilAsync(now => now.Get(mark) is not null, s_patienceWithEvents))
                throw new TaskLostException();
        }
        finally
        {
            await ForgetAsync(mark);
        }
    }

    /// <summary>A refusal in words, with names.</summary>
    public string Words(XapiFailureException failure) => Words(failure.Code, failure.Parameters);

    /// <inheritdoc cref="Words(XapiFailureException)"/>
    public string Words(string code, IReadOnlyList<string> parameters) =>
        XapiErrorText.Of(code, parameters, reference => Known?.NameOfReference(reference));

    // The host keeps ended tasks of asynchronous calls until they are destroyed; one that it lost, or that we no longer follow, is none of ours.
    private Task ForgetAsync(XenRef<XapiTask> task) => TryCallAsync("task.destroy", task);

    private async Task TryCallAsync(string method, XenRef<XapiTask> task)
    {
        if (task.IsNull || Stopping.IsCancellationRequested || pools.Find(pool) is not { } connection)
            return;
        try
        {
            await connection.CallAsync(method, [task.Value!], Stopping);
        }
        catch (Exception e) when (e is XapiException or OperationCanceledException)
        {
        }
    }
}
