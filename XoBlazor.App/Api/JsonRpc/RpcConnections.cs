using System.Collections.Concurrent;

namespace XoBlazor.App.Api.JsonRpc;

/// <summary>All open connections. Safe from any thread.</summary>
internal sealed class RpcConnections
{
    private readonly ConcurrentDictionary<RpcConnection, byte> _open = new();

    public ICollection<RpcConnection> Open => _open.Keys;

    public int Count => _open.Count;

    /// <summary>Counts a connection until what is returned is disposed.</summary>
    public IDisposable Add(RpcConnection connection)
    {
        _open[connection] = 0;
        return new Leaving(() => _open.TryRemove(connection, out _));
    }

    private sealed class Leaving(Action leave) : IDisposable
    {
        public void Dispose() => leave();
    }
}
