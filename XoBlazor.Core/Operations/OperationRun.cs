using System.Collections.Immutable;
using System.Text.Json.Nodes;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Transfers;

namespace XoBlazor.Core.Operations;

/// <summary>How an operation ended.</summary>
public enum OperationEnd
{
    Succeeded,
    Failed,
    Cancelled,

    /// <summary>The host lost the task (its toolstack restarted, or it is out of reach); whether the work was done shows in the object itself.</summary>
    Unknown,
}

/// <summary>What became of an operation: the end, and for all but success a message for who asked, naming only what that person may view, and the host's code behind it.</summary>
public sealed record OperationResult(OperationEnd End, string Message, string? Code = null)
{
    /// <summary>What it made, as <see cref="Operation.Makes"/> says; it is in the store by then.</summary>
    public ObjectKey? Made { get; init; }

    /// <summary>It succeeded, and the message says what did not go as asked.</summary>
    public bool HasNotes { get; init; }

    /// <summary>What was found out, of an operation that only asks; not to be changed. The message has it in words.</summary>
    public JsonNode? Answer { get; init; }

    public static OperationResult Success { get; } = new(OperationEnd.Succeeded, "Done.");
}

/// <summary>
/// One operation on its way, from the moment it was accepted. Progress is the host's task's, never an estimate.
/// Properties may be read from any thread; <see cref="Result"/> is set once, before <see cref="Completion"/> ends.
/// </summary>
public sealed class OperationRun
{
    private readonly CancellationTokenSource _cancelling = new();
    private readonly TaskCompletionSource<OperationResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal OperationRun(Operation operation, ObjectKey target, string targetName, Requester requester, AuditEntry begun) =>
        (Operation, Target, TargetName, Requester, Number, Record) = (operation, target, targetName, requester, begun.Number, begun.Record);

    public Operation Operation { get; }

    public ObjectKey Target { get; }

    /// <summary>The object's name when the operation began.</summary>
    public string TargetName { get; }

    public Requester Requester { get; }

    /// <summary>The number of the audit record of its beginning.</summary>
    public long Number { get; }

    public DateTimeOffset Started => Record.Time;

    /// <summary>What was given, secrets masked; empty where that is not known any more. Not to be changed.</summary>
    public JsonObject Arguments { get; internal init; } = [];

    /// <summary>It stands in the queue of transfers, and nothing was asked of a host yet.</summary>
    public bool IsWaiting { get; internal set; }

    /// <summary>The host's task that is under way, or was last, as soon as the host has named it.</summary>
    public XenRef<XapiTask> Task => Tasks is [.., var last] ? last : default;

    /// <summary>All the host's tasks so far, in the order they were begun.</summary>
    public ImmutableArray<XenRef<XapiTask>> Tasks { get; private set; } = [];

    /// <summary>0 to 1, as the host reports it; over all steps where there are several.</summary>
    public double Progress { get; internal set; }

    /// <summary>The bytes that go along with it; null where none do.</summary>
    public TransferProgress? Transfer { get; internal set; }

    public OperationResult? Result { get; private set; }

    /// <summary>Ends with the operation, once its end stands in the audit; never fails.</summary>
    public Task<OperationResult> Completion => _completion.Task;

    /// <summary>Whether <see cref="Cancel"/> ends it; others are cancelled by the host's <see cref="Task"/>, where the host can.</summary>
    public bool IsCancellable => Operation.IsCancellable && Result is null;

    /// <summary>How many bytes have passed so far, of one that moves some; else null.</summary>
    public long? Bytes => Transfer?.Bytes;

    internal AuditRecord Record { get; }

    /// <summary>Somebody wants no more of it.</summary>
    internal CancellationToken Cancelling => _cancelling.Token;

    /// <summary>Why it was cancelled, where nobody wished it; its end is a failure then.</summary>
    internal string? CancelledBecause { get; private set; }

    /// <summary>Asks it to end and to take away what it made; it does so within seconds, and its result tells.</summary>
    public void Cancel() => Cancel(null);

    internal void Cancel(string? because)
    {
        if (!IsCancellable || _cancelling.IsCancellationRequested)
            return;
        CancelledBecause = because;
        _cancelling.Cancel();
    }

    /// <summary>The next task has begun. Called by the one who runs the operation.</summary>
    internal void Begin(XenRef<XapiTask> task) => Tasks = Tasks.Add(task);

    internal bool TryEnd(OperationResult result)
    {
        lock (_completion)
        {
            if (Result is not null)
                return false;
            Result = result;
            return true;
        }
    }

    /// <summary>All that is written down of its end is written down.</summary>
    internal void Complete() => _completion.TrySetResult(Result ?? throw new InvalidOperationException("it has not ended"));
}
