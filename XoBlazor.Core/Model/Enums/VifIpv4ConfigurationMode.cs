// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

namespace XoBlazor.Core.Model;

/// <summary>XAPI's <c>vif_ipv4_configuration_mode</c>.</summary>
public enum VifIpv4ConfigurationMode
{
    /// <summary>A value that a newer XAPI has and this datamodel does not.</summary>
    Unrecognised,
    None,
    Static,
    Dhcp,
}
