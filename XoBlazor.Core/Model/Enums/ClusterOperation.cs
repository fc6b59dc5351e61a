// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

namespace XoBlazor.Core.Model;

/// <summary>XAPI's <c>cluster_operation</c>.</summary>
public enum ClusterOperation
{
    /// <summary>A value that a newer XAPI has and this datamodel does not.</summary>
    Unrecognised,
    Add,
    Remove,
    Enable,
    Disable,
    Destroy,
}
