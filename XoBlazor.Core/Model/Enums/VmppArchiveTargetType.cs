// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

namespace XoBlazor.Core.Model;

/// <summary>XAPI's <c>vmpp_archive_target_type</c>.</summary>
public enum VmppArchiveTargetType
{
    /// <summary>A value that a newer XAPI has and this datamodel does not.</summary>
    Unrecognised,
    None,
    Cifs,
    Nfs,
}
