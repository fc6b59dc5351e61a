using System.Text.RegularExpressions;
using Microsoft.Playwright;
using XoBlazor.Simulator;
using XoBlazor.Simulator.Faults;
using XoBlazor.Tests.Accessibility;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Components.Support;
using static Microsoft.Playwright.Assertions;

namespace XoBlazor.Tests.EndToEnd;

/// <summary>A rolling reboot as a person has it in the console: from the pool's menu over the rehearsal to the report.</summary>
public sealed partial class RollingRebootPageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RollingReboot_FromTheRehearsalToTheReport_IsSeenOnOnePage()
    {
        using var folder = new TempFolder();
        await using var simulator = await SimulatorHost.StartAsync(
            new() { Pools = PoolSource.Make("pools=1,hosts=3,vms=12,seed=5"), Pool = new() { Password = "pool secret", OperationDuration = TimeSpan.FromMilliseconds(30) } }, Token);
        var pool = simulator.Pools[0];
        var (server, address) = await ServerProcess.StartAsync("--data-dir", folder.Path, "--urls", "http://127.0.0.1:0", "--Setup:AdminPassword=" + TestServer.Password);
        await using var running = server;
        await using var chromium = await Browser.StartAsync();
        var page = await chromium.OpenAsync(address.AbsoluteUri);
        await page.SignInAsync(TestServer.Admin, TestServer.Password);
        await FirstDayTests.AddPoolAsync(page, pool);

        await page.GotoAsync($"{address}pools/{pool.Uuid}");
        await page.GetByRole(AriaRole.Button, new() { Name = "More actions" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Rolling reboot" }).ClickAsync();
        await Expect(page.Locator(".summary")).ToContainTextAsync(pool.Name);
        var boxes = page.GetByLabel("Shut down meanwhile");
        foreach (var number in Enumerable.Range(0, await boxes.CountAsync()))
            await boxes.Nth(number).CheckAsync();
        Assert.Empty(await Axe.ProblemsAsync(page));
        var begin = page.GetByRole(AriaRole.Button, new() { Name = "Rolling reboot" });
        await Expect(begin).Not.ToHaveAttributeAsync("aria-disabled", "true");
        await begin.ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Textbox).FillAsync(pool.Name);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Rolling reboot" }).ClickAsync();

        await Expect(page).ToHaveURLAsync(WithRun());
        await Expect(page.Locator(".lane")).ToHaveCountAsync(3);
        Assert.Empty(await Axe.ProblemsAsync(page));
        await Expect(page.Locator("header.head")).ToContainTextAsync("Completed");
        await Expect(page.Locator(".log li").First).ToContainTextAsync("All done");
        await Expect(page.Locator(".lane").Filter(new() { HasText = "Rebooted" })).ToHaveCountAsync(3);

        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Report" }).ClickAsync());
        var report = await File.ReadAllTextAsync(await download.PathAsync(), Token);
        Assert.Contains($"# Rolling reboot of {pool.Name}", report, StringComparison.Ordinal);
        Assert.All(pool.Hosts, host => Assert.Contains($"{host.Name}{(host.IsCoordinator ? " (coordinator)" : "")}: rebooted", report, StringComparison.Ordinal));
        await page.ReloadAsync();
        await Expect(page.Locator("header.head")).ToContainTextAsync("Completed");
    }

    [Fact]
    public async Task RollingReboot_HostThatDoesNotComeBack_IsInTheOverviewAndSkippedOnThePage()
    {
        using var folder = new TempFolder();
        await using var simulator = await SimulatorHost.StartAsync(new() { Pools = PoolSource.Make("pools=1,hosts=3,vms=6,seed=5"), Pool = new() { Password = "pool secret", OperationDuration = TimeSpan.FromMilliseconds(5) } }, Token);
        var pool = simulator.Pools[0];
        var lost = pool.Hosts.Where(host => !host.IsCoordinator).OrderBy(host => host.Name, StringComparer.Ordinal).First();
        pool.Misbehave(new Fault(FaultKind.NoReturn) { Host = pool.Simulator.Db.Where("host", "name_label", lost.Name).Single().Uuid });
        var (server, address) = await ServerProcess.StartAsync("--data-dir", folder.Path, "--urls", "http://127.0.0.1:0", "--Setup:AdminPassword=" + TestServer.Password, "--Rolling:HostReturn=00:00:15");
        await using var running = server;
        await using var chromium = await Browser.StartAsync();
        var page = await chromium.OpenAsync(address.AbsoluteUri, width: 390, height: 844, dark: true);
        await page.SignInAsync(TestServer.Admin, TestServer.Password);
        await FirstDayTests.AddPoolAsync(page, pool);

        await page.GotoAsync($"{address}pools/{pool.Uuid}/rolling");
        await Expect(page.Locator(".summary")).ToContainTextAsync(pool.Name);
        var boxes = page.GetByLabel("Shut down meanwhile");
        foreach (var number in Enumerable.Range(0, await boxes.CountAsync()))
            await boxes.Nth(number).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Rolling reboot" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Textbox).FillAsync(pool.Name);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Rolling reboot" }).ClickAsync();
        await Expect(page.Locator(".stopped")).ToContainTextAsync($"{lost.Name} did not come back");
        Assert.Empty(await Axe.ProblemsAsync(page));
        await Pictures.TakeAsync(page, "rolling-stopped");
        await page.GotoAsync(address.AbsoluteUri);
        await Expect(page.Locator(".needs")).ToContainTextAsync("has a rolling reboot that stopped");
        await page.GetByRole(AriaRole.Link, new() { Name = "See it" }).ClickAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Skip a host" }).ClickAsync();
        await dialog.GetByLabel("Host").SelectOptionAsync(pool.Simulator.Db.Where("host", "name_label", lost.Name).Single().Uuid);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Skip a host" }).ClickAsync();

        await Expect(page.Locator("header.head")).ToContainTextAsync("Completed");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = lost.Name, Exact = true })).ToContainTextAsync("Left out");
    }

    [GeneratedRegex(@"/rolling\?run=")]
    private static partial Regex WithRun();
}
