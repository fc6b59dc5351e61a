using System.Text.Json.Nodes;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Filtering;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Core.Plugins.Wants;

/// <summary>Objects of a class that a plugin wants to see.</summary>
public sealed record ReadWant : Want
{
    private ReadWant(XapiClass type, Filter filter) => (Class, Filter) = (type, filter);

    public XapiClass Class { get; }

    /// <summary>Empty for all of them.</summary>
    public Filter Filter { get; }

    public override string Text => $"read: {What}";

    public override bool IsOfPools => true;

    private string What => $"{XapiCodec.For(Class).WireName}{(Filter.IsEmpty ? "" : $", where {Filter.Text}")}";

    /// <summary>Fails with <see cref="PluginException"/> for a class that nobody but administrators may see, or a filter that does not fit it.</summary>
    public static ReadWant Of(string wireName, string filter)
    {
        if (XapiCodec.Find(wireName) is not { } codec || codec.WireName != wireName || Access.Inheritance.IsForAdministratorsOnly(codec.Class))
            throw new PluginException($"there is no class '{wireName}' to read; classes are XAPI's, such as VM or host");
        return Filter.TryParse(filter, codec.Class, out var compiled, out var error) ? new(codec.Class, compiled)
            : throw new PluginException($"the filter '{filter}' for {wireName} cannot be used: {error.Message}");
    }

    public bool Matches(PoolPicture pool, XapiObject value) => value.Class == Class && Filter.Matches(pool, value);

    public override string Words(OperationCatalogue operations) => $"see {ForeignText.Shown(What)}";

    internal static IEnumerable<Want> From(JsonNode value) => ManifestJson.Items(value, "wants.read").Select(Read);

    private static ReadWant Read(JsonNode node)
    {
        if (node is not JsonObject want)
            return Of(ManifestJson.Text(node, "wants.read", 100), "");
        ManifestJson.OnlyKnown(want, ["class", "filter"], "wants.read.");
        return Of(ManifestJson.Text(want, "class", 100), want.ContainsKey("filter") ? ManifestJson.Text(want, "filter", 1000) : "");
    }
}
