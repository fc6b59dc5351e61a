using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using XoBlazor.Benchmarks.Objects;

namespace XoBlazor.Benchmarks.Rest;

/// <summary>Clients of <see cref="RestServer"/> in a process of their own, so that only the server's work is counted there.</summary>
internal static class RestClients
{
    public static HttpClient Client(string address, string token)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new(address), Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return client;
    }

    /// <summary>Answers every line, a count of requests, with how long they took, so many at a time.</summary>
    /// <param name="tag">The entity tag that the client has; none for whole answers.</param>
    public static async Task<int> AskAsync(string address, string token, string path, int inFlight, string? tag)
    {
        using var client = Client(address, token);
        Console.WriteLine("= ready");
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var (left, start) = (int.Parse(line, CultureInfo.InvariantCulture), Stopwatch.GetTimestamp());
            await Task.WhenAll(Enumerable.Range(0, inFlight).Select(async _ =>
            {
                while (Interlocked.Decrement(ref left) >= 0)
                {
                    using var request = new HttpRequestMessage(HttpMethod.Get, path);
                    if (tag is not null)
                        request.Headers.IfNoneMatch.Add(new EntityTagHeaderValue($"\"{tag}\""));
                    using var answer = await client.SendAsync(request);
                    if ((int)answer.StatusCode != (tag is null ? 200 : 304))
                        throw new InvalidOperationException($"{path}: {answer.StatusCode}");
                    await answer.Content.ReadAsByteArrayAsync();
                }
            }));
            Console.WriteLine("= " + JsonSerializer.Serialize(Stopwatch.GetElapsedTime(start).TotalSeconds));
        }

        return 0;
    }

    /// <summary>Streams of VMs' changes, some read and some not; answers every line with how old the changes were when they came.</summary>
    public static async Task<int> ListenAsync(string address, string[] tokens, int readers, int slow)
    {
        using var stop = new CancellationTokenSource();
        var ages = new ChangeAges(readers);
        HttpClient[] clients = [.. tokens.Select(token => Client(address, token))];
        var reading = new List<Task>();
        var silent = new List<Stream>();
        for (var i = 0; i < readers + slow; i++)
        {
            var client = clients[i % clients.Length];
            var stream = await (await client.GetAsync(new Uri("/rest/v0/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead)).EnsureSuccessStatusCode().Content.ReadAsStreamAsync();
            using var subscription = new StringContent("""{"collection":"VM","fields":"*"}""", Encoding.UTF8, "application/json");
            (await client.PostAsync(new Uri($"/rest/v0/events/{await IdAsync(stream)}/subscriptions", UriKind.Relative), subscription)).EnsureSuccessStatusCode().Dispose();
            if (i < readers)
                reading.Add(ReadAsync(stream, ages, i, stop.Token));
            else
                silent.Add(stream);
        }

        await ages.TellAsync();
        await stop.CancelAsync();
        await Task.WhenAll(reading);
        silent.ForEach(stream => stream.Dispose());
        return 0;
    }

    /// <summary>The first event says which stream it is.</summary>
    private static async Task<string> IdAsync(Stream stream)
    {
        var (buffer, length) = (new byte[1024], 0);
        while (true)
        {
            length += await stream.ReadAsync(buffer.AsMemory(length));
            var text = Encoding.UTF8.GetString(buffer, 0, length);
            if (text.Contains("\n\n", StringComparison.Ordinal))
                return JsonDocument.Parse(text.Split("data: ")[1].Split('\n')[0]).RootElement.GetProperty("id").GetString()!;
        }
    }

    private static async Task ReadAsync(Stream stream, ChangeAges ages, int reader, CancellationToken stop)
    {
        var (buffer, kept) = (new byte[1 << 20], 0);
        try
        {
            while (await stream.ReadAsync(buffer.AsMemory(kept), stop) is > 0 and var more)
            {
                var length = kept + more;
                kept = ages.Note(reader, buffer.AsSpan(0, length));
                buffer.AsSpan(length - kept, kept).CopyTo(buffer);
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            // The benchmark is over.
        }
    }
}
