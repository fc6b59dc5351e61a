// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

namespace XoBlazor.Core.Model;

/// <summary>XAPI's <c>allocation_algorithm</c>.</summary>
public enum AllocationAlgorithm
{
    /// <summary>A value that a newer XAPI has and this datamodel does not.</summary>
    Unrecognised,
    BreadthFirst,
    DepthFirst,
}
