using XoBlazor.Core.Xapi;

namespace XoBlazor.App.Cli.Client.Connecting;

/// <summary>A server shows a certificate that neither the machine nor the user vouched for so far. Nothing was sent to it.</summary>
internal sealed class UntrustedCertificateException(Uri url, CertificateFingerprint shown)
    : Exception($"{url.GetLeftPart(UriPartial.Authority)} has a certificate that this machine does not trust. SHA-256: {shown}.")
{
    public CertificateFingerprint Shown => shown;
}
