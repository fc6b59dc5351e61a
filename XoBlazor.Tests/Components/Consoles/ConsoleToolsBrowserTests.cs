using Microsoft.Playwright;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations.Vms;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Tests.App.Api.Consoles;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Components.Support;
using static Microsoft.Playwright.Assertions;

namespace XoBlazor.Tests.Components.Consoles;

/// <summary>What stands beside a console in a real browser does what it says.</summary>
public sealed class ConsoleToolsBrowserTests
{
    // Pseudo-encodings of RFB: the best of JPEG is -23, the most effort to pack -247.
    private const int WorstJpeg = -32;
    private const int LeastPacking = -256;

    [Fact]
    public async Task Disc_IsInsertedAndEjectedBesideTheScreen()
    {
        await using var scene = await ConsoleScene.StartAsync();
        await using var browser = await Browser.StartAsync();
        var vm = scene.Picture.All<Vm>().First(one => one.Kind() == VmKind.Vm && one.PowerState == VmPowerState.Running && VmDiscs.DriveOf(scene.Picture, one) is { Empty: true });
        var disc = scene.Picture.All<Vdi>().First(one => scene.Picture.IsIso(one));
        var (page, problems) = await ConsoleBrowserTests.OpenAsync(browser, scene, vm);
        await Expect(page.Locator("p.how")).ToContainTextAsync("Live");

        await page.GetByRole(AriaRole.Button, new() { Name = "Insert a disc" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Disc").SelectOptionAsync(disc.Uuid);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Insert a disc" }).ClickAsync();
        await scene.Server.WaitAsync(() => VmDiscs.DriveOf(scene.Picture, vm)?.Vdi.Value == disc.Ref);

        await page.GetByRole(AriaRole.Button, new() { Name = "Eject the disc" }).ClickAsync();
        await scene.Server.WaitAsync(() => VmDiscs.DriveOf(scene.Picture, vm) is { Empty: true });
        await Expect(page.Locator("p.how")).ToContainTextAsync("Live");
        Assert.Empty(problems);
    }

    [Fact]
    public async Task Quality_FollowsTheNetwork_UntilSomebodyChoosesOne()
    {
        await using var scene = await ConsoleScene.StartAsync();
        await using var browser = await Browser.StartAsync();
        var vm = scene.RunningVm(onCoordinator: true);
        var guest = scene.Host.ConsoleOf(vm.NameLabel);
        var (page, _) = await ConsoleBrowserTests.OpenAsync(browser, scene, vm);
        await Expect(page.Locator("p.how")).ToContainTextAsync("Live");

        await NetworkAsync(page, megabits: 0.5);
        await scene.Server.WaitAsync(() => Asks(guest.Encodings, jpeg: 1, packing: 9));
        await NetworkAsync(page, megabits: 4);
        await scene.Server.WaitAsync(() => Asks(guest.Encodings, jpeg: 6, packing: 2));
        await NetworkAsync(page, megabits: 50);
        await scene.Server.WaitAsync(() => Asks(guest.Encodings, jpeg: 9, packing: 2));

        await page.GetByRole(AriaRole.Button, new() { Name = "View", Exact = true }).ClickAsync();
        await page.GetByLabel("Quality").SelectOptionAsync("balanced");
        await scene.Server.WaitAsync(() => Asks(guest.Encodings, jpeg: 6, packing: 2));
        await NetworkAsync(page, megabits: 0.5);
        await page.GetByLabel("Quality").SelectOptionAsync("sharp");
        await scene.Server.WaitAsync(() => Asks(guest.Encodings, jpeg: 9, packing: 2));
    }

    private static bool Asks(IReadOnlySet<int> encodings, int jpeg, int packing) => encodings.Contains(WorstJpeg + jpeg) && encodings.Contains(LeastPacking + packing);

    /// <summary>What the browser thinks of its line to us from now on.</summary>
    private static Task NetworkAsync(IPage page, double megabits) => page.EvaluateAsync(
        """
        megabits => {
          Object.defineProperty(NetworkInformation.prototype, 'downlink', { get: () => megabits, configurable: true });
          Object.defineProperty(NetworkInformation.prototype, 'saveData', { get: () => false, configurable: true });
          navigator.connection.dispatchEvent(new Event('change'));
        }
        """, megabits);
}
