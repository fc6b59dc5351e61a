// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

namespace XoBlazor.Core.Model;

/// <summary>XAPI's <c>on_crash_behaviour</c>.</summary>
public enum OnCrashBehaviour
{
    /// <summary>A value that a newer XAPI has and this datamodel does not.</summary>
    Unrecognised,
    Destroy,
    CoredumpAndDestroy,
    Restart,
    CoredumpAndRestart,
    Preserve,
    RenameRestart,
}
