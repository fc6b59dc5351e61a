namespace XoBlazor.Core.Xapi.Wire;

/// <summary>Carries the certificate that did not match out of the TLS handshake.</summary>
internal sealed class CertificateRejectedException(XapiCertificate presented) : Exception("the certificate is not an accepted one")
{
    public XapiCertificate Presented { get; } = presented;
}
