using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Core.Plugins.Wants;

/// <summary>Something that a plugin wants to show in the console.</summary>
/// <param name="Id">Not twice in a plugin; by it the plugin is asked what it shows.</param>
/// <param name="Title">The author's words.</param>
public sealed partial record UiWant(UiKind Kind, string Id, string Title) : Want
{
    private static readonly (string Key, UiKind Kind)[] s_kinds = [("pages", UiKind.Page), ("tabs", UiKind.Tab), ("tiles", UiKind.Tile), ("actions", UiKind.Action)];

    private static readonly XapiClass[] s_classes = [XapiClass.Vm, XapiClass.Host, XapiClass.Pool, XapiClass.Sr, XapiClass.Network, XapiClass.Vdi];

    private static readonly string[] s_icons =
        ["plugin", "alert", "audit", "chart", "clock", "console", "cpu", "disc", "export", "group", "host", "import", "info", "journal", "key", "link", "lock", "memory", "network", "pool", "refresh", "role", "snapshot", "sr", "start", "tag", "tasks", "vdi", "vm"];

    /// <summary>Of the console's icons.</summary>
    public string Icon { get; init; } = "plugin";

    /// <summary>On whose objects it stands; null for pages and tiles.</summary>
    public XapiClass? Class { get; init; }

    /// <summary>An action that is done when it is chosen, without a panel before.</summary>
    public bool IsAtOnce { get; init; }

    /// <summary>What is asked before an action that is done at once; null to ask nothing.</summary>
    public string? Confirm { get; init; }

    /// <summary>The type of the Razor component that draws it, of a plugin within the server; null for panels.</summary>
    public string? Component { get; init; }

    // Title and icon may differ in the next version without being asked for again; where it stands may not.
    public override string Text => $"ui: {Kind.ToString().ToLowerInvariant()} {Id}{(Class is { } type ? $" on {XapiCodec.For(type).WireName}" : "")}";

    public override bool IsOfPools => Class is not null;

    public override string Words(OperationCatalogue operations) => Kind switch
    {
        UiKind.Page => $"show a page '{Shown}'",
        UiKind.Tab => $"show a tab '{Shown}' on each {ClassName}, and be told which one is looked at, and by whom",
        UiKind.Tile => $"show '{Shown}' on the overview",
        UiKind.Action => $"stand as '{Shown}' in the menu of each {ClassName}, and be told for which one it was chosen, and by whom",
    };

    private string Shown => ForeignText.Shown(Title);

    private string ClassName => XapiCodec.For(Class!.Value).WireName;

    internal static IEnumerable<Want> From(JsonNode value)
    {
        var given = ManifestJson.Object(value, "wants.ui");
        ManifestJson.OnlyKnown(given, [.. s_kinds.Select(one => one.Key)], "wants.ui.");
        var all = s_kinds.SelectMany(one => ManifestJson.Items(given[one.Key], $"wants.ui.{one.Key}").Select(item => Read(one.Kind, ManifestJson.Object(item, $"wants.ui.{one.Key}"), one.Key))).ToList();
        return all.CountBy(want => want.Id).FirstOrDefault(id => id.Value > 1) is { Key: { } twice } ? throw new PluginException($"'{twice}' is the id of two things in wants.ui") : all;
    }

    private static UiWant Read(UiKind kind, JsonObject want, string key)
    {
        var isOfClass = kind is UiKind.Tab or UiKind.Action;
        ManifestJson.OnlyKnown(want, ["id", "title", "icon", "component", .. isOfClass ? (string[])["class"] : [], .. kind == UiKind.Action ? (string[])["once", "confirm"] : []], $"wants.ui.{key}.");
        var (id, icon) = (ManifestJson.Text(want, "id", 40), want.ContainsKey("icon") ? ManifestJson.Text(want, "icon", 40) : "plugin");
        return new(kind, IdForm().IsMatch(id) ? id : throw new PluginException($"'wants.ui.{key}.id' has to be lower-case letters, digits and dashes"), ManifestJson.Text(want, "title", 60))
        {
            Icon = s_icons.Contains(icon) ? icon : throw new PluginException($"'wants.ui.{key}.icon' has to be one of {string.Join(", ", s_icons)}"),
            Class = isOfClass ? ClassOf(ManifestJson.Text(want, "class", 40)) : null,
            IsAtOnce = ManifestJson.Flag(want["once"], "once"),
            Confirm = want.ContainsKey("confirm") ? ManifestJson.Text(want, "confirm", 500) : null,
            Component = !want.ContainsKey("component") ? null : ManifestJson.Text(want, "component", 200) is var type && TypeForm().IsMatch(type) ? type
                : throw new PluginException($"'wants.ui.{key}.component' has to be the full name of a type"),
        };
    }

    private static XapiClass ClassOf(string name) => XapiCodec.Find(name) is { } codec && codec.WireName == name && s_classes.Contains(codec.Class) ? codec.Class
        : throw new PluginException($"'wants.ui' knows no class '{ForeignText.Shown(name)}'; it knows {string.Join(", ", s_classes.Select(type => XapiCodec.For(type).WireName))}");

    [GeneratedRegex(@"^[a-z][a-z0-9-]{0,39}\z")]
    private static partial Regex IdForm();

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_.]{0,199}\z")]
    private static partial Regex TypeForm();
}
