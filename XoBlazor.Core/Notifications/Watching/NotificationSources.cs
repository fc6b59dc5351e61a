using System.Collections.Immutable;
using XoBlazor.Core.Metrics;
using XoBlazor.Core.Notifications.ByPlugin;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Patching;
using XoBlazor.Core.Plugins;
using XoBlazor.Core.Pools;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Notifications.Watching;

/// <summary>Where what is watched comes from, besides the store. Whoever asks gets what is known at the moment; nothing here waits but <see cref="LatestAsync"/> and <see cref="LookForUpdatesAsync"/>.</summary>
internal sealed record NotificationSources
{
    public Func<ImmutableArray<PoolState>> Pools { get; init; } = static () => [];

    public Func<IReadOnlyList<OperationRun>> Runs { get; init; } = static () => [];

    public Func<ImmutableArray<InstalledPlugin>> Plugins { get; init; } = static () => [];

    public Func<ImmutableArray<PluginNotice>> Notices { get; init; } = static () => [];

    public Func<ObjectKey, HostUpdates?> Updates { get; init; } = static _ => null;

    public Func<ObjectKey, CancellationToken, Task> LookForUpdatesAsync { get; init; } = static (_, _) => Task.CompletedTask;

    public Func<IEnumerable<ObjectKey>, CancellationToken, Task<LatestMetrics>>? LatestAsync { get; init; }

    /// <summary>The pools that there are have been read.</summary>
    public Task Ready { get; init; } = Task.CompletedTask;
}
