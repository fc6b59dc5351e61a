// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>A USB device passed to a VM.</summary>
public sealed record Vusb : XapiObject
{
    public override XapiClass Class => XapiClass.Vusb;

    public EnumSet<VusbOperation> AllowedOperations { get; init; }
    public XenMap<string, VusbOperation> CurrentOperations { get; init; } = XenMap<string, VusbOperation>.Empty;
    public XenRef<Vm> Vm { get; init; }
    public XenRef<UsbGroup> UsbGroup { get; init; }
    public XenMap<string, string> OtherConfig { get; init; } = XenMap<string, string>.Empty;
    public bool CurrentlyAttached { get; init; }
}
