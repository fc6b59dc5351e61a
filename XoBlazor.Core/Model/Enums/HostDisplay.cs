// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

namespace XoBlazor.Core.Model;

/// <summary>XAPI's <c>host_display</c>.</summary>
public enum HostDisplay
{
    /// <summary>A value that a newer XAPI has and this datamodel does not.</summary>
    Unrecognised,
    Enabled,
    DisableOnReboot,
    Disabled,
    EnableOnReboot,
}
