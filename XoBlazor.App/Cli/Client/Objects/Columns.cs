using System.Collections.Immutable;

namespace XoBlazor.App.Cli.Client.Objects;

/// <summary>The columns of lists: what is shown when nothing is asked for, and the short names of what is asked for most. Every property of an object can be one.</summary>
internal static class Columns
{
    /// <summary>What the ids in links are of.</summary>
    public const string LinkedTypes = "type:|(pool host SR network VM VM-template VM-snapshot VM-controller)";

    private static readonly ImmutableArray<Column> s_everywhere =
    [
        new("name", "name_label"), new("description", "name_description"), new("uuid", "id"), new("state", "power_state"), new("pool", "$pool", ColumnForm.Link), new("tags", "tags"),
        new("sr", "$SR", ColumnForm.Link), new("network", "$network", ColumnForm.Link),
    ];

    /// <summary>The columns of a type by their names, those that are shown by default first.</summary>
    public static ImmutableArray<Column> Known(string type) => [.. Own(type), .. s_everywhere.Where(one => Own(type).All(own => own.Title != one.Title))];

    public static ImmutableArray<Column> Default(string type) => Own(type);

    /// <summary>A column by its short name, or a property.</summary>
    public static Column Named(string type, string name) => Known(type).FirstOrDefault(one => string.Equals(one.Title, name, StringComparison.OrdinalIgnoreCase)) ?? new(name, name);

    private static ImmutableArray<Column> Own(string type) => type switch
    {
        "VM" or "VM-controller" =>
        [
            new("name", "name_label"), new("state", "power_state"), new("host", "$container", ColumnForm.Link), new("cpus", "CPUs.number"), new("memory", "memory.size", ColumnForm.Bytes),
            new("address", "mainIpAddress"), new("tags", "tags"),
        ],
        "VM-template" => [new("name", "name_label"), new("cpus", "CPUs.number"), new("memory", "memory.size", ColumnForm.Bytes), new("pool", "$pool", ColumnForm.Link), new("tags", "tags")],
        "VM-snapshot" => [new("name", "name_label"), new("vm", "$snapshot_of", ColumnForm.Link), new("time", "snapshot_time", ColumnForm.Moment), new("uuid", "id")],
        "host" =>
        [
            new("name", "name_label"), new("state", "power_state"), new("enabled", "enabled"), new("address", "address"), new("cpus", "CPUs.cpu_count"), new("memory", "memory.size", ColumnForm.Bytes),
            new("used", "memory.usage", ColumnForm.Bytes), new("version", "version"), new("pool", "$pool", ColumnForm.Link),
        ],
        "pool" => [new("name", "name_label"), new("coordinator", "master", ColumnForm.Link), new("storage", "default_SR", ColumnForm.Link), new("uuid", "id")],
        "SR" =>
        [
            new("name", "name_label"), new("kind", "SR_type"), new("size", "size", ColumnForm.Bytes), new("used", "physical_usage", ColumnForm.Bytes), new("shared", "shared"),
            new("at", "$container", ColumnForm.Link),
        ],
        "VDI" or "VDI-snapshot" or "VDI-unmanaged" =>
            [new("name", "name_label"), new("size", "size", ColumnForm.Bytes), new("used", "usage", ColumnForm.Bytes), new("sr", "$SR", ColumnForm.Link), new("uuid", "id")],
        "network" => [new("name", "name_label"), new("bridge", "bridge"), new("mtu", "MTU"), new("pool", "$pool", ColumnForm.Link)],
        "VBD" => [new("vm", "VM", ColumnForm.Link), new("position", "position"), new("device", "device"), new("attached", "attached"), new("disk", "VDI"), new("uuid", "id")],
        "VIF" => [new("vm", "$VM", ColumnForm.Link), new("device", "device"), new("mac", "MAC"), new("network", "$network", ColumnForm.Link), new("attached", "attached"), new("uuid", "id")],
        "PIF" =>
        [
            new("host", "$host", ColumnForm.Link), new("device", "device"), new("vlan", "vlan"), new("ip", "ip"), new("network", "$network", ColumnForm.Link), new("attached", "attached"),
            new("uuid", "id"),
        ],
        "PBD" => [new("host", "host", ColumnForm.Link), new("sr", "SR", ColumnForm.Link), new("attached", "attached"), new("uuid", "id")],
        "task" => [new("name", "name_label"), new("status", "status"), new("progress", "progress", ColumnForm.Share), new("host", "$host", ColumnForm.Link), new("begun", "created", ColumnForm.Moment), new("uuid", "id")],
        "message" => [new("time", "time", ColumnForm.Moment), new("name", "name"), new("object", "$object", ColumnForm.Link), new("body", "body"), new("uuid", "id")],
        _ => [new("name", "name_label"), new("uuid", "id"), new("pool", "$pool", ColumnForm.Link)],
    };
}
