using System.Buffers.Binary;
using System.Diagnostics;
using System.Net.Sockets;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Consoles.Support;

/// <summary>TigerVNC's X server, listening on sockets in a folder of its own, and the hand of a program that draws on its screen.</summary>
internal sealed class VncServer : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Process _process;

    private VncServer(string program, int width, int height)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        // The server chooses a free number for its display and says which.
        foreach (var argument in (string[])["-displayfd", "1", "-rfbunixpath", Socket, "-rfbport", "-1", "-SecurityTypes", "None", "-geometry", $"{width}x{height}", "-depth", "24", "-ac", "-nolisten", "tcp", "-AlwaysShared"])
            start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        _process.BeginErrorReadLine();
    }

    /// <summary>Where it speaks RFB.</summary>
    public UnixDomainSocketEndPoint Address => new(Socket);

    /// <summary>The number of its display, for programs that draw on it.</summary>
    public int Display { get; private set; }

    private string Socket => _folder.File("vnc");

    public static async Task<VncServer> StartAsync(int width, int height)
    {
        var server = new VncServer(Needs.Program("Xtigervnc", "tigervnc-standalone-server"), width, height);
        using var patience = Patience.Source();
        var line = await server._process.StandardOutput.ReadLineAsync(patience.Token) ?? throw new InvalidOperationException("Xtigervnc ended before it listened");
        server.Display = int.Parse(line, System.Globalization.CultureInfo.InvariantCulture);
        return server;
    }

    /// <summary>A line to it, as the relay gets one from a host.</summary>
    public Stream Connect()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(Address);
        return new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>Draws rectangles in many colours, and waits until the server has done so (X11's protocol, by hand).</summary>
    public async Task DrawAsync()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint($"/tmp/.X11-unix/X{Display}"));
        await using var x = new NetworkStream(socket);
        await x.WriteAsync(new byte[] { (byte)'l', 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0 });
        var head = await ReadAsync(x, 8);
        Assert.Equal(1, head[0]);
        var setup = await ReadAsync(x, 4 * BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(6)));
        var (id, vendor, formats) = (BinaryPrimitives.ReadInt32LittleEndian(setup.AsSpan(4)), BinaryPrimitives.ReadUInt16LittleEndian(setup.AsSpan(16)), setup[21]);
        var root = BinaryPrimitives.ReadInt32LittleEndian(setup.AsSpan(32 + ((vendor + 3) / 4 * 4) + (8 * formats)));
        // CreateGC, then for each rectangle ChangeGC with its colour and PolyFillRectangle; GetInputFocus has an answer, which comes when all is done.
        var requests = new List<byte[]> { Request(55, id, root, 0) };
        for (var i = 0; i < 40; i++)
        {
            requests.Add(Request(56, id, 4, (i * 0x061D2B) & 0xFFFFFF));
            requests.Add(Request(70, root, id, Pair(i * 13, i * 9), Pair(30 + i, 20 + (i * 2))));
        }

        requests.Add(Request(43));
        foreach (var request in requests)
            await x.WriteAsync(request);
        Assert.Equal(1, (await ReadAsync(x, 32))[0]);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            // Told to go, it takes its lock and its socket in /tmp with it.
            using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
            await kill.WaitForExitAsync(CancellationToken.None);
            await _process.WaitForExitAsync(CancellationToken.None).WaitAsync(Patience.Limit, CancellationToken.None);
        }

        _process.Dispose();
        _folder.Dispose();
    }

    private static byte[] Request(byte code, params ReadOnlySpan<int> words)
    {
        var request = new byte[4 + (4 * words.Length)];
        request[0] = code;
        BinaryPrimitives.WriteUInt16LittleEndian(request.AsSpan(2), (ushort)(1 + words.Length));
        for (var i = 0; i < words.Length; i++)
            BinaryPrimitives.WriteInt32LittleEndian(request.AsSpan(4 + (4 * i)), words[i]);
        return request;
    }

    private static int Pair(int first, int second) => first | (second << 16);

    private static async Task<byte[]> ReadAsync(Stream from, int count)
    {
        using var patience = Patience.Source();
        var bytes = new byte[count];
        await from.ReadExactlyAsync(bytes, patience.Token);
        return bytes;
    }
}
