// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

namespace XoBlazor.Core.Model;

/// <summary>XAPI's <c>certificate_purpose</c>.</summary>
public enum CertificatePurpose
{
    /// <summary>A value that a newer XAPI has and this datamodel does not.</summary>
    Unrecognised,
    Licensing,
    Ldaps,
}
