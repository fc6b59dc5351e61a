using XoBlazor.App.Administration;
using XoBlazor.App.Components.Live;
using XoBlazor.Core.Access;

namespace XoBlazor.App.Components.Settings;

/// <summary>A page of the settings: where it is, and who may open it.</summary>
/// <param name="Needed">The right on the server as a whole that it takes; null for everybody.</param>
/// <param name="One">What the page of one thing in it is called; null where there is none.</param>
public sealed record SettingsPlace(string Name, string Url, string Icon, Right? Needed, string? One = null)
{
    /// <summary>In the order they are shown.</summary>
    public static readonly IReadOnlyList<SettingsPlace> All =
    [
        new("Pools", "/settings/pools", "pool", AdministrationRights.Pools),
        new("Users", "/settings/users", "user", AdministrationRights.Users, "User"),
        new("Groups", "/settings/groups", "group", AdministrationRights.Groups, "Group"),
        new("Roles", "/settings/roles", "role", AdministrationRights.Roles, "Role"),
        new("Grants", "/settings/grants", "key", AdministrationRights.Grants),
        new("Sessions and tokens", "/settings/sessions", "session", AdministrationRights.Users),
        new("Directories", "/settings/directories", "directory", AdministrationRights.Directories, "Directory"),
        new("Cloud-init", "/settings/cloud-init", "disc", AdministrationRights.CloudConfigs),
        new("Updates", "/settings/updates", "export", AdministrationRights.Updates),
        new("Notifications", "/settings/notifications", "alert", AdministrationRights.Notifications, "Rule"),
        new("Plugins", "/settings/plugins", "plugin", AdministrationRights.Plugins),
        new("Audit", "/settings/audit", "audit", AdministrationRights.ReadAudit),
        new("How access works", "/settings/access", "info", null),
    ];

    /// <summary>What the person at a circuit may open.</summary>
    public static IEnumerable<SettingsPlace> For(CircuitView view) => All.Where(place => place.Needed is not { } right || view.May(right));
}
