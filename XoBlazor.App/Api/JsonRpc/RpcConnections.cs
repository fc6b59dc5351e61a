using System.Collections.Concurrent;
using System.Net.WebSockets;
using Microsoft.Extensions.Hosting;

namespace XoBlazor.App.Api.JsonRpc;

/// <summary>All open connections. When the server stops they are told and waited for, so that what they still write finds its database. Safe from any thread.</summary>
internal sealed class RpcConnections : IHostedService
{
    private readonly ConcurrentDictionary<RpcConnection, TaskCompletionSource> _open = new();

    public ICollection<RpcConnection> Open => _open.Keys;

    public int Count => _open.Count;

    /// <summary>Counts a connection until what is returned is disposed.</summary>
    public IDisposable Add(RpcConnection connection)
    {
        var gone = _open[connection] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return new Leaving(() =>
        {
            _open.TryRemove(connection, out _);
            gone.TrySetResult();
        });
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Calls that change something go on; the peer can come back and look.
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        var open = _open.ToArray();
        foreach (var (connection, _) in open)
            _ = connection.CloseAsync(WebSocketCloseStatus.EndpointUnavailable, "The server stops.");
        await Task.WhenAll(open.Select(one => one.Value.Task)).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private sealed class Leaving(Action leave) : IDisposable
    {
        public void Dispose() => leave();
    }
}
