using System.Text.Json.Nodes;
using XoBlazor.Core.Model;
using XoBlazor.Tests.App.Api.Consoles;
using XoBlazor.Tests.Components.Consoles;
using XoBlazor.Tests.Components.Support;
using XoBlazor.Tests.Consoles.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Consoles;

/// <summary>
/// A guest that QEMU runs behind the console of a simulated host, looked at through the whole server: what it shows arrives, what is typed arrives, and whoever looks stays while it
/// switches its screen and restarts.
/// </summary>
public sealed class QemuTests
{
    private const uint Enter = 0xFF0D;

    // The line that the guest paints, in the corner; and nothing beside it.
    private const string HasSwitched = """
        wanted => {
          const canvas = document.querySelector('.place .frame canvas:not(.still)');
          return canvas?.width === 1024 && canvas.height === 768 && [...canvas.getContext('2d').getImageData(8, 0, 1, 1).data].slice(0, 3).join() === wanted
            && [...canvas.getContext('2d').getImageData(8, 8, 1, 1).data].slice(0, 3).join() === '0,0,0';
        }
        """;

    private const string ShowsText = """
        () => {
          const canvas = document.querySelector('.place .frame canvas:not(.still)');
          return canvas?.width === 720 && canvas.height === 400 && canvas.getContext('2d').getImageData(0, 0, 720, 16).data.some((value, at) => at % 4 < 3 && value > 100);
        }
        """;

    [Fact]
    public async Task Guest_IsSeenAndTypedAt_AndFollowedWhenItSwitchesItsScreenAndRestarts()
    {
        await using var guest = new QemuGuest();
        await using var scene = await ConsoleScene.StartAsync();
        var vm = Serve(scene, guest);
        await guest.SaysAsync("ready");
        await using var one = await scene.LookAsync(vm, ScreenHost.Hextile, ScreenHost.CopyRect, ScreenHost.Raw, ScreenHost.DesktopSize, ScreenHost.LastRect, ScreenHost.QemuKeys);
        await ShowSameAsync(guest, one);

        // Keys by their place: what they are called on the browser's keyboard does not matter.
        await one.UntilAsync(() => one.Seen.ContainsKey(ScreenHost.QemuKeys), "the server takes keys by their place");
        await one.PressAsync('z', 0x15);
        await one.PressAsync('y', 0x2C);
        await one.PressAsync(Enter, 0x1C);
        await guest.SaysAsync("typed: yz");
        await using var two = await scene.LookAsync(vm, ScreenHost.Zrle, ScreenHost.Hextile, ScreenHost.Raw, ScreenHost.ExtendedDesktopSize);
        await ShowSameAsync(guest, one, two);

        await TypeAsync(two, "mode");
        await guest.SaysAsync("switched");
        var switched = new Frame(1024, 768);
        // Red comes first in the bytes that viewers ask for.
        switched.Fill(0, 0, GuestImage.Coloured, 1, ((GuestImage.Colour & 0xFF) << 16) | (GuestImage.Colour & 0xFF00) | (GuestImage.Colour >> 16));
        await one.ShowsAsync(switched);
        await two.ShowsAsync(switched);

        await TypeAsync(one, "reboot");
        await guest.SaysAsync("ready", 2);
        await ShowSameAsync(guest, one, two);
        await TypeAsync(two, "again");
        await guest.SaysAsync("typed: again");
        Assert.Null(one.ToldState("waiting"));

        // The pool's restart ends the domain, and with it the line.
        await scene.Client.ResultAsync("vm.stop", new JsonObject { ["id"] = vm.Uuid, ["force"] = true });
        await one.UntilAsync(() => one.ToldState("waiting") is not null, "it is said to be off");
        await scene.Client.ResultAsync("vm.start", new JsonObject { ["id"] = vm.Uuid });
        await one.UntilAsync(() => (string?)one.Told("state")!["state"] == "live", "it is live again");
        await TypeAsync(one, "anew");
        await guest.SaysAsync("typed: anew");
        await ShowSameAsync(guest, one, two);
        Assert.False(one.IsOver || two.IsOver);
    }

    [Fact]
    public async Task Guest_InABrowser_IsSeenTypedAtAndFollowed()
    {
        await using var guest = new QemuGuest();
        await using var scene = await ConsoleScene.StartAsync();
        await using var browser = await Browser.StartAsync();
        var vm = Serve(scene, guest);
        await guest.SaysAsync("ready");
        var (page, problems) = await ConsoleBrowserTests.OpenAsync(browser, scene, vm);
        await page.WaitForFunctionAsync(ShowsText);

        await page.Locator("canvas").FocusAsync();
        await page.Keyboard.PressAsync("Shift+T");
        await page.Keyboard.TypeAsync("yped; here\n");
        await guest.SaysAsync("typed: Typed; here");
        await page.Keyboard.TypeAsync("mode\n");
        await guest.SaysAsync("switched");
        await page.WaitForFunctionAsync(HasSwitched, string.Join(',', (GuestImage.Colour >> 16) & 0xFF, (GuestImage.Colour >> 8) & 0xFF, GuestImage.Colour & 0xFF));

        await page.Keyboard.TypeAsync("reboot\n");
        await guest.SaysAsync("ready", 2);
        await page.WaitForFunctionAsync(ShowsText);
        await page.Keyboard.TypeAsync("again\n");
        await guest.SaysAsync("typed: again");
        Assert.Empty(problems);
    }

    private static Vm Serve(ConsoleScene scene, QemuGuest guest)
    {
        var vm = scene.RunningVm(onCoordinator: false);
        scene.Host.ServeConsole(vm.Uuid, guest.Address);
        return vm;
    }

    /// <summary>Waits until these show what QEMU shows somebody who asks it without the server, and that is not nothing.</summary>
    private static async Task ShowSameAsync(QemuGuest guest, params ScreenClient[] viewers)
    {
        await using var bench = new ConsoleBench(_ => guest.Connect());
        await using var direct = await bench.LookAsync(ScreenHost.Raw, ScreenHost.DesktopSize);
        await direct.UntilAsync(() => direct.Frame.Pixels.Distinct().Count() > 1, "there is a picture");
        foreach (var viewer in viewers)
            await viewer.UntilAsync(() => viewer.Frame.Width == direct.Frame.Width && viewer.Frame.Pixels.AsSpan().SequenceEqual(direct.Frame.Pixels), "it shows what the guest shows");
    }

    /// <summary>A word and Enter, each key by its place on an American keyboard.</summary>
    private static async Task TypeAsync(ScreenClient viewer, string word)
    {
        const string Upper = "qwertyuiop", Home = "asdfghjkl", Lower = "zxcvbnm";
        foreach (var letter in word)
            await viewer.PressAsync(letter, (uint)(Upper.Contains(letter) ? 0x10 + Upper.IndexOf(letter) : Home.Contains(letter) ? 0x1E + Home.IndexOf(letter) : 0x2C + Lower.IndexOf(letter)));
        await viewer.PressAsync(Enter, 0x1C);
    }
}
