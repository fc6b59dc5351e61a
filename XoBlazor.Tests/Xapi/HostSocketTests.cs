using System.Security.Cryptography;
using System.Text;
using XoBlazor.Core.Xapi;
using XoBlazor.Core.Xapi.Wire;
using XoBlazor.Tests.Consoles.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Xapi;

/// <summary>A host's handler as a WebSocket: how it is asked for, and what of the host's frames is let through.</summary>
public sealed class HostSocketTests(ITestOutputHelper output) : IDisposable
{
    private const byte Text = 1;
    private const byte Binary = 2;
    private const byte Continued = 0;
    private const byte Close = 8;
    private const byte Ping = 9;
    private const byte Pong = 10;
    private const byte Final = 0x80;

    private static readonly XapiEndpoint s_host = XapiEndpoint.Parse("https://host.example");

    private readonly CancellationTokenSource _patience = Patience.Source();

    private CancellationToken Token => _patience.Token;

    [Fact]
    public async Task Upgrade_IsAskedForAsHostsKnowIt()
    {
        var (ours, theirs) = StreamPair.Make();
        var asking = HostExchange.UpgradeAsync(ours, "/console?ref=x", s_host, "OpaqueRef:1 2", Token);

        var asked = await HeadAsync(theirs);
        await theirs.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 501 Method not implemented\r\nContent-Length: 2\r\n\r\nno"), Token);
        await using var exchange = await asking;

        Assert.StartsWith("GET /console?ref=x HTTP/1.1\r\nHost: host.example\r\nCookie: session_id=OpaqueRef%3A1%202\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ", asked, StringComparison.Ordinal);
        Assert.EndsWith("\r\nSec-WebSocket-Protocol: binary\r\n\r\n", asked, StringComparison.Ordinal);
        Assert.Equal(501, exchange.Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n")]
    public async Task Upgrade_ThatAnswersNothingOrAnother_IsAFailure_AndTheLineIsCut(string accept)
    {
        var (ours, theirs) = StreamPair.Make();
        var asking = HostExchange.UpgradeAsync(ours, "/console", s_host, "s", Token);
        await HeadAsync(theirs);
        await theirs.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n{accept}\r\n"), Token);

        await Assert.ThrowsAsync<InvalidDataException>(() => asking);

        Assert.Equal(0, await theirs.ReadAsync(new byte[1], Token));
    }

    [Fact]
    public async Task Bytes_InWhateverFrames_AreOneStream()
    {
        var (socket, host) = await OpenAsync();
        await using var _ = socket;
        await host.WriteAsync((byte[])
        [
            .. Frame(Binary, "RF"u8), .. Frame(Ping | Final, "here?"u8), .. Frame(Continued, []), .. Frame(Continued | Final, "B 0"u8),
            .. Frame(Binary | Final, []), .. Frame(Binary | Final, "03.008\n"u8),
        ], Token);

        Assert.Equal(0, await socket.ReadAsync(Memory<byte>.Empty, Token));
        var read = new byte[12];
        await socket.ReadExactlyAsync(read, Token);
        var pong = await FromClientAsync(host);
        await socket.WriteAsync("RFB 003.003\n"u8.ToArray(), Token);
        var answer = await FromClientAsync(host);
        await host.WriteAsync(Frame(Close | Final, [0x03, 0xE8]), Token);

        Assert.Equal("RFB 003.008\n", Encoding.ASCII.GetString(read));
        Assert.Equal((Pong | Final, "here?"), pong);
        Assert.Equal((Binary | Final, "RFB 003.003\n"), answer);
        Assert.Equal(0, await socket.ReadAsync(read, Token));
    }

    /// <summary>Frames that no host that means well sends.</summary>
    public static TheoryData<string, byte[]> Wrong() => new()
    {
        { "text", Frame(Text | Final, "RFB"u8) },
        { "a mask, which is a client's", [Binary | Final, 0x81, 1, 2, 3, 4, 5] },
        { "a bit that stands for nothing", Frame(Binary | Final | 0x40, "x"u8) },
        { "an operation that there is not", Frame(3 | Final, "x"u8) },
        { "a long ping", [Ping | Final, 126, 1, 0, .. new byte[256]] },
        { "a ping in parts", Frame(Ping, "x"u8) },
        { "an end without a beginning", Frame(Continued | Final, "x"u8) },
        { "two beginnings", [.. Frame(Binary, []), .. Frame(Binary | Final, "x"u8)] },
        { "a length below nothing", [Binary | Final, 127, 0xFF, 0, 0, 0, 0, 0, 0, 0] },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Frame_ThatCannotBe_EndsTheLine(string what, byte[] frame)
    {
        var (socket, host) = await OpenAsync();
        await using var _ = socket;
        await host.WriteAsync(frame, Token);

        await Assert.ThrowsAsync<IOException>(async () => await socket.ReadExactlyAsync(new byte[4], Token));
        Assert.NotEmpty(what);
    }

    [Fact]
    public async Task Frame_OfExabytes_IsReadAsItComes()
    {
        var (socket, host) = await OpenAsync();
        await using var _ = socket;
        var piece = new byte[4096];
        await host.WriteAsync((byte[])[Binary | Final, 127, 0x3F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], Token);

        for (var i = 0; i < 100; i++)
        {
            await host.WriteAsync(piece, Token);
            await socket.ReadExactlyAsync(piece, Token);
        }

        await host.DisposeAsync();
        await Assert.ThrowsAnyAsync<IOException>(async () => await socket.ReadExactlyAsync(piece, Token));
    }

    [Fact]
    public async Task Noise_OfAHost_IsReadOrRefused()
    {
        var seed = Environment.TickCount & 0xFFFF;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var turn = 0; turn < 200; turn++)
        {
            var (socket, host) = await OpenAsync();
            await using var _ = socket;
            var noise = new byte[random.Next(1, 300)];
            random.NextBytes(noise);
            // Half of them begin with a frame that may be.
            if (random.Next(2) == 0)
                (noise[0], noise[Math.Min(1, noise.Length - 1)]) = (Binary | Final, (byte)random.Next(128));
            var reading = ReadAsync(socket);
            await host.WriteAsync(noise, Token);
            await host.DisposeAsync();

            var end = await reading;
            Assert.True(end is null or IOException, $"seed {seed}, turn {turn}: {end}");
        }

        async Task<Exception?> ReadAsync(Stream socket)
        {
            var bytes = new byte[64];
            return await Record.ExceptionAsync(async () =>
            {
                while (await socket.ReadAsync(bytes, Token) > 0)
                {
                }
            });
        }
    }

    public void Dispose() => _patience.Dispose();

    /// <summary>A host that has agreed.</summary>
    private async Task<(HostSocket Socket, Stream Host)> OpenAsync()
    {
        var (ours, theirs) = StreamPair.Make();
        var asking = HostExchange.UpgradeAsync(ours, "/console", s_host, "s", Token);
        var key = (await HeadAsync(theirs)).Split("Sec-WebSocket-Key: ")[1].Split('\r')[0];
        var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
        await theirs.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\nSec-WebSocket-Protocol: binary\r\nContent-Length: 0\r\n\r\n"), Token);
        return (new(await asking), theirs);
    }

    private static byte[] Frame(int first, ReadOnlySpan<byte> payload) => [(byte)first, (byte)payload.Length, .. payload];

    /// <summary>A short frame that the client sent, with its mask taken off.</summary>
    private async Task<(int First, string Payload)> FromClientAsync(Stream host)
    {
        var head = new byte[6];
        await host.ReadExactlyAsync(head, Token);
        Assert.True((head[1] & 0x80) != 0, "a client's frames are masked");
        var payload = new byte[head[1] & 0x7F];
        await host.ReadExactlyAsync(payload, Token);
        for (var i = 0; i < payload.Length; i++)
            payload[i] ^= head[2 + (i % 4)];
        return (head[0], Encoding.ASCII.GetString(payload));
    }

    private async Task<string> HeadAsync(Stream host)
    {
        var (head, one) = (new StringBuilder(), new byte[1]);
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await host.ReadExactlyAsync(one, Token);
            head.Append((char)one[0]);
        }

        return head.ToString();
    }
}
