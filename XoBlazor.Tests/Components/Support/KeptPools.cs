using System.Collections.Immutable;
using XoBlazor.Core.Pools;

namespace XoBlazor.Tests.Components.Support;

/// <summary>Pools' settings in memory.</summary>
internal sealed class KeptPools : IPoolSettingsStore
{
    private ImmutableArray<PoolSettings> _all = [];

    public static KeptPools Of(params PoolSettings[] pools) => new() { _all = [.. pools] };

    public Task<ImmutableArray<PoolSettings>> LoadAsync(CancellationToken cancellationToken) => Task.FromResult(_all);

    public Task SaveAsync(PoolSettings settings, CancellationToken cancellationToken)
    {
        _all = [.. _all.Where(p => p.Id != settings.Id), settings];
        return Task.CompletedTask;
    }

    public Task RemoveAsync(Guid id, CancellationToken cancellationToken)
    {
        _all = _all.RemoveAll(p => p.Id == id);
        return Task.CompletedTask;
    }
}
