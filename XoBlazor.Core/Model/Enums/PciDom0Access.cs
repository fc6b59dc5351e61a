// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

namespace XoBlazor.Core.Model;

/// <summary>XAPI's <c>pci_dom0_access</c>.</summary>
public enum PciDom0Access
{
    /// <summary>A value that a newer XAPI has and this datamodel does not.</summary>
    Unrecognised,
    Enabled,
    DisableOnReboot,
    Disabled,
    EnableOnReboot,
}
