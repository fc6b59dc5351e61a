namespace XoBlazor.Core.Operations.Transfers.Queue;

/// <summary>A transfer that waits, runs or has ended. Properties may be read from any thread; <see cref="TransferQueue"/> alone changes them.</summary>
public sealed class ListedTransfer
{
    private readonly TaskCompletionSource _turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile TransferRecord _record;
    private volatile WaitReason? _reason = new(WaitKind.New);

    internal ListedTransfer(TransferRecord record, OperationRun? run) => (_record, Run) = (record, run);

    /// <summary>As it is at this moment.</summary>
    public TransferRecord Record
    {
        get => _record;
        internal set => _record = value;
    }

    /// <summary>The run of this start of the server; null for one that ended before it.</summary>
    public OperationRun? Run { get; internal set; }

    /// <summary>Why it waits; null for one that does not.</summary>
    public WaitReason? Reason
    {
        get => _record.IsWaiting ? _reason : null;
        internal set => _reason = value;
    }

    /// <summary>How many are before it in the queue, and one; zero for one that does not wait.</summary>
    public int Position { get; internal set; }

    /// <summary>Tells on which route it would go now; null when it cannot go at all, which its turn will tell.</summary>
    internal Func<StreamRoute?>? Routing { get; set; }

    /// <summary>The route that it was let onto.</summary>
    internal StreamRoute? Route { get; set; }

    internal Task Turn => _turn.Task;

    internal void Grant() => _turn.TrySetResult();
}
