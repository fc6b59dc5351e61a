// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

namespace XoBlazor.Core.Model;

/// <summary>XAPI's <c>ipv6_configuration_mode</c>.</summary>
public enum Ipv6ConfigurationMode
{
    /// <summary>A value that a newer XAPI has and this datamodel does not.</summary>
    Unrecognised,
    None,
    Dhcp,
    Static,
    Autoconf,
}
