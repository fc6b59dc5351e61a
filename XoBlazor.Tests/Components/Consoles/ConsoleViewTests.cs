using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using XoBlazor.App.Components.Consoles;
using XoBlazor.App.Components.Vms;
using XoBlazor.Core.Model;
using XoBlazor.Tests.Components.Support;

namespace XoBlazor.Tests.Components.Consoles;

/// <summary>The page of a VM's console, with a browser that only takes note.</summary>
public sealed class ConsoleViewTests : ConsoleContext
{
    private readonly SamplePool _pool;
    private readonly BunitJSModuleInterop _module;
    private readonly BunitJSModuleInterop _console;

    public ConsoleViewTests()
    {
        _pool = new(Store);
        _module = JSInterop.SetupModule("import", _ => true);
        _module.Mode = JSRuntimeMode.Loose;
        _console = _module.SetupModule("open", _ => true);
        _console.Mode = JSRuntimeMode.Loose;
        _pool.Apply(_pool.Vm(1) with { Consoles = [new("OpaqueRef:screen")] }, new VmConsole { Ref = "OpaqueRef:screen", Uuid = "screen", Protocol = ConsoleProtocol.Rfb, Vm = new("OpaqueRef:vm-1") });
    }

    [Fact]
    public void Console_OfARunningVm_IsOpenedOnceAndTellsHowFarItIs()
    {
        var page = OpenConsole(_pool.Vm(1));

        page.WaitForAssertion(() => Assert.Single(_module.Invocations["open"]));
        Assert.Equal("db-0001", page.Find("h1").TextContent);
        Assert.Contains("Connecting", page.Find("p.how").TextContent, StringComparison.Ordinal);
        Assert.True(Button(page, "Keys").HasAttribute("disabled"));
    }

    [Fact]
    public async Task Console_ThatIsLive_HasItsKeysAndTellsWhoIsWatching()
    {
        var page = OpenConsole(_pool.Vm(1));
        await HearAsync(page, new("open", ViewOnly: false, Viewers: ["ada"]), new("state", State: "live"), new("viewers", Viewers: ["ada", "<b>grace</b>"]));

        Assert.Contains("Live", page.Find("p.how").TextContent, StringComparison.Ordinal);
        Assert.Contains("2 watching", page.Find(".watchers").TextContent, StringComparison.Ordinal);
        Assert.Contains("<b>grace</b>", page.Find(".watchers").TextContent, StringComparison.Ordinal);
        page.Do(() => Button(page, "Ctrl+Alt+Del"), it => it.Click());
        page.WaitForAssertion(() => Assert.Equal(["ctrl+alt+del"], _console.Invocations["press"].Select(call => (string)call.Arguments[0]!)));
    }

    [Fact]
    public async Task Keys_OfThePalette_AreHeldUntilAnotherWasPressed()
    {
        var page = OpenConsole(_pool.Vm(1));
        await HearAsync(page, new("open"), new("state", State: "live"));
        page.Do(() => Button(page, "Keys"), it => it.Click());

        page.Do(() => Button(page, "Alt"), it => it.Click());
        page.Do(() => Button(page, "F2"), it => it.Click());

        page.WaitForAssertion(() => Assert.Equal(2, _console.Invocations["hold"].Count));
        Assert.Equal([("alt", true), ("alt", false)], _console.Invocations["hold"].Select(call => ((string)call.Arguments[0]!, (bool)call.Arguments[1]!)));
        Assert.Equal(["f2"], _console.Invocations["press"].Select(call => (string)call.Arguments[0]!));
    }

    [Fact]
    public async Task Console_ToBeSeenOnly_SaysSoAndTakesNoKeys()
    {
        var page = OpenConsole(_pool.Vm(1));
        await HearAsync(page, new("open", ViewOnly: true), new("state", State: "live"));

        Assert.Contains("View only", page.Find("p.how").TextContent, StringComparison.Ordinal);
        Assert.All(new[] { "Ctrl+Alt+Del", "Keys", "Type text" }, word => Assert.True(Button(page, word).HasAttribute("disabled")));

        await HearAsync(page, new ConsoleNews("rights", ViewOnly: false));

        Assert.False(Button(page, "Keys").HasAttribute("disabled"));
    }

    [Fact]
    public async Task Console_WithoutTheRightToClipboards_ClosesThemAndSaysSo()
    {
        var page = OpenConsole(_pool.Vm(1));
        await HearAsync(page, new("open"), new("state", State: "live"));
        page.Do(() => Button(page, "Clipboard"), it => it.Click());
        Assert.Single(page.FindAll("[aria-label='Clipboard of the guest']"));

        await HearAsync(page, new ConsoleNews("rights", Clipboard: false));

        Assert.Empty(page.FindAll("[aria-label='Clipboard of the guest']"));
        Assert.True(Button(page, "Clipboard").HasAttribute("disabled"));
        Assert.Contains("may not exchange", Button(page, "Clipboard").GetAttribute("title"), StringComparison.Ordinal);
        Assert.False(Button(page, "Type text").HasAttribute("disabled"));
    }

    [Fact]
    public async Task Console_ThatEnds_SaysWhyAndIsOpenedAgainWhenAsked()
    {
        var page = OpenConsole(_pool.Vm(1));
        await HearAsync(page, new("open"), new("end", Code: "too-many", Text: "32 consoles are open. Close one."));
        Assert.Contains("32 consoles are open. Close one.", page.Find(".over").TextContent, StringComparison.Ordinal);

        page.Do(() => Button(page, "Try again"), it => it.Click());

        page.WaitForAssertion(() => Assert.Equal(2, _module.Invocations["open"].Count));
        Assert.Contains("Connecting", page.Find("p.how").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connection_ThatIsLostOrWaits_IsToldInWords()
    {
        var page = OpenConsole(_pool.Vm(1));
        await HearAsync(page, new("open"), new("state", State: "waiting", Code: "unreachable", Text: "lyon-host-01 cannot be reached."));
        Assert.Contains("lyon-host-01 cannot be reached.", page.Find(".over").TextContent, StringComparison.Ordinal);

        await HearAsync(page, new ConsoleNews("state", State: "lost"));

        Assert.Contains("Connection lost", page.Find("p.how").TextContent, StringComparison.Ordinal);
        Assert.Contains("tried again by itself", page.Find(".over").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Console_OfAVmThatIsOff_OffersToStartItAndOpensWhenItRuns()
    {
        var page = OpenConsole(_pool.Vm(0));
        Assert.Contains("web-0000 is off", page.Find(".over").TextContent, StringComparison.Ordinal);
        Assert.Contains(page.FindAll(".over button"), button => button.TextContent.Trim() == "Start");
        Assert.Empty(_module.Invocations["open"]);

        _pool.Apply(_pool.Vm(0) with { PowerState = VmPowerState.Running, ResidentOn = new("OpaqueRef:host-0"), Domid = 7 });
        Beat();

        page.WaitForAssertion(() => Assert.Single(_module.Invocations["open"]));
    }

    [Fact]
    public async Task Console_ThatEndedWithItsVm_BeginsAgainWithIt()
    {
        var page = OpenConsole(_pool.Vm(1));
        _pool.Apply(_pool.Vm(1) with { PowerState = VmPowerState.Halted, ResidentOn = default, Domid = -1 });
        Beat();
        await HearAsync(page, new ConsoleNews("end", Code: "not-running", Text: "db-0001 is off."));
        Assert.Contains("db-0001 is off", page.Find(".over").TextContent, StringComparison.Ordinal);

        _pool.Apply(_pool.Vm(1) with { PowerState = VmPowerState.Running, ResidentOn = new("OpaqueRef:host-0"), Domid = 8 });
        Beat();

        page.WaitForAssertion(() => Assert.Equal(2, _module.Invocations["open"].Count));
    }

    [Fact]
    public void TextConsole_IsOffered_OnlyWhereTheVmHasOne()
    {
        var page = OpenConsole(_pool.Vm(1));
        Assert.DoesNotContain(page.FindAll("button"), button => button.GetAttribute("aria-label") == "Text console");
        _pool.Apply(_pool.Vm(1) with { Consoles = [new("OpaqueRef:screen"), new("OpaqueRef:line")] }, new VmConsole { Ref = "OpaqueRef:line", Uuid = "line", Protocol = ConsoleProtocol.Vt100, Vm = new("OpaqueRef:vm-1") });
        Beat();

        page.Do(() => page.FindAll("button").Single(button => button.GetAttribute("aria-label") == "Text console"), it => it.Click());

        page.WaitForAssertion(() => Assert.Equal(2, _module.Invocations["open"].Count));
        Assert.Contains("text.js", (string)JSInterop.Invocations["import"][^1].Arguments[0]!, StringComparison.Ordinal);
    }

    [Fact]
    public void Console_OfATemplate_SaysThereIsNone()
    {
        _pool.Apply(_pool.Vm(2) with { IsATemplate = true });

        Assert.Contains("Templates and snapshots do not run", OpenConsole(_pool.Vm(2)).Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Console_OfNothing_SaysSo() =>
        Assert.Contains("There is no such VM", Open<ConsolePage>($"/console/{_pool.Uuid}/none", ("PoolUuid", _pool.Uuid), ("Uuid", "none")).Markup, StringComparison.Ordinal);

    [Fact]
    public void Console_OfAVmWithoutItsPool_IsFound()
    {
        Open<FindConsolePage>($"/console/{_pool.Vm(1).Uuid}", ("Uuid", _pool.Vm(1).Uuid));

        Assert.EndsWith($"/console/{_pool.Uuid}/{_pool.Vm(1).Uuid}", Address, StringComparison.Ordinal);
    }

    [Fact]
    public void Console_OfAVmThatTwoPoolsHave_IsAskedFor()
    {
        using var second = new SamplePool(Store, number: 2, name: "Oslo");
        second.Apply(second.Vm(2) with { Uuid = _pool.Vm(1).Uuid });

        var page = Open<FindConsolePage>($"/console/{_pool.Vm(1).Uuid}", ("Uuid", _pool.Vm(1).Uuid));

        Assert.Equal([$"/console/{_pool.Uuid}/{_pool.Vm(1).Uuid}", $"/console/{second.Uuid}/{_pool.Vm(1).Uuid}"], page.FindAll(".next a").Select(link => link.GetAttribute("href")).Order(StringComparer.Ordinal));
        Assert.Contains("mail-0002 in Oslo", page.Markup, StringComparison.Ordinal);
        Assert.EndsWith($"/console/{_pool.Vm(1).Uuid}", Address, StringComparison.Ordinal);
    }

    [Fact]
    public void Console_OfNoVm_SaysSo_AndFindsItWhenItComes()
    {
        var page = Open<FindConsolePage>("/console/late", ("Uuid", "late"));
        Assert.Contains("There is no such VM", page.Markup, StringComparison.Ordinal);

        _pool.Apply(_pool.Vm(1) with { Uuid = "late" });
        Beat();

        page.WaitForAssertion(() => Assert.EndsWith($"/console/{_pool.Uuid}/late", Address, StringComparison.Ordinal));
    }

    [Fact]
    public void VmPage_OfARunningVm_LeadsToItsConsoleAndHasItAsATab()
    {
        var page = Open<VmPage>($"/vms/{_pool.Uuid}/{_pool.Vm(1).Uuid}?tab=console", ("PoolUuid", _pool.Uuid), ("Uuid", _pool.Vm(1).Uuid));

        Assert.Equal($"/console/{_pool.Uuid}/{_pool.Vm(1).Uuid}", page.FindAll("header .bar a").Single(link => link.TextContent.Trim() == "Console").GetAttribute("href"));
        Assert.Equal("page", page.FindAll(".tabs a").Single(tab => tab.TextContent.Trim() == "Console").GetAttribute("aria-current"));
        page.WaitForAssertion(() => Assert.Single(_module.Invocations["open"]));
    }

    private string Address => Services.GetRequiredService<NavigationManager>().Uri;

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _pool.Dispose();
    }

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<IComponent> page, string word) =>
        page.FindAll("button").First(button => button.TextContent.Trim().StartsWith(word, StringComparison.Ordinal));

    private static async Task HearAsync(IRenderedComponent<IComponent> page, params ConsoleNews[] all)
    {
        foreach (var news in all)
            await page.FindComponent<ConsoleView>().Instance.HearAsync(news);
    }

    private IRenderedComponent<IComponent> OpenConsole(Vm vm) =>
        Open<ConsolePage>($"/console/{_pool.Uuid}/{vm.Uuid}", ("PoolUuid", _pool.Uuid), ("Uuid", vm.Uuid));
}
