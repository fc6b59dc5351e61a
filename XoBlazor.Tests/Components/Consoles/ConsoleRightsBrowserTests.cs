using Microsoft.Playwright;
using XoBlazor.Core.Access;
using XoBlazor.Core.Consoles;
using XoBlazor.Core.Model;
using XoBlazor.Tests.Accessibility;
using XoBlazor.Tests.App.Api.Consoles;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Components.Support;
using XoBlazor.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace XoBlazor.Tests.Components.Consoles;

/// <summary>What somebody may at a console, and may not any more, in a real browser.</summary>
public sealed class ConsoleRightsBrowserTests
{
    // The page's own socket, so that a test can send what a page that was tampered with would.
    private const string KeepSockets = """
        window.sockets = [];
        window.WebSocket = class extends WebSocket { constructor(...all) { super(...all); window.sockets.push(this); } };
        """;

    private const string SendKey = """
        keysym => {
          const socket = window.sockets.filter(one => one.url.endsWith('/consoles/live')).at(-1);
          for (const isDown of [1, 0])
            socket.send(new Uint8Array([4, isDown, 0, 0, 0, 0, keysym >> 8, keysym & 255]));
        }
        """;

    // What no viewer sends: once it is answered, everything before it was read.
    private const string SendNonsense = "() => window.sockets.filter(one => one.url.endsWith('/consoles/live')).at(-1).send(new Uint8Array([77]))";

    private const string IsWhite = """
        () => {
          const canvas = document.querySelector('.place .frame canvas:not(.still)');
          return canvas?.width === 800 && [...canvas.getContext('2d').getImageData(700, 550, 1, 1).data].slice(0, 3).join() === '255,255,255';
        }
        """;

    [Fact]
    public async Task ConsoleThatMayOnlyBeSeen_ShowsThePicture_AndNothingTypedArrives()
    {
        await using var display = await RealDisplay.StartAsync();
        await using var scene = await ConsoleScene.StartAsync();
        await using var browser = await Browser.StartAsync();
        var vm = scene.RunningVm(onCoordinator: false);
        scene.Host.ServeConsole(vm.Uuid, display.Address);
        await scene.PersonAsync("wilma", vm, ConsoleRights.See);
        var administrators = await OpenAsync(browser, scene, TestServer.Admin, TestServer.Password, vm);
        await Expect(administrators.Locator("p.how")).ToContainTextAsync("Live");
        var page = await OpenAsync(browser, scene, "wilma", ConsoleScene.PersonsPassword, vm);
        display.ShowWatcher();

        await page.WaitForFunctionAsync(IsWhite);
        await Expect(page.GetByText("View only")).ToBeVisibleAsync();
        await Expect(Button(page, "Type text")).ToBeDisabledAsync();
        await page.Locator("canvas").HoverAsync();
        await page.Locator("canvas").FocusAsync();
        await page.Keyboard.TypeAsync("x");
        await page.EvaluateAsync(SendKey, (int)'y');
        await page.EvaluateAsync(SendNonsense);
        await Expect(page.GetByText("The console is closed")).ToBeVisibleAsync();
        await administrators.EvaluateAsync(SendKey, (int)'z');
        await display.PressedAsync("z");

        // Both share one line to the guest: what had been let through would have come before.
        Assert.False(display.HasPressed("x"));
        Assert.False(display.HasPressed("y"));
    }

    [Fact]
    public async Task ConsoleWhoseRightIsLost_IsClosedAndSaysWhy()
    {
        await using var scene = await ConsoleScene.StartAsync();
        await using var browser = await Browser.StartAsync();
        var vm = scene.RunningVm(onCoordinator: true);
        var guest = scene.Host.ConsoleOf(vm.NameLabel);
        var role = await scene.PersonAsync("wilma", vm, ConsoleRights.See, ConsoleRights.Type);
        var page = await OpenAsync(browser, scene, "wilma", ConsoleScene.PersonsPassword, vm);
        await Expect(page.Locator("p.how")).ToContainTextAsync("Live");
        await Expect(Button(page, "Clipboard")).ToBeDisabledAsync();

        await scene.AllowAsync(role, Right.View);

        await Expect(page.Locator(".over")).ToContainTextAsync("This console is not yours to see");
        await scene.Server.WaitAsync(() => guest.Viewers == 0);
        await page.WaitForFunctionAsync("() => window.sockets.filter(one => one.url.endsWith('/consoles/live')).every(one => one.readyState === WebSocket.CLOSED)");
    }

    [Fact]
    public async Task FullScreen_FillsTheScreen_AndIsLeftAgain()
    {
        await using var scene = await ConsoleScene.StartAsync();
        await using var browser = await Browser.StartAsync();
        var page = await OpenAsync(browser, scene, TestServer.Admin, TestServer.Password, scene.RunningVm(onCoordinator: true));
        await Expect(page.Locator("p.how")).ToContainTextAsync("Live");

        await Button(page, "Full screen").ClickAsync();
        await Expect(page.Locator("section.console.full")).ToBeVisibleAsync();
        Assert.True(await page.EvaluateAsync<bool>("() => document.fullscreenElement !== null"));
        var box = (await page.Locator("section.console").BoundingBoxAsync())!;
        await Button(page, "Leave full screen").ClickAsync();
        await Expect(page.Locator("section.console.full")).ToHaveCountAsync(0);

        Assert.Equal((0, 0), (box.X, box.Y));
        await page.WaitForFunctionAsync("() => document.fullscreenElement === null");
    }

    [Fact]
    public async Task Thumbnail_OnTheVmsPage_IsThePicture_AndGoesWithTheRight()
    {
        await using var scene = await ConsoleScene.StartAsync();
        await using var browser = await Browser.StartAsync();
        var vm = scene.RunningVm(onCoordinator: false);
        var role = await scene.PersonAsync("wilma", vm, ConsoleRights.See);
        var page = await SignInAsync(browser, scene, "wilma", ConsoleScene.PersonsPassword);

        await page.GotoAsync($"{scene.Server.Address}vms/{scene.Pool}/{vm.Uuid}");
        await Expect(page.GetByRole(AriaRole.Img, new() { Name = $"Screen of {vm.NameLabel}" })).ToBeVisibleAsync();
        // Letters, and what is behind them.
        Assert.True(await page.EvaluateAsync<int>(
            "() => { const canvas = document.querySelector('vm-screen canvas'); return new Set(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data).size; }") > 10);
        await page.GotoAsync($"{scene.Server.Address}vms?cols=name,screen");
        await Expect(page.Locator("vm-screen[data-state=shown]")).ToHaveCountAsync(1);
        await scene.AllowAsync(role, Right.View);

        await Expect(page.Locator("vm-screen")).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = vm.NameLabel })).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(1440, 900, false)]
    [InlineData(390, 844, true)]
    public async Task Thumbnails_OnPagesAndInTheList_AreAccessible(int width, int height, bool isDark)
    {
        await using var scene = await ConsoleScene.StartAsync();
        await using var browser = await Browser.StartAsync();
        var vm = scene.RunningVm(onCoordinator: true);
        var page = await browser.OpenAsync(scene.Server.Address!.AbsoluteUri, width, height, isDark);
        await page.SignInAsync(TestServer.Admin, TestServer.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "User menu" }).WaitForAsync();

        foreach (var address in new[] { $"vms/{scene.Pool}/{vm.Uuid}", "vms?cols=state,name,screen,host,memory" })
        {
            await page.GotoAsync($"{scene.Server.Address}{address}");
            await page.Locator("vm-screen[data-state=shown]").First.WaitForAsync();
            Assert.Empty(await Axe.ProblemsAsync(page));
            Assert.Empty(await Station.TooWideAsync(page));
            Assert.Empty(await Station.CutAsync(page));
        }
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static async Task<IPage> SignInAsync(Browser browser, ConsoleScene scene, string name, string password)
    {
        var page = await browser.OpenAsync(scene.Server.Address!.AbsoluteUri);
        await page.AddInitScriptAsync(KeepSockets);
        await page.SignInAsync(name, password);
        await page.GetByRole(AriaRole.Button, new() { Name = "User menu" }).WaitForAsync();
        return page;
    }

    private static async Task<IPage> OpenAsync(Browser browser, ConsoleScene scene, string name, string password, Vm vm)
    {
        var page = await SignInAsync(browser, scene, name, password);
        await page.GotoAsync($"{scene.Server.Address}console/{vm.Uuid}");
        await page.WaitForURLAsync($"**/console/{scene.Pool}/{vm.Uuid}");
        await page.Locator("main h1").WaitForAsync();
        return page;
    }
}
