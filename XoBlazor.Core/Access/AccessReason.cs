using System.Collections.Immutable;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Access;

/// <summary>One step from an object to what it belongs to.</summary>
/// <param name="Relation">In the words of <see cref="Inheritance.ContainersOf"/>, such as "its VM".</param>
public sealed record AccessStep(string Relation, XapiObject To);

/// <summary>Why somebody has a right on an object: a grant, how the user comes by it, and how it comes to the object.</summary>
/// <param name="Via">The group the user has it through; null for a grant to the user.</param>
/// <param name="Steps">From the object to what the grant names; empty when it names the object, its pool or everything.</param>
public sealed record AccessReason(Grant Grant, Role Role, string? Via, ImmutableArray<AccessStep> Steps)
{
    internal static ImmutableArray<AccessReason> All(AccessPolicy policy, Actor actor, Right right, PoolPicture pool, XapiObject target)
    {
        if (!policy.RightsOf(actor).IsWithinLimit(right))
            return [];
        var around = new Surroundings(pool);
        var reached = Climb(around, target, right.Level);
        var isAdministrator = policy.IsAdministrator(actor.Id);
        var reasons = ImmutableArray.CreateBuilder<AccessReason>();
        foreach (var grant in policy.GrantsOf(actor.Id))
        {
            if (policy.RoleOf(grant) is not { } role || !role.Has(right)
                || (Inheritance.IsForAdministratorsOnly(target.Class) && !(isAdministrator && AccessPolicy.IsOfAdministrator(grant))))
                continue;
            if (WayTo(ScopeIndex.Of([grant.Scope]), around, reached) is { } steps)
                reasons.Add(new(grant, role, grant.Subject.Kind == SubjectKind.Group ? grant.Subject.Id : null, steps));
        }

        return reasons.ToImmutable();
    }

    /// <summary>Null when the scope does not reach the object.</summary>
    private static ImmutableArray<AccessStep>? WayTo(ScopeIndex scope, in Surroundings around, List<(XapiObject Object, int From, string Words)> reached)
    {
        if (scope.HasPool(around.Pool.Uuid))
            return [];
        if (scope.In(around.Pool.Uuid) is not { } inPool)
            return null;
        for (var at = 0; at < reached.Count; at++)
        {
            if (!inPool.Names(around, reached[at].Object))
                continue;
            var steps = new List<AccessStep>();
            for (var i = at; i > 0; i = reached[i].From)
                steps.Insert(0, new(reached[i].Words, reached[i].Object));
            return [.. steps];
        }

        return null;
    }

    private static List<(XapiObject Object, int From, string Words)> Climb(in Surroundings around, XapiObject target, RightLevel level)
    {
        var reached = new List<(XapiObject Object, int From, string Words)> { (target, 0, "") };
        var seen = new HashSet<XapiObject>(ReferenceEqualityComparer.Instance) { target };
        var next = new List<XapiObject>();
        for (var at = 0; at < reached.Count; at++)
        {
            foreach (var relation in Inheritance.Of(reached[at].Object.Class))
            {
                next.Clear();
                relation.AddContainers(around, reached[at].Object, level, next);
                foreach (var container in next)
                    if (seen.Add(container))
                        reached.Add((container, at, relation.Words));
            }
        }

        return reached;
    }
}
