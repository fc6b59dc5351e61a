using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace XoBlazor.Benchmarks.Transfers;

/// <summary>Two hosts as far as bytes go: one that sends an archive to whoever connects, one that takes what comes and drops it; both over TLS 1.2, as XAPI does.</summary>
internal sealed class TlsEnds : IDisposable
{
    private readonly X509Certificate2 _certificate = MakeCertificate();
    private readonly TcpListener _giver = new(IPAddress.Loopback, 0);
    private readonly TcpListener _taker = new(IPAddress.Loopback, 0);

    public TlsEnds()
    {
        _giver.Start();
        _taker.Start();
    }

    /// <summary>The two lines of somebody between them, and the number of bytes that will have arrived in the end.</summary>
    public async Task<(SslStream Source, SslStream Target, Task<long> Arrived)> OpenAsync(long blocks)
    {
        var giving = Task.Run(async () =>
        {
            await using var line = await AcceptAsync(_giver);
            await new MadeArchive(blocks).WriteAsync(line);
            await line.ShutdownAsync();
        });
        var taking = Task.Run(async () =>
        {
            await using var line = await AcceptAsync(_taker);
            var (buffer, all) = (new byte[256 * 1024], 0L);
            while (await line.ReadAsync(buffer) is > 0 and var read)
                all += read;
            await giving;
            return all;
        });
        return (await ConnectAsync(_giver), await ConnectAsync(_taker), taking);
    }

    public void Dispose()
    {
        _giver.Dispose();
        _taker.Dispose();
        _certificate.Dispose();
    }

    private static async Task<SslStream> ConnectAsync(TcpListener to)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync((IPEndPoint)to.LocalEndpoint);
        var line = new SslStream(new NetworkStream(socket, ownsSocket: true));
        await line.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "host", RemoteCertificateValidationCallback = static (_, _, _, _) => true });
        return line;
    }

    private async Task<SslStream> AcceptAsync(TcpListener listener)
    {
        var line = new SslStream(new NetworkStream(await listener.AcceptSocketAsync(), ownsSocket: true));
        await line.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate, EnabledSslProtocols = System.Security.Authentication.SslProtocols.Tls12 });
        return line;
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = RSA.Create(2048);
        var now = TimeProvider.System.GetUtcNow();
        using var made = new CertificateRequest("CN=host", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
