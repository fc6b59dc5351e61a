using XoBlazor.Tests.Components.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Components.Statistics;

/// <summary>The line through all charts, in a browser.</summary>
public sealed class CrosshairTests
{
    [Fact]
    public async Task Moment_PointedAtInOneChart_IsReadInAll_AndLeftAgain()
    {
        using var patience = Patience.Source();
        await using var host = await ConsoleHost.StartAsync(patience.Token);
        using var pool = new SamplePool(host.Store);
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync($"{host.Url}/vms/{pool.Uuid}/{pool.Vm(1).Uuid}?tab=statistics&range=1y", 1440, 900);
        await page.Locator("[data-chart=latency] svg").WaitForAsync();
        var plot = (await page.Locator("[data-chart=processors] [data-plot]").BoundingBoxAsync())!;

        await PointAsync(0.25f, ".is-reading");
        var places = await page.Locator("[data-cross]").EvaluateAllAsync<string[]>("all => all.map(one => one.style.left)");
        var then = await page.Locator("[data-chart=processors] [data-then]").First.TextContentAsync();
        // Nothing is known of a tenth of the year, near its end.
        await PointAsync((366 - 35) / 365f, ".is-reading");
        var unknown = await page.Locator("[data-chart=processors] [data-then]").First.TextContentAsync();
        await PointAsync(-0.3f, ".statistics:not(.is-reading)");

        Assert.Equal(6, places.Length);
        Assert.Single(places.Distinct());
        Assert.Matches("^[0-9.]+ %$", then!);
        Assert.Equal("–", unknown);
        Assert.False(await page.Locator("[data-cross]").First.IsVisibleAsync());

        // The script may come after the charts.
        async Task PointAsync(float share, string until)
        {
            for (var shift = 0; ; shift = 1 - shift)
            {
                patience.Token.ThrowIfCancellationRequested();
                await page.Mouse.MoveAsync(plot.X + (share * plot.Width), plot.Y + 20 + shift);
                if (await page.Locator(until).CountAsync() > 0)
                    return;
            }
        }
    }
}
