using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations.Vms;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Operations;

/// <summary>
/// What the maker of a VM is given on it, so as not to lose sight of it: VM administrator on one made from a template; on a copy the roles that the maker has on the
/// original, and no more, because a copy holds what the original holds. Snapshots, disks and devices follow their VM anyway.
/// </summary>
internal static class MakersRoles
{
    /// <summary>The roles that are missing, by id; none for who has them by other grants, such as one on the pool.</summary>
    public static IReadOnlyList<string> For(AccessEngine access, Actor actor, Operation operation, Located<XapiObject> source, Located<XapiObject> made)
    {
        if (actor.IsServer || made.Object is not Vm { IsASnapshot: false })
            return [];
        // What a token leaves out is left out by the token, not by what its owner has.
        var maker = actor with { LimitedTo = null };
        if (operation == VmCreation.Create)
            return VmRights.AllEdits.All(edit => access.Allows(maker, edit, made.Pool, made.Object)) && access.Allows(maker, VmRights.Delete, made.Pool, made.Object) ? [] : [Role.VmAdministrator.Id];
        return access.IsAdministrator(maker) ? [] : [.. RolesOn(source).Except(RolesOn(made))];

        IEnumerable<string> RolesOn(Located<XapiObject> value) => access.Explain(maker, Right.View, value.Key).Select(reason => reason.Role.Id).Distinct();
    }
}
