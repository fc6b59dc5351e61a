namespace XoBlazor.Core.Operations.Transfers.Queue;

/// <summary>Why a transfer waits.</summary>
/// <param name="Pool">The uuid of the pool that it waits for; empty where it is none.</param>
/// <param name="Host">The uuid of the host that it waits for; empty where it is none.</param>
/// <param name="Used">Streams that there are.</param>
/// <param name="Most">Streams that there may be.</param>
public sealed record WaitReason(WaitKind Kind, string Pool = "", string Host = "", int Used = 0, int Most = 0);

/// <summary>The kinds of <see cref="WaitReason"/>.</summary>
public enum WaitKind
{
    /// <summary>It was just put into the queue.</summary>
    New,

    /// <summary>Somebody holds it.</summary>
    Held,

    /// <summary>The whole queue is paused.</summary>
    Paused,

    /// <summary>A pool of it does not answer.</summary>
    PoolAway,

    /// <summary>The hosts of a pool of it are rebooted one by one.</summary>
    Rebooted,

    /// <summary>The hosts of a pool of it are updated one by one.</summary>
    Updated,

    /// <summary>A host of it has no room.</summary>
    HostBusy,

    /// <summary>A pool of it has no room.</summary>
    PoolBusy,

    /// <summary>There is room, which those before it wait for.</summary>
    Behind,
}
