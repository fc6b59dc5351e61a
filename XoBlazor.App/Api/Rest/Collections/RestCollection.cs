using System.Collections.Frozen;
using System.Collections.Immutable;

namespace XoBlazor.App.Api.Rest.Collections;

/// <summary>The objects of one of Xen Orchestra's types, under the name that they have in addresses.</summary>
/// <param name="Name">Such as <c>vms</c>.</param>
/// <param name="Type">Such as <c>VM</c>.</param>
internal sealed record RestCollection(string Name, string Type)
{
    public static ImmutableArray<RestCollection> All { get; } =
    [
        new("vms", "VM"), new("vm-templates", "VM-template"), new("vm-snapshots", "VM-snapshot"), new("vm-controllers", "VM-controller"), new("hosts", "host"), new("pools", "pool"),
        new("srs", "SR"), new("vdis", "VDI"), new("vdi-snapshots", "VDI-snapshot"), new("vbds", "VBD"), new("vifs", "VIF"), new("pbds", "PBD"), new("pifs", "PIF"),
        new("networks", "network"), new("pcis", "PCI"), new("pgpus", "PGPU"), new("sms", "SM"), new("messages", "message"),
    ];

    private static readonly FrozenDictionary<string, RestCollection> s_byName = All.ToFrozenDictionary(one => one.Name, StringComparer.Ordinal);
    private static readonly FrozenDictionary<string, RestCollection> s_byType = All.ToFrozenDictionary(one => one.Type, StringComparer.Ordinal);

    /// <summary>Those whose objects bear tags.</summary>
    public static ImmutableArray<RestCollection> Tagged { get; } =
        [.. All.Where(one => one.Type is "VM" or "VM-template" or "VM-snapshot" or "VM-controller" or "host" or "pool" or "SR" or "VDI" or "VDI-snapshot" or "network")];

    /// <summary>Those whose objects have messages and tasks.</summary>
    public static ImmutableArray<RestCollection> Busy { get; } = [.. All.Where(one => one.Type is not ("PBD" or "PCI" or "PGPU" or "SM" or "message"))];

    public static RestCollection Of(string name) => s_byName[name];

    /// <summary>Where an object is found; null for a type that has no collection.</summary>
    public static string? AddressOf(string? type, string id) => type is not null && s_byType.TryGetValue(type, out var home) ? home.AddressOf(id) : null;

    public string AddressOf(string id) => $"{RestEndpoints.Root}/{Name}/{id}";
}
