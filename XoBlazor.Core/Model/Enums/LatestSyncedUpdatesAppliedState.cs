// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

namespace XoBlazor.Core.Model;

/// <summary>XAPI's <c>latest_synced_updates_applied_state</c>.</summary>
public enum LatestSyncedUpdatesAppliedState
{
    /// <summary>A value that a newer XAPI has and this datamodel does not.</summary>
    Unrecognised,
    Yes,
    No,
    Unknown,
}
