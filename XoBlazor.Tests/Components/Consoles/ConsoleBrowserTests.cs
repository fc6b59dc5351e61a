using System.Globalization;
using Microsoft.Playwright;
using XoBlazor.Core.Model;
using XoBlazor.Simulator.Consoles;
using XoBlazor.Simulator.Faults;
using XoBlazor.Tests.Accessibility;
using XoBlazor.Tests.App.Api.Consoles;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Components.Support;
using XoBlazor.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace XoBlazor.Tests.Components.Consoles;

/// <summary>Consoles in a real browser, over the relay, of guests of a simulated pool: what is painted is what the guest shows, and what is typed arrives there.</summary>
public sealed class ConsoleBrowserTests
{
    // All pixels as one number; the guest's are counted in the same way.
    private const string Painted = """
        () => {
          const canvas = document.querySelector('.place .frame canvas:not(.still)');
          if (!canvas?.width) return '';
          const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
          let sum = 0;
          for (let at = 0; at < pixels.length; at += 4)
            sum = Math.imul(sum, 31) + (pixels[at] << 16 | pixels[at + 1] << 8 | pixels[at + 2]) | 0;
          return `${canvas.width}x${canvas.height} ${sum}`;
        }
        """;

    // In the lower right, where no program writes.
    private const string PixelIs = """
        wanted => {
          const canvas = document.querySelector('.place .frame canvas:not(.still)');
          return canvas?.width === 800 && [...canvas.getContext('2d').getImageData(700, 550, 1, 1).data].slice(0, 3).join() === wanted;
        }
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1440, 900, false)]
    [InlineData(390, 844, true)]
    public async Task Page_OfAConsole_PaintsTheGuestTakesKeysAndIsAccessible(int width, int height, bool isDark)
    {
        await using var scene = await ConsoleScene.StartAsync();
        await using var browser = await Browser.StartAsync();
        var vm = scene.RunningVm(onCoordinator: false);
        var guest = scene.Host.ConsoleOf(vm.NameLabel);
        var (page, problems) = await OpenAsync(browser, scene, vm, width, height, isDark);

        await PaintedAsync(page, guest);
        await page.Locator("canvas").FocusAsync();
        await page.Keyboard.TypeAsync("root\n\necho Over the relay\n");
        await UntilAsync(() => guest.Text.Contains("\nOver the relay\n", StringComparison.Ordinal));
        await PaintedAsync(page, guest);

        await LookAsync(page, "console");
        foreach (var panel in new[] { "Keys", "Type text", "Clipboard", "View" })
        {
            await page.GetByRole(AriaRole.Button, new() { Name = panel, Exact = true }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Group, new() { Name = panel == "Type text" ? "Type a text" : panel, Exact = true })).ToBeVisibleAsync();
            await LookAsync(page, $"console-{panel}");
            await page.GetByRole(AriaRole.Button, new() { Name = panel, Exact = true }).ClickAsync();
        }

        await page.GotoAsync($"{scene.Server.Address}vms/{scene.Pool}/{vm.Uuid}?tab=console");
        await PaintedAsync(page, guest);
        await LookAsync(page, "console-tab");
        Assert.Empty(problems);
    }

    [Fact]
    public async Task Keys_OfOtherLayoutsPaletteTextAndClipboard_ArriveAsTheyShould()
    {
        await using var scene = await ConsoleScene.StartAsync();
        await using var browser = await Browser.StartAsync();
        var vm = scene.RunningVm(onCoordinator: true);
        var guest = scene.Host.ConsoleOf(vm.NameLabel);
        var (page, problems) = await OpenAsync(browser, scene, vm);
        await PaintedAsync(page, guest);

        // A German keyboard: a letter of its own, one with AltGr, and a dead key, of which the guest gets the place.
        await page.Locator("canvas").FocusAsync();
        await PressAsync(page, ("ä", "Quote"), ("AltGraph", "AltRight"), ("@", "KeyQ"), ("Dead", "Equal"));
        await UntilAsync(() => guest.Keys.Any(key => key is { IsDown: true, ScanCode: 0x0D }));
        Assert.Contains(guest.Keys, key => key is { IsDown: true, Keysym: 'ä', ScanCode: 0x28 });
        Assert.Contains(guest.Keys, key => key is { IsDown: true, Keysym: 0xFE03 });
        Assert.Contains(guest.Keys, key => key is { IsDown: true, Keysym: '@', ScanCode: 0x10 });

        await Button(page, "Keys").ClickAsync();
        await Button(page, "Alt").ClickAsync();
        await Button(page, "F2").ClickAsync();
        await UntilAsync(() => guest.Keys is [.., { IsDown: true, Keysym: 0xFFE9 }, { IsDown: true, Keysym: 0xFFBF, ScanCode: 0x3C }, { IsDown: false, Keysym: 0xFFBF }, { IsDown: false, Keysym: 0xFFE9 }]);
        await Button(page, "Keys").ClickAsync();

        await Button(page, "Type text").ClickAsync();
        await page.GetByLabel("Text to type").FillAsync("root\nzwölf\necho {Zeile} é\n");
        await page.GetByLabel("Guest's keyboard").SelectOptionAsync("de");
        await page.GetByLabel("Speed").SelectOptionAsync("120");
        await Button(page, "Type it").ClickAsync();
        await UntilAsync(() => guest.Typed.EndsWith("{Zeile} ´e\r", StringComparison.Ordinal));
        Assert.EndsWith("root\rzwölf\recho {Zeile} ´e\r", guest.Typed, StringComparison.Ordinal);
        // On that keyboard Z is where others have Y, and é is an accent and then a letter.
        Assert.Contains(guest.Keys, key => key is { IsDown: true, Keysym: 'z', ScanCode: 0x15 });
        Assert.Contains(guest.Keys, key => key is { IsDown: true, Keysym: '´', ScanCode: 0x0D });
        await Expect(page.GetByLabel("Text to type")).ToHaveCountAsync(0);

        await Button(page, "Type text").ClickAsync();
        await page.GetByLabel("Text to type").FillAsync(new string('x', 500));
        await page.GetByLabel("Speed").SelectOptionAsync("8");
        await Button(page, "Type it").ClickAsync();
        await UntilAsync(() => guest.Typed.EndsWith("xx", StringComparison.Ordinal));
        await Button(page, "Stop").ClickAsync();
        await Expect(Button(page, "Type it")).ToBeVisibleAsync();
        Assert.InRange(guest.Typed.Count(letter => letter == 'x'), 2, 400);
        await Button(page, "Type text").ClickAsync();

        await Button(page, "Clipboard").ClickAsync();
        guest.Copy("from the guest");
        await Expect(page.GetByLabel("Clipboard of the guest")).ToHaveValueAsync("from the guest");
        await page.GetByLabel("Clipboard of the guest").FillAsync("to the guest");
        await Button(page, "Give to the guest").ClickAsync();
        await UntilAsync(() => guest.Clipboard == "to the guest");
        Assert.Empty(problems);
    }

    [Fact]
    public async Task Console_OfAVmThatStartsRestartsAndLosesItsLines_ComesByItself()
    {
        await using var scene = await ConsoleScene.StartAsync();
        await using var browser = await Browser.StartAsync();
        var vm = scene.Picture.All<Vm>().First(one => one.NameLabel == "legacy-crm");
        var (page, problems) = await OpenAsync(browser, scene, vm);
        await Expect(page.GetByText("legacy-crm is off")).ToBeVisibleAsync();

        await page.Locator(".over").GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true }).ClickAsync();
        await Expect(page.Locator("p.how")).ToContainTextAsync("Live");
        await PaintedAsync(page, scene.Host.ConsoleOf("legacy-crm"));

        // The host cuts everything; relay and guest are there again, and so is the picture.
        scene.Host.Misbehave(new Fault(FaultKind.DropConnections));
        scene.Host.ConsoleOf("legacy-crm").Write("after the cut");
        await PaintedAsync(page, scene.Host.ConsoleOf("legacy-crm"));

        // The browser's own socket is lost: it comes back with the word it was given.
        await page.EvaluateAsync("() => window.sockets.filter(s => s.url.endsWith('/consoles/live')).at(-1).close()");
        scene.Host.ConsoleOf("legacy-crm").Write(" and after the browser's");
        await PaintedAsync(page, scene.Host.ConsoleOf("legacy-crm"));
        var sent = await page.EvaluateAsync<string[]>("() => window.sockets.filter(s => s.url.endsWith('/consoles/live')).map(s => `${s.greeting} ${s.heard.join(' ')}`)");
        // Where the cut was in the middle of something, the server has it come back once more.
        Assert.InRange(sent.Length, 2, 3);
        Assert.Contains("ticket", sent[0], StringComparison.Ordinal);
        Assert.All(sent[1..], greeting => Assert.Contains("resume", greeting, StringComparison.Ordinal));
        Assert.DoesNotContain(problems, problem => !problem.Contains("WebSocket", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Screenshot_IsThePictureAsPng()
    {
        await using var scene = await ConsoleScene.StartAsync();
        await using var browser = await Browser.StartAsync();
        var vm = scene.RunningVm(onCoordinator: true);
        var (page, _) = await OpenAsync(browser, scene, vm);
        await PaintedAsync(page, scene.Host.ConsoleOf(vm.NameLabel));

        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Screenshot" }).ClickAsync());
        await using var stream = await download.CreateReadStreamAsync();
        var head = new byte[24];
        await stream.ReadExactlyAsync(head, Token);

        Assert.StartsWith(vm.NameLabel, download.SuggestedFilename, StringComparison.Ordinal);
        Assert.Equal("89504E470D0A1A0A", Convert.ToHexString(head[..8]));
        Assert.Equal((720, 450), ((head[18] << 8) | head[19], (head[22] << 8) | head[23]));
    }

    [Fact]
    public async Task TextConsole_OfAControlDomain_IsATerminal()
    {
        await using var scene = await ConsoleScene.StartAsync();
        await using var browser = await Browser.StartAsync();
        var (page, problems) = await OpenAsync(browser, scene, scene.Picture.All<Vm>().First(one => one.IsControlDomain));
        await Expect(page.Locator("p.how")).ToContainTextAsync("Live");

        await Button(page, "Text console").ClickAsync();
        await Expect(page.Locator(".xterm-rows")).ToContainTextAsync("login:");
        await page.Keyboard.TypeAsync("root\n");
        await Expect(page.Locator(".xterm-rows")).ToContainTextAsync("Password:");
        await page.Keyboard.TypeAsync("secret\necho over the line\n");
        await Expect(page.Locator(".xterm-rows")).ToContainTextAsync("echo over the line");
        await LookAsync(page, "console-text");

        await Button(page, "Graphical console").ClickAsync();
        await Expect(page.Locator(".place canvas")).ToHaveCountAsync(1);
        Assert.Empty(problems);
    }

    [Fact]
    public async Task Console_OfARealServer_PaintsItsPixelsAndItsProgramsGetTheKeys()
    {
        await using var display = await RealDisplay.StartAsync();
        await using var scene = await ConsoleScene.StartAsync();
        await using var browser = await Browser.StartAsync();
        var vm = scene.RunningVm(onCoordinator: false);
        scene.Host.ServeConsole(vm.Uuid, display.Address);
        var (page, problems) = await OpenAsync(browser, scene, vm);
        // Its own compressed encodings, in colours that are the browser's.
        await page.WaitForFunctionAsync(PixelIs, "0,0,0");

        display.ShowWatcher();
        await page.WaitForFunctionAsync(PixelIs, "255,255,255");
        await page.Locator("canvas").HoverAsync();
        await page.Locator("canvas").FocusAsync();
        await page.Keyboard.TypeAsync("aZ");
        await display.PressedAsync("a");
        await display.PressedAsync("Z");
        await Button(page, "Keys").ClickAsync();
        await Button(page, "F2").ClickAsync();
        await display.PressedAsync("F2");
        await LookAsync(page, "console-real");
        Assert.Empty(problems);
    }

    private static async Task LookAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("XOBLAZOR_LOOKS") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{page.ViewportSize!.Width}.png") });
        Assert.Empty(await Axe.ProblemsAsync(page));
        Assert.Empty(await Station.TooWideAsync(page));
        Assert.Empty(await Station.CutAsync(page));
    }

    /// <summary>An administrator's page with the console of a VM, and what it complains of.</summary>
    internal static async Task<(IPage Page, List<string> Problems)> OpenAsync(Browser browser, ConsoleScene scene, Vm vm, int width = 1440, int height = 900, bool isDark = false)
    {
        var page = await browser.OpenAsync(scene.Server.Address!.AbsoluteUri, width, height, isDark);
        await page.AddInitScriptAsync("""
            window.sockets = [];
            window.WebSocket = class extends WebSocket {
              constructor(...all) {
                super(...all);
                window.sockets.push(this);
                this.heard = [];
                this.addEventListener('message', event => typeof event.data === 'string' && this.url.endsWith('/consoles/live') && this.heard.push(event.data.slice(0, 120)));
                this.addEventListener('close', event => this.heard.push(`closed ${event.code}`));
              }
              send(data) { this.greeting ??= typeof data === 'string' ? data.replace(/:".*/, '') : ''; super.send(data); }
            };
            """);
        var problems = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                problems.Add(message.Text);
        };
        page.PageError += (_, error) => problems.Add(error);
        await page.SignInAsync(TestServer.Admin, TestServer.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "User menu" }).WaitForAsync();
        await page.GotoAsync($"{scene.Server.Address}console/{scene.Pool}/{vm.Uuid}");
        await page.Locator("main h1").WaitForAsync();
        return (page, problems);
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static Task PressAsync(IPage page, params (string Key, string Code)[] keys) => page.EvaluateAsync(
        """
        keys => {
          const press = (type, [key, code]) => document.activeElement.dispatchEvent(new KeyboardEvent(type, { key, code, bubbles: true, cancelable: true }));
          keys.forEach(key => press('keydown', key));
          keys.reverse().forEach(key => press('keyup', key));
        }
        """, keys.Select(key => new[] { key.Key, key.Code }).ToArray());

    /// <summary>Waits until the browser shows what stands on the guest's screen at this moment, pixel by pixel.</summary>
    private static async Task PaintedAsync(IPage page, GuestScreen guest)
    {
        using var patience = Patience.Source();
        while (await page.EvaluateAsync<string>(Painted) != Shown(guest))
            await Task.Delay(50, patience.Token);
    }

    private static string Shown(GuestScreen guest)
    {
        var (width, height) = guest.Size;
        var pixels = new uint[width * ScreenFont.CellHeight];
        var sum = 0;
        for (var line = 0; line < guest.Screen.Lines; line++)
            foreach (var pixel in pixels.AsSpan(0, guest.Screen.Draw(line, width, pixels) * width))
                sum = unchecked((sum * 31) + (int)pixel);
        return string.Create(CultureInfo.InvariantCulture, $"{width}x{height} {sum}");
    }

    private static async Task UntilAsync(Func<bool> shows)
    {
        using var patience = Patience.Source();
        while (!shows())
            await Task.Delay(20, patience.Token);
    }
}
