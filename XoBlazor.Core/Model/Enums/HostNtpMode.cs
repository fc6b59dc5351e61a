// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

namespace XoBlazor.Core.Model;

/// <summary>XAPI's <c>host_ntp_mode</c>.</summary>
public enum HostNtpMode
{
    /// <summary>A value that a newer XAPI has and this datamodel does not.</summary>
    Unrecognised,
    Dhcp,
    Custom,
    Factory,
    Disabled,
}
