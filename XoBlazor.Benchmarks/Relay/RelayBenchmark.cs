using System.Diagnostics;
using System.Globalization;

namespace XoBlazor.Benchmarks.Relay;

/// <summary>
/// The consoles' relay against a loop that copies between the same sockets, in the same run: throughput, added latency, memory, and many consoles of which one is used.
/// All ends are in this process, so processor time and memory are those of host, relay and browser together.
/// </summary>
internal static class RelayBenchmark
{
    private const int Rounds = 5;
    private const long Flood = 768L * 1024 * 1024;
    private const int Echoes = 3000;
    private const int Consoles = 200;

    private static readonly TimeSpan s_drag = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync()
    {
        var report = new Report("relay", "Consoles through the relay");
        await ThroughputAsync(report);
        await LatencyAsync(report);
        await ManyAsync(report);
        report.Save();
        return 0;
    }

    private static async Task ThroughputAsync(Report report)
    {
        report.Section("Throughput", $"From a host over TLS to one browser, {Flood >> 20} MiB a round, {Rounds} rounds of each by turns; the best of each. Promised: 0.9 of the copying loop. "
            + "Processor time is that of all three ends, the least of each; a crowded machine changes it less.");
        var rows = new List<string[]> { new[] { "what comes", "copying loop, MiB/s", "relay, MiB/s", "relay / loop", "copying loop, ms of processor time a MiB", "relay, the same", "loop / relay" } };
        byte[] tile = [2 | 4 | 8, 1, 2, 3, 0, 4, 5, 6, 0, 4, .. new byte[8]];
        (string Name, byte[] Rect)[] kinds =
        [
            ("raw, 128 × 128 pixels each", [.. RfbSource.Head(0, 0, 128, 128, 0), .. new byte[128 * 128 * 4]]),
            ("Hextile, 1 024 tiles of 18 bytes each", [.. RfbSource.Head(0, 0, 512, 512, 5), .. Enumerable.Repeat(tile, 1024).SelectMany(one => one)]),
        ];
        foreach (var (name, rect) in kinds)
        {
            using var host = new RfbSource(rect) { IsFlooding = true };
            await using var server = await RelayServer.StartAsync(host);
            var (copy, relay) = ((Rate: 0.0, Cost: double.MaxValue), (Rate: 0.0, Cost: double.MaxValue));
            for (var round = 0; round < Rounds; round++)
            {
                copy = Better(copy, await FloodAsync(server, "/copy/vm0"));
                relay = Better(relay, await FloodAsync(server, $"/relay/vm{round}"));
            }

            rows.Add([name, Text(copy.Rate), Text(relay.Rate), Two(relay.Rate / copy.Rate), Two(copy.Cost), Two(relay.Cost), Two(copy.Cost / relay.Cost)]);
        }

        report.Table([.. rows]);

        static (double Rate, double Cost) Better((double Rate, double Cost) one, (double Rate, double Cost) other) => (Math.Max(one.Rate, other.Rate), Math.Min(one.Cost, other.Cost));
    }

    /// <summary>MiB a second, and milliseconds of processor time a MiB.</summary>
    private static async Task<(double Rate, double Cost)> FloodAsync(RelayServer server, string path)
    {
        using var viewer = await RelayViewer.OpenAsync(server, path);
        await viewer.RequestAsync();
        await viewer.SkipAsync(1024 * 1024);
        var (began, processor) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        await viewer.SkipAsync(Flood);
        const double Mebibytes = Flood / 1048576.0;
        return (Mebibytes / Stopwatch.GetElapsedTime(began).TotalSeconds, (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds / Mebibytes);
    }

    private static async Task LatencyAsync(Report report)
    {
        report.Section("Latency", $"From a key pressed to the small picture that answers it, there and back, {Echoes} times each, by turns of 100. Promised: p99 2 ms more than the loop.");
        using var host = new RfbSource(new byte[12]);
        await using var server = await RelayServer.StartAsync(host);
        using var copy = await RelayViewer.OpenAsync(server, "/copy/vm0");
        using var relay = await RelayViewer.OpenAsync(server, "/relay/vm0");
        foreach (var viewer in new[] { copy, relay })
        {
            await viewer.RequestAsync();
            await viewer.SkipSmallAsync();
            await EchoAsync(viewer, 200);
        }

        var (ofCopy, ofRelay) = (new List<double>(), new List<double>());
        while (ofCopy.Count < Echoes)
        {
            ofCopy.AddRange(await EchoAsync(copy, 100));
            ofRelay.AddRange(await EchoAsync(relay, 100));
        }

        ofCopy.Sort();
        ofRelay.Sort();
        report.Table(
            ["", "p50, ms", "p99, ms"],
            ["copying loop", Milli(ofCopy, 0.5), Milli(ofCopy, 0.99)],
            ["relay", Milli(ofRelay, 0.5), Milli(ofRelay, 0.99)],
            ["added", Milli(ofRelay, 0.5, ofCopy), Milli(ofRelay, 0.99, ofCopy)]);
    }

    private static async Task<List<double>> EchoAsync(RelayViewer viewer, int times)
    {
        var took = new List<double>(times);
        for (var i = 0; i < times; i++)
        {
            var began = Stopwatch.GetTimestamp();
            await viewer.EchoAsync();
            took.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return took;
    }

    private static async Task ManyAsync(Report report)
    {
        report.Section("Many consoles", $"{Consoles} consoles of as many VMs open and idle, then one of them dragged as fast as its pictures of 240 KB come, at most 60 a second, for {s_drag.TotalSeconds:0} s. "
            + "Memory and processor time with the host's and the browser's ends. Promised: 256 KiB each, one core, 300 ms to the first picture.");
        using var host = new RfbSource(new byte[12]);
        await using var server = await RelayServer.StartAsync(host);
        var (copies, ofCopies, _) = await OpenAsync(server, "copy");
        copies.ForEach(copy => copy.Dispose());
        var (viewers, ofConsoles, pictures) = await OpenAsync(server, "relay");
        var (processor, start, drags) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp(), 0);
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1 / 60.0));
        while (Stopwatch.GetElapsedTime(start) < s_drag && await pace.WaitForNextTickAsync())
        {
            await viewers[0].DragAsync();
            drags++;
        }

        var cores = (Environment.CpuUsage.TotalTime - processor) / Stopwatch.GetElapsedTime(start);
        foreach (var viewer in viewers)
            viewer.Dispose();
        pictures.Sort();
        report.Table(
            ["", "measured", "promised"],
            ["managed memory of an idle console, all three ends", $"{ofConsoles} KiB", ""],
            ["the same of an idle copying loop, which holds two buffers of 64 KiB", $"{ofCopies} KiB", ""],
            ["of that the relay's own: more than the loop without its buffers", $"{ofConsoles - (ofCopies - 128)} KiB", "256 KiB"],
            ["processor time with one dragged", $"{Two(cores)} cores ({drags} pictures)", "1 core"],
            ["first picture, p50 / p99 (TLS, sign-in to RFB and audit included)", $"{Milli(pictures, 0.5)} / {Milli(pictures, 0.99)} ms", "300 ms"]);
    }

    /// <summary>Opens them all, and says what each holds, in KiB, and how long its first picture took, in milliseconds.</summary>
    private static async Task<(List<RelayViewer> Viewers, long Memory, List<double> Pictures)> OpenAsync(RelayServer server, string path)
    {
        // What is made once is made before.
        using (var first = await RelayViewer.OpenAsync(server, $"/{path}/vm249"))
            await first.RequestAsync();
        var (before, viewers, pictures) = (Heap(), new List<RelayViewer>(), new List<double>());
        for (var i = 0; i < Consoles; i++)
        {
            var began = Stopwatch.GetTimestamp();
            var viewer = await RelayViewer.OpenAsync(server, $"/{path}/vm{i}", 4096);
            viewers.Add(viewer);
            await viewer.RequestAsync();
            await viewer.SkipSmallAsync();
            pictures.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return (viewers, (Heap() - before) / Consoles / 1024, pictures);
    }

    private static long Heap()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static string Two(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Text(double value) => value.ToString("0", CultureInfo.InvariantCulture);

    private static string Milli(List<double> sorted, double part, List<double>? less = null) =>
        (sorted[(int)(sorted.Count * part)] - (less?[(int)(less.Count * part)] ?? 0)).ToString("0.00", CultureInfo.InvariantCulture);
}
