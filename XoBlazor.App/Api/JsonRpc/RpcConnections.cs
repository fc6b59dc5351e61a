using System.Collections.Concurrent;
using System.Net.WebSockets;
using Microsoft.Extensions.Hosting;

namespace XoBlazor.App.Api.JsonRpc;

/// <summary>
/// All open connections. When the server stops they are told and waited for, before anything else ends: the web server would wait in vain for sockets that
/// nobody closes, and what a connection writes at its end needs the database. Safe from any thread.
/// </summary>
internal sealed class RpcConnections(TimeProvider time) : IHostedLifecycleService
{
    // For whoever does not even take a goodbye.
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<RpcConnection, TaskCompletionSource> _open = new();
    private volatile bool _isStopping;

    public ICollection<RpcConnection> Open => _open.Keys;

    public int Count => _open.Count;

    /// <summary>Counts a connection until what is returned is disposed.</summary>
    public IDisposable Add(RpcConnection connection)
    {
        var gone = _open[connection] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        // It came while the others were sent away.
        if (_isStopping)
            _ = SendAwayAsync(connection, gone.Task);
        return new Leaving(() =>
        {
            _open.TryRemove(connection, out _);
            gone.TrySetResult();
        });
    }

    // Calls that change something go on; the peer can come back and look.
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _isStopping = true;
        await Task.WhenAll(_open.ToArray().Select(one => SendAwayAsync(one.Key, one.Value.Task))).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    // Those that came last.
    public async Task StopAsync(CancellationToken cancellationToken) =>
        await Task.WhenAll(_open.Values.Select(gone => gone.Task)).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task SendAwayAsync(RpcConnection connection, Task gone)
    {
        var farewell = connection.CloseAsync(WebSocketCloseStatus.EndpointUnavailable, "The server stops.");
        await Task.WhenAny(farewell, Task.Delay(s_farewell, time));
        if (!farewell.IsCompleted)
            connection.Abort();
        await gone;
    }

    private sealed class Leaving(Action leave) : IDisposable
    {
        public void Dispose() => leave();
    }
}
