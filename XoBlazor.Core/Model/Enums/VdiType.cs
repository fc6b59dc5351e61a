// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

namespace XoBlazor.Core.Model;

/// <summary>XAPI's <c>vdi_type</c>.</summary>
public enum VdiType
{
    /// <summary>A value that a newer XAPI has and this datamodel does not.</summary>
    Unrecognised,
    System,
    User,
    Ephemeral,
    Suspend,
    Crashdump,
    HaStatefile,
    Metadata,
    RedoLog,
    Rrd,
    PvsCache,
    CbtMetadata,
}
