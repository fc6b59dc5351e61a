using System.Collections.Immutable;
using XoBlazor.App.Administration;
using XoBlazor.Core.Access;
using XoBlazor.Core.Plugins.Panels;

namespace XoBlazor.App.Components.Layout;

/// <summary>A main place of the console: where the rail leads, and the key that goes there after <c>g</c>.</summary>
/// <param name="Rights">It is there for whoever has one of these on the whole server; empty for everybody.</param>
public sealed record Place(string Name, string Url, string Icon, string Key, ImmutableArray<Right> Rights = default)
{
    /// <summary>Where the pages are that belong to it although their addresses begin otherwise.</summary>
    public ImmutableArray<string> Elsewhere { get; init; } = [];

    public static readonly IReadOnlyList<Place> Main =
    [
        new("Overview", "/", "overview", "o"),
        new("VMs", "/vms", "vm", "v") { Elsewhere = ["/console"] },
        new("Hosts", "/hosts", "host", "h"),
        new("Pools", "/pools", "pool", "p"),
        new("Storage", "/storage", "sr", "s") { Elsewhere = ["/srs"] },
        new("Networks", "/networks", "network", "n"),
        new("Transfers", "/transfers", "move", "x"),
        new("Tasks", "/tasks", "tasks", "t"),
        new("Journal", "/journal", "journal", "j"),
    ];

    public static readonly Place Settings = new("Settings", "/settings", "settings", ",", AdministrationRights.All);

    /// <summary>The pages of plugins; the rail shows it while there are any.</summary>
    public static readonly Place Plugins = new("Plugins", "/plugins", "plugin", "u", [PanelRights.View]) { Elsewhere = ["/plugin"] };

    /// <summary>Places that the rail does not show by themselves but keys and palette lead to.</summary>
    public static readonly IReadOnlyList<Place> Further =
    [
        new("Alerts", "/alerts", "alert", "a"),
        new("Disks", "/disks", "vdi", "d") { Elsewhere = ["/vdis"] },
        new("ISOs", "/isos", "disc", "i"),
        new("Templates", "/templates", "template", "e"),
        new("Snapshots", "/snapshots", "snapshot", "c"),
    ];

    public static IEnumerable<Place> All => [.. Main, .. Further, Plugins, Settings];

    /// <summary>The page at this path belongs to it.</summary>
    public bool Has(string path) => Url == "/" ? path == "/" : Elsewhere.Prepend(Url).Any(root => path == root || path.StartsWith(root + "/", StringComparison.OrdinalIgnoreCase));
}
