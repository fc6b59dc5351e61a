using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using XoBlazor.Core.Store;
using XoBlazor.Tests.Components.Support;
using XoBlazor.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace XoBlazor.Tests.Components.Travel;

/// <summary>Going into the past of a large pool, as somebody sees it.</summary>
public sealed partial class TravelBrowserTests
{
    // Looks at every picture the screen shows: the present must never stand under a heading of the past.
    private const string Watch = """
        () => {
          window.lies = 0;
          const look = () => {
            const heading = document.querySelector('.travel .as-of')?.textContent ?? '';
            const present = [...document.querySelectorAll('.body .row .cut')].some(e => e.textContent === 'aaa-present' && e.checkVisibility({ visibilityProperty: true }));
            if (heading.includes('As of') && present)
              window.lies++;
            requestAnimationFrame(look);
          };
          look();
        }
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Past_OfTenThousandVms_IsShownWithoutThePresentUnderItsHeading()
    {
        await using var host = await ConsoleHost.StartAsync(Token);
        using var pool = new SamplePool(host.Store, hosts: 20, vms: 10_000);
        pool.Apply(pool.Vm(0) with { NameLabel = "aaa-past" });
        var then = await RecordedAsync(host, pool, "aaa-past");
        pool.Apply(pool.Vm(0) with { NameLabel = "aaa-present" });
        await RecordedAsync(host, pool, "aaa-present");
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync(host.Url + "/vms");
        await page.WaitForSelectorAsync("text=aaa-present");
        await page.EvaluateAsync(Watch);

        var begun = TimeProvider.System.GetTimestamp();
        await page.EvaluateAsync("address => Blazor.navigateTo(address)", $"/vms?at={then.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture)}");
        await Expect(page.Locator(".travel .as-of")).ToHaveTextAsync(AsOf());
        await page.WaitForSelectorAsync("text=aaa-past");
        TestContext.Current.SendDiagnosticMessage($"into the past of 10 000 VMs: {TimeProvider.System.GetElapsedTime(begun).TotalMilliseconds:0} ms");

        Assert.Equal(0, await page.EvaluateAsync<int>("window.lies"));
        await page.ReloadAsync();
        await page.WaitForSelectorAsync("text=aaa-past");
        Assert.Equal(0, await page.GetByText("aaa-present").CountAsync());
    }

    /// <summary>The moment the journal has for a new name of the first VM.</summary>
    private static async Task<DateTimeOffset> RecordedAsync(ConsoleHost host, SamplePool pool, string name)
    {
        using var patience = Patience.Source();
        while (true)
        {
            var page = await host.Journal.ObjectTimelineAsync(new ObjectKey(pool.Uuid, pool.Vm(0).Uuid), null, 1, patience.Token);
            if (page.Entries is [var newest] && newest.Name == name)
                return newest.Time;
            await Task.Delay(50, patience.Token);
        }
    }

    [GeneratedRegex("As of")]
    private static partial Regex AsOf();
}
