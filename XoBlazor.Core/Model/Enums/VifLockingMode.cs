// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

namespace XoBlazor.Core.Model;

/// <summary>XAPI's <c>vif_locking_mode</c>.</summary>
public enum VifLockingMode
{
    /// <summary>A value that a newer XAPI has and this datamodel does not.</summary>
    Unrecognised,
    NetworkDefault,
    Locked,
    Unlocked,
    Disabled,
}
