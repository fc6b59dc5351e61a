// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

namespace XoBlazor.Core.Model;

/// <summary>XAPI's <c>sriov_configuration_mode</c>.</summary>
public enum SriovConfigurationMode
{
    /// <summary>A value that a newer XAPI has and this datamodel does not.</summary>
    Unrecognised,
    Sysfs,
    Modprobe,
    Manual,
    Unknown,
}
