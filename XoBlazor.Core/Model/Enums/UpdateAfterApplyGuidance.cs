// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

namespace XoBlazor.Core.Model;

/// <summary>XAPI's <c>update_after_apply_guidance</c>.</summary>
public enum UpdateAfterApplyGuidance
{
    /// <summary>A value that a newer XAPI has and this datamodel does not.</summary>
    Unrecognised,
    Restarthvm,
    Restartpv,
    Restarthost,
    Restartxapi,
}
