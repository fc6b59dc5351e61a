// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

namespace XoBlazor.Core.Model;

/// <summary>XAPI's <c>on_softreboot_behavior</c>.</summary>
public enum OnSoftrebootBehavior
{
    /// <summary>A value that a newer XAPI has and this datamodel does not.</summary>
    Unrecognised,
    SoftReboot,
    Destroy,
    Restart,
    Preserve,
}
