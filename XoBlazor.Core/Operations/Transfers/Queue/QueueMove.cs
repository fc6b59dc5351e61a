namespace XoBlazor.Core.Operations.Transfers.Queue;

/// <summary>Where a waiting transfer goes among those that somebody may order.</summary>
public enum QueueMove
{
    First,
    Up,
    Down,
    Last,
}
