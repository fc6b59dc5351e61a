using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Pools;

/// <summary>Where a member of a pool listens, by its own address and certificates.</summary>
internal static class MemberEndpoint
{
    /// <summary>Null for the coordinator, which <paramref name="connection"/> leads to.</summary>
    public static XapiEndpoint? Of(PoolPicture pool, XapiConnection connection, Host host)
    {
        if (pool.IsCoordinator(host))
            return null;
        var pins = pool.All<Certificate>().Where(certificate => certificate.Host.Value == host.Ref && certificate.Type == CertificateType.Host)
            .Select(certificate => CertificateFingerprint.TryParse(certificate.FingerprintSha256.Length > 0 ? certificate.FingerprintSha256 : certificate.Fingerprint, out var pin) ? pin : (CertificateFingerprint?)null)
            .OfType<CertificateFingerprint>();
        return connection.Endpoint.At(host.Address, [.. pins]);
    }
}
