using System.Diagnostics;
using System.Globalization;
using Microsoft.Playwright;
using XoBlazor.Core.Model;
using XoBlazor.Tests.Components.Support;

namespace XoBlazor.Benchmarks.WebConsole;

/// <summary>
/// From a change handed to the store to the cell in a real browser that shows it. Every fourth change is of a row on the screen and carries a
/// number as its tag; an observer in the page notes when it appears.
/// </summary>
internal static class LatencyRun
{
    private const int ChangesASecond = 100;
    private const int OneVisibleIn = 4;
    private const double WantedMedian = 60;
    private const double WantedWorst = 120;

    private const string VisibleRows =
        """
        () => [...document.querySelectorAll('[data-line] a[href^="/vms/"]')]
          .filter(link => { const box = link.getBoundingClientRect(); return box.top > 0 && box.bottom < innerHeight; })
          .map(link => link.getAttribute('href'))
        """;

    private const string Observe =
        """
        () => {
          const now = () => performance.timeOrigin + performance.now();
          window.seen = new Map();
          new MutationObserver(records => {
            const shown = now();
            const fresh = [];
            for (const record of records)
              for (const node of record.type === 'childList' ? record.addedNodes : [record.target])
                for (const [, number] of (node.textContent ?? '').matchAll(/seq-(\d+)/g))
                  if (!seen.has(number)) {
                    seen.set(number, [Number(number), shown, 0]);
                    fresh.push(number);
                  }
            if (fresh.length > 0)
              requestAnimationFrame(() => { const frame = now(); for (const number of fresh) seen.get(number)[2] = frame; });
          }).observe(document.querySelector('[role=rowgroup]'), { subtree: true, childList: true, characterData: true });
        }
        """;

    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(10);

    public static async Task<bool> RunAsync(Report report, TimeSpan length)
    {
        await using var host = await ConsoleHost.StartAsync(CancellationToken.None);
        using var pool = new SamplePool(host.Store, hosts: 32, vms: ConsoleBenchmark.Vms);
        using var driver = await Playwright.CreateAsync();
        await using var chromium = await driver.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("XOBLAZOR_CHROMIUM") is { Length: > 0 } path ? path : "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        var page = await chromium.NewPageAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        await page.GotoAsync(host.Url + "/vms");
        await page.Locator("[data-line]").Nth(10).WaitForAsync(new() { Timeout = 120_000 });
        var rows = (await page.EvaluateAsync<string[]>(VisibleRows)).Select(url => int.Parse(url[^12..], CultureInfo.InvariantCulture)).ToArray();
        await page.EvaluateAsync(Observe);

        var first = (int)(s_warmUp.TotalSeconds * ChangesASecond);
        var processor = TimeSpan.Zero;
        var watch = Stopwatch.StartNew();
        var applied = await ChangeAsync(pool, rows, first, () => (processor, watch) = (Mirror.OwnProcess.Processor, Stopwatch.StartNew()), first + (int)(length.TotalSeconds * ChangesASecond));
        var rate = (applied.Length - first) / watch.Elapsed.TotalSeconds;
        var share = (Mirror.OwnProcess.Processor - processor) / watch.Elapsed;
        await Task.Delay(TimeSpan.FromSeconds(2));

        var seen = (await page.EvaluateAsync<double[][]>("() => [...seen.values()]")).Where(s => s[0] >= first && s[0] % OneVisibleIn == 0).ToList();
        var expected = Enumerable.Range(first, applied.Length - first).Count(n => n % OneVisibleIn == 0);
        var toCell = Sorted(seen.Select(s => s[1] - applied[(int)s[0]]));
        var toFrame = Sorted(seen.Where(s => s[2] > 0).Select(s => s[2] - applied[(int)s[0]]));

        report.Section("latency", $"Chromium at 1440 × 900 on /vms with {ConsoleBenchmark.Vms} rows, {rows.Length} on the screen; {ChangesASecond} changes a second, one in {OneVisibleIn} on the screen, {length.TotalSeconds:0} s after {s_warmUp.TotalSeconds:0} s of warm-up. Server, browser and its driver share the machine.");
        report.Table(
            ["figure", "measured", "wanted"],
            ["change handed to the store → cell shows it, p50", $"{At(toCell, 0.5):0} ms", "≤ 60 ms"],
            ["p99", $"{At(toCell, 0.99):0} ms", "≤ 120 ms"],
            ["p10, p90, slowest", $"{At(toCell, 0.1):0}, {At(toCell, 0.9):0}, {toCell[^1]:0} ms", ""],
            ["to the frame that paints it, p50 and p99", $"{At(toFrame, 0.5):0}, {At(toFrame, 0.99):0} ms", ""],
            ["changes on the screen, seen of made", $"{seen.Count} of {expected}", "all"],
            ["changes a second", $"{rate:0}", $"{ChangesASecond}"],
            ["our process, store and circuit", $"{share * 100:0} % of a core", ""]);
        return At(toCell, 0.5) <= WantedMedian && At(toCell, 0.99) <= WantedWorst && seen.Count == expected;
    }

    /// <summary>Makes the changes at an even pace. Returns when each was handed over, in milliseconds of the wall clock, which the browser shares.</summary>
    private static async Task<double[]> ChangeAsync(SamplePool pool, int[] rows, int warm, Action onWarm, int count)
    {
        var applied = new double[count];
        var watch = Stopwatch.StartNew();
        for (var n = 0; n < count; n++)
        {
            if (n == warm)
                onWarm();
            var wait = TimeSpan.FromSeconds(n / (double)ChangesASecond) - watch.Elapsed;
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait);
            var isVisible = n % OneVisibleIn == 0;
            var row = isVisible ? rows[n / OneVisibleIn % rows.Length] : n * 37 % ConsoleBenchmark.Vms;
            if (!isVisible && rows.Contains(row))
                row++;
            Vm changed = pool.Vm(row) with { Tags = [string.Create(CultureInfo.InvariantCulture, $"seq-{n}")] };
            applied[n] = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalMilliseconds;
            pool.Apply(changed);
        }

        return applied;
    }

    private static double[] Sorted(IEnumerable<double> values) => [.. values.Order()];

    private static double At(double[] sorted, double share) => sorted.Length == 0 ? double.NaN : sorted[(int)Math.Min(sorted.Length - 1, share * sorted.Length)];
}
