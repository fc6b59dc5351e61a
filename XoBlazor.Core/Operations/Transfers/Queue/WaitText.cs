using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.Core.Operations.Transfers.Queue;

/// <summary>Why a transfer waits, for people: only what they see has its name.</summary>
public static class WaitText
{
    /// <param name="seen">What the reader sees.</param>
    public static string Of(WaitReason reason, StoreSnapshot seen)
    {
        var pool = seen.Pool(reason.Pool);
        return reason.Kind switch
        {
            WaitKind.New => "is being looked at",
            WaitKind.Held => "is held back until somebody lets it go on",
            WaitKind.Paused => "waits, because the queue is paused",
            WaitKind.PoolAway => $"waits until {(pool is null ? "its pool" : pool.Name())} answers",
            WaitKind.Rebooted => $"waits until the rolling reboot of {(pool is null ? "its pool" : pool.Name())} is over",
            WaitKind.Updated => $"waits until the rolling update of {(pool is null ? "its pool" : pool.Name())} is over",
            WaitKind.HostBusy => $"waits for {(pool?.GetByUuid<Host>(reason.Host) is { } host ? $"host {pool.NameOf(host)}" : "a host")}: {reason.Used} of {reason.Most} streams",
            WaitKind.PoolBusy => $"waits for {(pool is null ? "a pool" : $"pool {pool.Name()}")}: {reason.Used} of {reason.Most} streams",
            WaitKind.Behind => "waits for those before it",
        };
    }
}
