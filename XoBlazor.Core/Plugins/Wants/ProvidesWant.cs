using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Xapi;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Core.Plugins.Wants;

/// <summary>An operation that a plugin adds.</summary>
/// <param name="Name">The plugin's id, a dot and a verb.</param>
/// <param name="Title">The word on the button.</param>
/// <param name="Class">Of the objects it works on.</param>
/// <param name="Parameters">What it takes besides.</param>
/// <param name="IsDangerous">People are asked before.</param>
public sealed partial record ProvidesWant(string Name, string Title, string Description, XapiClass Class, ImmutableArray<OperationParameter> Parameters, bool IsDangerous) : Want
{
    private const int Most = 32;

    public override string Text => $"provides: {Name} on {XapiCodec.For(Class).WireName}";

    public override bool IsOfPools => true;

    public override string Words(OperationCatalogue operations) =>
        $"add '{ForeignText.Shown(Title)}' ({Name}) to what can be done with objects of the class {XapiCodec.For(Class).WireName}, for those who have the right to it, and be told who asks for it";

    public override string? Problem(OperationCatalogue operations) =>
        operations.Own.Any(one => one.Name.StartsWith(Area(Name) + ".", StringComparison.Ordinal)) ? $"an operation '{Name}', and '{Area(Name)}' is an area of the server's own. Give the plugin another id." : null;

    public bool Equals(ProvidesWant? other) => other is not null && Text == other.Text;

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    internal static IEnumerable<Want> From(JsonNode value, string plugin)
    {
        var all = ManifestJson.Items(value, "wants.provides").Select(node => Read(node, plugin)).ToList();
        return all.Count > Most ? throw new PluginException($"'wants.provides' has more than {Most} entries")
            : all.CountBy(one => one.Name).FirstOrDefault(name => name.Value > 1) is { Key: { } twice } ? throw new PluginException($"'wants.provides' has the name '{twice}' twice")
            : all;
    }

    private static ProvidesWant Read(JsonNode node, string plugin)
    {
        var want = ManifestJson.Object(node, "wants.provides");
        ManifestJson.OnlyKnown(want, ["name", "title", "description", "class", "parameters", "danger"], "wants.provides.");
        var (name, type) = (ManifestJson.Text(want, "name", 120), ManifestJson.Text(want, "class", 100));
        if (Area(name) != plugin || !Verb().IsMatch(name[plugin.Length..]))
            throw new PluginException($"'wants.provides.name' is '{ForeignText.Shown(name)}', and has to be '{plugin}', a dot and a verb of lower-case letters, digits and _, such as {plugin}.greet");
        if (XapiCodec.Find(type) is not { } codec || codec.WireName != type || Access.Inheritance.IsForAdministratorsOnly(codec.Class))
            throw new PluginException($"there is no class '{ForeignText.Shown(type)}' to work on; classes are XAPI's, such as VM or host");
        return new(
            name, ManifestJson.Text(want, "title", 60), want.ContainsKey("description") ? ManifestJson.Text(want, "description", 500) : "", codec.Class,
            want["parameters"] is { } schema ? ProvidedParameters.Of(schema, name) : [], ManifestJson.Flag(want["danger"], "wants.provides.danger"));
    }

    private static string Area(string name) => name[..Math.Max(name.IndexOf('.', StringComparison.Ordinal), 0)];

    [GeneratedRegex(@"^\.[a-z][a-z0-9_]{0,39}\z")]
    private static partial Regex Verb();
}
