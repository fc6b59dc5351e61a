using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Consoles;
using XoBlazor.Tests.Consoles.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Consoles;

/// <summary>Who looks at a VM's screen sees what the host shows, alone or with others.</summary>
public sealed class ScreenTests
{
    [Theory]
    [InlineData("RFB 003.003\n")]
    [InlineData("RFB 003.007\n")]
    [InlineData("RFB 003.008\n")]
    public async Task OneViewer_WithWhateverVersion_SeesTheScreen(string version)
    {
        using var host = new ScreenHost(64, 48, version);
        host.Paint(3, 4, 20, 10, 0x123456);
        await using var bench = new ConsoleBench(_ => host.Connect());

        await using var ada = await bench.LookAsync();
        await ada.ShowsAsync(host.Frame);
        host.Paint(0, 0, 5, 5, 0xFF00FF);

        await ada.ShowsAsync(host.Frame);
        Assert.Equal("web1", ada.Name);
        Assert.True(ada.Seen.ContainsKey(ScreenHost.Tight));
    }

    [Theory]
    [InlineData(ScreenHost.Raw)]
    [InlineData(ScreenHost.Rre)]
    [InlineData(ScreenHost.Hextile)]
    public async Task LateViewer_OfAStreamWithAHistory_SeesTheWholeScreen(int second)
    {
        using var host = new ScreenHost(70, 50);
        await using var bench = new ConsoleBench(_ => host.Connect());
        await using var ada = await bench.LookAsync(ScreenHost.Tight, second, ScreenHost.LastRect);
        await ada.ShowsAsync(host.Frame);
        host.Paint(10, 10, 30, 30, 0x00FF00);
        await ada.ShowsAsync(host.Frame);

        await using var bob = await bench.LookAsync(ScreenHost.Tight, second, ScreenHost.LastRect);
        await bob.ShowsAsync(host.Frame);
        host.Paint(5, 5, 40, 20, 0x0000FF);

        await bob.ShowsAsync(host.Frame);
        await ada.ShowsAsync(host.Frame);
        Assert.False(bob.Seen.ContainsKey(ScreenHost.Tight));
        Assert.Equal(1, host.Opened);
    }

    [Fact]
    public async Task Typing_WithTheRight_ReachesTheGuest_AndWithoutItDoesNot()
    {
        using var host = new ScreenHost(16, 16);
        await using var bench = new ConsoleBench(_ => host.Connect());
        await using var ada = await bench.LookAsync();
        await ada.ShowsAsync(host.Frame);
        await ada.KeyAsync('a');
        await ConsoleBench.UntilAsync(() => host.Input.Count == 1, "the key arrived");

        bench.Grant(Role.Custom("watcher", "Watcher", [ConsoleRights.See.Name]));
        await ada.UntilAsync(() => ada.Told("rights") is { } told && (bool)told["viewOnly"]!, "it may only look");
        await ada.KeyAsync('b');
        await ada.SendAsync(5, 1, 0, 3, 0, 3);
        await ada.SendAsync(6, 0, 0, 0, 0, 0, 0, 1, 65);
        await ada.SendAsync(255, 0, 0, 1, 0, 0, 0, 65, 0, 0, 0, 30);
        bench.Grant(Role.Operator);
        await ada.UntilAsync(() => !(bool)ada.Told("rights")!["viewOnly"]!, "it may type again");
        await ada.KeyAsync('c');
        await ConsoleBench.UntilAsync(() => host.Input.Count >= 3, "the other key arrived");

        // What was held when the right went is let go, and nothing else.
        Assert.Equal([(4, 1, 'a'), (4, 0, 'a'), (4, 1, 'c')], host.Input.Select(message => ((int)message[0], (int)message[1], (char)message[7])));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 3)]
    [InlineData(1, 65536)]
    [InlineData(2, 3)]
    public async Task Clipboard_WithoutTheRight_GoesNeitherWay_InWhateverPiecesItComes(int viewers, int piece)
    {
        byte[] copied = [3, 0, 0, 0, 0, 0, 0, 6, .. "secret"u8], extended = [3, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFA, .. "secret"u8];
        using var host = new ScreenHost(64, 48);
        await using var bench = new ConsoleBench(_ => new PiecewiseStream(host.Connect(), piece));
        bench.Grant(Role.Custom("typist", "Typist", [ConsoleRights.See.Name, ConsoleRights.Type.Name]));
        await using var ada = await bench.LookAsync();
        await ada.ShowsAsync(host.Frame);
        await using var bob = viewers == 2 ? await bench.LookAsync() : null;
        ScreenClient[] all = bob is null ? [ada] : [ada, bob];
        await ShowAsync();
        Assert.False((bool)ada.Told("open")!["clipboard"]!);

        foreach (var (at, clipboard) in new[] { copied, extended, copied }.Index())
        {
            host.Send(clipboard);
            // What is painted comes behind it.
            host.Paint(at, 2, 9, 9, (uint)(0x10101 * (at + 1)));
            await ShowAsync();
        }

        await ada.SendAsync([6, 0, 0, 0, 0, 0, 0, 1, 65]);
        await ada.SendAsync([6, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFC, 1, 0, 0, 0]);
        await ada.KeyAsync('c');
        await ConsoleBench.UntilAsync(() => !host.Input.IsEmpty, "the key arrived");
        Assert.Empty(all.SelectMany(viewer => viewer.Clipboards));
        Assert.Equal(4, Assert.Single(host.Input)[0]);

        bench.Grant(Role.Operator);
        await ada.UntilAsync(() => ada.Told("rights") is { } told && (bool)told["clipboard"]!, "clipboards may be exchanged");
        host.Send(copied);
        await ada.SendAsync([6, 0, 0, 0, 0, 0, 0, 1, 65]);
        await ada.UntilAsync(() => ada.Clipboards.Contains("secret"), "the guest's clipboard came");
        await ConsoleBench.UntilAsync(() => host.Input.Any(message => message[0] == 6), "the viewer's arrived");

        Task ShowAsync() => Task.WhenAll(all.Select(viewer => viewer.ShowsAsync(host.Frame)));
    }

    [Fact]
    public async Task LosingTheRight_EndsTheConsole_AndTellsWhy()
    {
        using var host = new ScreenHost(16, 16);
        await using var bench = new ConsoleBench(_ => host.Connect());
        await using var ada = await bench.LookAsync();
        await ada.ShowsAsync(host.Frame);

        bench.Grant(Role.Viewer);
        await ada.UntilAsync(() => ada.IsOver, "it is closed");

        Assert.Equal("no-right", (string?)ada.Told("end")!["code"]);
        await ConsoleBench.UntilAsync(() => bench.Desk.Count == 0, "the place is free");
        await ConsoleBench.UntilAsync(() => bench.Audit.Count == 2, "its end is written down");
        Assert.Equal([AuditOutcome.Begun, AuditOutcome.Succeeded], bench.Audit.Select(record => record.Outcome));
        await ConsoleBench.UntilAsync(() => host.Open == 0, "the host's line is closed");
    }

    [Fact]
    public async Task LosingTheRight_ClosesTheSocketWithinTwoSeconds()
    {
        using var host = new ScreenHost(16, 16);
        await using var time = new StoppableTime();
        await using var bench = new ConsoleBench(_ => host.Connect(), time: time);
        await using var ada = await bench.LookAsync();
        await ada.ShowsAsync(host.Frame);

        await time.WithinAsync(TimeSpan.FromSeconds(2), () =>
        {
            bench.Grant(Role.Viewer);
            return Task.CompletedTask;
        }, () => ada.IsOver);

        Assert.Equal("no-right", (string?)ada.Told("end")!["code"]);
    }

    [Fact]
    public async Task Reboot_AndMigration_AreFollowed_AndTheSizeToo()
    {
        using var one = new ScreenHost(64, 48);
        using var two = new ScreenHost(80, 30);
        two.Paint(0, 0, 80, 30, 0x777777);
        await using var bench = new ConsoleBench(host => host == "one" ? one.Connect() : two.Connect());
        await using var ada = await bench.LookAsync();
        await using var bob = await bench.LookAsync();
        await ada.ShowsAsync(one.Frame);
        await bob.ShowsAsync(one.Frame);

        one.Resize(90, 60, 0x334455);
        await ada.ShowsAsync(one.Frame);
        await bob.ShowsAsync(one.Frame);
        one.Cut();
        one.Paint(1, 1, 8, 8, 0x999999);
        await ada.ShowsAsync(one.Frame);
        await bob.ShowsAsync(one.Frame);
        bench.Place("two", "console2");

        await ada.ShowsAsync(two.Frame);
        await bob.ShowsAsync(two.Frame);
        Assert.Equal(1, two.Opened);
        await ConsoleBench.UntilAsync(() => one.Open == 0, "the old host's line is closed");
    }

    [Fact]
    public async Task OneViewer_AcrossAReboot_ReadsOnWithTight()
    {
        using var host = new ScreenHost(64, 48);
        await using var bench = new ConsoleBench(_ => host.Connect());
        await using var ada = await bench.LookAsync();
        host.Paint(0, 0, 40, 40, 0x112233);
        await ada.ShowsAsync(host.Frame);
        var before = ada.Seen[ScreenHost.Tight];

        host.Cut();
        host.Paint(7, 7, 20, 20, 0x445566);
        await ada.ShowsAsync(host.Frame);

        Assert.True(ada.Seen[ScreenHost.Tight] > before + 1);
        Assert.Equal(2, host.Opened);
    }

    [Fact]
    public async Task BrokenSocket_ComesBackWithItsWord_ToTheSamePlace()
    {
        using var host = new ScreenHost(32, 32);
        await using var bench = new ConsoleBench(_ => host.Connect());
        var seat = await bench.OpenAsync();
        await using var ada = bench.Look(seat);
        await ada.ShowsAsync(host.Frame);
        ada.Break();
        await ConsoleBench.UntilAsync(() => ada.IsOver, "the socket broke");

        var found = bench.Desk.Find((string)ada.Told("open")!["resume"]!, "ada-id", Guid.Empty);
        await using var again = bench.Look(found!);
        host.Paint(2, 2, 8, 8, 0xABCDEF);
        await again.ShowsAsync(host.Frame);

        Assert.Same(seat, found);
        Assert.Null(bench.Desk.Find(seat.Resume, "bob-id", Guid.Empty));
        Assert.Null(bench.Desk.Find(seat.Resume, "ada-id", Guid.NewGuid()));
        Assert.Single(bench.Audit);
    }

    [Fact]
    public async Task Keys_OfABrowserThatIsLost_AreLetGo()
    {
        using var host = new ScreenHost(16, 16);
        await using var bench = new ConsoleBench(_ => host.Connect());
        await using var ada = await bench.LookAsync();
        await ada.ShowsAsync(host.Frame);
        await ada.KeyAsync('q');
        await ada.SendAsync(4, 0, 0, 0, 0, 0, 0, (byte)'q');
        await ada.KeyAsync(0xFFE3);
        await ada.SendAsync(255, 0, 0, 1, 0, 0, 0, 97, 0, 0, 0, 30);
        await ada.SendAsync(5, 1, 0, 7, 0, 9);
        await ConsoleBench.UntilAsync(() => host.Input.Count == 5, "all arrived");

        ada.Break();
        await ConsoleBench.UntilAsync(() => host.Input.Count == 8, "what was held is let go");

        var released = host.Input.Skip(5).ToList();
        Assert.Equal([4, 0, 0, 0, 0, 0, 0xFF, 0xE3], released[0]);
        Assert.Equal([255, 0, 0, 0, 0, 0, 0, 97, 0, 0, 0, 30], released[1]);
        Assert.Equal([5, 0, 0, 7, 0, 9], released[2]);
    }

    [Fact]
    public async Task Keys_OfABrowserWhoseConsoleIsTakenOver_AreLetGo()
    {
        using var host = new ScreenHost(16, 16);
        await using var bench = new ConsoleBench(_ => host.Connect());
        var seat = await bench.OpenAsync();
        await using var ada = bench.Look(seat);
        await ada.ShowsAsync(host.Frame);
        await ada.KeyAsync(0xFFE3);
        await ConsoleBench.UntilAsync(() => host.Input.Count == 1, "Ctrl is held");

        await using var again = bench.Look(bench.Desk.Find(seat.Resume, "ada-id", Guid.Empty)!);
        await ConsoleBench.UntilAsync(() => host.Input.Count == 2, "what was held is let go");
        await again.ShowsAsync(host.Frame);
        await again.KeyAsync('c');
        await ConsoleBench.UntilAsync(() => host.Input.Count == 3, "the other browser types");

        Assert.Equal("elsewhere", (string?)ada.Told("end")!["code"]);
        Assert.Equal([(1, 0xE3), (0, 0xE3), (1, 'c')], host.Input.Select(message => ((int)message[1], (int)message[7])));
    }

    [Fact]
    public async Task WhoeverLeaves_WhileTheConsoleIsWaitedFor_IsGone()
    {
        using var host = new ScreenHost(16, 16);
        await using var bench = new ConsoleBench(_ => host.Connect());
        bench.Place(null);
        await using var ada = await bench.LookAsync();
        await ada.UntilAsync(() => ada.ToldState("waiting") is not null, "it is said to be off");

        await ada.LeaveAsync();

        await ConsoleBench.UntilAsync(() => bench.Desk.Count == 0, "the place is free");
    }

    [Fact]
    public async Task Idle_ForTooLong_IsClosed()
    {
        using var host = new ScreenHost(16, 16);
        await using var bench = new ConsoleBench(_ => host.Connect(), new() { Idle = TimeSpan.FromMilliseconds(200) });
        await using var ada = await bench.LookAsync();

        await ada.UntilAsync(() => ada.IsOver, "it is closed");

        Assert.Equal("idle", (string?)ada.Told("end")!["code"]);
    }

    [Fact]
    public async Task VmThatIsOff_IsWaitedFor()
    {
        using var host = new ScreenHost(32, 32);
        await using var bench = new ConsoleBench(_ => host.Connect());
        bench.Place(null);
        await using var ada = await bench.LookAsync();
        await ada.UntilAsync(() => ada.ToldState("waiting") is not null, "it is said to be off");

        bench.Place("one");
        await ada.ShowsAsync(host.Frame);

        Assert.Equal("not-running", (string?)ada.ToldState("waiting")!["code"]);
        Assert.Contains("web1 is off", (string?)ada.ToldState("waiting")!["text"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task HostThatCannotBeReached_IsNamedToThoseWhoMaySeeIt()
    {
        await using var bench = new ConsoleBench(_ => throw new ConsoleDialException("refused", "xcp-7 says no to web1.", "Its host says no to web1."));
        await using var ada = await bench.LookAsync();
        await ada.UntilAsync(() => ada.ToldState("waiting") is not null, "it is said why");
        var whole = (string?)ada.ToldState("waiting")!["text"];
        bench.GrantVm(Role.Operator);
        await using var bob = await bench.LookAsync();
        await bob.UntilAsync(() => bob.ToldState("waiting") is not null, "it is said why");

        Assert.Equal("xcp-7 says no to web1.", whole);
        Assert.Equal("Its host says no to web1.", (string?)bob.ToldState("waiting")!["text"]);
    }

    [Fact]
    public async Task Limits_RefuseInWords_AndAreFreedByLeaving()
    {
        using var host = new ScreenHost(32, 32);
        await using var bench = new ConsoleBench(_ => host.Connect(), new() { MostOfUser = 1 });
        await using var ada = await bench.LookAsync();
        await ada.ShowsAsync(host.Frame);

        var refusal = await Assert.ThrowsAsync<ConsoleRefusedException>(() => bench.OpenAsync());
        await ada.LeaveAsync();
        await ConsoleBench.UntilAsync(() => bench.Audit.Count == 3, "the end is written down");
        await bench.OpenAsync();

        Assert.Equal("too-many", refusal.Code);
        Assert.Equal([AuditOutcome.Begun, AuditOutcome.Refused, AuditOutcome.Succeeded, AuditOutcome.Begun], bench.Audit.Select(record => record.Outcome));
    }
}
