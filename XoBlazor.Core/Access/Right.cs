using System.Collections.Immutable;

namespace XoBlazor.Core.Access;

/// <summary>One thing a user may be allowed to do. Declared by the operation or the reading that needs it; collected in <see cref="RightCatalogue"/>.</summary>
/// <param name="Name">Area and verb, such as <c>vm.start</c>; stands in custom roles.</param>
/// <param name="Title">The same for people, such as "Start VMs".</param>
/// <param name="Level">Decides which built-in roles have it.</param>
public sealed record Right(string Name, string Title, RightLevel Level)
{
    /// <summary>Seeing an object at all: without it the object does not exist for the user. Every role has it.</summary>
    public static Right View { get; } = new("object.view", "See objects", RightLevel.Read);

    /// <summary>Reading what happened to an object, and travelling back in time.</summary>
    public static Right ReadJournal { get; } = new("journal.read", "Read the journal", RightLevel.Read);

    /// <summary>The rights of readings; those of operations stand on the operations.</summary>
    public static ImmutableArray<Right> Readings { get; } = [View, ReadJournal];

    /// <summary>The part of <see cref="Name"/> before the dot.</summary>
    public string Area => Name[..Math.Max(Name.IndexOf('.', StringComparison.Ordinal), 0)];

    /// <summary>The area for people, or null for one that has no words yet.</summary>
    public string? AreaTitle => Area switch
    {
        "object" => "Everything",
        "journal" => "Journal",
        "vm" => "VMs",
        "snapshot" => "Snapshots",
        "template" => "Templates",
        "vdi" or "disk" => "Disks",
        "vbd" => "Drives of VMs",
        "vif" => "Network devices of VMs",
        "sr" => "Storage",
        "pbd" => "Storage connections",
        "network" => "Networks",
        "pif" => "Network interfaces of hosts",
        "host" => "Hosts",
        "gpu" => "GPUs",
        "usb" => "USB devices",
        "pool" => "Pools",
        "transfer" => "Transfers",
        "task" => "Tasks",
        "message" => "Alerts",
        "patch" => "Updates",
        "user" => "Users",
        "group" => "Groups",
        "role" => "Roles",
        "grant" => "Grants",
        "directory" => "Directories",
        "token" => "API tokens",
        "audit" => "Audit",
        "settings" => "Settings",
        "server" => "The server",
        "plugin" => "Plugins",
        "notification" => "Notifications",
        _ => null,
    };
}
