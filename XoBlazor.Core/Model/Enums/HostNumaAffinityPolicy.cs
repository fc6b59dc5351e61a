// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

namespace XoBlazor.Core.Model;

/// <summary>XAPI's <c>host_numa_affinity_policy</c>.</summary>
public enum HostNumaAffinityPolicy
{
    /// <summary>A value that a newer XAPI has and this datamodel does not.</summary>
    Unrecognised,
    Any,
    BestEffort,
    DefaultPolicy,
}
