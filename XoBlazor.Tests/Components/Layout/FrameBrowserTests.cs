using System.Text.RegularExpressions;
using Microsoft.Playwright;
using XoBlazor.Tests.Components.Support;
using XoBlazor.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace XoBlazor.Tests.Components.Layout;

/// <summary>What of the frame only a real browser shows: focus, small screens, choices that are kept.</summary>
public sealed class FrameBrowserTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

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
        var late = new LateScript("import");
        await using var host = await ConsoleHost.StartAsync(Token, more: late.AddTo);
        using var pool = new SamplePool(host.Store, hosts: 1, vms: 2);
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync(host.Url + "/hosts");
        await page.GetByRole(AriaRole.Button, new() { Name = "Tree" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Treeitem).First).ToBeVisibleAsync();

        late.LetGo();
        await page.WaitForFunctionAsync("() => document.cookie.includes('tree=open')");

        await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        await Expect(page.GetByRole(AriaRole.Treeitem).First).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Treeitem).First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Keys_PressedBeforeTheFrameHasStarted_AreDoneInOrderOnceItHas()
    {
        var late = new LateScript("start");
        await using var host = await ConsoleHost.StartAsync(Token, more: late.AddTo);
        using var pool = new SamplePool(host.Store, hosts: 1, vms: 2);
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync(host.Url + "/vms");
        await Expect(page.GetByText("web-0000")).ToBeVisibleAsync();

        await Browser.PressTogetherAsync(page, "g", "h", "?");
        late.LetGo();

        await Expect(page.Locator("h1")).ToHaveTextAsync(new Regex("^Hosts"));
        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Keyboard" })).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Heading_GetsTheFocusOfAPage_UnlessAPersonWasQuicker()
    {
        var late = new LateScript("focusHeading");
        await using var host = await ConsoleHost.StartAsync(Token, more: late.AddTo);
        using var pool = new SamplePool(host.Store, hosts: 1, vms: 2);
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync(host.Url + "/vms");
        var filter = page.Locator("[data-search]");
        await filter.FocusAsync();

        late.LetGo();
        await late.Returned.WaitAsync(Patience.Limit, Token);

        await Expect(filter).ToBeFocusedAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Hosts" }).First.ClickAsync();
        await Expect(page.Locator("h1").Filter(new() { HasText = "Hosts" })).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Heading_ThatComesLate_GetsTheFocus()
    {
        await using var host = await ConsoleHost.StartAsync(Token);
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync(host.Url + "/");
        await Expect(page.Locator("h1")).ToBeFocusedAsync();

        await page.EvaluateAsync("""
            async () => {
              const { focusHeading } = await import(document.querySelector('script[src*=ConsoleLayout]').src);
              const heading = document.querySelector('h1');
              const place = document.createComment('');
              heading.replaceWith(place);
              focusHeading();
              place.replaceWith(heading);
            }
            """);

        await Expect(page.Locator("h1")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Sheet_FocusMovedInItBeforeItsFirstFieldGetsIt_StaysAndGoesBack()
    {
        var late = new LateScript("moveFocus");
        await using var host = await ConsoleHost.StartAsync(Token, more: late.AddTo);
        using var pool = new SamplePool(host.Store, hosts: 1, vms: 2);
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync(host.Url + "/hosts", 390, 844);
        var (button, close) = (page.GetByRole(AriaRole.Button, new() { Name = "Inventory" }), page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Close", Exact = true }));
        await button.ClickAsync();
        await close.FocusAsync();

        late.LetGo();
        await late.Returned.WaitAsync(Patience.Limit, Token);

        await Expect(close).ToBeFocusedAsync();
        await close.PressAsync("Enter");
        await Expect(button).ToBeFocusedAsync();
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
        // What the server shows as chosen the browser keeps a moment later.
        await page.Locator("html[data-theme=dark][data-density=comfortable]").WaitForAsync();
        await page.ReloadAsync();
        await OpenMenuAsync(page);
        await Expect(Choice(page, "Dark")).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(Choice(page, "Comfortable")).ToHaveAttributeAsync("aria-pressed", "true");
    }

    private static Task OpenMenuAsync(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "User menu" }).ClickAsync();

    private static ILocator Choice(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
