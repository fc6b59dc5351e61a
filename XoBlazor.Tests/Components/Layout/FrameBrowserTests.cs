using Microsoft.Playwright;
using XoBlazor.Tests.Components.Support;
using XoBlazor.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace XoBlazor.Tests.Components.Layout;

/// <summary>What of the frame only a real browser shows: focus, small screens, choices that are kept.</summary>
public sealed class FrameBrowserTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public FrameBrowserTests() => SetDefaultExpectTimeout((float)Patience.Limit.TotalMilliseconds);

    [Fact]
    public async Task Tree_OnASmallScreen_IsASheetForKeysThatLeadsToAnObject()
    {
        await using var host = await ConsoleHost.StartAsync(Token);
        using var pool = new SamplePool(host.Store, hosts: 1, vms: 2);
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync(host.Url + "/hosts", 390, 844);
        var sheet = page.GetByRole(AriaRole.Dialog, new() { Name = "Inventory" });
        await page.GetByRole(AriaRole.Button, new() { Name = "Inventory" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(sheet).ToBeFocusedAsync();
        await Expect(sheet.GetByRole(AriaRole.Treeitem)).ToHaveCountAsync(4);

        for (var i = 0; i < 8; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            Assert.True(await sheet.EvaluateAsync<bool>("e => e.contains(document.activeElement)"));
        }

        await sheet.GetByRole(AriaRole.Tree).FocusAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(sheet.GetByRole(AriaRole.Treeitem, new() { Name = "db-0001" })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator("h1")).ToHaveTextAsync("db-0001");
        await Expect(sheet).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Inventory" }).ClickAsync();
        await Expect(sheet.GetByRole(AriaRole.Treeitem, new() { Name = "db-0001" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Tree_OpenedBeforeTheFramesScriptIsThere_StaysOpenAndIsKept()
    {
        await using var host = await ConsoleHost.StartAsync(Token);
        using var pool = new SamplePool(host.Store, hosts: 1, vms: 2);
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync("about:blank");
        var isLate = new TaskCompletionSource();
        await page.RouteAsync("**/ConsoleLayout*.js", async route =>
        {
            await isLate.Task;
            await route.ContinueAsync();
        });
        await page.GotoAsync(host.Url + "/hosts");
        await page.GetByRole(AriaRole.Button, new() { Name = "Tree" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Treeitem).First).ToBeVisibleAsync();

        isLate.SetResult();
        await Expect(page.Locator("h1")).ToBeVisibleAsync();
        await page.WaitForFunctionAsync("() => document.cookie.includes('tree=open')");

        await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        await Expect(page.GetByRole(AriaRole.Treeitem).First).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Treeitem).First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Sheet_Escape_GivesTheFocusBack()
    {
        await using var host = await ConsoleHost.StartAsync(Token);
        using var pool = new SamplePool(host.Store, hosts: 1, vms: 2);
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync(host.Url + "/hosts", 390, 844);
        var button = page.GetByRole(AriaRole.Button, new() { Name = "Inventory" });
        await button.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeFocusedAsync();

        await page.Keyboard.PressAsync("Escape");

        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(button).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Tabs_MoreThanFit_ShowTheOpenOne()
    {
        await using var host = await ConsoleHost.StartAsync(Token);
        using var pool = new SamplePool(host.Store, hosts: 1, vms: 2);
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync($"{host.Url}/vms/{pool.Uuid}/{pool.Vm(0).Uuid}?tab=advanced", 390, 844);
        var tabs = page.GetByRole(AriaRole.Navigation, new() { Name = "Parts of this page" });

        await Expect(tabs.GetByRole(AriaRole.Link, new() { Name = "Advanced" })).ToBeInViewportAsync(new() { Ratio = 0.9f });
        await tabs.GetByRole(AriaRole.Link, new() { Name = "General" }).ClickAsync();

        await Expect(tabs.GetByRole(AriaRole.Link, new() { Name = "General" })).ToBeInViewportAsync(new() { Ratio = 0.9f });
    }

    [Fact]
    public async Task UserMenu_ThemeChosen_IsMarkedAndStaysSo()
    {
        await using var host = await ConsoleHost.StartAsync(Token);
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync(host.Url + "/");
        await OpenMenuAsync(page);
        await Expect(Choice(page, "System")).ToHaveAttributeAsync("aria-pressed", "true");

        await Choice(page, "Dark").ClickAsync();
        await Choice(page, "Comfortable").ClickAsync();

        await Expect(Choice(page, "Dark")).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(Choice(page, "System")).ToHaveAttributeAsync("aria-pressed", "false");
        await page.ReloadAsync();
        await OpenMenuAsync(page);
        await Expect(Choice(page, "Dark")).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(Choice(page, "Comfortable")).ToHaveAttributeAsync("aria-pressed", "true");
    }

    private static Task OpenMenuAsync(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "User menu" }).ClickAsync();

    private static ILocator Choice(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
