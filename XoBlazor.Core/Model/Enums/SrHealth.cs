// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

namespace XoBlazor.Core.Model;

/// <summary>XAPI's <c>sr_health</c>.</summary>
public enum SrHealth
{
    /// <summary>A value that a newer XAPI has and this datamodel does not.</summary>
    Unrecognised,
    Healthy,
    Recovering,
    Unreachable,
    Unavailable,
}
