using System.Diagnostics.Metrics;
using XoBlazor.Tests.Components.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Components;

/// <summary>Pages opened and left again and again by a real browser: every circuit goes, and so does its memory.</summary>
[Collection(nameof(Alone))]
public sealed class CircuitSoakTests
{
    private const int WarmUp = 5;
    private const double MostMiB = 12;

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(20);

    [Fact]
    public async Task Pages_OpenedAndLeft_TakeTheirCircuitsAndMemoryAlong()
    {
        if (await OwnRun.HasPassedAsync(this))
            return;
        using var run = LongRun.Of(usual: 10, many: 500);
        using var patience = Patience.Source(s_patience);
        using var circuits = new OpenCircuits();
        await using var host = await ConsoleHost.StartAsync(patience.Token);
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync("about:blank");
        var pages = new[] { new Station("vms", "/vms"), new Station("overview", "/"), new Station("journal", "/journal") };
        async Task OpenAsync(int times)
        {
            for (var i = 0; i < times; i++)
            {
                var opened = circuits.Opened;
                await pages[i % pages.Length].GoAsync(page, host.Url);
                await Alone.SettleAsync(() => opened - circuits.Opened, -1, "a page without a circuit", patience.Token);
            }
            await page.GotoAsync("about:blank");
            await Alone.SettleAsync(() => circuits.Now, 0, "circuits still open", patience.Token);
        }

        await OpenAsync(WarmUp);
        var before = Alone.HeapMiB;
        await OpenAsync(run.Rounds);

        Assert.True(circuits.Opened >= WarmUp + run.Rounds, $"only {circuits.Opened} circuits were opened");
        using var soon = Patience.Source();
        await Alone.SettleAsync(() => Alone.HeapMiB, before + MostMiB, "MiB", soon.Token);
    }

    /// <summary>The framework's own count of circuits.</summary>
    private sealed class OpenCircuits : IDisposable
    {
        private readonly MeterListener _listener = new();
        private long _now;
        private long _opened;

        public OpenCircuits()
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "aspnetcore.components.circuit.active")
                    listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>((_, change, _, _) =>
            {
                Interlocked.Add(ref _now, change);
                if (change > 0)
                    Interlocked.Add(ref _opened, change);
            });
            _listener.Start();
        }

        public long Now => Interlocked.Read(ref _now);

        public long Opened => Interlocked.Read(ref _opened);

        public void Dispose() => _listener.Dispose();
    }
}
