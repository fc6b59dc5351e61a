// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>A physical GPU of a host.</summary>
public sealed record Pgpu : XapiObject
{
    public override XapiClass Class => XapiClass.Pgpu;

    public XenRef<Pci> Pci { get; init; }
    public XenRef<GpuGroup> GpuGroup { get; init; }
    public XenRef<Host> Host { get; init; }
    public XenMap<string, string> OtherConfig { get; init; } = XenMap<string, string>.Empty;
    public ImmutableArray<XenRef<VgpuType>> SupportedVgpuTypes { get; init; } = [];
    public ImmutableArray<XenRef<VgpuType>> EnabledVgpuTypes { get; init; } = [];
    public ImmutableArray<XenRef<Vgpu>> ResidentVgpus { get; init; } = [];
    public XenMap<XenRef<VgpuType>, long> SupportedVgpuMaxCapacities { get; init; } = XenMap<XenRef<VgpuType>, long>.Empty;
    public PciDom0Access Dom0Access { get; init; }
    public bool IsSystemDisplayDevice { get; init; }
    public XenMap<string, string> CompatibilityMetadata { get; init; } = XenMap<string, string>.Empty;
}
