using System.Diagnostics;
using System.Globalization;
using Microsoft.Playwright;
using XoBlazor.Benchmarks.Mirror;

namespace XoBlazor.Benchmarks.Pages;

/// <summary>How soon a change is seen in real browsers on a list of 10 000 VMs, and what the browsers cost the server.</summary>
internal static class PagesBenchmark
{
    private const int Vms = 10_000;
    private const int OnTheScreen = 20;
    private static readonly TimeSpan s_warm = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan s_measured = TimeSpan.FromSeconds(20);

    // Notes for every changed name how many milliseconds ago its change was made; browser and server share a clock.
    private const string Watch = """
        window.seen = [];
        new MutationObserver(changes => {
          for (const change of changes) {
            const at = change.target.nodeType === Node.TEXT_NODE && change.target.data.match(/@(\d{13})$/);
            if (at) window.seen.push(Date.now() - Number(at[1]));
          }
        }).observe(document.querySelector(".body"), { subtree: true, characterData: true });
        """;

    public static async Task<int> RunAsync(string[] parts)
    {
        var tabs = parts is [var count, ..] ? int.Parse(count, CultureInfo.InvariantCulture) : 20;
        var report = new Report("pages", "Live pages in real browsers");
        await using var host = await PagesHost.StartAsync(Vms);
        using var driver = await Playwright.CreateAsync();
        await using var browser = await driver.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("XOBLAZOR_CHROMIUM") ?? "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic"],
        });

        await MeasureLatencyAsync(report, host, browser);
        await MeasureLoadAsync(report, host, browser, tabs);
        report.Save();
        return 0;
    }

    private static async Task MeasureLatencyAsync(Report report, PagesHost host, IBrowser browser)
    {
        var page = await OpenAsync(host, browser);
        await page.EvaluateAsync(Watch);
        using var stop = new CancellationTokenSource();
        var changing = host.ChangeAsync(100, OnTheScreen, stop.Token);
        await Task.Delay(s_warm);
        await page.EvaluateAsync("window.seen.length = 0");
        await Task.Delay(s_measured);
        var seen = await page.EvaluateAsync<int[]>("window.seen");
        await stop.CancelAsync();
        await changing;
        await page.CloseAsync();

        Array.Sort(seen);
        report.Section("change: from the store to the eye", string.Create(CultureInfo.InvariantCulture,
            $"One Chromium on a list of {Vms} VMs; 100 changes a second, all of them on the screen, for {s_measured.TotalSeconds:0} s: {seen.Length} changed cells. Of several changes between two beats one is seen."));
        report.Table(["figure", "measured", "wanted"], ["p50", $"{seen[seen.Length / 2]} ms", "≤ 60 ms"], ["p99", $"{seen[seen.Length * 99 / 100]} ms", "≤ 120 ms"]);
    }

    private static async Task MeasureLoadAsync(Report report, PagesHost host, IBrowser browser, int tabs)
    {
        var alone = await UnderLoadAsync(host);
        var heapBefore = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < tabs; i++)
            await OpenAsync(host, browser);
        await Task.Delay(s_warm);
        var heapAfter = GC.GetTotalMemory(forceFullCollection: true);
        var together = await UnderLoadAsync(host);

        var each = (together - alone) / tabs;
        report.Section("load: 1 000 changes a second over all VMs", string.Create(CultureInfo.InvariantCulture,
            $"{tabs} Chromium tabs on the list; the server's processor time as a share of one core, {s_measured.TotalSeconds:0} s each. The last line is the first two, not a measurement."));
        report.Table(
            ["figure", "measured", "wanted"],
            ["no tab (the changes alone)", Percent(alone), ""],
            [$"{tabs} tabs", Percent(together), ""],
            ["heap a tab", $"{(heapAfter - heapBefore) / 1024.0 / 1024 / tabs:0.00} MiB", "≤ 1.2 MB"],
            ["200 tabs, by that", Percent(alone + (200 * each)), "≤ 60 %"]);
    }

    private static async Task<IPage> OpenAsync(PagesHost host, IBrowser browser)
    {
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        await page.GotoAsync(host.Url + "/vms", new() { Timeout = 120_000 });
        await page.WaitForSelectorAsync("text=vm-00005", new() { Timeout = 120_000 });
        return page;
    }

    private static async Task<double> UnderLoadAsync(PagesHost host)
    {
        using var stop = new CancellationTokenSource();
        var changing = host.ChangeAsync(1000, Vms, stop.Token);
        await Task.Delay(s_warm);
        var (processor, clock) = (OwnProcess.Processor, Stopwatch.GetTimestamp());
        await Task.Delay(s_measured);
        var share = (OwnProcess.Processor - processor) / Stopwatch.GetElapsedTime(clock);
        await stop.CancelAsync();
        await changing;
        return share;
    }

    private static string Percent(double share) => (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %";
}
