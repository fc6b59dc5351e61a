using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace XoBlazor.Benchmarks.WebConsole;

/// <summary>Two hundred open VM lists, a thousand changes a second: what the server needs for them. The circuits are real, the browsers are not.</summary>
internal static class CircuitsRun
{
    private const int Circuits = 200;
    private const double WantedShare = 0.60;
    private const double WantedHeap = 1.2e6;

    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(15);

    public static async Task<bool> RunAsync(Report report, TimeSpan length)
    {
        var clients = Checkout.Find("XoBlazor.Benchmarks", "WebConsole", "Clients") ?? throw new InvalidOperationException("the clients' scripts are in the working copy, which is not here");
        await InstallAsync(clients);

        await using var server = LineProcess.Start("dotnet", null, Path.Combine(AppContext.BaseDirectory, "XoBlazor.Benchmarks.dll"), "console", "serve");
        var origin = await server.ListenAsync();
        await server.AskAsync("run");
        await Task.Delay(s_warmUp);
        var alone = await ShareAsync(server, length / 2);
        // Only now: by this time the journal, too, has taken in the whole pool.
        var emptyHeap = await server.AskAsync<long>("heap");

        await using var browsers = LineProcess.Start("node", clients, "main.mjs", origin, "/vms", Circuits.ToString(CultureInfo.InvariantCulture));
        var watch = Stopwatch.StartNew();
        var before = JsonSerializer.Deserialize<Count>(await browsers.ListenAsync(), JsonSerializerOptions.Web)!;
        var opening = watch.Elapsed;
        await Task.Delay(s_warmUp);

        before = await browsers.AskAsync<Count>("count");
        var changesBefore = await server.AskAsync<long>("changes");
        watch.Restart();
        var share = await ShareAsync(server, length);
        var seconds = watch.Elapsed.TotalSeconds;
        var changes = (await server.AskAsync<long>("changes") - changesBefore) / seconds;
        var after = await browsers.AskAsync<Count>("count");
        var heap = (await server.AskAsync<long>("heap") - emptyHeap) / (double)Circuits;

        report.Section("circuits", $"{Circuits} circuits on /vms with {ConsoleBenchmark.Vms} rows, {CircuitServer.ChangesASecond} changes a second all over them, {length.TotalSeconds:0} s after {s_warmUp.TotalSeconds:0} s of warm-up; journal on, server and circuits in processes of their own.");
        report.Table(
            ["figure", "measured", "wanted"],
            ["server's processor time", $"{share * 100:0.0} % of a core", "≤ 60 %"],
            ["the same with no circuit open", $"{alone * 100:0.0} % of a core", ""],
            ["living heap a circuit", $"{heap / 1e6:0.00} MB", "≤ 1.2 MB"],
            ["server's process", $"{server.ResidentMiB:0} MiB", ""],
            ["changes a second", $"{changes:0}", $"{CircuitServer.ChangesASecond}"],
            ["circuits that show rows, and saw them change", $"{after.WithRows}, {after.WithChanges}", $"{Circuits}"],
            ["render batches a second, all circuits", $"{(after.Batches - before.Batches) / seconds:0}", ""],
            ["changed cells a second, all circuits", $"{(after.Changes - before.Changes) / seconds:0}", ""],
            ["sent a second before compression", $"{(after.Bytes - before.Bytes) / seconds / 1024:0} KiB", ""],
            ["opening all of them, rows shown", $"{opening.TotalSeconds:0.0} s", ""]);
        foreach (var problem in after.Problems)
            report.Line($"A circuit was told: {problem}");
        return share <= WantedShare && heap <= WantedHeap && after is { WithRows: Circuits, WithChanges: Circuits, Problems.Length: 0 };
    }

    private static async Task<double> ShareAsync(LineProcess server, TimeSpan length)
    {
        var (used, watch) = (server.Processor, Stopwatch.StartNew());
        await Task.Delay(length);
        return (server.Processor - used) / watch.Elapsed;
    }

    private static async Task InstallAsync(string clients)
    {
        if (Directory.Exists(Path.Combine(clients, "node_modules")))
            return;
        using var install = Process.Start(new ProcessStartInfo("npm", ["ci", "--loglevel=error"]) { WorkingDirectory = clients })!;
        await install.WaitForExitAsync();
        if (install.ExitCode != 0)
            throw new InvalidOperationException($"npm ci in {clients} failed");
    }

    private sealed record Count(int WithRows, int WithChanges, long Batches, long Changes, long Bytes, string[] Problems);
}
