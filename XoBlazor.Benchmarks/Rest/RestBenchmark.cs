using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using XoBlazor.Benchmarks.Mirror;
using XoBlazor.Benchmarks.Objects;
using XoBlazor.Benchmarks.Store;
using XoBlazor.Benchmarks.WebConsole;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.Benchmarks.Rest;

/// <summary>What the REST API costs, on the whole server with its journal: lists of everything, single objects, and server-sent events.</summary>
internal static class RestBenchmark
{
    private const int Vms = 10_000;
    private const int Rounds = 7;
    private const int Requests = 20_000;
    private const int InFlight = 32;
    private const int Rate = 1_000;

    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_length = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(10);

    public static async Task<int> RunAsync(params string[] parts)
    {
        switch (parts)
        {
            case ["ask", var address, var token, var path, .. var tag]:
                return await RestClients.AskAsync(address, token, path, InFlight, tag.FirstOrDefault());
            case ["listen", var address, var tokens, var readers, var slow]:
                return await RestClients.ListenAsync(address, tokens.Split(','), int.Parse(readers, CultureInfo.InvariantCulture), int.Parse(slow, CultureInfo.InvariantCulture));
        }

        var report = new Report("rest", "The REST API");
        await using var server = await RestServer.StartAsync(Vms);
        if (parts is [] or ["list"])
            await ListsAsync(report, server);
        if (parts is [] or ["single"])
            await SingleAsync(report, server);
        if (parts is [] or ["events"])
            await EventsAsync(report, server);
        report.Save();
        return 0;
    }

    private static async Task ListsAsync(Report report, RestServer server)
    {
        report.Section("lists", $"{Vms} VMs with all fields; one client over HTTP on loopback, in the same process: its work counts, too. Median of {Rounds} after one to warm up.");
        var rows = new List<string[]> { (string[])["list", "size", "to the last byte, fastest, median", "processor time, least, median", "most managed memory more, garbage included", "kept afterwards", "allocated an object"] };
        foreach (var path in (string[])["/rest/v0/vms?fields=*", "/rest/v0/vms?fields=*&ndjson=true"])
            rows.Add(await ListAsync(server, path));
        report.Table([.. rows]);
        report.Line("Wanted of `xo.getAllObjects`, which tells four times as many objects: ≤ 400 ms, ≤ 100 MiB more, none kept.");
    }

    private static async Task<string[]> ListAsync(RestServer server, string path)
    {
        using var client = RestClients.Client(server.Address, server.Tokens[0]);
        await ReadAsync(client, path);
        var kept = GC.GetTotalMemory(forceFullCollection: true);
        var (times, processor, allocated, peak, bytes) = (new List<double>(), new List<double>(), new List<double>(), 0.0, 0L);
        for (var i = 0; i < Rounds; i++)
        {
            var before = GC.GetTotalMemory(forceFullCollection: true);
            var (used, made, start) = (OwnProcess.Processor, GC.GetTotalAllocatedBytes(precise: true), Stopwatch.GetTimestamp());
            (bytes, var most) = await ReadAsync(client, path);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            processor.Add((OwnProcess.Processor - used).TotalMilliseconds);
            allocated.Add((GC.GetTotalAllocatedBytes(precise: true) - made) / (double)Vms);
            peak = Math.Max(peak, (most - before) / 1048576.0);
        }

        foreach (var figures in (List<double>[])[times, processor, allocated])
            figures.Sort();
        return
        [
            $"`{path}`", $"{bytes / 1e6:0.0} MB", $"{times[0]:0} ms, {times[Rounds / 2]:0} ms", $"{processor[0]:0} ms, {processor[Rounds / 2]:0} ms", $"{peak:0.0} MiB",
            $"{(GC.GetTotalMemory(forceFullCollection: true) - kept) / 1048576.0:0.00} MiB", $"{allocated[Rounds / 2]:0} bytes",
        ];
    }

    private static async Task<(long Bytes, long Most)> ReadAsync(HttpClient client, string path)
    {
        using var answer = (await client.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead)).EnsureSuccessStatusCode();
        await using var stream = await answer.Content.ReadAsStreamAsync();
        var (buffer, bytes, most) = (new byte[1 << 17], 0L, 0L);
        while (await stream.ReadAsync(buffer) is > 0 and var part)
        {
            bytes += part;
            most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: false));
        }

        return (bytes, most);
    }

    private static async Task SingleAsync(Report report, RestServer server)
    {
        using var client = RestClients.Client(server.Address, server.Tokens[0]);
        var path = $"/rest/v0/vms/{server.Store.Current.Pool(MadePool.Uuid)!.All<Vm>().First().Uuid}";
        using var whole = (await client.GetAsync(new Uri(path, UriKind.Relative))).EnsureSuccessStatusCode();
        var (tag, size) = (whole.Headers.ETag!.Tag.Trim('"'), (await whole.Content.ReadAsByteArrayAsync()).Length);
        report.Section("single objects", $"One VM of {size} bytes, {InFlight} requests in flight, each with its token; {Requests} after a fourth of them to warm up; the client is a process of its own on the same processors.");
        report.Table(
            ["what", "requests/s", "server's processor time a request", "allocated a request"],
            await AskAsync("whole"),
            await AskAsync("304, as the client has it (`If-None-Match`)", tag));

        async Task<string[]> AskAsync(string what, params string[] known)
        {
            await using var asking = Clients(["ask", server.Address, server.Tokens[0], path, .. known]);
            await asking.ListenAsync();
            await asking.AskAsync($"{Requests / 4}");
            var (used, made) = (OwnProcess.Processor, GC.GetTotalAllocatedBytes(precise: true));
            var seconds = await asking.AskAsync<double>($"{Requests}");
            return
            [
                what, $"{Requests / seconds:0}", $"{(OwnProcess.Processor - used).TotalMicroseconds / Requests:0} µs",
                $"{(GC.GetTotalAllocatedBytes(precise: true) - made) / (double)Requests / 1024:0.0} KiB",
            ];
        }
    }

    private static async Task EventsAsync(Report report, RestServer server)
    {
        report.Section("events", $"{Vms} VMs, {Rate} changes/s applied to the store every {s_tick.TotalMilliseconds:0} ms, each of another VM; streams subscribed to VMs with all fields, read by a process of their own. {s_length.TotalSeconds:0} s after {s_warmUp.TotalSeconds:0} s to warm up.");
        var rows = new List<string[]> { (string[])["clients", "sent to all", "came", "p50", "p99", "worst", "server's processor", "managed memory more", "wanted of the JSON-RPC feed"] };
        foreach (var (readers, slow, wanted) in new[] { (1, 0, "p50 ≤ 40 ms, p99 ≤ 80 ms"), (100, 0, "p99 ≤ 200 ms, all come, ≤ 1 core"), (99, 0, ""), (99, 1, "as without"), (99, 0, "") })
            rows.Add(await EventsAsync(server, readers, slow, wanted));
        report.Table([.. rows]);
    }

    private static async Task<string[]> EventsAsync(RestServer server, int readers, int slow, string wanted)
    {
        await using var clients = Clients(["listen", server.Address, string.Join(',', server.Tokens), $"{readers}", $"{slow}"]);
        await clients.ListenAsync();
        using var changes = new MadeChanges(server.Store, Vms, s_tick);
        await changes.MakeAsync(Rate, s_warmUp);
        await Task.Delay(s_warmUp);
        await clients.AskAsync("take");
        var (memory, used, start) = (GC.GetTotalMemory(forceFullCollection: true), OwnProcess.Processor, Stopwatch.GetTimestamp());
        var sent = await changes.MakeAsync(Rate, s_length);
        var share = (OwnProcess.Processor - used) / Stopwatch.GetElapsedTime(start);
        await Task.Delay(s_warmUp);
        var ages = await clients.AskAsync<ChangeAges.Told>("take");
        var more = (GC.GetTotalMemory(forceFullCollection: true) - memory) / 1048576.0;
        return
        [
            slow == 0 ? $"{readers}" : $"{readers} and {slow} that takes nothing", $"{sent * readers}", $"{ages.Count}", $"{ages.Median:0} ms", $"{ages.P99:0} ms", $"{ages.Worst:0} ms",
            $"{share:0.00} cores", $"{more:0.0} MiB", wanted,
        ];
    }

    private static LineProcess Clients(string[] arguments) => LineProcess.Start("dotnet", null, [Path.Combine(AppContext.BaseDirectory, "XoBlazor.Benchmarks.dll"), "rest", .. arguments]);
}
