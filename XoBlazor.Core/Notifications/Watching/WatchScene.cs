using System.Collections.Frozen;
using System.Collections.Immutable;
using XoBlazor.Core.Metrics;
using XoBlazor.Core.Notifications.ByPlugin;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Patching;
using XoBlazor.Core.Plugins;
using XoBlazor.Core.Pools;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Notifications.Watching;

/// <summary>All that watchers look at, at one moment.</summary>
internal sealed record WatchScene
{
    public required DateTimeOffset Now { get; init; }

    public required StoreSnapshot Store { get; init; }

    /// <summary>What changed since the look before, by pool; empty where <see cref="LooksAtEverything"/>.</summary>
    public FrozenDictionary<string, ImmutableArray<StoreBatch>> Batches { get; init; } = FrozenDictionary<string, ImmutableArray<StoreBatch>>.Empty;

    /// <summary>More changed than was told, or it is time to look at what follows references.</summary>
    public bool LooksAtEverything { get; init; }

    /// <summary>All up to then had been looked at when the server started.</summary>
    public DateTimeOffset Before { get; init; }

    /// <summary>All up to then was looked at before.</summary>
    public required DateTimeOffset WatchedUntil { get; init; }

    public ImmutableArray<PoolState> Pools { get; init; } = [];

    public IReadOnlyList<OperationRun> Runs { get; init; } = [];

    public ImmutableArray<InstalledPlugin> Plugins { get; init; } = [];

    /// <summary>What plugins told since the look before.</summary>
    public ImmutableArray<PluginNotice> Notices { get; init; } = [];

    public Func<ObjectKey, HostUpdates?> Updates { get; init; } = static _ => null;

    /// <summary>New figures; null where there are none since the look before.</summary>
    public LatestMetrics? Figures { get; init; }

    /// <summary>The picture follows the pool.</summary>
    public bool IsLive(string pool) => Pools.Any(state => state.PoolUuid == pool && state.IsLive);

    /// <summary>The pool's clock before ours.</summary>
    public TimeSpan Offset(string pool) => Pools.FirstOrDefault(state => state.PoolUuid == pool)?.HostClockOffset ?? TimeSpan.Zero;
}
