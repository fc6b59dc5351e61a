using System.Diagnostics;
using System.Globalization;
using XoBlazor.Core.Model;

namespace XoBlazor.Benchmarks.Mirror;

/// <summary>
/// Connecting to whole sites over HTTP: time, processor time and memory of ours, with the simulator in another process. Each part runs in a
/// fresh process so that nothing is warm and memory is its own.
/// </summary>
internal static class MirrorBenchmark
{
    private static readonly string[] s_parts = ["load", "large", "idle", "steady"];

    public static async Task<int> RunAsync(string[] parts)
    {
        if (parts is ["part", var part, var minutes])
            return await PartAsync(part, TimeSpan.FromMinutes(double.Parse(minutes, CultureInfo.InvariantCulture)));

        var length = parts.FirstOrDefault(p => p.EndsWith("min", StringComparison.Ordinal))?[..^3] ?? "2";
        var wanted = parts.Where(s_parts.Contains).DefaultIfEmpty().First() is null ? s_parts : [.. parts.Where(s_parts.Contains)];
        var report = new Report("mirror", "Mirroring whole sites");
        foreach (var name in wanted)
            report.Line(await ChildAsync(name, length));
        report.Save();
        return 0;
    }

    private static async Task<string> ChildAsync(string part, string minutes)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "XoBlazor.Benchmarks.dll"), "mirror", "part", part, minutes])
        {
            RedirectStandardOutput = true,
        };
        using var child = Process.Start(start)!;
        var text = await child.StandardOutput.ReadToEndAsync();
        await child.WaitForExitAsync();
        return child.ExitCode == 0 ? text.Trim() : $"{part} failed with exit code {child.ExitCode}: {text}";
    }

    private static Task<int> PartAsync(string part, TimeSpan length) => part switch
    {
        "load" => LoadAsync("10 000 VMs in one pool", "pools=1,hosts=32,vms=10000,seed=7", ("≤ 1.5 s", "≤ 1.5 s", "≤ 250 MiB")),
        "large" => LoadAsync("50 000 VMs in five pools", "pools=5,hosts=32,vms=10000,seed=7", ("≤ 8 s", "", "≤ 900 MiB"), pools: 5),
        "idle" => IdleAsync(length),
        "steady" => SteadyRun.RunAsync(length),
        _ when part.StartsWith("pools=", StringComparison.Ordinal) => LoadAsync($"made: {part}", part, ("", "", ""), int.Parse(part.Split('=', ',')[1], CultureInfo.InvariantCulture)),
        _ => throw new ArgumentException($"'{part}' is no part of this benchmark"),
    };

    private static async Task<int> LoadAsync(string title, string made, (string Time, string Processor, string Memory) wanted, int pools = 1)
    {
        await using var simulator = await SimulatorProcess.StartAsync(pools, "--make", made);
        await WarmUpAsync(simulator);
        await using var run = MirrorRun.Prepare(simulator.Pools, withJournal: false);

        var processor = OwnProcess.Processor;
        var watch = Stopwatch.StartNew();
        await run.ConnectAsync(pools, TimeSpan.FromMinutes(3));
        var time = watch.Elapsed;
        processor = OwnProcess.Processor - processor;
        var peak = OwnProcess.ResidentMiB;
        var objects = run.Store.Current.Pools.Sum(p => p.Count);
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);

        Section(title, $"{run.Store.Current.CountOf(XapiClass.Vm)} VM records, {objects} objects, over HTTP from another process; nothing of ours is warm.");
        Row("figure", "measured", "wanted");
        Row("---", "---", "---");
        Row("everything queryable", $"{time.TotalSeconds:F2} s", wanted.Time);
        Row("our processor time", $"{processor.TotalSeconds:F2} s", wanted.Processor);
        Row("our process right after", $"{peak:F0} MiB", wanted.Memory);
        Row("our process after a collection", $"{OwnProcess.ResidentMiB:F0} MiB", "");
        Row("retained an object", $"{GC.GetTotalMemory(forceFullCollection: true) / (double)objects:F0} bytes", "≤ 2 048 bytes");
        return 0;
    }

    private static async Task<int> IdleAsync(TimeSpan length)
    {
        await using var simulator = await SimulatorProcess.StartAsync(10, "--make", "pools=10,hosts=3,vms=50,seed=7");
        await using var run = MirrorRun.Prepare(simulator.Pools, withJournal: true);
        await run.ConnectAsync(10, TimeSpan.FromMinutes(1));
        await Task.Delay(TimeSpan.FromSeconds(10));

        var processor = OwnProcess.Processor;
        await Task.Delay(length);

        Section("idle", $"10 pools connected, nothing happens for {length.TotalMinutes:F0} minutes, journal on.");
        Row("figure", "measured", "wanted");
        Row("---", "---", "---");
        Row("processor", $"{(OwnProcess.Processor - processor) / length * 100:F2} % of a core", "≤ 2 %");
        Row("our process", $"{OwnProcess.ResidentMiB:F0} MiB", "");
        return 0;
    }

    /// <summary>Lets the simulator make its answers once, so that it then answers from memory.</summary>
    private static async Task WarmUpAsync(SimulatorProcess simulator)
    {
        foreach (var pool in simulator.Pools)
        {
            using var client = new HttpClient { BaseAddress = pool, Timeout = TimeSpan.FromMinutes(2) };
            var session = await CallAsync(client, "session.login_with_password", "\"root\",\"secret\"");
            await CallAsync(client, "event.from", $"{session},[\"*\"],\"\",1.0");
        }
    }

    /// <summary>Returns the result as text if it is one, after reading the whole answer away.</summary>
    private static async Task<string> CallAsync(HttpClient client, string method, string arguments)
    {
        using var content = new StringContent($$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}","params":[{{arguments}}]}""");
        using var answer = await client.PostAsync("jsonrpc", content);
        await using var body = await answer.Content.ReadAsStreamAsync();
        if (method == "event.from")
        {
            await body.CopyToAsync(Stream.Null);
            return "";
        }

        using var document = await System.Text.Json.JsonDocument.ParseAsync(body);
        return document.RootElement.GetProperty("result").GetRawText();
    }

    private static void Section(string heading, string text) => Console.WriteLine($"## {heading}\n{text}\n");

    private static void Row(params string[] cells) => Console.WriteLine("| " + string.Join(" | ", cells) + " |");
}
