using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.Core.Access;

/// <summary>How much a scope holds at this moment: for people who are about to give or take it.</summary>
public static class ScopeReach
{
    /// <summary>How many of these VMs, templates and snapshots left out, are within the scope. Looks at every one.</summary>
    public static int CountVms(StoreSnapshot objects, AccessScope scope)
    {
        var index = ScopeIndex.Of([scope]);
        return objects.Pools.Sum(pool => CountVms(pool, index));
    }

    private static int CountVms(PoolPicture pool, ScopeIndex index)
    {
        var around = new Surroundings(pool);
        var isWhole = index.HasPool(pool.Uuid);
        var inPool = index.In(pool.Uuid);
        return pool.All<Vm>().Count(vm => vm.Kind() == VmKind.Vm && (isWhole || (inPool is not null && Walk.Reaches(inPool, around, vm, RightLevel.Read))));
    }
}
