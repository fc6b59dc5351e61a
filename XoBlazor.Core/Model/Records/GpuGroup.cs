// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>Like GPUs of a pool, interchangeable for VMs.</summary>
public sealed record GpuGroup : XapiObject
{
    public override XapiClass Class => XapiClass.GpuGroup;

    public string NameLabel { get; init; } = "";
    public string NameDescription { get; init; } = "";
    public ImmutableArray<XenRef<Pgpu>> Pgpus { get; init; } = [];
    public ImmutableArray<XenRef<Vgpu>> Vgpus { get; init; } = [];
    public ImmutableArray<string> GpuTypes { get; init; } = [];
    public XenMap<string, string> OtherConfig { get; init; } = XenMap<string, string>.Empty;
    public AllocationAlgorithm AllocationAlgorithm { get; init; }
    public ImmutableArray<XenRef<VgpuType>> SupportedVgpuTypes { get; init; } = [];
    public ImmutableArray<XenRef<VgpuType>> EnabledVgpuTypes { get; init; } = [];
}
