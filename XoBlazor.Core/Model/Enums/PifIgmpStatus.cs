// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

namespace XoBlazor.Core.Model;

/// <summary>XAPI's <c>pif_igmp_status</c>.</summary>
public enum PifIgmpStatus
{
    /// <summary>A value that a newer XAPI has and this datamodel does not.</summary>
    Unrecognised,
    Enabled,
    Disabled,
    Unknown,
}
