using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Tests.Simulator.Consoles;

/// <summary>A console as a client of a host meets it: a socket, a request line, and then RFB by hand.</summary>
internal sealed class ConsoleClient(Stream stream) : IAsyncDisposable
{
    private readonly byte[] _bytes = new byte[64];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public Stream Stream { get; } = stream;

    public (int Width, int Height) Size { get; private set; }

    /// <summary>All pixels that came, each as red, green and blue.</summary>
    public uint[] Pixels { get; private set; } = [];

    /// <summary>Sends a request for a console of a VM to the host it runs on, or another, and gives the head of the answer.</summary>
    public static async Task<(ConsoleClient Client, string Head)> ConnectAsync(string address, int port, string target, string headers = "", string method = "CONNECT")
    {
        var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Parse(address), port, Token);
        var client = new ConsoleClient(socket.GetStream());
        await client.SendAsync(Encoding.ASCII.GetBytes($"{method} {target} HTTP/1.1\r\nHost: {address}\r\n{headers}\r\n"));
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
            head.Append((char)(await client.ReadAsync(1)).Span[0]);
        return (client, head.ToString());
    }

    /// <summary>Opens a VM's console.</summary>
    public static async Task<ConsoleClient> OpenAsync(SimulatedConsolePool pool, DbObject vm, string version = "RFB 003.008\n")
    {
        var (client, head) = await ConnectAsync(pool.AddressOf(vm), pool.Port, pool.Target(vm));
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", head, StringComparison.Ordinal);
        await client.ShakeHandsAsync(version);
        return client;
    }

    /// <summary>Says hello in a version of RFB and gives the name of the screen.</summary>
    public async Task<string> ShakeHandsAsync(string version = "RFB 003.008\n")
    {
        Assert.Equal("RFB 003.008\n", Encoding.ASCII.GetString((await ReadAsync(12)).Span));
        await SendAsync(Encoding.ASCII.GetBytes(version));
        if (version == "RFB 003.003\n")
        {
            Assert.Equal(1u, U32(await ReadAsync(4), 0));
        }
        else
        {
            Assert.Equal([1, 1], (await ReadAsync(2)).ToArray());
            await SendAsync([1]);
            if (version == "RFB 003.008\n") Assert.Equal(0u, U32(await ReadAsync(4), 0));
        }

        await SendAsync([1]);
        var init = await ReadAsync(24);
        SetSize(U16(init, 0), U16(init, 2));
        Assert.Equal((32, 255), (init.Span[4], U16(init, 8)));
        return Encoding.UTF8.GetString((await ReadAsync((int)U32(init, 20))).Span);
    }

    public Task SetEncodingsAsync(params int[] encodings)
    {
        var bytes = new byte[4 + (4 * encodings.Length)];
        bytes[0] = 2;
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), (ushort)encodings.Length);
        for (var index = 0; index < encodings.Length; index++)
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 + (4 * index)), encodings[index]);
        return SendAsync(bytes);
    }

    public Task AskAsync(bool isIncremental = true) =>
        SendAsync([3, (byte)(isIncremental ? 1 : 0), 0, 0, 0, 0, (byte)(Size.Width >> 8), (byte)Size.Width, (byte)(Size.Height >> 8), (byte)Size.Height]);

    /// <summary>Presses and releases a key.</summary>
    public Task PressAsync(uint keysym) => SendAsync([.. Key(1, keysym), .. Key(0, keysym)]);

    public async Task TypeAsync(string text)
    {
        foreach (var character in text)
            await PressAsync(character == '\n' ? 0xFF0Du : character);
    }

    /// <summary>A key with its place on the keyboard.</summary>
    public Task PressAsync(uint keysym, uint scanCode)
    {
        var bytes = new byte[24];
        for (var at = 0; at < 24; at += 12)
        {
            bytes[at] = 255;
            bytes[at + 3] = (byte)(at == 0 ? 1 : 0);
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(at + 4), keysym);
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(at + 8), scanCode);
        }

        return SendAsync(bytes);
    }

    /// <summary>Reads one message and gives its rectangles, or the text of a clipboard.</summary>
    public async Task<(List<(int X, int Y, int Width, int Height, int Encoding)> Rectangles, string? Clipboard)> ReadMessageAsync()
    {
        if ((await ReadAsync(1)).Span[0] == 3)
            return ([], Encoding.Latin1.GetString((await ReadAsync((int)U32(await ReadAsync(7), 3))).Span));
        var rectangles = new List<(int X, int Y, int Width, int Height, int Encoding)>();
        for (var left = U16(await ReadAsync(3), 1); left > 0; left--)
        {
            var head = await ReadAsync(12);
            var (x, y, width, height, encoding) = (U16(head, 0), U16(head, 2), U16(head, 4), U16(head, 6), (int)U32(head, 8));
            rectangles.Add((x, y, width, height, encoding));
            if (encoding == 0) await ReadPixelsAsync(x, y, width, height);
            else if (encoding == -308) _ = await ReadAsync(20);
            if (encoding is -308 or -223) SetSize(width, height);
        }

        return (rectangles, null);
    }

    public Task SendAsync(byte[] bytes) => Stream.WriteAsync(bytes, Token).AsTask();

    /// <summary>True when the host has closed the connection.</summary>
    public async Task<bool> HasEndedAsync()
    {
        using var patience = Support.Patience.Source();
        try
        {
            return await Stream.ReadAtLeastAsync(new byte[1], 1, throwOnEndOfStream: false, patience.Token) == 0;
        }
        catch (IOException)
        {
            return true;
        }
    }

    public async Task<ReadOnlyMemory<byte>> ReadAsync(int count)
    {
        using var patience = Support.Patience.Source();
        var bytes = count <= _bytes.Length ? _bytes : new byte[count];
        await Stream.ReadExactlyAsync(bytes.AsMemory(0, count), patience.Token);
        return bytes.AsMemory(0, count);
    }

    public ValueTask DisposeAsync() => Stream.DisposeAsync();

    private static byte[] Key(byte isDown, uint keysym)
    {
        byte[] bytes = [4, isDown, 0, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4), keysym);
        return bytes;
    }

    private async Task ReadPixelsAsync(int x, int y, int width, int height)
    {
        var bytes = new byte[width * height * 4];
        await Stream.ReadExactlyAsync(bytes, Token);
        for (var index = 0; index < width * height; index++)
            Pixels[((y + (index / width)) * Size.Width) + x + (index % width)] = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(index * 4));
    }

    private void SetSize(int width, int height) => (Size, Pixels) = ((width, height), new uint[width * height]);

    private static int U16(ReadOnlyMemory<byte> bytes, int at) => BinaryPrimitives.ReadUInt16BigEndian(bytes.Span[at..]);

    private static uint U32(ReadOnlyMemory<byte> bytes, int at) => BinaryPrimitives.ReadUInt32BigEndian(bytes.Span[at..]);
}
