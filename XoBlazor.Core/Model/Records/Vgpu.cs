// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>A VM's virtual or passed-through GPU.</summary>
public sealed record Vgpu : XapiObject
{
    public override XapiClass Class => XapiClass.Vgpu;

    public XenRef<Vm> Vm { get; init; }
    public XenRef<GpuGroup> GpuGroup { get; init; }
    public string Device { get; init; } = "";
    public bool CurrentlyAttached { get; init; }
    public XenMap<string, string> OtherConfig { get; init; } = XenMap<string, string>.Empty;
    public XenRef<VgpuType> Type { get; init; }
    public XenRef<Pgpu> ResidentOn { get; init; }
    public XenRef<Pgpu> ScheduledToBeResidentOn { get; init; }
    public XenMap<string, string> CompatibilityMetadata { get; init; } = XenMap<string, string>.Empty;
    public string ExtraArgs { get; init; } = "";
    public XenRef<Pci> Pci { get; init; }
}
