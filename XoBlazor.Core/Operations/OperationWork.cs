using System.Text.Json.Nodes;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations.Transfers;
using XoBlazor.Core.Pools;
using XoBlazor.Core.Store;
using XoBlazor.Core.Transfers;
using XoBlazor.Core.Xapi;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Core.Operations;

/// <summary>
/// What an operation has at hand while it runs: the pool as it was when it began, what was asked for, the calls to the host, and what to undo if a later
/// call fails. Lives as long as the run; used by one caller at a time.
/// </summary>
internal sealed class OperationWork(
    OperationRun? run, PoolPicture pool, XapiObject target, OperationArguments arguments, XapiConnection connection, TaskFollower tasks, PoolWaiter waiter, TimeProvider time, TransferEnd? end,
    CancellationToken token, Func<Located<XapiObject>, OperationWork>? elsewhere = null, Leftovers? leftovers = null)
{
    private readonly Stack<(string Left, Func<Task> Undo)> _undo = new();
    private readonly List<string> _notes = [];
    private readonly List<string> _done = [];
    private (int Done, int All) _steps = (0, 1);

    /// <summary>The whole pool when the operation began, whatever the requester may view.</summary>
    public PoolPicture Pool { get; } = pool;

    public XapiObject Target { get; } = target;

    public OperationArguments Arguments { get; } = arguments;

    /// <summary>Gives up waiting, not the host's work.</summary>
    public CancellationToken Token { get; } = token;

    /// <summary>Who asked for it wants no more of it: what can be is ended and taken away. Only for an operation that <see cref="Operation.IsCancellable"/>.</summary>
    public CancellationToken Cancelling { get; } = run?.Cancelling ?? CancellationToken.None;

    public XapiConnection Connection { get; private set; } = connection;

    /// <summary>Who sends or receives the bytes that go with it; null where none do.</summary>
    public TransferEnd? End { get; } = end;

    public TimeProvider Time { get; } = time;

    /// <summary>Who asked for it; null for a part of it elsewhere.</summary>
    public Requester? Requester { get; } = run?.Requester;

    /// <summary>The number of the audit record of the operation's beginning; zero for a part of it elsewhere.</summary>
    public long Number { get; } = run?.Number ?? 0;

    /// <summary>What was written down to be taken away after a restart, too; null for nothing.</summary>
    public Leftover? Leftover { get; private set; }

    /// <summary>Something of it is at a host still, and could not be taken away.</summary>
    public bool LeavesBehind { get; private set; }

    /// <summary>What is said of the end beside its success.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Parts of the work that stay done whatever comes later, in words.</summary>
    public IReadOnlyList<string> Done => _done;

    /// <summary>Where the result can be asked for: the class's <c>get_uuid</c>, the reference, and the part of the work in the pool that it is in; null when nothing was made.</summary>
    public (XapiClass Class, string Ref, OperationWork At)? Result { get; private set; }

    /// <summary>What was found out; null for what changes something.</summary>
    public JsonNode? Answer { get; private set; }

    /// <summary>The part of the work that is done in the pool of another object: with calls and tasks of its own, which do not count for the progress, and nothing of its own to undo.</summary>
    public OperationWork At(Located<XapiObject> there) => elsewhere is null ? throw new InvalidOperationException("a part of an operation has no parts elsewhere") : elsewhere(there);

    /// <summary>How many bytes have passed, for those who watch.</summary>
    public void Count(long bytes)
    {
        if (run is null)
            return;
        run.Transfer ??= new();
        run.Transfer.Count(bytes - run.Transfer.Bytes);
    }

    /// <summary>Bytes pass that belong to it.</summary>
    public void Moves(TransferProgress bytes)
    {
        if (run is not null)
            run.Transfer = bytes;
    }

    /// <summary>How many <see cref="RunAsync"/>s there will be, for a progress over all of them.</summary>
    public void Expect(int steps) => _steps = (_steps.Done, _steps.Done + Math.Max(steps, 1));

    /// <summary>Makes a call that the host answers when it is done; for what takes no time.</summary>
    public Task CallAsync(string method, params XapiValue[] values) => Connection.CallAsync(method, values, Token);

    /// <summary>The same for a call that returns a text.</summary>
    public Task<string> AskAsync(string method, params XapiValue[] values) => Connection.CallTextAsync(method, values, Token);

    /// <summary>The same for a call that makes an object.</summary>
    public Task<XenRef<T>> MakeAsync<T>(string method, params XapiValue[] values) where T : XapiObject => Connection.CallRefAsync<T>(method, values, Token);

    /// <summary>Makes a call as a task of the host's and follows it to its end; for what takes time. One step of the progress.</summary>
    public async Task<string> RunAsync(string method, params XapiValue[] values)
    {
        var task = await Connection.StartAsync(method, values, Token);
        return await FollowAsync(task);
    }

    /// <summary>The same for a call that makes an object, whose reference is the task's result.</summary>
    public async Task<XenRef<T>> RunAsync<T>(string method, params XapiValue[] values) where T : XapiObject => TaskResult.Reference<T>(await RunAsync(method, values));

    /// <summary>Follows a task that was made for something else than a call.</summary>
    public Task<string> FollowAsync(XenRef<XapiTask> task) => FollowAsync(task, Token);

    /// <param name="until">Gives up following.</param>
    /// <param name="forgets">The host need not keep the task any longer; else <see cref="ForgetAsync"/> is called later.</param>
    public async Task<string> FollowAsync(XenRef<XapiTask> task, CancellationToken until, bool forgets = true)
    {
        if (task.IsNull)
            return "";
        run?.Begin(task);
        try
        {
            var result = await tasks.FollowAsync(task, Progress, until);
            Step();
            return result;
        }
        finally
        {
            if (forgets)
                await ForgetAsync(task);
        }
    }

    /// <summary>The host keeps ended tasks of asynchronous calls until they are destroyed; a task still running stays for people to see.</summary>
    public async Task ForgetAsync(XenRef<XapiTask> task)
    {
        if (Token.IsCancellationRequested)
            return;
        try
        {
            await Connection.CallAsync("task.destroy", [task.Value!], Token);
        }
        catch (Exception e) when (e is XapiException or OperationCanceledException)
        {
            // It is gone already, or the host is: it forgets ended tasks by itself after a while.
        }
    }

    /// <summary>
    /// Waits until the pool looks so and can be called, for at most <paramref name="patience"/>; its coordinator may be away meanwhile. Later calls go to whoever is it then.
    /// Returns whether it came to that.
    /// </summary>
    public async Task<bool> UntilAsync(Func<PoolPicture, bool> isSo, TimeSpan patience)
    {
        if (await waiter.UntilAsync(isSo, patience, Token) is not { } now)
            return false;
        Connection = now;
        return true;
    }

    /// <summary>Ends it between two steps when who asked for it wants no more of it.</summary>
    public void StopIfCancelled()
    {
        if (Cancelling.IsCancellationRequested)
            throw new XapiFailureException("TASK_CANCELLED", []);
    }

    /// <summary>How far it is, 0 to 1, where something else than the host's tasks tells that.</summary>
    public void Reach(double share) => Progress(share);

    /// <summary>One step of the progress is done.</summary>
    public void Step()
    {
        _steps = (Math.Min(_steps.Done + 1, _steps.All), _steps.All);
        Progress(0);
    }

    /// <summary>Something was made that must go again if a later call fails.</summary>
    /// <param name="left">What it is, for people, when it cannot be taken away: "the disk 'root'".</param>
    public void Undo(string left, Func<Task> undo) => _undo.Push((left, undo));

    /// <summary>Writes down what is going to be made, or what became of it; on disk when it returns. Where nobody keeps such things, nothing happens.</summary>
    public async Task RememberAsync(Leftover leftover)
    {
        if (leftovers is null)
            return;
        Leftover = leftover;
        await leftovers.RememberAsync(leftover, Token);
    }

    /// <summary>What was written down is over, though the work goes on; what could not be taken away is taken away later.</summary>
    public async Task EndLeftoverAsync()
    {
        if (Leftover is not { } leftover)
            return;
        var isClean = !LeavesBehind;
        (Leftover, LeavesBehind) = (null, false);
        await leftovers!.EndAsync(leftover.Mark, isClean);
    }

    /// <summary>Something could not be taken away; where it was written down, that is done later.</summary>
    public void LeaveBehind() => LeavesBehind = true;

    /// <summary>From now on what was made stays, whatever fails.</summary>
    public void Keep() => _undo.Clear();

    /// <summary>The object that is the operation's result.</summary>
    /// <param name="at">The part of the work that made it; null for this.</param>
    public void Made<T>(XenRef<T> reference, OperationWork? at = null) where T : XapiObject => Result = reference.Value is { } made ? (ClassOf<T>.Value, made, at ?? this) : null;

    /// <summary>Something that did not go as asked, though the operation did.</summary>
    public void Note(string text) => _notes.Add(text);

    /// <summary>What was asked for, for programs and for people.</summary>
    public void Tell(JsonNode answer, string words)
    {
        Answer = answer;
        Note(words);
    }

    /// <summary>A part of the work is done and stays so; told of when a later one fails.</summary>
    public void Did(string part) => _done.Add(part);

    /// <summary>Changes, adds or (for a null value) removes one entry of a map; XAPI refuses to add a key that is there.</summary>
    public async Task SetEntryAsync(XapiObject target, string field, string key, string? value)
    {
        var type = XapiCodec.For(target.Class).WireName;
        await CallAsync($"{type}.remove_from_{field}", target.Ref, key);
        if (value is not null)
            await CallAsync($"{type}.add_to_{field}", target.Ref, key, value);
    }

    /// <summary>Takes away what was made, the last first; returns what is left because that failed, or because nobody is there to ask.</summary>
    public async Task<IReadOnlyList<string>> UndoAsync(bool isReachable)
    {
        var left = new List<string>();
        while (_undo.TryPop(out var made))
        {
            try
            {
                if (isReachable)
                    await made.Undo();
                else
                    left.Add(made.Left);
            }
            catch (Exception e) when (e is XapiException or TaskLostException or OperationFailedException or OperationCanceledException)
            {
                left.Add(made.Left);
            }
        }

        return left;
    }

    // Progress never goes back, also when a step was counted that turned out to be two.
    private void Progress(double ofStep)
    {
        if (run is not null)
            run.Progress = Math.Max(run.Progress, Math.Min((_steps.Done + ofStep) / _steps.All, 1));
    }
}
