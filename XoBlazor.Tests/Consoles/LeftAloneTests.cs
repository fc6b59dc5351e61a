using XoBlazor.Tests.Consoles.Support;

namespace XoBlazor.Tests.Consoles;

/// <summary>When of several viewers one is left, they get the host's best encodings again, and notice nothing of how.</summary>
public sealed class LeftAloneTests
{
    [Fact]
    public async Task FirstViewer_LeftAlone_GoesOnWithTheStreamsItKnows()
    {
        using var host = new ScreenHost(64, 48);
        await using var bench = new ConsoleBench(_ => host.Connect());
        await using var ada = await bench.LookAsync();
        await ada.ShowsAsync(host.Frame);
        await using var bob = await bench.LookAsync();
        await bob.ShowsAsync(host.Frame);
        host.Paint(0, 0, 30, 30, 0x00FF00);
        await ada.ShowsAsync(host.Frame);
        var before = ada.Seen[ScreenHost.Tight];

        await bob.LeaveAsync();
        await ConsoleBench.UntilAsync(() => host.Asked.Last().Contains(ScreenHost.Tight), "it is asked for again");
        host.Paint(5, 5, 40, 20, 0x0000FF);

        await ada.ShowsAsync(host.Frame);
        Assert.True(ada.Seen[ScreenHost.Tight] > before);
        Assert.Equal(1, host.Opened);
    }

    [Theory]
    [InlineData(ScreenHost.Tight)]
    [InlineData(ScreenHost.Zrle)]
    public async Task LaterViewer_LeftAlone_GetsALineOfTheirOwn_WithoutABreak(int encoding)
    {
        using var host = new ScreenHost(64, 48);
        await using var bench = new ConsoleBench(_ => host.Connect());
        int[] encodings = [encoding, ScreenHost.Hextile, ScreenHost.DesktopSize, ScreenHost.LastRect];
        await using var ada = await bench.LookAsync(encodings);
        await ada.ShowsAsync(host.Frame);
        await using var bob = await bench.LookAsync(encodings);
        await bob.ShowsAsync(host.Frame);
        Assert.False(bob.Seen.ContainsKey(encoding));

        await ada.LeaveAsync();
        await bob.UntilAsync(() => bob.Seen.ContainsKey(encoding), "it gets the encoding it likes");
        host.Paint(5, 5, 40, 20, 0x0000FF);
        await bob.ShowsAsync(host.Frame);
        await bob.KeyAsync('x');
        host.Resize(80, 60, 0x445566);

        await bob.ShowsAsync(host.Frame);
        await ConsoleBench.UntilAsync(() => host.Input.Count == 1, "what is typed arrives");
        await ConsoleBench.UntilAsync(() => host.Open == 1, "the line before is closed");
        Assert.Equal(2, host.Opened);
        Assert.Equal("live", (string?)bob.Told("state")!["state"]);
        Assert.Null(bob.ToldState("connecting"));
        Assert.Null(bob.ToldState("waiting"));
    }

    [Fact]
    public async Task LaterViewer_OfAHostThatAllowsOneLine_StaysOnIt()
    {
        using var host = new ScreenHost(64, 48);
        var asked = 0;
        await using var bench = new ConsoleBench(_ => Interlocked.Increment(ref asked) == 1 ? host.Connect() : throw new IOException("one only"));
        await using var ada = await bench.LookAsync();
        await ada.ShowsAsync(host.Frame);
        await using var bob = await bench.LookAsync();
        await bob.ShowsAsync(host.Frame);

        await ada.LeaveAsync();
        await ConsoleBench.UntilAsync(() => Volatile.Read(ref asked) == 2, "another line is asked for");
        host.Paint(5, 5, 40, 20, 0x0000FF);

        await bob.ShowsAsync(host.Frame);
        Assert.False(bob.Seen.ContainsKey(ScreenHost.Tight));
        Assert.Equal((1, false), (host.Opened, bob.IsOver));
    }

    [Fact]
    public async Task Viewers_WhoComeAndGoMeanwhile_AllSeeTheScreen()
    {
        using var host = new ScreenHost(64, 48);
        await using var bench = new ConsoleBench(_ => host.Connect());
        await using var ada = await bench.LookAsync();
        await ada.ShowsAsync(host.Frame);
        await using var bob = await bench.LookAsync();
        await bob.ShowsAsync(host.Frame);
        await ada.LeaveAsync();
        await ConsoleBench.UntilAsync(() => host.Opened == 2, "a line is made anew");

        // While it takes the other's place, or after.
        await using var eve = await bench.LookAsync();
        host.Paint(5, 5, 40, 20, 0x0000FF);
        await eve.ShowsAsync(host.Frame);
        await bob.ShowsAsync(host.Frame);

        await bob.LeaveAsync();
        host.Paint(1, 2, 20, 20, 0x00FFFF);
        await eve.ShowsAsync(host.Frame);
        await eve.UntilAsync(() => eve.Seen.ContainsKey(ScreenHost.Tight), "the last one gets the best encoding in the end");
        host.Paint(3, 4, 20, 20, 0xFFFF00);
        await eve.ShowsAsync(host.Frame);
    }
}
