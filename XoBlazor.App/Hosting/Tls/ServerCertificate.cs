using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace XoBlazor.App.Hosting.Tls;

/// <summary>
/// The certificate new connections get. Thread-safe: a refresh replaces the whole picture, handshakes under way keep theirs.
/// A changed file that cannot be used leaves the old certificate in place.
/// </summary>
internal sealed partial class ServerCertificate
{
    private readonly HttpsOptions _options;
    private readonly ILogger<ServerCertificate> _log;
    private volatile SslStreamCertificateContext _context;
    private string _seen;

    /// <summary>Loads the configured certificate, or makes a self-signed one.</summary>
    public ServerCertificate(HttpsOptions options, DataDirectory data, TimeProvider time, ILogger<ServerCertificate> log)
    {
        IsSelfSigned = options.Certificate.Length == 0;
        _options = IsSelfSigned ? new HttpsOptions { Certificate = SelfSigned.Ensure(data.TlsFolder, time) } : options;
        _log = log;
        _seen = Stamp();
        _context = CertificateFile.Load(_options);
        if (Leaf.NotAfter.ToUniversalTime() < time.GetUtcNow().UtcDateTime)
            LogExpired(Leaf.NotAfter.ToUniversalTime());
    }

    /// <summary>True when nobody but this server vouches for the certificate.</summary>
    public bool IsSelfSigned { get; }

    /// <summary>The certificate with its intermediates, ready for a handshake.</summary>
    public SslStreamCertificateContext Context => _context;

    /// <summary>The certificate itself.</summary>
    public X509Certificate2 Leaf => _context.TargetCertificate;

    /// <summary>SHA-256 of the certificate, as browsers show it.</summary>
    public string Fingerprint => string.Join(':', Leaf.GetCertHash(HashAlgorithmName.SHA256).Select(octet => octet.ToString("X2")));

    /// <summary>Looks at the files again; true when a new certificate is in use.</summary>
    public bool Refresh()
    {
        var stamp = Stamp();
        if (stamp == _seen)
            return false;

        _seen = stamp;
        try
        {
            _context = CertificateFile.Load(_options);
            LogReloaded(_options.Certificate, Fingerprint);
            return true;
        }
        catch (StartupException problem)
        {
            LogKept(problem.Message);
            return false;
        }
    }

    // Certificates are commonly swapped behind a symbolic link, so the link's target counts.
    private string Stamp() => string.Join('|', new[] { _options.Certificate, _options.Key }.Where(path => path.Length > 0).Select(Stamp));

    private static string Stamp(string path)
    {
        var file = new FileInfo(path);
        try
        {
            var target = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
            return target.Exists ? $"{target.FullName} {target.Length} {target.LastWriteTimeUtc.Ticks}" : "absent";
        }
        catch (IOException)
        {
            return "absent";
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The certificate {File} changed and is in use now, SHA-256 {Fingerprint}.")]
    private partial void LogReloaded(string file, string fingerprint);

    [LoggerMessage(Level = LogLevel.Error, Message = "The certificate changed but the old one stays in use. {Reason}")]
    private partial void LogKept(string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The certificate expired on {End:u}; browsers will refuse it.")]
    private partial void LogExpired(DateTime end);
}
