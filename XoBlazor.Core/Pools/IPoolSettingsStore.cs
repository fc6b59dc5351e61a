using System.Collections.Immutable;

namespace XoBlazor.Core.Pools;

/// <summary>
/// Where the pools' settings are kept; passwords are sealed in there. Called rarely: at the start, when an administrator changes
/// something, and when a pool's members change. Safe from several threads.
/// </summary>
public interface IPoolSettingsStore
{
    Task<ImmutableArray<PoolSettings>> LoadAsync(CancellationToken cancellationToken);

    /// <summary>Adds the entry or replaces the one of the same id.</summary>
    Task SaveAsync(PoolSettings settings, CancellationToken cancellationToken);

    Task RemoveAsync(Guid id, CancellationToken cancellationToken);
}
