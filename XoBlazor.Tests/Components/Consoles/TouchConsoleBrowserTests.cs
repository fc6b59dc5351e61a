using Microsoft.Playwright;
using XoBlazor.Core.Model;
using XoBlazor.Tests.App.Api.Consoles;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Components.Support;
using XoBlazor.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace XoBlazor.Tests.Components.Consoles;

/// <summary>What the keyboard of a phone, or an input method, writes into its field arrives in the guest as keys.</summary>
public sealed class TouchConsoleBrowserTests
{
    [Fact]
    public async Task Phone_WritesWithAccents_AndARealServersProgramGetsThem()
    {
        await using var display = await RealDisplay.StartAsync();
        await using var scene = await ConsoleScene.StartAsync();
        await using var browser = await Browser.StartAsync();
        var vm = scene.RunningVm(onCoordinator: false);
        scene.Host.ServeConsole(vm.Uuid, display.Address);
        var (page, keyboard) = await OpenAsync(browser, scene, vm);
        display.ShowWatcher();
        await page.WaitForFunctionAsync(
            """
            () => {
              const canvas = document.querySelector('.place .frame canvas:not(.still)');
              return canvas?.width === 800 && [...canvas.getContext('2d').getImageData(700, 550, 1, 1).data].slice(0, 3).join() === '255,255,255';
            }
            """);
        // The window under the pointer gets the keys.
        await page.Locator(".place .frame canvas").TapAsync();
        await TouchKeyboardAsync(page);

        await InsertAsync(keyboard, "b");
        await display.PressedAsync("b");
        await InsertAsync(keyboard, "é");
        await display.PressedAsync("eacute");
        // A dead key: the accent stands until the letter comes, and is taken back then.
        await ComposeAsync(keyboard, "´");
        await ComposeAsync(keyboard, "ú");
        await InsertAsync(keyboard, "ú");
        await display.PressedAsync("uacute");
        await page.Keyboard.PressAsync("Backspace");
        await display.PressedAsync("BackSpace");
    }

    [Fact]
    public async Task InputMethod_ComposesWords_AndOnlyWhatIsChosenIsTyped()
    {
        await using var scene = await ConsoleScene.StartAsync();
        await using var browser = await Browser.StartAsync();
        var vm = scene.RunningVm(onCoordinator: true);
        var guest = scene.Host.ConsoleOf(vm.NameLabel);
        var (page, keyboard) = await OpenAsync(browser, scene, vm);
        await Expect(page.Locator("p.how")).ToContainTextAsync("Live");
        await TouchKeyboardAsync(page);

        foreach (var shown in new[] { "に", "にほ", "にほん" })
            await ComposeAsync(keyboard, shown);
        await InsertAsync(keyboard, "日本");
        // What a German keyboard has with AltGr.
        await InsertAsync(keyboard, "@€");
        await scene.Server.WaitAsync(() => guest.Keys.Any(key => key is { IsDown: true, Keysym: 0x0100_20AC }));

        Assert.Equal(['日' | 0x0100_0000u, '本' | 0x0100_0000u, '@', '€' | 0x0100_0000u], guest.Keys.Where(key => key.IsDown && key.Keysym is < 0xFF00 or > 0xFFFF).Select(key => key.Keysym));
    }

    [Fact]
    public async Task Fingers_DragAndHold_AsAMouseWithTwoButtonsDoes()
    {
        await using var scene = await ConsoleScene.StartAsync();
        await using var browser = await Browser.StartAsync();
        var vm = scene.RunningVm(onCoordinator: true);
        var guest = scene.Host.ConsoleOf(vm.NameLabel);
        var (page, fingers) = await OpenAsync(browser, scene, vm);
        var box = (await page.Locator(".place .frame canvas").BoundingBoxAsync())!;
        var (x, y) = (box.X + (box.Width / 4), box.Y + (box.Height / 2));

        // At once, or the browser takes the first for a finger that is held.
        await Task.WhenAll(TouchAsync(fingers, "touchStart", (x, y)), TouchAsync(fingers, "touchMove", (x + 60, y)), TouchAsync(fingers, "touchMove", (x + (box.Width / 2), y)));
        await scene.Server.WaitAsync(() => guest.Pointer is { Buttons: 1 } at && Math.Abs(at.X - (guest.Size.Width * 3 / 4)) < 20);
        await TouchAsync(fingers, "touchEnd");
        await scene.Server.WaitAsync(() => guest.Pointer.Buttons == 0);

        await TouchAsync(fingers, "touchStart", (x, y));
        await scene.Server.WaitAsync(() => guest.Pointer is { Buttons: 4 } at && Math.Abs(at.X - (guest.Size.Width / 4)) < 20);
        await TouchAsync(fingers, "touchEnd");
        await scene.Server.WaitAsync(() => guest.Pointer.Buttons == 0);
    }

    private static Task TouchAsync(ICDPSession fingers, string what, params (float X, float Y)[] at) =>
        fingers.SendAsync("Input.dispatchTouchEvent", new() { ["type"] = what, ["touchPoints"] = at.Select(one => new Dictionary<string, object> { ["x"] = one.X, ["y"] = one.Y }).ToArray() });

    private static async Task<(IPage Page, ICDPSession Keyboard)> OpenAsync(Browser browser, ConsoleScene scene, Vm vm)
    {
        var page = await browser.OpenAsync(scene.Server.Address!.AbsoluteUri, 390, 844, isPhone: true);
        await page.SignInAsync(TestServer.Admin, TestServer.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "User menu" }).WaitForAsync();
        await page.GotoAsync($"{scene.Server.Address}console/{scene.Pool}/{vm.Uuid}");
        await Expect(page.Locator("p.how")).ToContainTextAsync("Live");
        return (page, await page.Context.NewCDPSessionAsync(page));
    }

    private static async Task TouchKeyboardAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Touch keyboard" }).TapAsync();
        await page.WaitForFunctionAsync("() => document.activeElement?.matches('textarea.field-of-keys')");
    }

    private static Task InsertAsync(ICDPSession keyboard, string text) => keyboard.SendAsync("Input.insertText", new() { ["text"] = text });

    private static Task ComposeAsync(ICDPSession keyboard, string text) =>
        keyboard.SendAsync("Input.imeSetComposition", new() { ["text"] = text, ["selectionStart"] = text.Length, ["selectionEnd"] = text.Length });
}
