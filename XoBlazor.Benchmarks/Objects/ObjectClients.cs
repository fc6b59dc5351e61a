using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;

namespace XoBlazor.Benchmarks.Objects;

/// <summary>
/// Clients of <see cref="ObjectServer"/> in a process of their own. Answers lines: <c>feed ADDRESS READERS SLOW</c> connects; <c>take</c> tells how old the
/// changes since were when they came, by the system's one monotonic clock.
/// </summary>
internal static class ObjectClients
{
    private static readonly byte[] s_mark = "\"name_description\":\"t"u8.ToArray();

    public static async Task<int> RunAsync(string address, int readers, int slow)
    {
        using var stop = new CancellationTokenSource();
        var ages = Enumerable.Range(0, readers).Select(_ => new List<double>()).ToArray();
        var sockets = new List<ClientWebSocket>();
        var reading = new List<Task>();
        for (var i = 0; i < readers + slow; i++)
        {
            var socket = new ClientWebSocket();
            await socket.ConnectAsync(new Uri(address + "/feed"), stop.Token);
            sockets.Add(socket);
            if (i < readers)
                reading.Add(ReadAsync(socket, ages[i], stop.Token));
        }

        Console.WriteLine("= ready");
        while (await Console.In.ReadLineAsync(stop.Token) is { } line)
        {
            var all = ages.SelectMany(Taken).Order().ToList();
            double At(double share) => all.Count == 0 ? double.NaN : all[(int)Math.Min(all.Count - 1, all.Count * share)];
            Console.WriteLine("= " + JsonSerializer.Serialize(new Ages(all.Count, all.Count == 0 ? 0 : At(0.5), all.Count == 0 ? 0 : At(0.99), all.Count == 0 ? 0 : all[^1]), JsonSerializerOptions.Web));
        }

        await stop.CancelAsync();
        await Task.WhenAll(reading);
        sockets.ForEach(s => s.Dispose());
        return 0;
    }

    private static List<double> Taken(List<double> ages)
    {
        lock (ages)
        {
            var taken = ages.ToList();
            ages.Clear();
            return taken;
        }
    }

    private static async Task ReadAsync(ClientWebSocket socket, List<double> ages, CancellationToken stop)
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
                Note(buffer.AsSpan(0, length), ages);
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or WebSocketException)
        {
            // The benchmark is over.
        }
    }

    private static void Note(ReadOnlySpan<byte> message, List<double> ages)
    {
        var now = Stopwatch.GetTimestamp();
        lock (ages)
            while (message.IndexOf(s_mark) is var at and >= 0)
            {
                message = message[(at + s_mark.Length)..];
                if (Utf8Parser.TryParse(message, out long sent, out _))
                    ages.Add(Stopwatch.GetElapsedTime(sent, now).TotalMilliseconds);
            }
    }

    public static string Description() => string.Create(CultureInfo.InvariantCulture, $"t{Stopwatch.GetTimestamp()}");

    /// <summary>How old changes were when they came, in milliseconds.</summary>
    internal sealed record Ages(int Count, double Median, double P99, double Worst);
}
