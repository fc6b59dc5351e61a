// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

namespace XoBlazor.Core.Model;

/// <summary>XAPI's <c>domain_type</c>.</summary>
public enum DomainType
{
    /// <summary>A value that a newer XAPI has and this datamodel does not.</summary>
    Unrecognised,
    Hvm,
    Pv,
    PvInPvh,
    Pvh,
    Unspecified,
}
