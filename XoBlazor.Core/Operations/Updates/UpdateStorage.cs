using XoBlazor.Core.Model;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.Core.Operations.Updates;

/// <summary>Where the image of an update lies while it is installed: the pool's default storage if there is room, else shared storage, else that of the coordinator.</summary>
internal static class UpdateStorage
{
    /// <summary>What storage needs beside the image for itself.</summary>
    private const long Beside = 16L << 20;

    /// <summary>Fails when there is no room anywhere.</summary>
    /// <param name="what">The update's name.</param>
    /// <param name="size">Of its image, in bytes.</param>
    public static Sr For(OperationWork work, string what, long size)
    {
        var pool = work.Pool;
        return pool.All<Sr>().Where(sr => StorageParameters.NotForDisks(pool, sr, sr) is null && pool.HostsOf(sr).Any(pool.IsHostLive) && SrFacts.UseOf(sr).Free >= size + Beside)
            .OrderByDescending(sr => sr.Ref == pool.DefaultSr()?.Ref).ThenByDescending(sr => sr.Shared).ThenByDescending(sr => pool.HostsOf(sr).Any(pool.IsCoordinator)).ThenByDescending(sr => SrFacts.UseOf(sr).Free)
            .FirstOrDefault() ?? throw new OperationFailedException(
                $"No storage of {pool.Name()} has {SizeText.Write(size + Beside)} free, which the image of {what} needs while it is installed. Free some, or connect storage.");
    }
}
