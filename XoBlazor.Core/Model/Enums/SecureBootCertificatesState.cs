// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

namespace XoBlazor.Core.Model;

/// <summary>XAPI's <c>vm_secureboot_certificates_state</c>.</summary>
public enum SecureBootCertificatesState
{
    /// <summary>A value that a newer XAPI has and this datamodel does not.</summary>
    Unrecognised,
    Ok,
    UpdateAvailable,
    UpdateOnBoot,
}
