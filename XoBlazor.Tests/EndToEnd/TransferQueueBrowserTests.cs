using System.Diagnostics;
using Microsoft.Playwright;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations.Transfers.Queue;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Simulator.Faults;
using XoBlazor.Tests.Accessibility;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Components.Support;
using XoBlazor.Tests.Operations.Transfers;
using static Microsoft.Playwright.Assertions;

namespace XoBlazor.Tests.EndToEnd;

/// <summary>VMs from pool to pool in a browser, with the whole server behind it.</summary>
public sealed class TransferQueueBrowserTests : IAsyncLifetime
{
    private const int MiB = 1 << 20;

    private TwoPools _pools = null!;
    private Browser _chromium = null!;
    private IPage _page = null!;

    public async ValueTask InitializeAsync()
    {
        _pools = await TwoPools.StartAsync(isOnAPort: true);
        _chromium = await Browser.StartAsync();
        _page = await _chromium.OpenAsync(_pools.Server.Address!.AbsoluteUri);
        await _page.SignInAsync(TestServer.Admin, TestServer.Password);
    }

    public async ValueTask DisposeAsync()
    {
        await _chromium.DisposeAsync();
        await _pools.DisposeAsync();
    }

    [Fact]
    public async Task Copy_ByTheSheet_IsCancelledOnThePageOfTransfers_AndLeavesNothing()
    {
        var vm = _pools.Vms(1)[0];
        var (source, target) = (_pools.Inventory(_pools.Source), _pools.Inventory(_pools.Target));
        _pools.Target.Misbehave(new Fault(FaultKind.StreamStall) { Method = "PUT /import", Bytes = 2 * MiB });
        await OpenAsync($"vms/{_pools.Source.Uuid}/{vm.Uuid}");
        await _page.GetByRole(AriaRole.Button, new() { Name = "More actions" }).ClickAsync();
        await _page.GetByRole(AriaRole.Menuitem, new() { Name = "Copy", Exact = true }).ClickAsync();
        var sheet = _page.GetByRole(AriaRole.Dialog);
        await sheet.GetByLabel("Pool", new() { Exact = true }).SelectOptionAsync(_pools.Target.Uuid);
        await Expect(sheet.GetByLabel("Compression on the way")).ToBeVisibleAsync();
        await sheet.GetByLabel("Storage", new() { Exact = true }).SelectOptionAsync(_pools.Storage.Uuid);
        await sheet.GetByLabel("Compression on the way").SelectOptionAsync("none");
        await sheet.GetByRole(AriaRole.Button, new() { Name = "Copy", Exact = true }).ClickAsync();
        await Expect(sheet).ToHaveCountAsync(0);
        await _pools.Server.WaitAsync(() => Listed is [{ Run.Bytes: > MiB }]);

        await OpenAsync("transfers");
        var running = _page.GetByRole(AriaRole.Table, new() { Name = "Running transfers" });
        await Expect(running.GetByRole(AriaRole.Link, new() { Name = vm.NameLabel })).ToBeVisibleAsync();
        var watch = Stopwatch.StartNew();
        await running.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();

        await Expect(_page.GetByRole(AriaRole.Table, new() { Name = "Ended transfers" }).GetByText("Cancelled", new() { Exact = true })).ToBeVisibleAsync();
        TestContext.Current.SendDiagnosticMessage("cancelled after {0} ms", watch.ElapsedMilliseconds);
        await _pools.UntilAsBeforeAsync(source, target);
    }

    [Fact]
    public async Task Several_ByTheSheet_WaitWhileTheQueueIsPaused_AndGoWhenItIsResumed()
    {
        var (queue, vms) = (_pools.Server.Get<TransferQueue>(), _pools.Vms(2));
        await _pools.Server.Get<QueueActs>().PauseAsync(await _pools.Server.AdminAsync(), isPaused: true);
        await OpenAsync("vms");
        foreach (var vm in vms)
            await _page.GetByRole(AriaRole.Checkbox, new() { Name = $"Select {vm.NameLabel}" }).CheckAsync();
        await _page.GetByRole(AriaRole.Button, new() { Name = "More actions" }).Last.ClickAsync();
        await _page.GetByRole(AriaRole.Menuitem, new() { Name = "Copy" }).ClickAsync();
        var sheet = _page.GetByRole(AriaRole.Dialog);
        await sheet.GetByLabel("Pool", new() { Exact = true }).SelectOptionAsync(_pools.Target.Uuid);
        await Expect(sheet.GetByLabel("Compression on the way")).ToBeVisibleAsync();
        await sheet.GetByLabel("Storage", new() { Exact = true }).SelectOptionAsync(_pools.Storage.Uuid);
        await sheet.GetByRole(AriaRole.Button, new() { Name = "Copy 2 VMs" }).ClickAsync();
        await Expect(sheet).ToHaveCountAsync(0);
        await Expect(_page.GetByText("Copy: waits for its turn")).ToHaveCountAsync(2);
        Assert.Equal(2, queue.Waiting.Count());

        await OpenAsync("transfers");
        var resume = _page.GetByRole(AriaRole.Button, new() { Name = "Resume the queue" });
        await Expect(resume).ToBeVisibleAsync();
        await AssertWholeAsync();
        await resume.ClickAsync();

        await Expect(_page.GetByRole(AriaRole.Table, new() { Name = "Ended transfers" }).GetByText("Done", new() { Exact = true })).ToHaveCountAsync(2);
        await AssertWholeAsync();
        await _pools.Server.WaitAsync(() => vms.All(vm => _pools.To.All<Vm>().Any(copy => copy.NameLabel == $"{vm.NameLabel} copy")));
    }

    [Fact]
    public async Task Vm_DroppedOnAnotherPoolInTheTree_OpensTheSheetForThatPool()
    {
        var vm = await _pools.VmAsync(VmPowerState.Halted);
        await OpenAsync("transfers");
        await _page.GetByRole(AriaRole.Button, new() { Name = "Tree" }).ClickAsync();
        var tree = _page.GetByRole(AriaRole.Tree);
        await tree.GetByRole(AriaRole.Button, new() { Name = $"Open {_pools.From.Name()}" }).ClickAsync();
        await tree.GetByRole(AriaRole.Button, new() { Name = "Open Not running" }).ClickAsync();

        await tree.GetByRole(AriaRole.Link, new() { Name = vm.NameLabel }).First.DragToAsync(tree.GetByRole(AriaRole.Link, new() { Name = _pools.To.Name() }).First);

        var sheet = _page.GetByRole(AriaRole.Dialog);
        await Expect(sheet.GetByRole(AriaRole.Heading, new() { Name = $"Move {vm.NameLabel}" })).ToBeVisibleAsync();
        await Expect(sheet.GetByLabel("Pool", new() { Exact = true })).ToHaveValueAsync(_pools.Target.Uuid);
        Assert.Empty(Listed);
    }

    [Fact]
    public async Task Vm_DroppedOnAnotherHostOfItsPoolInTheTree_Migrates()
    {
        var vm = _pools.From.All<Vm>().First(one => one.Kind() == VmKind.Vm && one.PowerState == VmPowerState.Running && _pools.From.DisksOf(one).All(disk => disk.Sr is not { Shared: false }));
        var (from, to) = (_pools.From.Get(vm.ResidentOn)!, _pools.From.All<Host>().First(host => host.Ref != vm.ResidentOn.Value));
        await OpenAsync("transfers");
        await _page.GetByRole(AriaRole.Button, new() { Name = "Tree" }).ClickAsync();
        var tree = _page.GetByRole(AriaRole.Tree);
        await tree.GetByRole(AriaRole.Button, new() { Name = $"Open {_pools.From.Name()}" }).ClickAsync();
        await tree.GetByRole(AriaRole.Button, new() { Name = $"Open {from.NameLabel}" }).ClickAsync();

        await tree.GetByRole(AriaRole.Link, new() { Name = vm.NameLabel }).First.DragToAsync(tree.GetByRole(AriaRole.Link, new() { Name = to.NameLabel }).First);
        var dialog = _page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByLabel("To host")).ToHaveValueAsync(to.Uuid);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Migrate", Exact = true }).ClickAsync();

        await Expect(dialog).ToHaveCountAsync(0);
        await _pools.Server.WaitAsync(() => _pools.From.GetByUuid<Vm>(vm.Uuid)!.ResidentOn.Value == to.Ref);
    }

    /// <summary>As wide as the window and accessible, on a phone and a desk.</summary>
    private async Task AssertWholeAsync()
    {
        foreach (var (width, height) in new[] { (390, 844), (1440, 900) })
        {
            await _page.SetViewportSizeAsync(width, height);
            await Station.RestAsync(_page);
            Assert.Empty((await Station.TooWideAsync(_page)).Concat(await Station.CutAsync(_page)).Concat(await Axe.ProblemsAsync(_page)));
        }
    }

    private IReadOnlyList<ListedTransfer> Listed => _pools.Server.Get<TransferQueue>().All;

    private async Task OpenAsync(string path)
    {
        await _page.GotoAsync(new Uri(_pools.Server.Address!, path).AbsoluteUri);
        await _page.Locator("[data-transfers=ready]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
    }
}
