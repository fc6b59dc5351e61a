using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using XoBlazor.Benchmarks.Mirror;
using XoBlazor.Benchmarks.WebConsole;

namespace XoBlazor.Benchmarks.Objects;

/// <summary>What Xen Orchestra's objects cost: all of them at once, and the feed of what becomes of them.</summary>
internal static class ObjectsBenchmark
{
    private const int Vms = 10_000;
    private const int Rounds = 7;

    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_length = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(10);

    public static async Task<int> RunAsync(params string[] parts)
    {
        if (parts is ["clients", var address, var readers, var slow])
            return await ObjectClients.RunAsync(address, int.Parse(readers, CultureInfo.InvariantCulture), int.Parse(slow, CultureInfo.InvariantCulture));
        var report = new Report("objects", "Objects as Xen Orchestra shapes them");
        var store = MadeObjects.Store(Vms);
        await using var server = await ObjectServer.StartAsync(store);
        if (parts is [] or ["list"])
            await ListAsync(report, server);
        if (parts is [] or ["feed"])
            await FeedAsync(report, server);
        report.Save();
        return 0;
    }

    private static async Task ListAsync(Report report, ObjectServer server)
    {
        await ReadListAsync(server);
        var kept = GC.GetTotalMemory(forceFullCollection: true);
        var (times, processor, peak, bytes) = (new List<double>(), new List<double>(), 0.0, 0L);
        for (var i = 0; i < Rounds; i++)
        {
            var (before, used, start) = (GC.GetTotalMemory(forceFullCollection: true), OwnProcess.Processor, Stopwatch.GetTimestamp());
            (bytes, var most) = await ReadListAsync(server);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            processor.Add((OwnProcess.Processor - used).TotalMilliseconds);
            peak = Math.Max(peak, (most - before) / 1048576.0);
        }

        times.Sort();
        processor.Sort();
        report.Section("xo.getAllObjects", $"{Vms} VMs, {server.Store.Current.Pools.Sum(p => p.Count)} records; one client over a WebSocket on loopback, in the same process: its work counts, too. Median of {Rounds} after one to warm up.");
        report.Table(
            ["figure", "measured", "wanted"],
            ["size", $"{bytes / 1e6:0.0} MB", ""],
            ["to the last byte, fastest, median", $"{times[0]:0} ms, {times[Rounds / 2]:0} ms", "≤ 400 ms"],
            ["processor time, client included, least, median", $"{processor[0]:0} ms, {processor[Rounds / 2]:0} ms", ""],
            ["most memory more, managed, garbage included", $"{peak:0.0} MiB", "≤ 100 MiB"],
            ["kept afterwards", $"{(GC.GetTotalMemory(forceFullCollection: true) - kept) / 1048576.0:0.00} MiB", "0"]);
    }

    private static async Task<(long Bytes, long Most)> ReadListAsync(ObjectServer server)
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri(server.Address + "/list"), CancellationToken.None);
        var buffer = new byte[1 << 17];
        var (bytes, most) = (0L, 0L);
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
            if (part.MessageType == WebSocketMessageType.Close)
                return (bytes, most);
            bytes += part.Count;
            most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: false));
        }
    }

    private static async Task FeedAsync(Report report, ObjectServer server)
    {
        report.Section("the feed", $"{Vms} VMs; changes are applied to the store every {s_tick.TotalMilliseconds:0} ms, each of another VM; clients in a process of their own parse every message. {s_length.TotalSeconds:0} s after {s_warmUp.TotalSeconds:0} s to warm up.");
        var rows = new List<string[]> { (string[])["clients", "changes/s", "sent to all", "came", "p50", "p99", "worst", "server's processor", "managed memory more", "wanted"] };
        foreach (var (readers, slow, rate, wanted) in new[]
        {
            (1, 0, 100, "p50 ≤ 40 ms, p99 ≤ 80 ms"), (1, 0, 1000, "p50 ≤ 40 ms, p99 ≤ 80 ms"), (100, 0, 1000, "p99 ≤ 200 ms, all come, ≤ 1 core"), (99, 1, 1000, "as without"), (99, 0, 1000, ""),
        })
            rows.Add(await RunAsync(server, readers, slow, rate, wanted));
        report.Table([.. rows]);
    }

    private static async Task<string[]> RunAsync(ObjectServer server, int readers, int slow, int rate, string wanted)
    {
        await using var clients = LineProcess.Start(
            "dotnet", null, Path.Combine(AppContext.BaseDirectory, "XoBlazor.Benchmarks.dll"), "objects", "clients", server.Address, $"{readers}", $"{slow}");
        await clients.ListenAsync();
        using var changes = new MadeChanges(server.Store, Vms, s_tick);
        await changes.MakeAsync(rate, s_warmUp);
        await Task.Delay(s_warmUp);
        await clients.AskAsync("take");
        var (memory, used, start) = (GC.GetTotalMemory(forceFullCollection: true), OwnProcess.Processor, Stopwatch.GetTimestamp());
        var sent = await changes.MakeAsync(rate, s_length);
        var share = (OwnProcess.Processor - used) / Stopwatch.GetElapsedTime(start);
        await Task.Delay(s_warmUp);
        var ages = await clients.AskAsync<ChangeAges.Told>("take");
        var more = (GC.GetTotalMemory(forceFullCollection: true) - memory) / 1048576.0;
        return [slow == 0 ? $"{readers}" : $"{readers} and {slow} that takes nothing", $"{rate}", $"{sent * readers}", $"{ages.Count}", $"{ages.Median:0} ms", $"{ages.P99:0} ms", $"{ages.Worst:0} ms", $"{share:0.00} cores", $"{more:0.0} MiB", wanted];
    }
}
