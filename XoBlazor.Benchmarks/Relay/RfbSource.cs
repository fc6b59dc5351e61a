using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace XoBlazor.Benchmarks.Relay;

/// <summary>A host's end of consoles: RFB over TLS on loopback, with a screen that does what is measured.</summary>
internal sealed class RfbSource : IDisposable
{
    private const ushort Width = 1920;
    private const ushort Height = 1080;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _certificate;
    private readonly byte[] _flood;

    /// <param name="rect">What a flood consists of, heads included.</param>
    public RfbSource(byte[] rect)
    {
        using var key = RSA.Create(2048);
        using var made = new CertificateRequest("CN=host", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(70));
        _certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
        // One update of many rectangles, as large as what is written at once.
        var count = Math.Max(1, 256 * 1024 / rect.Length);
        _flood = new byte[4 + (count * rect.Length)];
        BinaryPrimitives.WriteUInt16BigEndian(_flood.AsSpan(2), (ushort)count);
        for (var i = 0; i < count; i++)
            rect.CopyTo(_flood, 4 + (i * rect.Length));
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Sends without end once a picture was asked for.</summary>
    public bool IsFlooding { get; set; }

    /// <summary>Opens a line as the relay does.</summary>
    public async Task<Stream> ConnectAsync(CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync((IPEndPoint)_listener.LocalEndpoint, cancellation);
        var tls = new SslStream(new NetworkStream(socket, ownsSocket: true));
        await tls.AuthenticateAsClientAsync(new() { TargetHost = "host", RemoteCertificateValidationCallback = static (_, _, _, _) => true }, cancellation);
        return tls;
    }

    public static byte[] Head(int x, int y, int width, int height, int encoding)
    {
        var head = new byte[12];
        BinaryPrimitives.WriteUInt16BigEndian(head, (ushort)x);
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(2), (ushort)y);
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(4), (ushort)width);
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(6), (ushort)height);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(8), encoding);
        return head;
    }

    public void Dispose()
    {
        _listener.Dispose();
        _certificate.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptSocketAsync());
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException)
        {
            // The measurement is over.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        socket.NoDelay = true;
        await using var line = new SslStream(new NetworkStream(socket, ownsSocket: true));
        try
        {
            await line.AuthenticateAsServerAsync(_certificate);
            await line.WriteAsync("RFB 003.008\n"u8.ToArray());
            await BytesAsync(line, 12);
            await line.WriteAsync(new byte[] { 1, 1 });
            await BytesAsync(line, 1);
            await line.WriteAsync(new byte[4]);
            await BytesAsync(line, 1);
            var init = new byte[24];
            BinaryPrimitives.WriteUInt16BigEndian(init, Width);
            BinaryPrimitives.WriteUInt16BigEndian(init.AsSpan(2), Height);
            (init[4], init[5]) = (32, 24);
            await line.WriteAsync(init);
            await AnswerAsync(line);
        }
        catch (IOException)
        {
            // The other end has enough.
        }
    }

    // A key is answered with a small picture; a request with one, or with a flood.
    private async Task AnswerAsync(SslStream line)
    {
        byte[] small = [0, 0, 0, 1, .. Head(0, 0, 16, 16, 0), .. new byte[16 * 16 * 4]];
        byte[] dragged = [0, 0, 0, 1, .. Head(0, 0, 300, 200, 0), .. new byte[300 * 200 * 4]];
        var hasBegun = false;
        while (true)
        {
            switch ((await BytesAsync(line, 1))[0])
            {
                case 0:
                    await BytesAsync(line, 19);
                    break;
                case 2:
                    await BytesAsync(line, 4 * BinaryPrimitives.ReadUInt16BigEndian((await BytesAsync(line, 3)).AsSpan(1)));
                    break;
                case 3:
                    await BytesAsync(line, 9);
                    if (!hasBegun)
                        await line.WriteAsync(small);
                    hasBegun = true;
                    while (IsFlooding)
                        await line.WriteAsync(_flood);
                    break;
                case 4:
                    await BytesAsync(line, 7);
                    await line.WriteAsync(small);
                    break;
                case 5:
                    await BytesAsync(line, 5);
                    await line.WriteAsync(dragged);
                    break;
                case var other:
                    throw new UnreachableException($"message {other}");
            }
        }
    }

    private static async Task<byte[]> BytesAsync(Stream line, int count)
    {
        var bytes = new byte[count];
        await line.ReadExactlyAsync(bytes);
        return bytes;
    }
}
