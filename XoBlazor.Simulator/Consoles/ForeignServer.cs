using System.Net;
using System.Net.Sockets;

namespace XoBlazor.Simulator.Consoles;

/// <summary>A real VNC server that stands behind a simulated console: bytes pass both ways as they are.</summary>
internal static class ForeignServer
{
    /// <summary>What <c>--console</c> calls a server: <c>host:port</c>, or the path of a Unix socket.</summary>
    public static EndPoint? Parse(string text)
    {
        if (text.StartsWith('/')) return new UnixDomainSocketEndPoint(text);
        var colon = text.LastIndexOf(':');
        return colon > 0 && ushort.TryParse(text[(colon + 1)..], out var port) && port > 0
            ? IPAddress.TryParse(text[..colon], out var address) ? new IPEndPoint(address, port) : new DnsEndPoint(text[..colon], port)
            : null;
    }

    public static async Task<Stream> ConnectAsync(EndPoint server, CancellationToken cancellation)
    {
        var socket = server is UnixDomainSocketEndPoint ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) : new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(server, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Runs until one side has ended.</summary>
    public static async Task RelayAsync(Stream client, Stream server, CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task[] both = [CopyAsync(client, server, end.Token), CopyAsync(server, client, end.Token)];
        await Task.WhenAny(both);
        await end.CancelAsync();
        await Task.WhenAll(both).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async Task CopyAsync(Stream from, Stream to, CancellationToken cancellation)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReadAsync(buffer, cancellation) is > 0 and var read)
        {
            await to.WriteAsync(buffer.AsMemory(0, read), cancellation);
            await to.FlushAsync(cancellation);
        }
    }
}
