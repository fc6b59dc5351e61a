using Microsoft.Playwright;
using XoBlazor.Core.Model;
using XoBlazor.Tests.Components.Support;
using static Microsoft.Playwright.Assertions;

namespace XoBlazor.Tests.Components.Live;

/// <summary>The card of an object's link, by mouse and by key.</summary>
public sealed class HoverCardTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Card_LinkPointedAt_TellsWhatIsKnownAndFollowsIt()
    {
        await using var host = await ConsoleHost.StartAsync(Token);
        using var pool = new SamplePool(host.Store, hosts: 1, vms: 5);
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync(host.Url + "/vms");
        var link = page.GetByRole(AriaRole.Link, new() { Name = "db-0001" });
        var card = page.GetByRole(AriaRole.Tooltip);

        await link.HoverAsync();
        await Expect(card).ToContainTextAsync("192.168.0.3");
        await Expect(card).ToContainTextAsync("Running");
        await Expect(link).ToHaveAttributeAsync("aria-describedby", "hover-card");
        pool.Apply(pool.Vm(1) with { PowerState = VmPowerState.Suspended });
        await Expect(card).ToContainTextAsync("Suspended");
        await page.Mouse.MoveAsync(700, 890);

        await Expect(card).ToHaveCountAsync(0);
        await Expect(link).Not.ToHaveAttributeAsync("aria-describedby", "hover-card");
    }

    [Fact]
    public async Task Card_LinkPointedAtBeforeItsScriptIsThere_ComesWithIt()
    {
        await using var host = await ConsoleHost.StartAsync(Token);
        using var pool = new SamplePool(host.Store, hosts: 1, vms: 5);
        await using var browser = await Browser.StartAsync();
        var (page, late) = await browser.OpenWithoutAsync("**/HoverCard*.js", host.Url + "/vms");
        await page.GetByRole(AriaRole.Link, new() { Name = "db-0001" }).HoverAsync();

        late.SetResult();

        await Expect(page.GetByRole(AriaRole.Tooltip)).ToContainTextAsync("192.168.0.3");
    }

    [Fact]
    public async Task Card_LinkFocusedByKey_IsThereUntilEscape()
    {
        await using var host = await ConsoleHost.StartAsync(Token);
        using var pool = new SamplePool(host.Store, hosts: 1, vms: 5);
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync($"{host.Url}/vms/{pool.Uuid}/{pool.Vm(1).Uuid}");
        var link = page.Locator("article header a.object-link").First;
        await link.WaitForAsync();

        while (!await link.EvaluateAsync<bool>("e => e === document.activeElement"))
            await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByRole(AriaRole.Tooltip)).ToContainTextAsync("Coordinator");
        await page.Keyboard.PressAsync("Escape");

        await Expect(page.GetByRole(AriaRole.Tooltip)).ToHaveCountAsync(0);
        await Expect(link).ToBeFocusedAsync();
    }
}
