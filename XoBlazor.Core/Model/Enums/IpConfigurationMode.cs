// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

namespace XoBlazor.Core.Model;

/// <summary>XAPI's <c>ip_configuration_mode</c>.</summary>
public enum IpConfigurationMode
{
    /// <summary>A value that a newer XAPI has and this datamodel does not.</summary>
    Unrecognised,
    None,
    Dhcp,
    Static,
}
