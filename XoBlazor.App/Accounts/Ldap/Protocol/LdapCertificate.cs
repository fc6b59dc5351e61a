using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace XoBlazor.App.Accounts.Ldap.Protocol;

/// <summary>What a directory server's certificate says, for people; kept also when it was refused.</summary>
internal sealed record LdapCertificate(
    string Subject,
    string Issuer,
    IReadOnlyList<string> Names,
    DateTimeOffset NotBefore,
    DateTimeOffset NotAfter,
    string Sha256)
{
    public static LdapCertificate Of(X509Certificate2 certificate)
    {
        var names = new List<string>();
        foreach (var extension in certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>())
        {
            names.AddRange(extension.EnumerateDnsNames());
            names.AddRange(extension.EnumerateIPAddresses().Select(address => address.ToString()));
        }

        return new(
            certificate.Subject,
            certificate.Issuer,
            names,
            new DateTimeOffset(certificate.NotBefore.ToUniversalTime()),
            new DateTimeOffset(certificate.NotAfter.ToUniversalTime()),
            Convert.ToHexString(SHA256.HashData(certificate.RawDataMemory.Span)));
    }
}
