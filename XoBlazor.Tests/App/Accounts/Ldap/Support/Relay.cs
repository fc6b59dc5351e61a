using System.Net;
using System.Net.Sockets;

namespace XoBlazor.Tests.App.Accounts.Ldap.Support;

/// <summary>Stands between client and server: passes bytes on, or stops doing so at a moment the test chooses.</summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly IPEndPoint _server;
    private readonly ScriptedServer _front;
    private volatile TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Relay(IPAddress address, int port)
    {
        _server = new IPEndPoint(address, port);
        _open.SetResult();
        _front = new ScriptedServer(ServeAsync);
    }

    public int Port => _front.Port;

    public int Connections => _front.Connections;

    /// <summary>From now on nothing passes in either direction; connections stay open, and new ones are taken.</summary>
    public void Hang() => _open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void GoOn() => _open.TrySetResult();

    public ValueTask DisposeAsync() => _front.DisposeAsync();

    private async Task ServeAsync(NetworkStream client, CancellationToken token)
    {
        await _open.Task.WaitAsync(token);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(_server, token);
        await using var server = new NetworkStream(socket);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(token);
        var both = new[] { PassAsync(client, server, end.Token), PassAsync(server, client, end.Token) };
        await Task.WhenAny(both);
        await end.CancelAsync();
        await Task.WhenAll(both);
    }

    private async Task PassAsync(Stream from, Stream to, CancellationToken token)
    {
        var buffer = new byte[64 << 10];
        try
        {
            while (await from.ReadAsync(buffer, token) is var count and > 0)
            {
                await _open.Task.WaitAsync(token);
                await to.WriteAsync(buffer.AsMemory(0, count), token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // One side has left.
        }
    }
}
