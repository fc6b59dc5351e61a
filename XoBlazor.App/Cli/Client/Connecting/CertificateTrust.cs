using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using XoBlazor.Core.Xapi;

namespace XoBlazor.App.Cli.Client.Connecting;

/// <summary>Judges the certificate a server shows: what the machine trusts for that name does, and the one that was pinned. One connection's.</summary>
internal sealed class CertificateTrust(CertificateFingerprint? pinned)
{
    /// <summary>What was shown and not accepted; null when nothing was refused.</summary>
    public CertificateFingerprint? Refused { get; private set; }

    /// <summary>What was accepted only because it is pinned.</summary>
    public bool IsPinned { get; private set; }

    public bool Judge(X509Certificate? certificate, SslPolicyErrors errors)
    {
        if (certificate is null)
            return false;
        if (errors == SslPolicyErrors.None)
            return true;
        var shown = CertificateFingerprint.Of(certificate);
        IsPinned = pinned == shown;
        Refused = IsPinned ? null : shown;
        return IsPinned;
    }
}
