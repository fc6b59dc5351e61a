using System.Security.Cryptography.X509Certificates;

namespace XoBlazor.Core.Xapi;

/// <summary>The certificate a host presented, as far as an administrator needs it to decide.</summary>
public sealed record XapiCertificate(
    CertificateFingerprint Fingerprint, string Subject, string Issuer, DateTimeOffset NotBefore, DateTimeOffset NotAfter)
{
    public bool IsSelfSigned => Subject == Issuer;

    public bool IsExpired(DateTimeOffset now) => now > NotAfter;

    public bool IsNotYetValid(DateTimeOffset now) => now < NotBefore;

    internal static XapiCertificate Of(X509Certificate2 certificate) => new(
        CertificateFingerprint.Of(certificate), certificate.Subject, certificate.Issuer, certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime());
}
