using System.Collections.Frozen;
using System.Collections.Immutable;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.Core.Access;

/// <summary>How much a scope holds at this moment: for people who are about to give or take it.</summary>
public static class ScopeReach
{
    private static readonly Actor s_somebody = new("somebody", "somebody");

    /// <summary>How many VMs, templates and snapshots left out, whoever has the scope may work with now. Looks at every VM.</summary>
    public static int CountVms(ObjectStore store, AccessScope scope)
    {
        var engine = new AccessEngine(store);
        engine.Apply(new(
            [], [new("", SubjectId.User(s_somebody.Id), Role.Viewer.Id, scope)], FrozenDictionary<string, ImmutableArray<string>>.Empty));
        return store.Current.Pools.Sum(pool => pool.All<Vm>().Count(vm => vm.Kind() == VmKind.Vm && engine.Allows(s_somebody, Right.View, pool, vm)));
    }
}
