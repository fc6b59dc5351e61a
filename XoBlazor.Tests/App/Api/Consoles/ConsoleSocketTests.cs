using System.Net;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using XoBlazor.App.Accounts;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Consoles;
using XoBlazor.Core.Model;
using XoBlazor.Simulator.Faults;
using XoBlazor.Tests.App.Api.Rest;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Consoles.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Api.Consoles;

/// <summary>The sockets of consoles on a running server, with simulated hosts behind it.</summary>
public sealed class ConsoleSocketTests
{
    [Theory]
    [InlineData(true, true)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task Ticket_OpensTheConsoleOfItsVm_OnWhateverHost_InWhateverForm(bool onCoordinator, bool hasTunnels)
    {
        await using var scene = await ConsoleScene.StartAsync(new() { HasConsoleTunnels = hasTunnels });
        var vm = scene.RunningVm(onCoordinator);
        var guest = scene.Host.ConsoleOf(vm.NameLabel);

        await using var page = await scene.LookAsync(vm);
        await page.UntilAsync(() => page.Frame.Pixels.Distinct().Skip(1).Any(), "there is a picture");
        foreach (var letter in "hello")
            await page.KeyAsync(letter);

        await ConsoleBench.UntilAsync(() => guest.Typed.EndsWith("hello", StringComparison.Ordinal), "the guest was typed at");
        Assert.Equal(guest.Size, (page.Frame.Width, page.Frame.Height));
        var record = Assert.Single(scene.Server.Audit("console.open"));
        Assert.Equal((AuditOutcome.Begun, vm.Uuid, TestServer.Admin), (record.Outcome, record.Target!.Id, record.Actor.Name));
    }

    [Fact]
    public async Task Ticket_OfAnother_UsedOrMadeUp_OpensNothing()
    {
        await using var scene = await ConsoleScene.StartAsync();
        var vm = scene.RunningVm(true);
        var used = await scene.TicketAsync(vm);
        using var first = await scene.EnterAsync("ticket", used);
        Assert.Equal("open", (string?)(await NextAsync(first))!["type"]);
        var others = scene.Server.Get<ConsoleTickets>().Issue(await scene.Server.AdminAsync(), Guid.NewGuid(), new(scene.Pool, vm.Uuid), ConsoleKind.Screen);

        foreach (var (name, word) in new[] { ("ticket", used), ("ticket", others), ("ticket", "made-up"), ("resume", "made-up"), ("target", "127.0.0.1:5900") })
        {
            using var socket = await scene.EnterAsync(name, word);
            var told = await NextAsync(socket);
            Assert.Equal(("end", "bad-ticket"), ((string?)told!["type"], (string?)told["code"]));
            Assert.Null(await NextAsync(socket));
        }
    }

    [Fact]
    public async Task Live_WithoutCookieOrFromAnotherSite_IsRefused()
    {
        await using var scene = await ConsoleScene.StartAsync();

        using var foreign = await scene.ConnectAsync("/consoles/live", scene.Cookies, "http://evil.example");
        using var nowhere = await scene.ConnectAsync("/consoles/live", scene.Cookies);
        using var nobody = await scene.ConnectAsync("/consoles/live");

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (foreign.HttpStatusCode, nowhere.HttpStatusCode));
        Assert.NotEqual(WebSocketState.Open, nobody.State);
    }

    [Fact]
    public async Task SignOut_EndsTheConsole()
    {
        await using var scene = await ConsoleScene.StartAsync();
        await using var page = await scene.LookAsync(scene.RunningVm(true));
        await page.UntilAsync(() => page.Updates > 0, "there is a picture");

        var account = await scene.Server.AccountAsync(TestServer.Admin);
        await scene.Server.Get<SignInSessions>().EndAllAsync(account.Id);

        await page.UntilAsync(() => page.IsOver, "it is cut off");
    }

    [Fact]
    public async Task Program_WithAToken_GetsPlainRfb_AndWithoutNothing()
    {
        await using var scene = await ConsoleScene.StartAsync();
        var vm = scene.RunningVm(false);
        var token = await RestClient.TokenAsync(scene.Server, TestServer.Admin);
        var viewers = await RestClient.TokenAsync(scene.Server, TestServer.Admin, "viewer");

        using var nobody = await scene.ConnectAsync($"/api/consoles/{vm.Uuid}", scene.Cookies);
        using var onlyViewer = await scene.ConnectAsync($"/api/consoles/{vm.Uuid}", $"token={viewers}");
        using var noVm = await scene.ConnectAsync("/api/consoles/no-such-vm", $"token={token}");
        using var foreign = await scene.ConnectAsync($"/api/consoles/{vm.Uuid}", $"token={token}", "http://evil.example");
        await using var program = new ScreenClient(await scene.ConnectAsync($"/api/consoles/{vm.Uuid}", $"token={token}"));
        program.Start(ScreenHost.Raw);

        await program.UntilAsync(() => program.Frame.Pixels.Distinct().Skip(1).Any(), "there is a picture");
        Assert.Equal(
            (HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, HttpStatusCode.NotFound, HttpStatusCode.Forbidden),
            (nobody.HttpStatusCode, onlyViewer.HttpStatusCode, noVm.HttpStatusCode, foreign.HttpStatusCode));
    }

    [Theory]
    [InlineData("limit", "Somebody is at the console of {0} already")]
    [InlineData("not-here", "does not show the console of {0}")]
    [InlineData("no-console", "{0} has no graphical console at the moment")]
    [InlineData("not-running", "{0} is off. Start it to see its console.")]
    public async Task Console_ThatCannotBeOpened_IsToldWhyAndComesWhenItCan(string code, string words)
    {
        // The limit came with it.
        await using var scene = await ConsoleScene.StartAsync(asVersion: "26.1.0");
        var vm = scene.RunningVm(false);
        await PreventAsync(isPrevented: true);

        await using var page = await scene.LookAsync(vm);
        await page.UntilAsync(() => page.ToldState("waiting") is { } told && (string?)told["code"] == code, $"it says {code}");
        Assert.Contains(string.Format(System.Globalization.CultureInfo.InvariantCulture, words, vm.NameLabel), (string?)page.ToldState("waiting")!["text"], StringComparison.Ordinal);
        await PreventAsync(isPrevented: false);
        await page.UntilAsync(() => page.Updates > 0, "there is a picture");

        async Task PreventAsync(bool isPrevented)
        {
            var simulator = scene.Host.Simulator;
            var row = simulator.Db.Where("VM", "uuid", vm.Uuid)[0];
            switch (code)
            {
                case "limit":
                    var screen = row.FollowAll("consoles", "console").First(console => console.Text("protocol") == "rfb");
                    simulator.Db.Pool["limit_console_sessions"] = true;
                    if (isPrevented)
                        simulator.Consoles.Enter(screen);
                    else
                        simulator.Consoles.Leave(screen);
                    break;
                case "not-here" when isPrevented:
                    scene.Host.Misbehave(new(FaultKind.Html500) { Method = "CONNECT /console" });
                    break;
                case "not-here":
                    scene.Host.Behave();
                    break;
                case "no-console" when isPrevented:
                    row.AddToMap("other_config", "disable_pv_vnc", "1");
                    await scene.Server.WaitAsync(() => scene.Picture.Get(new XenRef<Vm>(vm.Ref))!.OtherConfig.ContainsKey("disable_pv_vnc"));
                    break;
                case "no-console":
                    row.RemoveFromMap("other_config", "disable_pv_vnc");
                    break;
                case "not-running":
                    await scene.Client.ResultAsync(isPrevented ? "vm.stop" : "vm.start", isPrevented ? new JsonObject { ["id"] = vm.Uuid, ["force"] = true } : new JsonObject { ["id"] = vm.Uuid });
                    if (isPrevented)
                        await scene.Server.WaitAsync(() => scene.Picture.Get(new XenRef<Vm>(vm.Ref))!.PowerState == VmPowerState.Halted);
                    break;
            }
        }
    }

    [Fact]
    public async Task Restart_OfTheVm_IsFollowed()
    {
        await using var scene = await ConsoleScene.StartAsync();
        var vm = scene.RunningVm(true);
        await using var page = await scene.LookAsync(vm);
        await page.UntilAsync(() => page.Updates > 0, "there is a picture");

        await scene.Client.ResultAsync("vm.stop", new JsonObject { ["id"] = vm.Uuid, ["force"] = true });
        await page.UntilAsync(() => page.ToldState("waiting") is { } told && (string?)told["code"] == "not-running", "it is said to be off");
        await scene.Client.ResultAsync("vm.start", new JsonObject { ["id"] = vm.Uuid });
        var before = page.Updates;

        await page.UntilAsync(() => page.Updates > before && (string?)page.Told("state")!["state"] == "live", "there is a picture again");
    }

    private static async Task<JsonObject?> NextAsync(WebSocket socket)
    {
        using var patience = Patience.Source();
        var bytes = new byte[4096];
        while (true)
        {
            var part = await socket.ReceiveAsync(bytes, patience.Token);
            if (part.MessageType == WebSocketMessageType.Close)
                return null;
            if (part.MessageType == WebSocketMessageType.Text)
                return JsonNode.Parse(bytes.AsSpan(0, part.Count))!.AsObject();
        }
    }
}
