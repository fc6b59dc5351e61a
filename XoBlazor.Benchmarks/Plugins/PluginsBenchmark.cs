using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using Microsoft.Extensions.Logging.Abstractions;
using XoBlazor.Benchmarks.Objects;
using XoBlazor.Benchmarks.Store;
using XoBlazor.Core.Access;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Plugins;
using XoBlazor.Core.Plugins.Assemblies;
using XoBlazor.Core.Plugins.Hosting;
using XoBlazor.Core.Plugins.Packages;
using XoBlazor.Core.Plugins.Reach;
using XoBlazor.Core.Store;

namespace XoBlazor.Benchmarks.Plugins;

/// <summary>What ten plugins that are told of every change of every VM add to the cost of applying these changes.</summary>
internal static class PluginsBenchmark
{
    private const int Vms = 10_000;
    private const int Batch = 100;
    private const int Rounds = 120;
    private const int Plugins = 10;
    private const double MostAdded = 0.05;

    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(250);

    public static async Task<int> RunAsync()
    {
        var report = new Report("plugins", "Plugins");
        // In turns, so that what else the machine does weighs on all of them.
        Run[] runs = [await MeasureAsync(0, false), await MeasureAsync(Plugins, false), await MeasureAsync(Plugins, true), await MeasureAsync(0, false)];
        var none = Math.Min(runs[0].Median, runs[3].Median);
        report.Section("subscriptions", $"{Vms} VMs, {Rounds} batches of {Batch} changed VMs, one every {s_pace.TotalMilliseconds:0} ms; {Plugins} plugins that each want all VMs. Applying: processor time of the writing thread a batch, the median, in brackets the slowest. Server: processor time of the whole process a batch, plugins beside it not counted.");
        report.Table(
        [
            ["plugins", "applying", "added", "wanted", "server", "changes told to each"],
            .. runs.Zip((string[])["none", $"{Plugins} within the server", $"{Plugins} beside it", "none again"]).Select(one => new[]
            {
                one.Second, $"{one.First.Median * 1000:0} µs ({one.First.Slowest * 1000:0})", one.First.Told > 0 ? (one.First.Median / none - 1).ToString("P0", CultureInfo.InvariantCulture) : "", one.First.Told > 0 ? "≤ 5 %" : "",
                $"{one.First.Server:0.0} ms", one.First.Told.ToString(CultureInfo.InvariantCulture),
            }),
        ]);
        report.Save();
        return runs[1..3].All(run => run.Median <= none * (1 + MostAdded)) ? 0 : 1;
    }

    private static async Task<Run> MeasureAsync(int plugins, bool isBeside)
    {
        using var over = new CancellationTokenSource();
        var folder = Directory.CreateTempSubdirectory("xo-blazor-benchmark-");
        var store = MadeObjects.Store(Vms);
        var settings = Settings();
        var access = new AccessEngine(store);
        access.Apply(new([], PluginActor.GrantsOf(settings), ImmutableDictionary<string, ImmutableArray<string>>.Empty, [PluginActor.RoleOf(settings, new OperationCatalogue([]))]));
        using var views = new VisibleStores(store, access, TimeProvider.System, NullLogger<VisibleStores>.Instance);
        var following = views.RunAsync(over.Token);
        var options = new PluginOptions { Folder = folder.FullName };
        var lines = new List<CountedLine>();
        for (var i = 0; i < plugins; i++)
            lines.Add(new(await LineAsync(isBeside, i, options)));
        var feeds = lines.ConvertAll(line => new PluginFeed(new PluginObjects(settings.Given, views.For(PluginActor.Of(settings).Actor)), TimeSpan.FromMinutes(1)).RunAsync(line, over.Token));
        await Task.WhenAll(lines.Select(line => line.Complete));
        var toldBefore = lines.Sum(line => line.Changes);

        var times = new List<double>();
        var cpu = TimeSpan.Zero;
        using (var writer = store.Open(MadePool.Uuid))
            for (var turn = -20; turn < Rounds; turn++)
            {
                var updates = Enumerable.Range(0, Batch).Select(i => ObjectUpdate.Present(MadeObjects.Vm((i * 97 + turn + 20) % Vms, $"turn {turn}"))).ToArray();
                cpu = turn == 0 ? Environment.CpuUsage.TotalTime : cpu;
                var start = ThreadClock.Now;
                writer.Apply(updates);
                if (turn >= 0)
                    times.Add((ThreadClock.Now - start).TotalMilliseconds);
                await Task.Delay(s_pace);
            }
        cpu = Environment.CpuUsage.TotalTime - cpu;

        var told = plugins == 0 ? 0 : (lines.Sum(line => line.Changes) - toldBefore) / plugins;
        await over.CancelAsync();
        await Task.WhenAll([following, .. feeds]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var line in lines)
            await line.DisposeAsync();
        folder.Delete(recursive: true);
        times.Sort();
        return new(times[times.Count / 2], times[^1], cpu.TotalMilliseconds / Rounds, told);
    }

    private static async Task<IPluginLine> LineAsync(bool isBeside, int number, PluginOptions options)
    {
        var package = Package(isBeside);
        if (!isBeside)
            return new InProcessLine(PluginCode.Load(package, new(TimeProvider.System)), Refuse, options, TimeProvider.System);
        var folders = new PluginFolders(options.Folder, $"plugin-{number}");
        folders.Prepare(package);
        return await PluginProcess.StartAsync(package, folders, Refuse, new(TimeProvider.System), options, TimeProvider.System);

        static ValueTask<System.Text.Json.Nodes.JsonNode?> Refuse(string method, System.Text.Json.JsonElement parameters, CancellationToken token) => new((System.Text.Json.Nodes.JsonNode?)null);
    }

    private static PluginSettings Settings()
    {
        var manifest = ManifestReader.ReadBuiltIn("""{"id": "trickster", "version": "1.0.0", "contract": "1.0", "wants": {"read": ["VM"]}}""");
        return new() { Manifest = manifest, Hash = "", Accepted = manifest.Wants, Installed = default, InstalledBy = "" };
    }

    /// <summary>The tests' own plugin, which is built beside this.</summary>
    private static PluginPackage Package(bool isBeside)
    {
        const string Name = "XoBlazor.TestPlugin";
        var code = AppContext.BaseDirectory.Replace("XoBlazor.Benchmarks", Name, StringComparison.Ordinal);
        var how = isBeside ? $"\"command\": [\"dotnet\", \"{Name}.dll\"]" : $"\"assembly\": \"{Name}.dll\"";
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            using (var manifest = new StreamWriter(archive.CreateEntry("plugin.json").Open()))
                manifest.Write($$"""{"id": "trickster", "version": "1.0.0", "contract": "1.0", {{how}}}""");
            foreach (var file in (string[])[$"{Name}.dll", $"{Name}.runtimeconfig.json", $"{Name}.deps.json", "XoBlazor.Plugins.dll"])
                archive.CreateEntryFromFile(Path.Combine(code, file), file);
        }
        return PluginPackage.Open(zip.ToArray());
    }

    private readonly record struct Run(double Median, double Slowest, double Server, long Told);
}
