using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace XoBlazor.App.Hosting.Tls;

/// <summary>Reads a certificate with its key and intermediates from PEM or PFX. Throws <see cref="StartupException"/> in words.</summary>
internal static class CertificateFile
{
    public static SslStreamCertificateContext Load(HttpsOptions options)
    {
        var all = Guard(options.Certificate, options, () => IsPem(options.Certificate) ? Pem(options) : Pfx(options));
        var leaf = all.FirstOrDefault(certificate => certificate.HasPrivateKey)
            ?? throw new StartupException($"The certificate file {options.Certificate} holds no private key. Name the key's file in Https:Key.");
        var others = new X509Certificate2Collection(all.Where(certificate => certificate != leaf).ToArray());
        return SslStreamCertificateContext.Create(leaf, others, offline: true);
    }

    private static bool IsPem(string path) => File.ReadAllText(path).Contains("-----BEGIN", StringComparison.Ordinal);

    private static X509Certificate2Collection Pem(HttpsOptions options)
    {
        var keyFile = options.Key.Length > 0 ? options.Key : options.Certificate;
        if (options.Key.Length > 0 && !File.Exists(options.Key))
            throw new StartupException($"The key file {options.Key} (setting Https:Key) does not exist.");

        using var keyless = options.Password.Length > 0
            ? X509Certificate2.CreateFromEncryptedPemFile(options.Certificate, options.Password, keyFile)
            : X509Certificate2.CreateFromPemFile(options.Certificate, keyFile);
        // A key loaded from PEM has no name in the platform's store; going through PFX binds it to the certificate for TLS.
        var leaf = X509CertificateLoader.LoadPkcs12(keyless.Export(X509ContentType.Pkcs12), null);
        var all = new X509Certificate2Collection();
        all.ImportFromPemFile(options.Certificate);
        var chain = new X509Certificate2Collection(leaf);
        chain.AddRange(all.Where(certificate => !certificate.RawDataMemory.Span.SequenceEqual(leaf.RawDataMemory.Span)).ToArray());
        return chain;
    }

    private static X509Certificate2Collection Pfx(HttpsOptions options) =>
        X509CertificateLoader.LoadPkcs12CollectionFromFile(options.Certificate, options.Password.Length > 0 ? options.Password : null);

    private static X509Certificate2Collection Guard(string path, HttpsOptions options, Func<X509Certificate2Collection> load)
    {
        try
        {
            return load();
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new StartupException($"The certificate file {path} (setting Https:Certificate) does not exist.", problem);
        }
        catch (Exception problem) when (problem is UnauthorizedAccessException or IOException)
        {
            throw new StartupException($"The certificate file {path} or its key cannot be read by user {Environment.UserName}: {problem.Message}", problem);
        }
        catch (Exception problem) when (problem is CryptographicException or ArgumentException)
        {
            var advice = options.Password.Length > 0 ? "Is Https:Password right?" : "If it is encrypted, set Https:Password.";
            throw new StartupException($"The certificate file {path} is not a usable PEM or PFX certificate with its private key: {problem.Message.TrimEnd('.')}. {advice}", problem);
        }
    }
}
