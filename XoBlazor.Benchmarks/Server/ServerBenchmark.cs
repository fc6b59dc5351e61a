using System.Globalization;
using Microsoft.Playwright;
using XoBlazor.Benchmarks.Mirror;

namespace XoBlazor.Benchmarks.Server;

/// <summary>What the whole published server holds with a large pool: store, journal, web half, and one signed-in browser that looks at the VMs.</summary>
internal static class ServerBenchmark
{
    private const double WantedMiB = 250;

    private static readonly TimeSpan s_settling = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_betweenLooks = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(string[] files)
    {
        var file = files is [var named] ? named : Checkout.Find("artifacts", "publish", "xo-blazor") ?? "";
        if (!File.Exists(file))
        {
            Console.Error.WriteLine($"server: there is no file '{file}'; ./publish.sh makes artifacts/publish/xo-blazor");
            return 2;
        }

        var report = new Report("server", "The whole server");
        var folder = Directory.CreateTempSubdirectory("xo-blazor-server-").FullName;
        try
        {
            await using var simulator = await SimulatorProcess.StartAsync(1, "--make", "pools=1,hosts=32,vms=10000,seed=7");
            await using var server = await WholeServer.StartAsync(file, Path.Combine(folder, "data"));
            using var driver = await Playwright.CreateAsync();
            await using var chromium = await driver.Chromium.LaunchAsync(new()
            {
                ExecutablePath = Environment.GetEnvironmentVariable("XOBLAZOR_CHROMIUM") is { Length: > 0 } path ? path : "/usr/bin/chromium",
                Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
            });
            var page = await chromium.NewPageAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 }, IgnoreHTTPSErrors = true });
            await server.OpenAsync(page, simulator.SecurePools[0], "root", "secret");

            var (loaded, most) = (OwnProcess.ResidentMiBOf(server.Id), 0.0);
            for (var waited = TimeSpan.Zero; waited < s_settling; waited += s_betweenLooks)
            {
                await Task.Delay(s_betweenLooks);
                most = Math.Max(most, OwnProcess.ResidentMiBOf(server.Id));
            }

            var settled = OwnProcess.ResidentMiBOf(server.Id);
            report.Section("memory", $"The published file, one pool of 10 000 VMs read over HTTPS from the simulator, journal on, one Chromium on /vms. Settled: {s_settling.TotalSeconds:0} s later.");
            report.Table(
                ["figure", "measured", "wanted"],
                ["our process as soon as rows are shown", Text(loaded), ""],
                ["the most while it settled, looked at every 10 s", Text(most), ""],
                ["our process, settled", Text(settled), "≤ 250 MiB"],
                ["of it anonymous, the rest are pages of files", Text(OwnProcess.AnonymousMiBOf(server.Id)), ""]);
            report.Save();
            return settled <= WantedMiB ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Text(double mebibytes) => mebibytes.ToString("0", CultureInfo.InvariantCulture) + " MiB";
}
