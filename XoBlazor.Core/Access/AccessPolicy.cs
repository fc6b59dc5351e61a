using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;

namespace XoBlazor.Core.Access;

/// <summary>
/// Everything that was ever granted, at one moment: roles, grants and who is in which group. Immutable and safe from any thread; what a
/// user has is worked out when first asked and kept with the policy. A change is a new policy, <see cref="AccessEngine.Apply"/>.
/// </summary>
public sealed class AccessPolicy
{
    private readonly FrozenDictionary<SubjectId, ImmutableArray<Grant>> _bySubject;
    private readonly ConcurrentDictionary<string, ActorRights> _rights = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string User, string Limit), ActorRights> _limitedRights = new();
    private readonly FrozenDictionary<string, Role> _programRoles;

    /// <param name="customRoles">The roles beside the built-in ones.</param>
    /// <param name="groupsOfUsers">The ids of the groups each user is in, nested ones included; users in no group may be left out.</param>
    /// <param name="programRoles">Roles that grants give to programs with names of their own, such as plugins: nobody else is given one, so they are not among <see cref="Roles"/>.</param>
    public AccessPolicy(
        IEnumerable<Role> customRoles, IEnumerable<Grant> grants, IReadOnlyDictionary<string, ImmutableArray<string>> groupsOfUsers, IEnumerable<Role>? programRoles = null)
    {
        _programRoles = (programRoles ?? []).ToFrozenDictionary(r => r.Id, StringComparer.Ordinal);
        Roles = Role.BuiltIn.Concat(customRoles.Where(r => !r.IsBuiltIn)).DistinctBy(r => r.Id, StringComparer.Ordinal).ToFrozenDictionary(r => r.Id, StringComparer.Ordinal);
        Grants = [.. grants];
        GroupsOfUsers = groupsOfUsers.ToFrozenDictionary(StringComparer.Ordinal);
        _bySubject = Grants.GroupBy(g => g.Subject).ToFrozenDictionary(g => g.Key, g => g.ToImmutableArray());
    }

    /// <summary>Nobody has anything.</summary>
    public static AccessPolicy Empty { get; } = new([], [], FrozenDictionary<string, ImmutableArray<string>>.Empty);

    /// <summary>All roles that people are given, by id, the built-in ones included.</summary>
    public FrozenDictionary<string, Role> Roles { get; }

    public ImmutableArray<Grant> Grants { get; }

    public FrozenDictionary<string, ImmutableArray<string>> GroupsOfUsers { get; }

    /// <summary>A user's own grants and those of the user's groups.</summary>
    public IEnumerable<Grant> GrantsOf(string user)
    {
        var groups = GroupsOfUsers.TryGetValue(user, out var member) ? member : [];
        return groups.Distinct(StringComparer.Ordinal).Select(SubjectId.Group).Prepend(SubjectId.User(user))
            .SelectMany(s => _bySubject.TryGetValue(s, out var grants) ? grants : []);
    }

    /// <summary>The user has the role <see cref="Role.Administrator"/> on everything.</summary>
    public bool IsAdministrator(string user) => GrantsOf(user).Any(IsOfAdministrator);

    /// <summary>The users whose grants differ between two policies, in what they give or how they come by them.</summary>
    public ImmutableHashSet<string> UsersThatDiffer(AccessPolicy other)
    {
        var subjects = _bySubject.Keys.Concat(other._bySubject.Keys).Where(s => s.Kind == SubjectKind.User).Select(s => s.Id);
        return [.. subjects.Concat(GroupsOfUsers.Keys).Concat(other.GroupsOfUsers.Keys).Distinct(StringComparer.Ordinal).Where(Differs)];

        bool Differs(string user) => !Given(user).SetEquals(other.Given(user));
    }

    /// <summary>The role that a grant gives; null for one that is gone.</summary>
    internal Role? RoleOf(Grant grant) => Roles.GetValueOrDefault(grant.Role) ?? _programRoles.GetValueOrDefault(grant.Role);

    internal static bool IsOfAdministrator(Grant grant) => grant.Role == Role.Administrator.Id && grant.Scope is AccessScope.Everything;

    internal ActorRights RightsOf(Actor actor) =>
        actor.LimitedTo is { } limit ? _limitedRights.GetOrAdd((actor.Id, limit), static (key, policy) => new(policy, key.User, key.Limit), this)
        : _rights.TryGetValue(actor.Id, out var known) ? known : _rights.GetOrAdd(actor.Id, static (user, policy) => new(policy, user, null), this);

    private HashSet<(SubjectId, Role?, AccessScope)> Given(string user) =>
        [.. GrantsOf(user).Select(g => (g.Subject, RoleOf(g), g.Scope))];
}
