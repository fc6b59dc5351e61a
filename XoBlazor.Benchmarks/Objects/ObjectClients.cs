using System.Net.WebSockets;

namespace XoBlazor.Benchmarks.Objects;

/// <summary>Clients of <see cref="ObjectServer"/> in a process of their own: some read, some take nothing.</summary>
internal static class ObjectClients
{
    public static async Task<int> RunAsync(string address, int readers, int slow)
    {
        using var stop = new CancellationTokenSource();
        var ages = new ChangeAges(readers);
        var sockets = new List<ClientWebSocket>();
        var reading = new List<Task>();
        for (var i = 0; i < readers + slow; i++)
        {
            var socket = new ClientWebSocket();
            await socket.ConnectAsync(new Uri(address + "/feed"), stop.Token);
            sockets.Add(socket);
            if (i < readers)
                reading.Add(ReadAsync(socket, ages, i, stop.Token));
        }

        await ages.TellAsync();
        await stop.CancelAsync();
        await Task.WhenAll(reading);
        sockets.ForEach(s => s.Dispose());
        return 0;
    }

    private static async Task ReadAsync(ClientWebSocket socket, ChangeAges ages, int reader, CancellationToken stop)
    {
        var buffer = new byte[1 << 20];
        try
        {
            while (true)
            {
                var length = 0;
                ValueWebSocketReceiveResult part;
                do
                    length += (part = await socket.ReceiveAsync(buffer.AsMemory(length), stop)).Count;
                while (!part.EndOfMessage);
                if (part.MessageType == WebSocketMessageType.Close)
                    return;
                ages.Note(reader, buffer.AsSpan(0, length));
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or WebSocketException)
        {
            // The benchmark is over.
        }
    }
}
