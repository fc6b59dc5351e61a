using System.Net.WebSockets;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Support;

/// <summary>The console's socket, opened by a client that speaks its protocol and nothing else: it leads nowhere by itself and can only be cut.</summary>
internal static class CircuitSocket
{
    /// <param name="cookie">What signs it in, as a header.</param>
    public static async Task<ClientWebSocket> OpenAsync(Uri address, string cookie)
    {
        using var patience = Patience.Source();
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", cookie);
        socket.Options.SetRequestHeader("Origin", address.GetLeftPart(UriPartial.Authority));
        await socket.ConnectAsync(new UriBuilder(address) { Scheme = "ws", Path = "/_blazor" }.Uri, patience.Token);
        await socket.SendAsync("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, patience.Token);
        await socket.ReceiveAsync(new byte[64], patience.Token);
        return socket;
    }

    /// <summary>Reads the hub's pings until it is closed or cut.</summary>
    public static async Task ReadToEndAsync(ClientWebSocket socket, CancellationToken token)
    {
        var buffer = new byte[4096];
        try
        {
            while ((await socket.ReceiveAsync(buffer, token)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (WebSocketException)
        {
            // Cut off.
        }
    }
}
