using System.Collections.Immutable;
using XoBlazor.Core.Pools;

namespace XoBlazor.Tests.Pools;

/// <summary>Keeps pool settings as long as the test lasts.</summary>
internal sealed class MemoryPoolSettings : IPoolSettingsStore
{
    private ImmutableDictionary<Guid, PoolSettings> _kept = ImmutableDictionary<Guid, PoolSettings>.Empty;

    public IEnumerable<PoolSettings> Kept => _kept.Values;

    public Task<ImmutableArray<PoolSettings>> LoadAsync(CancellationToken cancellationToken) =>
        Task.FromResult<ImmutableArray<PoolSettings>>([.. _kept.Values]);

    public Task SaveAsync(PoolSettings settings, CancellationToken cancellationToken)
    {
        ImmutableInterlocked.AddOrUpdate(ref _kept, settings.Id, settings, (_, _) => settings);
        return Task.CompletedTask;
    }

    public Task RemoveAsync(Guid id, CancellationToken cancellationToken)
    {
        ImmutableInterlocked.TryRemove(ref _kept, id, out _);
        return Task.CompletedTask;
    }
}
