using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace XoBlazor.App.Accounts.Ldap.Protocol;

/// <summary>
/// Whose certificates count. Immutable and shared by all connections of a directory. Certificates given by the administrator replace
/// the system's, so that a public authority cannot vouch for an in-house directory.
/// </summary>
internal sealed class LdapTrust
{
    private readonly X509Certificate2Collection? _authorities;

    private LdapTrust(X509Certificate2Collection? authorities, bool isChecked)
    {
        _authorities = authorities;
        IsChecked = isChecked;
    }

    /// <summary>The authorities the operating system trusts.</summary>
    public static LdapTrust System { get; } = new(null, isChecked: true);

    /// <summary>Any certificate of anybody: encryption without knowing with whom. Only by the administrator's explicit word.</summary>
    public static LdapTrust Nobody { get; } = new(null, isChecked: false);

    /// <summary>False when any certificate is taken.</summary>
    public bool IsChecked { get; }

    /// <summary>Only these authorities, as PEM, one or more. Fails with <see cref="FormatException"/> in words when there is none in it.</summary>
    public static LdapTrust Of(string pem)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(pem);
        }
        catch (CryptographicException e)
        {
            throw new FormatException("The CA certificate cannot be read. Paste the whole PEM text, from BEGIN CERTIFICATE to END CERTIFICATE.", e);
        }

        if (certificates.Count == 0)
            throw new FormatException("There is no certificate in the CA text. Paste PEM text that begins with -----BEGIN CERTIFICATE-----.");
        return new LdapTrust(certificates, isChecked: true);
    }

    /// <summary>How a chain is built: no revocation lists and no certificates fetched from addresses that the peer's certificate names.</summary>
    public X509ChainPolicy Policy()
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        if (_authorities is null)
            return policy;

        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.CustomTrustStore.AddRange(_authorities);
        policy.ExtraStore.AddRange(_authorities);
        return policy;
    }
}
