// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

namespace XoBlazor.Core.Model;

/// <summary>XAPI's <c>vgpu_type_implementation</c>.</summary>
public enum VgpuTypeImplementation
{
    /// <summary>A value that a newer XAPI has and this datamodel does not.</summary>
    Unrecognised,
    Passthrough,
    Nvidia,
    NvidiaSriov,
    GvtG,
    Mxgpu,
}
