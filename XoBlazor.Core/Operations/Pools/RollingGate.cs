using XoBlazor.Core.Model;
using XoBlazor.Core.Patching.Rolling;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.Core.Operations.Pools;

/// <summary>Why somebody cannot have a rolling reboot or update go on otherwise now, in words; null when nothing is in the way.</summary>
internal sealed class RollingGate(RollingRuns runs)
{
    /// <summary>The run that goes on. Fails with <see cref="OperationFailedException"/> where there is none any more.</summary>
    public RollingRun UnderWay(PoolPicture pool) => runs.UnderWay(pool.Uuid) ?? throw new OperationFailedException(None(pool));

    public string? ToPause(PoolPicture pool) => runs.UnderWay(pool.Uuid) switch
    {
        null => None(pool),
        { State: not RollingState.Running } => "It stands already.",
        { IsCancelling: true } => "It is ending.",
        _ => null,
    };

    public string? ToResume(PoolPicture pool) => runs.UnderWay(pool.Uuid) switch
    {
        null => None(pool),
        { State: RollingState.Running, Wish: RollingWish.None } => "It goes on already.",
        _ => null,
    };

    public string? ToCancel(PoolPicture pool) => runs.UnderWay(pool.Uuid) switch
    {
        null => None(pool),
        { State: RollingState.Running, IsCancelling: true } => "It is ending already.",
        _ => null,
    };

    public string? ToPauseOrResume(PoolPicture pool) => runs.UnderWay(pool.Uuid) is null ? None(pool) : null;

    public string? ToSkip(PoolPicture pool, Host host) => runs.UnderWay(pool.Uuid)?.Hosts.FirstOrDefault(one => one.Uuid == host.Uuid) switch
    {
        null => $"{pool.NameOf(host)} is not part of it.",
        { IsOver: true } => $"The turn of {pool.NameOf(host)} is over.",
        _ => null,
    };

    private static string None(PoolPicture pool) => $"{pool.Name()} has no rolling reboot or update under way.";
}
