using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace XoBlazor.Tests.Audit;

/// <summary>A syslog collector on loopback: TLS with a certificate of its own, one connection after the other (RFC 5425).</summary>
internal sealed class SyslogCollector : IDisposable
{
    public const string Host = "localhost";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _certificate = Certificate();

    public SyslogCollector() => _listener.Start();

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What a client has to trust.</summary>
    public string Pem => _certificate.ExportCertificatePem();

    /// <summary>The next connection, after its handshake; null when the client did not like the certificate.</summary>
    public async Task<Line?> AcceptAsync(CancellationToken token)
    {
        var tls = new SslStream(new NetworkStream(await _listener.AcceptSocketAsync(token), ownsSocket: true));
        try
        {
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, token);
            return new(tls);
        }
        catch (Exception problem) when (problem is IOException or AuthenticationException)
        {
            await tls.DisposeAsync();
            return null;
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        _certificate.Dispose();
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={Host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(Host);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var made = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }

    /// <summary>One connection.</summary>
    public sealed class Line(SslStream tls) : IAsyncDisposable
    {
        /// <summary>The number of the next record; null when the client hung up.</summary>
        public async Task<long?> NextAsync(CancellationToken token)
        {
            try
            {
                return await MessageAsync(token) is { } message ? long.Parse(message.Split("number=\"")[1].Split('"')[0], CultureInfo.InvariantCulture) : null;
            }
            catch (IOException)
            {
                return null;
            }
        }

        public ValueTask DisposeAsync() => tls.DisposeAsync();

        private async Task<string?> MessageAsync(CancellationToken token)
        {
            var length = 0;
            var one = new byte[1];
            while (true)
            {
                if (await tls.ReadAsync(one, token) == 0)
                    return null;
                if (one[0] == ' ')
                    break;
                length = (length * 10) + one[0] - '0';
            }
            var message = new byte[length];
            await tls.ReadExactlyAsync(message, token);
            return Encoding.UTF8.GetString(message);
        }
    }
}
