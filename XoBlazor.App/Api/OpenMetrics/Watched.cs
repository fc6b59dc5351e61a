using System.Collections.Frozen;
using XoBlazor.Core.Metrics;
using XoBlazor.Core.Model;
using XoBlazor.Core.Patching;
using XoBlazor.Core.Pools;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Api.OpenMetrics;

/// <summary>A pool that the requester sees, and how we stand with it.</summary>
internal sealed record WatchedPool(PoolPicture Pool, PoolState? State, TimeSpan? EventLag, DateTimeOffset Now);

/// <param name="Figures">Null when the host did not answer in time.</param>
/// <param name="Updates">Null while nobody knows what it lacks.</param>
/// <param name="Storage">The storage that the requester sees in the pool, by what hosts put behind the names of their figures (<see cref="SrMetrics.Suffix"/>).</param>
internal sealed record WatchedHost(PoolPicture Pool, Host Host, ObjectMetrics? Figures, HostUpdates? Updates, FrozenDictionary<string, Sr> Storage);

/// <param name="Figures">Null while it does not run, or its host did not answer in time.</param>
internal sealed record WatchedVm(PoolPicture Pool, Vm Vm, ObjectMetrics? Figures);

internal sealed record WatchedSr(PoolPicture Pool, Sr Sr);
