using System.Net;
using System.Net.NetworkInformation;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace XoBlazor.App.Hosting.Tls;

/// <summary>The certificate of a server that was given none: made at first start for this machine's names, renewed before it ends.</summary>
internal static class SelfSigned
{
    // Browsers refuse leaf certificates that are valid for longer.
    private static readonly TimeSpan s_life = TimeSpan.FromDays(825);
    private static readonly TimeSpan s_renewBefore = TimeSpan.FromDays(30);

    /// <summary>The PEM file with certificate and key, made or renewed where needed.</summary>
    public static string Ensure(string folder, TimeProvider time)
    {
        var file = Path.Combine(folder, "self-signed.pem");
        if (!File.Exists(file) || EndsSoon(file, time))
            Write(file, time);
        return file;
    }

    private static bool EndsSoon(string file, TimeProvider time)
    {
        using var current = X509Certificate2.CreateFromPem(File.ReadAllText(file));
        return current.NotAfter.ToUniversalTime() - time.GetUtcNow().UtcDateTime < s_renewBefore;
    }

    private static void Write(string file, TimeProvider time)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var host = Dns.GetHostName();
        var request = new CertificateRequest(new X500DistinguishedName($"CN={Escape(host)}, O=XoBlazor self-signed"), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        request.CertificateExtensions.Add(Names(host));

        var now = time.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now + s_life);
        var pem = new StringBuilder(certificate.ExportCertificatePem()).Append('\n').Append(key.ExportPkcs8PrivateKeyPem()).Append('\n');
        PrivateFile.Write(file, Encoding.ASCII.GetBytes(pem.ToString()));
    }

    private static X509Extension Names(string host)
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (var name in new[] { host, "localhost" }.Distinct(StringComparer.OrdinalIgnoreCase))
            names.AddDnsName(name);
        foreach (var address in Addresses().Append(IPAddress.Loopback).Append(IPAddress.IPv6Loopback).Distinct())
            names.AddIpAddress(address);
        return names.Build();
    }

    private static IEnumerable<IPAddress> Addresses() => NetworkInterface.GetAllNetworkInterfaces()
        .SelectMany(card => card.GetIPProperties().UnicastAddresses)
        .Select(unicast => unicast.Address)
        .Where(address => !address.IsIPv6LinkLocal && !IPAddress.IsLoopback(address));

    private static string Escape(string name) => '"' + name.Replace("\"", "", StringComparison.Ordinal) + '"';
}
