using System.Collections.Immutable;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Access;

/// <summary>
/// Decides who may do what on which object, for every face, before anything is called or shown. Safe from any thread: a decision takes no
/// lock and is made from one policy and one snapshot of the store. Nobody has what was not granted; what is unknown is refused.
/// </summary>
public sealed class AccessEngine(ObjectStore store)
{
    private readonly Lock _gate = new();
    private volatile AccessPolicy _policy = AccessPolicy.Empty;

    /// <summary>Told after a new policy holds, on the thread that applied it, one change after the other. Handlers only take note and do not throw.</summary>
    public event Action<PolicyChange>? Changed;

    public AccessPolicy Policy => _policy;

    /// <summary>Puts a policy in the place of the present one; the next decision is made by it.</summary>
    public void Apply(AccessPolicy policy)
    {
        lock (_gate)
        {
            var before = _policy;
            _policy = policy;
            // Within the lock, so that changes are told in the order they were made.
            Changed?.Invoke(new(before, policy, before.UsersThatDiffer(policy)));
        }
    }

    /// <summary>The actor may do everything everywhere.</summary>
    public bool IsAdministrator(Actor actor) => IsUnlimited(actor, Role.Administrator.Id) && Vouched(actor, _policy);

    /// <summary>
    /// Null when <paramref name="actor"/> has <paramref name="right"/> on the object (on the server as a whole when no object is named), else
    /// the reason in words. Of an object that may not be viewed the words say what they would say if it did not exist.
    /// </summary>
    public string? Refusal(Actor actor, Right right, ObjectKey? target)
    {
        if (target is not { } key)
            return AllowsEverywhere(actor, right) ? null : Lacks(actor, right, "here");
        return store.Current.Pool(key.Pool) is { } pool && (pool.GetByUuid(key.Uuid) ?? pool.Get(key.Uuid)) is { } value
            ? Refusal(actor, right, pool, value, key) : NoSuchObject(key);
    }

    /// <summary>The same for an object at hand.</summary>
    /// <param name="asked">What it was asked for by, a uuid or a reference: the words tell nothing beyond that. Null for its uuid.</param>
    public string? Refusal(Actor actor, Right right, PoolPicture pool, XapiObject target, ObjectKey? asked = null) =>
        Allows(actor, right, pool, target) ? null
        : Allows(actor, Right.View, pool, target) ? Lacks(actor, right, $"on {Store.Facts.ObjectNames.OwnName(target) ?? "this"}")
        : NoSuchObject(asked ?? pool.Key(target));

    /// <summary>What is said of an object that is not there, or must seem so.</summary>
    public static string NoSuchObject(ObjectKey key) => $"Nothing with the uuid {key.Uuid} is in this pool now.";

    public bool Allows(Actor actor, Right right, PoolPicture pool, XapiObject target) => Allows(actor, right, new Surroundings(pool), target);

    /// <summary>
    /// Words that were written by a pool's host, or to somebody else, as the actor may read them: what the actor may not view is not named. Who sees the
    /// whole pool reads them as they are.
    /// </summary>
    public string Shown(Actor actor, string pool, string text) => WordsFor(actor, pool).Of(text);

    /// <summary>The same for a task or message; anything else as it is. The same instance where nothing gives way.</summary>
    public XapiObject Shown(Actor actor, string pool, XapiObject value) => value is XapiTask or XapiMessage ? WordsFor(actor, pool).Of(value) : value;

    internal ShownWords WordsFor(Actor actor, string pool)
    {
        var there = store.Current.Pool(pool);
        return AllowsPool(actor, Right.View, pool) ? ShownWords.All
            : there is null ? ShownWords.None
            : ShownWords.Of(there, reference => there.Get(reference) is { } named && Allows(actor, Right.View, there, named),
                (around, last) => Allows(actor, Right.View, around, last));
    }

    /// <summary>The object is there, and the actor may not view it.</summary>
    public bool IsHidden(Actor actor, ObjectKey key) =>
        store.Current.Pool(key.Pool) is { } pool && (pool.GetByUuid(key.Uuid) ?? pool.Get(key.Uuid)) is { } value && !Allows(actor, Right.View, pool, value);

    /// <summary>
    /// An object that went out of view may still be shown as <paramref name="last"/> it was: it is gone for everybody, and the actor would see it
    /// if it were there. False for one that only the actor does not see any more.
    /// </summary>
    public bool MayRemember(Actor actor, string pool, XapiObject last) =>
        store.Current.Pool(pool) is { } now && now.Get(last.Ref) is null && !now.AllByUuid(last.Uuid).Any(o => o.Class == last.Class)
        && Allows(actor, Right.View, now, last);

    /// <summary>The actor has the right on the server as a whole, every pool included.</summary>
    public bool AllowsEverywhere(Actor actor, Right right)
    {
        var policy = _policy;
        var rights = policy.RightsOf(actor);
        return (actor.IsServer && rights.IsWithinLimit(right)) || rights.ScopesOf(right).HasEverything;
    }

    /// <summary>The actor has the right on everything in the pool but what is for administrators only.</summary>
    public bool AllowsPool(Actor actor, Right right, string pool)
    {
        var policy = _policy;
        var rights = policy.RightsOf(actor);
        return (Vouched(actor, policy) && rights.IsWithinLimit(right)) || rights.ScopesOf(right).HasPool(pool);
    }

    /// <summary>There is a grant by which the actor has the right on something, be it there or not.</summary>
    public bool AllowsSomewhere(Actor actor, Right right) => ScopesOf(actor, right) is not { IsEmpty: true };

    /// <summary>The grants that give the right on an object, each with the way it comes there; also for administrators, whose grant is on everything.</summary>
    public ImmutableArray<AccessReason> Explain(Actor actor, Right right, ObjectKey target)
    {
        var policy = _policy;
        return store.Current.Pool(target.Pool) is { } pool && (pool.GetByUuid(target.Uuid) ?? pool.Get(target.Uuid)) is { } value
            ? AccessReason.All(policy, actor, right, pool, value) : [];
    }

    /// <summary>As which roles the actor has the right, on an object or, where none is named, on the server as a whole: their names; null for none.</summary>
    public string? RolesOf(Actor actor, Right right, ObjectKey? target)
    {
        var policy = _policy;
        if (!policy.RightsOf(actor).IsWithinLimit(right))
            return null;
        var roles = target is { } key
            ? Explain(actor, right, key).Select(reason => reason.Role)
            : policy.GrantsOf(actor.Id).Where(grant => grant.Scope is AccessScope.Everything).Select(policy.RoleOf).OfType<Role>().Where(role => role.Has(right));
        var names = string.Join(", ", roles.Select(role => role.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        return names.Length == 0 ? null : actor.LimitedTo is { } limit ? $"{names}, limited to {policy.Roles.GetValueOrDefault(limit)?.Name ?? limit}" : names;
    }

    internal bool Allows(Actor actor, Right right, in Surroundings around, XapiObject target)
    {
        var policy = _policy;
        var rights = policy.RightsOf(actor);
        if (actor.IsServer || rights.IsAdministrator)
            return rights.IsWithinLimit(right);
        if (Inheritance.IsForAdministratorsOnly(target.Class))
            return false;
        var scopes = rights.ScopesOf(right);
        return scopes.HasPool(around.Pool.Uuid)
            || (scopes.In(around.Pool.Uuid) is { } inPool && Walk.Reaches(inPool, around, target, right.Level));
    }

    /// <summary>Nothing at all is hidden from the actor.</summary>
    internal bool IsUnhidden(Actor actor, Right right)
    {
        var policy = _policy;
        return Vouched(actor, policy) && policy.RightsOf(actor).IsWithinLimit(right);
    }

    /// <summary>What the actor may view: everything there is, or what these scopes reach.</summary>
    internal ScopeIndex? ViewOf(Actor actor) => ScopesOf(actor, Right.View);

    /// <summary>Where the actor has the right: everywhere (null), or what these scopes reach.</summary>
    internal ScopeIndex? ScopesOf(Actor actor, Right right)
    {
        var rights = _policy.RightsOf(actor);
        var isAdministrator = actor.IsServer || rights.IsAdministrator;
        return !isAdministrator ? rights.ScopesOf(right) : rights.IsWithinLimit(right) ? null : ScopeIndex.Nothing;
    }

    private static bool Vouched(Actor actor, AccessPolicy policy) => actor.IsServer || policy.IsAdministrator(actor.Id);

    private static bool IsUnlimited(Actor actor, string role) => actor.LimitedTo is null || actor.LimitedTo == role;

    private static string Lacks(Actor actor, Right right, string where) =>
        $"{actor.Name} does not have the right '{right.Title}' {where}. Ask an administrator for it.";
}
