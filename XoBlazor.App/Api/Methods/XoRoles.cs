using XoBlazor.App.Api.Catalogue;
using XoBlazor.Core.Access;

namespace XoBlazor.App.Api.Methods;

/// <summary>Xen Orchestra's roles and the ones they are here; custom roles go by their own ids.</summary>
internal static class XoRoles
{
    public static (string Action, Role Role, string[] Permissions)[] All { get; } =
    [
        ("viewer", Role.Viewer, ["view"]),
        ("operator", Role.Operator, ["view", "operate"]),
        ("admin", Role.VmAdministrator, ["view", "operate", "administrate"]),
    ];

    public static string ActionOf(string role) => All.FirstOrDefault(one => one.Role.Id == role) is { Action: { } action } ? action : role;

    /// <summary>The id of a role. Fails with <see cref="ApiException"/> for an action that is none.</summary>
    public static string Of(AccessEngine access, string action) =>
        All.FirstOrDefault(one => one.Action == action) is { Role: { } builtIn } ? builtIn.Id
        : access.Policy.Roles.ContainsKey(action) ? action
        : throw ApiException.InvalidParameter("action", $"there is no role '{action}'; viewer, operator and admin are");
}
