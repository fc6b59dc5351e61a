namespace XoBlazor.Core.Operations.Transfers.Queue;

/// <summary>Where a transfer is on its way. The names stand in the database: never rename one.</summary>
public enum TransferState
{
    /// <summary>In the queue, until hosts and pools have room.</summary>
    Waiting,

    /// <summary>In the queue, and passed over until somebody lets it go on.</summary>
    Held,
    Running,
    Succeeded,
    Failed,
    Cancelled,

    /// <summary>The host lost it, or the server had to give up following it.</summary>
    Unknown,

    /// <summary>The server stopped in the middle of it.</summary>
    Interrupted,
}
