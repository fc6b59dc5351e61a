using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.Core.Patching.Repositories;

/// <summary>What a pool's picture tells of the repositories that it takes updates from (XenServer 8 and later).</summary>
public static class RepositoryFacts
{
    /// <summary>The pool's hosts take updates from its own copy of repositories.</summary>
    public static bool HasRepositories(PoolPicture pool) => pool.All<Host>().Any(host => HostGenerations.Of(host) == HostGeneration.Repositories);

    /// <summary>Those that the pool uses, of all that it knows.</summary>
    public static IEnumerable<UpdateRepository> Used(PoolPicture pool) => pool.Get(pool.Pool?.Repositories ?? []);

    /// <summary>Why the pool cannot take updates from its repositories as they are set up, with the way out; null when it can. XAPI asks for exactly one that holds updates (repository.ml).</summary>
    public static string? Obstacle(PoolPicture pool)
    {
        if (pool.Pool is not { Repositories.Length: > 0 })
            return $"{pool.Name()} has no repositories to take updates from. Choose them on its Updates tab, under Update sources.";
        return Used(pool).Count(repository => repository.Update) switch
        {
            0 => $"{pool.Name()} uses no repository with updates. Choose one on its Updates tab, under Update sources.",
            1 => null,
            _ => $"{pool.Name()} uses more than one repository with updates. Choose one on its Updates tab, under Update sources.",
        };
    }

    /// <summary>The pool has no copy of its repositories yet, or of others than those it uses now.</summary>
    public static bool NeedsSync(PoolPicture pool) => Used(pool).Any(repository => repository.Update && repository.Hash.Length == 0);

    /// <summary>When the copy was made; null for never.</summary>
    public static DateTimeOffset? SyncedAt(PoolPicture pool) => pool.Pool?.LastUpdateSync is { } at && at > DateTimeOffset.UnixEpoch ? at : null;

    public static bool IsSyncing(PoolPicture pool) => pool.Pool?.CurrentOperations.Values.Contains(PoolOperation.SyncUpdates) == true;
}
