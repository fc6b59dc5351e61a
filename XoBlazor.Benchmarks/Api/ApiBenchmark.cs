using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace XoBlazor.Benchmarks.Api;

/// <summary>What a call of the JSON-RPC API costs, and signing in: the published server, clients on the same machine, plain HTTP as Xen Orchestra was measured.</summary>
internal static class ApiBenchmark
{
    private const int Calls = 100_000;
    private const int InFlight = 32;
    private const int SignIns = 500;
    private const double WantedCalls = 10_000;
    private const double WantedSignIn = 3;

    public static async Task<int> RunAsync(string[] files)
    {
        var file = files is [var named] ? named : Checkout.Find("artifacts", "publish", "xo-blazor") ?? "";
        if (!File.Exists(file))
        {
            Console.Error.WriteLine($"api: there is no file '{file}'; ./publish.sh makes artifacts/publish/xo-blazor");
            return 2;
        }

        var folder = Directory.CreateTempSubdirectory("xo-blazor-api-").FullName;
        try
        {
            await using var server = await ApiServer.StartAsync(file, Path.Combine(folder, "data"));
            using var client = await server.SignedInAsync();
            var token = await AskAsync(client, """{"jsonrpc":"2.0","id":1,"method":"token.create"}""", answer => answer.GetProperty("result").GetString()!);
            string[] methods = ["system.getServerVersion", "session.getUser", "no.such"];
            foreach (var method in methods)
                await CallAsync(client, method, Calls / 4);

            var rows = new List<string[]> { new[] { "what", "calls/s", "our processor time a call", "wanted" } };
            var slowest = double.MaxValue;
            foreach (var method in methods)
            {
                var (before, watch) = (server.Processor, Stopwatch.StartNew());
                await CallAsync(client, method, Calls);
                var (perSecond, cost) = (Calls / watch.Elapsed.TotalSeconds, (server.Processor - before) / Calls);
                slowest = Math.Min(slowest, perSecond);
                rows.Add([$"{method}, {InFlight} in flight on one socket", Text(perSecond), $"{Text(cost.TotalMicroseconds)} µs", $"≥ {WantedCalls:0} (XO 1 600–2 000)"]);
            }

            var times = new List<double>();
            var spent = server.Processor;
            for (var i = 0; i < SignIns; i++)
            {
                var watch = Stopwatch.StartNew();
                using var socket = await server.ConnectAsync();
                await AskAsync(socket, $$$"""{"jsonrpc":"2.0","id":1,"method":"session.signIn","params":{"token":"{{{token}}}"}}""", answer => answer.GetProperty("result").GetRawText());
                times.Add(watch.Elapsed.TotalMilliseconds);
                socket.Abort();
            }
            times.Sort();
            rows.Add(["connect and sign in with a token, median", $"{times[SignIns / 2]:0.0} ms", $"{Text((server.Processor - spent).TotalMicroseconds / SignIns)} µs", $"≤ {WantedSignIn:0} ms (XO 2.7)"]);

            var report = new Report("api", "The API");
            report.Section("calls", $"{(file.EndsWith(".dll", StringComparison.Ordinal) ? "A release build" : "The published file")} without pools. The client is in the benchmark's process, on the same processors.");
            report.Table([.. rows]);
            report.Save();
            return slowest >= WantedCalls && times[SignIns / 2] <= WantedSignIn ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task CallAsync(ClientWebSocket client, string method, int calls)
    {
        var request = Encoding.UTF8.GetBytes($$"""{"jsonrpc":"2.0","id":12345,"method":"{{method}}"}""");
        using var free = new SemaphoreSlim(InFlight, InFlight);
        var receiving = Task.Run(async () =>
        {
            var buffer = new byte[4096];
            for (var i = 0; i < calls; i++)
            {
                var part = await client.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                if (buffer.AsSpan(0, part.Count).IndexOf("-32005"u8) >= 0)
                    throw new InvalidOperationException("a call was refused: the limits are in the way");
                free.Release();
            }
        });
        for (var i = 0; i < calls; i++)
        {
            await free.WaitAsync();
            await client.SendAsync(request, WebSocketMessageType.Text, true, CancellationToken.None);
        }
        await receiving;
    }

    private static async Task<string> AskAsync(ClientWebSocket client, string request, Func<JsonElement, string> read)
    {
        await client.SendAsync(Encoding.UTF8.GetBytes(request), WebSocketMessageType.Text, true, CancellationToken.None);
        var buffer = new byte[16384];
        var part = await client.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
        using var answer = JsonDocument.Parse(buffer.AsMemory(0, part.Count));
        return read(answer.RootElement);
    }

    private static string Text(double number) => number.ToString("0", CultureInfo.InvariantCulture);
}
