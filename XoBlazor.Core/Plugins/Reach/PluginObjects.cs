using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Plugins.Wants;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi.Codecs;
using XoBlazor.Plugins;

namespace XoBlazor.Core.Plugins.Reach;

/// <summary>
/// The objects that a plugin may see: those that its rights show, and of these the ones that an accepted want matches. All else does not exist for it.
/// Safe from any thread.
/// </summary>
internal sealed class PluginObjects(PluginWants accepted, VisibleStore view)
{
    private const int MostOnAPage = 200;

    private readonly ImmutableArray<ReadWant> _wants = [.. accepted.Of<ReadWant>()];

    public IStoreView View => view;

    /// <summary>Of which it may see any.</summary>
    public ImmutableArray<XapiClass> Classes { get; } = [.. accepted.Of<ReadWant>().Select(want => want.Class).Distinct()];

    /// <summary>Of which it may see some because of what others are: with these it changes what it may see.</summary>
    public ImmutableArray<XapiClass> Following { get; } = [.. accepted.Of<ReadWant>().Where(want => !want.Filter.IsOwn).Select(want => want.Class).Distinct()];

    public bool Shows(PoolPicture pool, XapiObject value) => _wants.Any(want => want.Matches(pool, value));

    /// <summary>The same for many objects of one picture and class. For one thread; to be let go with the picture.</summary>
    public Func<XapiObject, bool> On(PoolPicture pool, XapiClass type)
    {
        var matches = _wants.Where(want => want.Class == type).Select(want => want.Filter.On(pool)).ToList();
        return value => matches.Exists(match => match(value));
    }

    /// <summary>The object of a uuid, or a reference; null when there is none that it may see.</summary>
    public Located<XapiObject>? Find(string pool, string id) =>
        view.Current.Pool(pool) is { } there && (there.GetByUuid(id) ?? there.Get(id)) is { } found && Shows(there, found) ? new(there, found) : null;

    /// <summary><c>objects.get {pool, id}</c></summary>
    public JsonNode Get(JsonElement parameters)
    {
        var (pool, id) = (PluginArguments.Text(parameters, "pool"), PluginArguments.Text(parameters, "id"));
        return Find(pool, id) is { } found ? PluginShape.Of(found.Pool.Uuid, found.Object) : throw NotThere(id);
    }

    /// <summary><c>objects.list {class, after?}</c>: a page, in the order of pools and uuids.</summary>
    public JsonNode List(JsonElement parameters)
    {
        var name = PluginArguments.Text(parameters, "class");
        var after = PluginArguments.TextOrNull(parameters, "after");
        if (_wants.FirstOrDefault(want => XapiCodec.For(want.Class).WireName == name) is not { Class: var type })
            throw new PluginRefusedException(PluginRefusedException.NotAccepted, $"Reading {ForeignText.Shown(name)} was not accepted. Name it under wants.read; an administrator accepts it.");
        var found = new List<Located<XapiObject>>();
        foreach (var pool in view.Current.Pools)
            found.AddRange(pool.All(type).Where(On(pool, type)).Select(value => new Located<XapiObject>(pool, value)));

        var page = found.Select(one => (One: one, Key: one.Key.ToString())).Where(one => after is null || string.CompareOrdinal(one.Key, after) > 0)
            .OrderBy(one => one.Key, StringComparer.Ordinal).Take(MostOnAPage + 1).ToList();
        return new JsonObject
        {
            ["objects"] = new JsonArray([.. page.Take(MostOnAPage).Select(one => PluginShape.Of(one.One.Pool.Uuid, one.One.Object))]),
            ["next"] = page.Count > MostOnAPage ? page[MostOnAPage - 1].Key : null,
        };
    }

    public static PluginRefusedException NotThere(string id) => new(PluginRefusedException.NotThere, $"There is no object {ForeignText.Shown(id)} that this plugin may see.");
}
