using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Hosting;

/// <summary>The self-signed certificate of each host, and its record in the database.</summary>
internal sealed class HostCertificates(PoolSimulator pool) : IDisposable
{
    private readonly ConcurrentDictionary<string, X509Certificate2> _certificates = [];

    public X509Certificate2 Of(string hostRef) => _certificates.GetOrAdd(hostRef, Make);

    /// <summary>SHA-256, upper-case pairs joined by colons, as in class <c>Certificate</c>.</summary>
    public string FingerprintOf(string hostRef) => Fingerprint(SHA256.HashData(Of(hostRef).RawData));

    /// <summary>Gives a host another certificate. Open connections keep the old one; unless announced, the record does too.</summary>
    public void Renew(string hostRef, bool isAnnounced = true)
    {
        _certificates[hostRef] = Make(hostRef);
        if (isAnnounced)
            Record(hostRef);
    }

    /// <summary>Writes what the host presents into its <c>Certificate</c> record; pools too old to have the class have none.</summary>
    public void Record(string hostRef) => pool.Db.Update(() =>
    {
        if (pool.Db.FindTable("Certificate") is null)
            return;
        var record = pool.Db.Where("Certificate", "host", hostRef).FirstOrDefault(c => c.Text("type") == "host")
            ?? pool.Db.Create("Certificate", ("host", hostRef), ("type", "host"));
        var certificate = Of(hostRef);
        record["not_before"] = new DateTimeOffset(certificate.NotBefore);
        record["not_after"] = new DateTimeOffset(certificate.NotAfter);
        record["fingerprint"] = record["fingerprint_sha256"] = Fingerprint(SHA256.HashData(certificate.RawData));
        record["fingerprint_sha1"] = Fingerprint(certificate.GetCertHash(HashAlgorithmName.SHA1));
    });

    public void Dispose()
    {
        foreach (var certificate in _certificates.Values)
            certificate.Dispose();
    }

    private static string Fingerprint(byte[] hash) => string.Join(':', hash.Select(b => b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture)));

    private X509Certificate2 Make(string hostRef)
    {
        var host = pool.Db.Get("host", hostRef);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName(host.Text("hostname") is { Length: > 0 } hostname ? hostname : host.Text("name_label"));
        var request = new CertificateRequest(name.Build(), key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        if (IPAddress.TryParse(host.Text("address"), out var address))
            names.AddIpAddress(address);
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        var now = pool.Time.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(3650));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }
}
