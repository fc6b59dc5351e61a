using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Connections;

namespace XoBlazor.Simulator.Wire;

/// <summary>The open TCP connections of a pool, and whether new ones are taken at all.</summary>
internal sealed class ConnectionRegister
{
    private readonly ConcurrentDictionary<string, ConnectionContext> _open = [];

    /// <summary>Asked for each new connection, with the address it came to; true closes it unanswered.</summary>
    public Func<IPAddress, bool>? Refuses { get; set; }

    public int Count => _open.Count;

    /// <summary>Cuts every connection, but for the one that asked for it.</summary>
    public void DropAll(string? asker = null)
    {
        foreach (var connection in _open.Values)
            if (connection.ConnectionId != asker)
                connection.Abort();
    }

    /// <summary>Cuts every connection to one address.</summary>
    public void DropAt(IPAddress address)
    {
        foreach (var connection in _open.Values)
            if (connection.LocalEndPoint is IPEndPoint end && end.Address.Equals(address))
                connection.Abort();
    }

    public async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        if (Refuses?.Invoke(((IPEndPoint)connection.LocalEndPoint!).Address) == true)
        {
            connection.Abort();
            return;
        }

        _open[connection.ConnectionId] = connection;
        try
        {
            await next(connection);
        }
        finally
        {
            _open.TryRemove(connection.ConnectionId, out _);
        }
    }
}
