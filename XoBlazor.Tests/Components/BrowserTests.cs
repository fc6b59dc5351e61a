using Microsoft.Playwright;
using XoBlazor.Core.Model;
using XoBlazor.Tests.App.Accounts.Ldap.Support;
using XoBlazor.Tests.Components.Support;

namespace XoBlazor.Tests.Components;

/// <summary>What only a real browser shows: keys, layout, and coming back after the circuit was lost.</summary>
public sealed class BrowserTests
{
    [Fact]
    public async Task Keys_GoSlashAndPalette_LeadAround()
    {
        await using var host = await ConsoleHost.StartAsync(TestContext.Current.CancellationToken);
        using var pool = new SamplePool(host.Store, vms: 20);
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync(host.Url + "/vms");
        await page.WaitForSelectorAsync("text=web-0000");

        await Browser.PressTogetherAsync(page, "g", "h");
        await page.WaitForSelectorAsync("h1:has-text('Hosts')");
        await page.Keyboard.PressAsync("/");
        await page.WaitForSelectorAsync("[data-search]:focus");
        await page.Keyboard.PressAsync("Control+k");
        await page.GetByRole(AriaRole.Dialog, new() { Name = "Search" }).GetByRole(AriaRole.Combobox).FillAsync("mail-0007");
        await page.GetByRole(AriaRole.Option, new() { Name = "mail-0007" }).WaitForAsync();
        await page.Keyboard.PressAsync("Enter");

        await page.WaitForFunctionAsync("path => location.pathname === path", $"/vms/{pool.Uuid}/{pool.Vm(7).Uuid}");
    }

    [Fact]
    public async Task List_VmChangesInTheStore_ChangesItsCell()
    {
        await using var host = await ConsoleHost.StartAsync(TestContext.Current.CancellationToken);
        using var pool = new SamplePool(host.Store, vms: 20);
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync(host.Url + "/vms?q=web-0000");
        await page.WaitForSelectorAsync("[role=row] >> text=Halted");

        pool.Apply(pool.Vm(0) with { PowerState = VmPowerState.Running });

        await page.WaitForSelectorAsync("[role=row] >> text=Running");
    }

    [Fact]
    public async Task List_TenThousandVms_KeepsFewRowsAndReachesTheEndByKey()
    {
        await using var host = await ConsoleHost.StartAsync(TestContext.Current.CancellationToken);
        using var pool = new SamplePool(host.Store, hosts: 20, vms: 10_000);
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync(host.Url + "/vms");
        await page.WaitForSelectorAsync("text=build-0003");

        await page.GetByRole(AriaRole.Grid).FocusAsync();
        await page.Keyboard.PressAsync("End");

        await page.WaitForSelectorAsync("[aria-rowindex='10001'].at");
        await page.WaitForFunctionAsync("() => (rows => rows >= 20 && rows <= 80)(document.querySelectorAll('.body [role=row]').length)");
    }

    [Fact]
    public async Task Server_Restarts_PageComesBackInTheSamePlaceWithFreshData()
    {
        var token = TestContext.Current.CancellationToken;
        // An address of its own: no connection of somebody else takes the port between the two servers.
        var first = await ConsoleHost.StartAsync(token, $"http://{LoopbackAddress.Next()}:0");
        var pool = new SamplePool(first.Store, vms: 300);
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync(first.Url + "/vms?sort=-name");
        await page.WaitForSelectorAsync("text=web-0295");
        await page.EvaluateAsync("document.querySelector('[role=grid]').scrollTop = 4000");
        await page.WaitForSelectorAsync("[aria-rowindex='130']");

        await first.DisposeAsync();
        await page.WaitForSelectorAsync("text=Connection lost, trying again.");
        await using var second = await ConsoleHost.StartAsync(token, first.StartedAt);
        using var fresh = new SamplePool(second.Store, vms: 301);

        await page.WaitForSelectorAsync("text=301");
        await page.WaitForFunctionAsync("document.querySelector('[role=grid]').scrollTop === 4000");
        Assert.EndsWith("/vms?sort=-name", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_ShiftAndArrowsOnAHeading_WidenItsColumnAndTheAddressKeepsIt()
    {
        await using var host = await ConsoleHost.StartAsync(TestContext.Current.CancellationToken);
        using var pool = new SamplePool(host.Store, vms: 20);
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync(host.Url + "/vms?cols=name,host:150");
        await page.WaitForSelectorAsync("text=web-0000");
        var heading = page.GetByRole(AriaRole.Columnheader, new() { Name = "Host" });

        await heading.GetByRole(AriaRole.Button).FocusAsync();
        // The list's script comes after its rows; a key that it hears is done when it was pressed.
        while (await heading.EvaluateAsync<int>("e => e.offsetWidth") == 150)
            await page.Keyboard.PressAsync("Shift+ArrowRight");
        await page.Keyboard.PressAsync("Shift+ArrowRight");

        await page.WaitForFunctionAsync("location.search === '?cols=name,host:182'");
        await page.WaitForFunctionAsync("document.querySelector('[data-column=host]').offsetWidth === 182");
    }

    [Fact]
    public async Task List_Exported_IsAFileOfWhatIsListed()
    {
        await using var host = await ConsoleHost.StartAsync(TestContext.Current.CancellationToken);
        using var pool = new SamplePool(host.Store, vms: 20);
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync(host.Url + "/vms?q=web&cols=name,state");
        await page.WaitForSelectorAsync("text=web-0000");
        await page.GetByRole(AriaRole.Button, new() { Name = "Export" }).ClickAsync();

        var file = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Menuitem, new() { Name = "CSV" }).ClickAsync());

        var lines = await File.ReadAllLinesAsync((await file.PathAsync())!, TestContext.Current.CancellationToken);
        Assert.Equal("vms.csv", file.SuggestedFilename);
        Assert.Equal(["Name,State,UUID,Pool UUID", $"web-0000,Halted,{pool.Vm(0).Uuid},{pool.Uuid}"], lines[..2]);
        Assert.Equal(5, lines.Length);
    }

    [Fact]
    public async Task List_ExportedBeforeItsScriptIsThere_IsAFileAllTheSame()
    {
        await using var host = await ConsoleHost.StartAsync(TestContext.Current.CancellationToken);
        using var pool = new SamplePool(host.Store, vms: 20);
        await using var browser = await Browser.StartAsync();
        var (page, late) = await browser.OpenWithoutAsync("**/ListPage*.js", host.Url + "/vms");
        await page.GetByRole(AriaRole.Button, new() { Name = "Export" }).ClickAsync();

        var file = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Menuitem, new() { Name = "CSV" }).ClickAsync());

        late.SetResult();
        Assert.Equal("vms.csv", file.SuggestedFilename);
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task List_NamesOfTwoHundredCharacters_DoNotWidenThePage(int width)
    {
        await using var host = await ConsoleHost.StartAsync(TestContext.Current.CancellationToken);
        using var pool = new SamplePool(host.Store, vms: 20, name: new string('P', 200));
        pool.Apply(pool.Vm(0) with { NameLabel = new string('W', 200), Tags = [new string('T', 200)] });
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync(host.Url + "/vms?sort=-name", width);
        await page.WaitForSelectorAsync("text=WWWW");

        await page.WaitForFunctionAsync("() => document.documentElement.scrollWidth <= innerWidth");
        await page.WaitForFunctionAsync("() => document.querySelector('.body [role=row]')?.scrollWidth <= document.querySelector('[role=grid]').clientWidth");
    }
}
