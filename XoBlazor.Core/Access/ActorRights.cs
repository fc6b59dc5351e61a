using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace XoBlazor.Core.Access;

/// <summary>What one user has under one policy: for each right the scopes it holds in, gathered when first asked.</summary>
internal sealed class ActorRights
{
    private readonly ImmutableArray<(Role Role, AccessScope Scope)> _given;
    private readonly ConcurrentDictionary<string, ScopeIndex> _byRight = new(StringComparer.Ordinal);
    private readonly Role? _limit;
    private readonly bool _isLimited;

    public ActorRights(AccessPolicy policy, string user, string? limit)
    {
        _isLimited = limit is not null;
        _limit = limit is null ? null : policy.Roles.GetValueOrDefault(limit);
        _given = [.. policy.GrantsOf(user).Select(g => (Role: policy.RoleOf(g), g.Scope)).Where(g => g.Role is not null).Select(g => (g.Role!, g.Scope))];
        IsAdministrator = policy.IsAdministrator(user);
    }

    /// <summary>The account is an administrator's; a limit may still stand before it.</summary>
    public bool IsAdministrator { get; }

    /// <summary>False for a right beyond the actor's limit.</summary>
    public bool IsWithinLimit(Right right) => !_isLimited || _limit?.Has(right) == true;

    public ScopeIndex ScopesOf(Right right) =>
        _byRight.TryGetValue(right.Name, out var known) ? known : _byRight.GetOrAdd(right.Name, Gather(right));

    private ScopeIndex Gather(Right right) => IsWithinLimit(right) ? ScopeIndex.Of(_given.Where(g => g.Role.Has(right)).Select(g => g.Scope)) : ScopeIndex.Nothing;
}
