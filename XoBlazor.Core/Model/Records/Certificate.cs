// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;

namespace XoBlazor.Core.Model;

/// <summary>A certificate installed on a host or trusted by the pool.</summary>
public sealed record Certificate : XapiObject
{
    public override XapiClass Class => XapiClass.Certificate;

    public string Name { get; init; } = "";
    public CertificateType Type { get; init; }
    public XenRef<Host> Host { get; init; }
    public DateTimeOffset NotBefore { get; init; } = DateTimeOffset.UnixEpoch;
    public DateTimeOffset NotAfter { get; init; } = DateTimeOffset.UnixEpoch;
    public string Fingerprint { get; init; } = "";
    public string FingerprintSha256 { get; init; } = "";
    public string FingerprintSha1 { get; init; } = "";
    public EnumSet<CertificatePurpose> Purpose { get; init; }
}
