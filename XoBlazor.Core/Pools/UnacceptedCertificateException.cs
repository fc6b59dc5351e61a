using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Pools;

/// <summary>A host showed a certificate that nobody accepted; tells which host, so that it can be accepted there.</summary>
internal sealed class UnacceptedCertificateException(PresentedCertificate certificate, XapiUnreachableException failure)
    : Exception(failure.Message, failure)
{
    public PresentedCertificate Certificate { get; } = certificate;

    /// <param name="address">What the pool's settings call the host.</param>
    public static UnacceptedCertificateException Of(string address, XapiUnreachableException failure)
    {
        var shown = failure.Presented!;
        return new(new(address, shown.Fingerprint.Text, shown.Subject, shown.NotBefore, shown.NotAfter,
            failure.Reason == UnreachableReason.CertificateChanged), failure);
    }
}
