// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

namespace XoBlazor.Core.Model;

/// <summary>XAPI's <c>vif_ipv6_configuration_mode</c>.</summary>
public enum VifIpv6ConfigurationMode
{
    /// <summary>A value that a newer XAPI has and this datamodel does not.</summary>
    Unrecognised,
    None,
    Static,
    Autoconf,
}
