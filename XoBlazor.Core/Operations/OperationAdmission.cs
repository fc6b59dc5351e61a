using System.Text.Json.Nodes;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Patching.Rolling;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.Core.Operations;

/// <summary>Whether somebody may do what they ask for with what they give, and whether it is possible. Fails with <see cref="OperationRefusedException"/>. Safe from any thread.</summary>
internal sealed class OperationAdmission(ObjectStore store, AccessEngine access, RollingRuns? rolling)
{
    /// <summary>The object that is judged is the one that is worked on, and for someone who may not view it, it is not there.</summary>
    public (PoolPicture Pool, XapiObject Target) Find(ObjectKey key) =>
        store.Current.Pool(key.Pool) is { } pool && (pool.GetByUuid(key.Uuid) ?? pool.Get(key.Uuid)) is { } target
            ? (pool, target) : throw new OperationRefusedException(AccessEngine.NoSuchObject(key), RefusalReason.NotThere, key.Uuid);

    /// <summary>Why somebody may not do any more what they have begun; null as long as they may, whatever else stands in its way by now.</summary>
    public string? LostRight(Actor actor, Operation operation, ObjectKey key, JsonObject? arguments)
    {
        try
        {
            var (pool, target) = Find(key);
            Check(actor, operation, pool, target, key, arguments);
            return null;
        }
        catch (OperationRefusedException refused)
        {
            return refused.Reason == RefusalReason.NoRight || (refused.Reason == RefusalReason.NotThere && IsHidden(actor, key, refused.About)) ? refused.Message : null;
        }
    }

    // What is not there for anybody any more is no matter of rights: a VM that was moved, a pool that is away.
    private bool IsHidden(Actor actor, ObjectKey key, string? about) => access.IsHidden(actor, key)
        || (about is not null && store.Current.Pools.Any(pool => about.StartsWith(pool.Uuid + "/", StringComparison.Ordinal) ? access.IsHidden(actor, new(pool.Uuid, about[(pool.Uuid.Length + 1)..])) : access.IsHidden(actor, new(pool.Uuid, about))));

    public string? ObstacleTo(Actor actor, Operation operation, PoolPicture pool, XapiObject target, OperationArguments arguments) =>
        (ReservedFor(operation, pool.Uuid) ?? operation.Obstacle(pool, target) ?? operation.Obstacle(pool, target, arguments)) is { } obstacle ? access.Shown(actor, pool.Uuid, obstacle) : null;

    /// <summary>While a rolling reboot goes on, nothing else changes the pool and its hosts; how it goes on is its own matter.</summary>
    private string? ReservedFor(Operation operation, string pool) =>
        RollingRights.All.Contains(operation.Right) ? null : rolling?.Obstacle(pool, operation.Target, operation.Right);

    /// <summary>Every right that is needed, on every object that is touched by name or without; then what was given, and the other pools that it names something of.</summary>
    public (OperationArguments Given, IReadOnlyCollection<string> OtherPools) Check(Actor actor, Operation operation, PoolPicture pool, XapiObject target, ObjectKey asked, JsonObject? arguments)
    {
        if (!operation.Rights.Any(right => access.Allows(actor, right, pool, target)))
            throw NoRight(access.Refusal(actor, operation.Right, pool, target, asked)!, target, asked.Uuid);
        if (!operation.IsFor(target))
            throw new OperationRefusedException($"{operation.Name} works on another kind of object than {pool.NameOf(target)} is.", RefusalReason.BadArguments);
        var others = new List<(OperationParameter Parameter, Located<XapiObject> Named)>();
        var given = new ArgumentCheck(operation.Name, Find).Read(operation.Parameters, WithoutUnchanged(actor, operation, pool, target, arguments));
        if (operation.RightsFor(given).Select(right => access.Refusal(actor, right, pool, target, asked)).FirstOrDefault(words => words is not null) is { } refusal)
            throw NoRight(refusal, target, asked.Uuid);
        foreach (var further in operation.AlsoNeeds(pool, target, given))
        {
            var around = further.Pool ?? pool;
            if (access.Allows(actor, further.Right, around, further.On))
                continue;
            throw new OperationRefusedException(access.Allows(actor, Right.View, around, further.On)
                ? access.Refusal(actor, further.Right, around, further.On)!
                : $"For this {actor.Name} would need the right '{further.Right.Title}' on something that belongs to {pool.NameOf(target)} and is not {actor.Name}'s to view. Choose another, or ask an administrator.", RefusalReason.NoRight);
        }

        // Rights come first, all of them; only then is it said why something does not suit.
        foreach (var (parameter, named) in others)
            if (parameter.Unsuitable?.Invoke(named.Pool, target, named.Object) is { } unsuitable)
                throw new OperationRefusedException(access.Shown(actor, named.Pool.Uuid, unsuitable));
        return (given, [.. others.Select(other => other.Named.Pool.Uuid).Where(uuid => uuid != pool.Uuid).Distinct()]);

        object Find(OperationParameter parameter, string id)
        {
            if (Named(actor, parameter, pool, id) is not var (around, named))
                throw new OperationRefusedException(AccessEngine.NoSuchObject(new(pool.Uuid, ForeignText.Shown(id))), RefusalReason.NotThere, id);
            if (access.Refusal(actor, parameter.Right!, around, named) is { } forbidden)
                throw new OperationRefusedException(forbidden, RefusalReason.NoRight, id);
            if (!parameter.Classes.Contains(named.Class))
                throw new OperationRefusedException($"'{parameter.Name}' of {operation.Name} takes another kind of object than {around.NameOf(named)} is.", RefusalReason.BadArguments);
            others.Add((parameter, new(around, named)));
            return parameter.IsAnywhere ? new Located<XapiObject>(around, named) : named;
        }

        // Of what may not be viewed the words say that it is not there, and so does the reason; nor does it get another name than it was asked for by.
        OperationRefusedException NoRight(string words, XapiObject on, string id) =>
            new(words, access.Allows(actor, Right.View, pool, on) ? RefusalReason.NoRight : RefusalReason.NotThere, id);
    }

    /// <summary>The object that a parameter's value names, of those that the actor may view; null when there is none.</summary>
    private (PoolPicture Pool, XapiObject Object)? Named(Actor actor, OperationParameter parameter, PoolPicture own, string id)
    {
        var (snapshot, stroke) = (store.Current, id.IndexOf('/', StringComparison.Ordinal));
        IEnumerable<PoolPicture> places = !parameter.IsAnywhere ? [own]
            : stroke > 0 ? snapshot.Pool(id[..stroke]) is { } named ? [named] : []
            : snapshot.Pools.Where(pool => pool.Uuid != own.Uuid).Prepend(own);
        var sought = parameter.IsAnywhere && stroke > 0 ? id[(stroke + 1)..] : id;
        foreach (var place in places)
            if ((place.GetByUuid(sought) ?? place.Get(sought)) is { } found && access.Allows(actor, Right.View, place, found))
                return (place, found);
        return null;
    }

    /// <summary>
    /// Programs send whole forms: a value that is given as it is already changes nothing, and whoever may not change it does not stumble over it. It is left out,
    /// so that it cannot undo what somebody else changes meanwhile.
    /// </summary>
    private JsonObject? WithoutUnchanged(Actor actor, Operation operation, PoolPicture pool, XapiObject target, JsonObject? arguments)
    {
        if (arguments is null || operation.Rights.Length == 1)
            return arguments;
        var others = operation.Parameters
            .Where(one => arguments.TryGetPropertyValue(one.Name, out var given) && one.Present is { } present && !access.Allows(actor, operation.RightFor(one), pool, target)
                && JsonNode.DeepEquals(given, present(pool, target)))
            .Select(one => one.Name).ToHashSet(StringComparer.Ordinal);
        return others.Count == 0 ? arguments : new(arguments.Where(one => !others.Contains(one.Key)).Select(one => KeyValuePair.Create(one.Key, one.Value?.DeepClone())));
    }

    public string? RolesOf(Actor actor, Operation operation, ObjectKey key, OperationArguments given)
    {
        var roles = operation.RightsFor(given).Select(right => access.RolesOf(actor, right, key)).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        return roles.Count == 0 ? null : string.Join(", ", roles);
    }
}
