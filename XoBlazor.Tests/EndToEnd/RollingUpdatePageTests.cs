using System.Text.RegularExpressions;
using Microsoft.Playwright;
using XoBlazor.Simulator;
using XoBlazor.Simulator.Behaviour;
using XoBlazor.Tests.Accessibility;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Components.Support;
using static Microsoft.Playwright.Assertions;

namespace XoBlazor.Tests.EndToEnd;

/// <summary>A pool of XCP-ng hosts brought up to date by one decision: from what the overview says to a report in which nothing is missing.</summary>
public sealed partial class RollingUpdatePageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RollingUpdate_FromTwelveMissingToTheReport_StopsNoVm()
    {
        using var folder = new TempFolder();
        await using var simulator = await SimulatorHost.StartAsync(
            new() { Pools = PoolSource.Make("pools=1,hosts=3,vms=9,seed=5,updates=12"), Pool = new() { Password = "pool secret", OperationDuration = TimeSpan.FromMilliseconds(20) } }, Token);
        var pool = simulator.Pools[0];
        var homes = Homes(pool, isMovable: true);
        var (server, address) = await ServerProcess.StartAsync("--data-dir", folder.Path, "--urls", "http://127.0.0.1:0", "--Setup:AdminPassword=" + TestServer.Password);
        await using var running = server;
        await using var chromium = await Browser.StartAsync();
        var page = await chromium.OpenAsync(address.AbsoluteUri);
        await page.SignInAsync(TestServer.Admin, TestServer.Password);
        await FirstDayTests.AddPoolAsync(page, pool);
        var missing = page.GetByRole(AriaRole.List, new() { Name = "Missing updates" }).Locator("> li");

        // Whoever opens the tab first has the hosts asked; the overview tells it to all others.
        await page.GotoAsync($"{address}pools/{pool.Uuid}?tab=updates");
        await Expect(missing).ToHaveCountAsync(12);
        await page.GotoAsync(address.AbsoluteUri);
        await Expect(page.Locator(".needs")).ToContainTextAsync("lacks 12 updates on 3 hosts");
        await page.GetByRole(AriaRole.Link, new() { Name = "See the updates" }).ClickAsync();
        await Expect(missing).ToHaveCountAsync(12);
        await page.GetByRole(AriaRole.Article).GetByRole(AriaRole.Button, new() { Name = "Rolling update" }).Last.ClickAsync();

        await Expect(page).ToHaveURLAsync(OfAnUpdate());
        await Expect(page.Locator(".summary")).ToContainTextAsync(pool.Name);
        await page.GetByText("Fine, or taken care of").ClickAsync();
        await Expect(page.Locator(".findings li").Filter(new() { HasTextRegex = Lacking() })).ToHaveCountAsync(3);
        Assert.Empty(await Axe.ProblemsAsync(page));
        await Pictures.TakeAsync(page, "rolling-update-rehearsal");
        await page.GetByRole(AriaRole.Button, new() { Name = "Rolling update" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Textbox).FillAsync(pool.Name);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Rolling update" }).ClickAsync();

        await Expect(page).ToHaveURLAsync(WithRun());
        await Expect(page.Locator(".lane")).ToHaveCountAsync(3);
        await Expect(page.Locator("header.head")).ToContainTextAsync("Completed");
        await Expect(page.Locator(".log li").First).ToContainTextAsync("All done; everything is as it was before. No host lacks an update.");
        await Expect(page.Locator(".log")).ToContainTextAsync("as it is the coordinator, the pool is out of reach until it is back");
        await Expect(page.Locator(".lane").Filter(new() { HasText = "Updated and rebooted" }).Filter(new() { HasText = " · took " })).ToHaveCountAsync(3);
        Assert.Empty(await Axe.ProblemsAsync(page));
        await Pictures.TakeAsync(page, "rolling-update-done");

        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Report" }).ClickAsync());
        var report = await File.ReadAllTextAsync(await download.PathAsync(), Token);
        Assert.Contains($"# Rolling update of {pool.Name}", report, StringComparison.Ordinal);
        Assert.Contains("No host lacks an update.", report, StringComparison.Ordinal);
        Assert.DoesNotContain("To be seen to", report, StringComparison.Ordinal);
        Assert.Equal(homes, Homes(pool, isMovable: false));
        Assert.All(pool.Hosts, host => Assert.Empty(pool.Packages.PendingOf(host.Name)));
        await page.GotoAsync($"{address}pools/{pool.Uuid}?tab=updates");
        await Expect(page.GetByRole(AriaRole.Article)).ToContainTextAsync("All hosts are up to date.");
    }

    /// <summary>The VMs that run and their hosts; those that could not leave them are shut down first.</summary>
    private static Dictionary<string, string> Homes(SimulatedPool pool, bool isMovable) => pool.Simulator.Db.Update(() =>
    {
        var db = pool.Simulator.Db;
        if (isMovable)
            foreach (var stuck in db.All("host").SelectMany(EvacuationPlan.For).Where(step => step.Why is not null).Select(step => step.Vm).ToList())
            {
                VmDomain.ForceHalted(stuck);
                AllowedOperations.Update(stuck);
            }

        return db.All("VM").Where(vm => vm.Text("power_state") == "Running" && !vm.Bool("is_control_domain")).OrderBy(vm => vm.Uuid, StringComparer.Ordinal).ToDictionary(vm => vm.Uuid, vm => vm.Text("resident_on"));
    });

    // One of them has one already.
    [GeneratedRegex(@": It lacks 1[12] updates\.")]
    private static partial Regex Lacking();

    [GeneratedRegex(@"/rolling\?kind=update")]
    private static partial Regex OfAnUpdate();

    [GeneratedRegex(@"/rolling\?run=")]
    private static partial Regex WithRun();
}
