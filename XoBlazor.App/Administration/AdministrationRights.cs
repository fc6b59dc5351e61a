using System.Collections.Immutable;
using XoBlazor.Core.Access;

namespace XoBlazor.App.Administration;

/// <summary>The rights on the server itself. They belong to no object: only a grant on everything gives them.</summary>
internal static class AdministrationRights
{
    public static Right Users { get; } = new("user.administer", "Create, change and remove users", RightLevel.Administer);

    public static Right Groups { get; } = new("group.administer", "Create, change and remove groups", RightLevel.Administer);

    public static Right Roles { get; } = new("role.administer", "Create, change and remove roles", RightLevel.Administer);

    public static Right Grants { get; } = new("grant.administer", "Give and take rights", RightLevel.Administer);

    public static Right Directories { get; } = new("directory.administer", "Change the directories people sign in through", RightLevel.Administer);

    public static Right Pools { get; } = new("pool.connect", "Add, change and remove pools", RightLevel.Administer);

    public static Right ReadAudit { get; } = new("audit.read", "Read the audit", RightLevel.Administer);

    public static Right ViewAs { get; } = new("user.view_as", "See the console as somebody else does", RightLevel.Administer);

    public static Right CloudConfigs { get; } = new("settings.cloud_config", "Keep configurations for cloud-init", RightLevel.Administer);

    public static Right TagColours { get; } = new("settings.tag_colours", "Choose the colours of tags", RightLevel.Administer);

    public static Right Updates { get; } = new("settings.updates", "Choose where updates come from, and with which Client ID", RightLevel.Administer);

    /// <summary>No object's, but nothing secret either: whoever may look at everything has it.</summary>
    public static Right Observe { get; } = new("server.observe", "See how the server itself is doing", RightLevel.Read);

    public static Right Plugins { get; } = new("plugin.administer", "Install, configure and remove plugins", RightLevel.Administer);

    public static Right Notifications { get; } = new("notification.administer", "Decide who is told of what, and how", RightLevel.Administer);

    public static ImmutableArray<Right> All { get; } = [Users, Groups, Roles, Grants, Directories, Pools, ReadAudit, ViewAs, CloudConfigs, TagColours, Updates, Observe, Plugins, Notifications];
}
