// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>A PCI device of a host.</summary>
public sealed record Pci : XapiObject
{
    public override XapiClass Class => XapiClass.Pci;

    public string ClassId { get; init; } = "";
    public string ClassName { get; init; } = "";
    public string VendorId { get; init; } = "";
    public string VendorName { get; init; } = "";
    public string DeviceId { get; init; } = "";
    public string DeviceName { get; init; } = "";
    public XenRef<Host> Host { get; init; }
    public string PciId { get; init; } = "";
    public ImmutableArray<XenRef<Pci>> Dependencies { get; init; } = [];
    public XenMap<string, string> OtherConfig { get; init; } = XenMap<string, string>.Empty;
    public string SubsystemVendorId { get; init; } = "";
    public string SubsystemVendorName { get; init; } = "";
    public string SubsystemDeviceId { get; init; } = "";
    public string SubsystemDeviceName { get; init; } = "";
    public string DriverName { get; init; } = "";
}
