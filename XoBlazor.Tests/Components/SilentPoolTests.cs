using XoBlazor.Core.Model;
using XoBlazor.Simulator;
using XoBlazor.Tests.Components.Support;
using static Microsoft.Playwright.Assertions;

namespace XoBlazor.Tests.Components;

/// <summary>A pool that stops answering, as somebody sees it who is looking at it.</summary>
public sealed class SilentPoolTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pool_GoesSilent_KeepsItsObjectsHatchedAndDatedAndTheLiveSignNotGreen()
    {
        await using var host = await ConsoleHost.StartAsync(Token);
        await using var simulator = await SimulatorHost.StartAsync(new() { Pools = PoolSource.Make("pools=1,hosts=2,vms=12,seed=7") }, Token);
        await host.AddAsync(simulator.Pools[0], Token);
        await using var browser = await Browser.StartAsync();
        var list = await browser.OpenAsync(host.Url + "/vms");
        await Expect(list.Locator(".live-sign")).ToContainTextAsync("1 pool");
        await Expect(list.Locator(".body .row")).ToHaveCountAsync(12);
        var picture = host.Store.Current.Pool(simulator.Pools[0].Uuid)!;
        var vm = picture.All<Vm>().First(v => !v.IsATemplate && !v.IsASnapshot && !v.IsControlDomain);
        var detail = await browser.OpenAsync($"{host.Url}/vms/{picture.Uuid}/{vm.Uuid}");
        await Expect(detail.Locator("h1")).ToHaveTextAsync(vm.NameLabel);
        await Expect(list.Locator(".live-sign")).ToHaveClassAsync("live-sign well");

        await simulator.DisposeAsync();

        await Expect(list.Locator(".live-sign")).ToHaveClassAsync("live-sign unwell");
        await Expect(list.Locator(".live-sign")).ToContainTextAsync("0 of 1 pool");
        await Expect(list.Locator(".body .row.stale")).ToHaveCountAsync(12);
        await Expect(list.Locator(".body .row.stale").First).ToHaveCSSAsync("background-image", new System.Text.RegularExpressions.Regex("repeating-linear-gradient"));
        await Expect(list.Locator(".stale-notice")).ToContainTextAsync("is shown as it was");
        await Expect(detail.Locator("h1")).ToHaveTextAsync(vm.NameLabel);
        await Expect(detail.Locator(".notice.stale")).ToContainTextAsync("this is how things were");
        await Expect(detail.Locator(".notice.stale time")).ToHaveCountAsync(1);
    }
}
