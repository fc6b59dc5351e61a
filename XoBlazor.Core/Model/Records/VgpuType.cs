// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>A kind of virtual GPU, with what it takes.</summary>
public sealed record VgpuType : XapiObject
{
    public override XapiClass Class => XapiClass.VgpuType;

    public string VendorName { get; init; } = "";
    public string ModelName { get; init; } = "";
    public long FramebufferSize { get; init; }
    public long MaxHeads { get; init; }
    public long MaxResolutionX { get; init; }
    public long MaxResolutionY { get; init; }
    public ImmutableArray<XenRef<Pgpu>> SupportedOnPgpus { get; init; } = [];
    public ImmutableArray<XenRef<Pgpu>> EnabledOnPgpus { get; init; } = [];
    public ImmutableArray<XenRef<Vgpu>> Vgpus { get; init; } = [];
    public ImmutableArray<XenRef<GpuGroup>> SupportedOnGpuGroups { get; init; } = [];
    public ImmutableArray<XenRef<GpuGroup>> EnabledOnGpuGroups { get; init; } = [];
    public VgpuTypeImplementation Implementation { get; init; }
    public string Identifier { get; init; } = "";
    public bool Experimental { get; init; }
    public ImmutableArray<XenRef<VgpuType>> CompatibleTypesInVm { get; init; } = [];
}
