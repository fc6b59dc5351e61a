using System.Collections.Frozen;
using XoBlazor.Core.Operations;

namespace XoBlazor.App.Components.Settings.Audit;

/// <summary>What the audit's actions are called for people; records, exports and programs have the codes.</summary>
public static class AuditWords
{
    private static readonly FrozenDictionary<string, string> s_words = new Dictionary<string, string>
    {
        ["audit.export"] = "Export the audit",
        ["audit.retention"] = "Remove old records",
        ["cloud-config.create"] = "Keep cloud-init configuration",
        ["cloud-config.delete"] = "Delete cloud-init configuration",
        ["cloud-config.edit"] = "Edit cloud-init configuration",
        ["console.open"] = "Use console",
        ["directory.add"] = "Add directory",
        ["directory.disable"] = "Disable directory",
        ["directory.edit"] = "Edit directory",
        ["directory.enable"] = "Enable directory",
        ["directory.grants"] = "Follow the directory's mappings",
        ["directory.join"] = "Join groups of the directory",
        ["directory.leave"] = "Leave groups of the directory",
        ["directory.mappings"] = "Apply the directory's mappings",
        ["directory.move"] = "Change the order of directories",
        ["directory.remove"] = "Remove directory",
        ["directory.synchronise"] = "Synchronise directory",
        ["directory.test"] = "Test directory",
        ["grant.add"] = "Give role",
        ["grant.remove"] = "Take role away",
        ["group.add-member"] = "Add member to group",
        ["group.create"] = "Create group",
        ["group.delete"] = "Delete group",
        ["group.edit"] = "Edit group",
        ["group.remove-member"] = "Remove member from group",
        ["password.change"] = "Change own password",
        ["password.prove"] = "Enter own password once more",
        ["pool.accept-certificate"] = "Accept certificate",
        ["pool.add"] = "Add pool",
        ["pool.disable"] = "Disconnect pool",
        ["pool.edit"] = "Edit pool connection",
        ["pool.enable"] = "Connect pool",
        ["pool.remove"] = "Remove pool",
        ["profile.edit"] = "Edit own profile",
        ["role.create"] = "Create role",
        ["role.delete"] = "Delete role",
        ["role.edit"] = "Edit role",
        ["role.require"] = "Change the second factor a role asks for",
        ["second-factor.add-app"] = "Add authenticator app",
        ["second-factor.add-passkey"] = "Add passkey",
        ["second-factor.make-codes"] = "Make recovery codes",
        ["second-factor.remove-app"] = "Remove authenticator app",
        ["second-factor.remove-passkey"] = "Remove passkey",
        ["server.start"] = "Start the server",
        ["session.end"] = "End session",
        ["session.end-others"] = "Sign out everywhere else",
        ["sign-in"] = "Sign in",
        ["sign-in.delayed"] = "Sign in, too often",
        ["sign-in.lock"] = "Lock account",
        ["sign-out"] = "Sign out",
        ["tag.set-colour"] = "Choose the colour of a tag",
        ["token.create"] = "Create API token",
        ["token.rename"] = "Rename API token",
        ["token.revoke"] = "Revoke API token",
        ["updates.edit"] = "Change where updates come from",
        ["updates.fetch-catalogue"] = "Fetch the catalogue of updates",
        ["updates.remove-catalogue"] = "Remove the uploaded catalogue of updates",
        ["updates.remove-client-id"] = "Remove the Client ID for updates",
        ["updates.set-client-id"] = "Upload the Client ID for updates",
        ["updates.upload-catalogue"] = "Upload a catalogue of updates",
        ["user.create"] = "Create user",
        ["user.delete"] = "Delete user",
        ["user.disable"] = "Disable user",
        ["user.edit"] = "Edit user",
        ["user.enable"] = "Enable user",
        ["user.reset"] = "Let user in again, from the command line",
        ["user.reset-password"] = "Set new password",
        ["user.reset-second-factor"] = "Reset second factor",
        ["user.sign-out"] = "Sign user out everywhere",
        ["user.view_as"] = "View as somebody else",
        ["user.view_as_end"] = "Stop viewing as somebody else",
        ["vm.create"] = "New VM",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Such as "Create user", or the title of an operation; the code itself where this server does not know it (any more).</summary>
    public static string Of(string action, OperationCatalogue operations) => s_words.GetValueOrDefault(action) ?? operations.Find(action)?.Title ?? action;

    /// <summary>The actions whose words hold the text.</summary>
    public static IReadOnlyList<string> Find(string? text, OperationCatalogue operations) => string.IsNullOrWhiteSpace(text) ? []
        : [.. s_words.Keys.Concat(operations.All.Select(one => one.Name)).Distinct().Where(action => Of(action, operations).Contains(text.Trim(), StringComparison.OrdinalIgnoreCase))];
}
