using XoBlazor.App.Components.Lists;
using XoBlazor.App.Components.Ui;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.App.Components.Pools;

/// <summary>The list of pools that were read at least once; those never reached stand above it.</summary>
internal static class PoolLists
{
    private const double AlmostFull = 0.85;

    public static readonly ListDefinition<Pool> Pools = new()
    {
        Title = "Pools",
        Noun = "pool",
        Icon = "pool",
        DefaultOrder = [new("name")],
        Follows = [XapiClass.Pool, XapiClass.Host, XapiClass.HostMetrics, XapiClass.Vm, XapiClass.VmMetrics, XapiClass.Sr],
        Columns =
        [
            Columns.Name<Pool>(),
            Columns.Link<Pool>("coordinator", "Coordinator", static (pool, _) => pool.Coordinator()) with { Card = CardPlace.Second, Width = 130 },
            Columns.Number<Pool>("hosts", "Hosts", static (pool, _) => pool.CountOf(XapiClass.Host)),
            Columns.Number<Pool>("running", "Running VMs", static (pool, _) => PoolCapacity.Of(pool).RunningVms) with { Width = 110, Card = CardPlace.Second },
            Columns.Number<Pool>("vms", "VMs", static (pool, _) => PoolCapacity.Of(pool).Vms),
            Columns.Share<Pool>("memory", "Memory given", static (pool, _) => PoolCapacity.Of(pool) is { Memory: > 0 } has ? (double)has.MemoryGiven / has.Memory : null, alarm: 1,
                static (pool, _) => PoolCapacity.Of(pool) is { Memory: > 0 } has ? $"{Format.Bytes(has.MemoryGiven)} of {Format.Bytes(has.Memory)}" : "–") with { Width = 200 },
            Columns.Share<Pool>("storage", "Storage used", static (pool, _) => PoolCapacity.Of(pool) is { Storage: > 0 } has ? (double)has.StorageUsed / has.Storage : null, AlmostFull,
                static (pool, _) => PoolCapacity.Of(pool) is { Storage: > 0 } has ? $"{Format.Bytes(has.StorageUsed)} of {Format.Bytes(has.Storage)}" : "–") with { Width = 200 },
            new("ha", "HA") { Text = static (_, pool) => pool.HaEnabled ? $"On, {pool.HaPlanExistsFor} failures" : "Off", Width = 90 },
            new("product", "Version") { Text = static (pool, _) => pool.Coordinator() is { } host ? HostFacts.ProductOf(host) : "", Width = 112, Card = CardPlace.Second },
            Columns.Tags<Pool>(static pool => pool.Tags) with { IsShown = false },
            Columns.Description<Pool>(static pool => pool.NameDescription),
            Columns.Uuid<Pool>(),
        ],
    };
}
