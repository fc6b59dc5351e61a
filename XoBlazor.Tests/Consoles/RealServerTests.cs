using XoBlazor.Tests.Consoles.Support;

namespace XoBlazor.Tests.Consoles;

/// <summary>TigerVNC's server behind the relay: whatever it sends in whatever encoding, its boundaries are found, and late viewers see what it shows.</summary>
public sealed class RealServerTests
{
    [Theory]
    [InlineData(ScreenHost.Tight)]
    [InlineData(ScreenHost.Zrle)]
    [InlineData(ScreenHost.Hextile)]
    [InlineData(ScreenHost.Rre)]
    [InlineData(ScreenHost.Raw)]
    public async Task LateViewer_OfARealServer_SeesWhatItShows(int encoding)
    {
        await using var server = await VncServer.StartAsync(640, 480);
        await using var bench = new ConsoleBench(_ => server.Connect());
        var first = new ScreenClient(bench.Serve(await bench.OpenAsync())) { IsReal = true };
        await using var _ = first;
        first.Start(encoding, ScreenHost.Raw, ScreenHost.CopyRect, -26, -254, ScreenHost.DesktopSize, ScreenHost.LastRect, ScreenHost.QemuKeys, ScreenHost.Cursor, ScreenHost.ExtendedDesktopSize);
        await first.UntilAsync(() => first.Seen.GetValueOrDefault(encoding) > 0, "it gets the encoding it likes");
        await server.DrawAsync();
        await first.UntilAsync(() => first.Updates > 1, "it sees what was drawn");

        await using var late = await bench.LookAsync(encoding, ScreenHost.Hextile, ScreenHost.Raw, ScreenHost.CopyRect, ScreenHost.DesktopSize, ScreenHost.LastRect, ScreenHost.QemuKeys, ScreenHost.Cursor, ScreenHost.ExtendedDesktopSize);
        var direct = await ReferenceAsync(server);

        await late.ShowsAsync(direct);
        Assert.True(direct.Pixels.Distinct().Count() > 1);
        Assert.True(late.Seen.ContainsKey(ScreenHost.Cursor) && late.Seen.ContainsKey(ScreenHost.ExtendedDesktopSize));
        Assert.Null(first.Failure);
    }

    [Theory]
    [InlineData(ScreenHost.Tight)]
    [InlineData(ScreenHost.Zrle)]
    public async Task LaterViewer_LeftAloneWithARealServer_GetsTheEncodingItLikes(int encoding)
    {
        await using var server = await VncServer.StartAsync(640, 480);
        await using var bench = new ConsoleBench(_ => server.Connect());
        await using var first = await bench.LookAsync(ScreenHost.Hextile, ScreenHost.Raw, ScreenHost.DesktopSize, ScreenHost.LastRect);
        await first.UntilAsync(() => first.Updates > 0, "there is a picture");
        await using var late = new ScreenClient(bench.Serve(await bench.OpenAsync())) { IsReal = true };
        late.Start(encoding, ScreenHost.Hextile, ScreenHost.Raw, ScreenHost.CopyRect, ScreenHost.DesktopSize, ScreenHost.LastRect, ScreenHost.Cursor);
        await late.UntilAsync(() => late.Updates > 0, "there is a picture");
        Assert.False(late.Seen.ContainsKey(encoding));

        await first.LeaveAsync();
        await late.UntilAsync(() => late.Seen.ContainsKey(encoding), "it gets the encoding it likes");
        var before = late.Seen[encoding];
        await server.DrawAsync();

        await late.UntilAsync(() => late.Seen[encoding] > before, "it sees what was drawn");
        Assert.False(late.IsOver);
        Assert.Null(late.ToldState("waiting"));
    }

    [Fact]
    public async Task Resize_ByOneViewer_ReachesTheOther()
    {
        await using var server = await VncServer.StartAsync(640, 480);
        await using var bench = new ConsoleBench(_ => server.Connect());
        await using var one = await bench.LookAsync(ScreenHost.Hextile, ScreenHost.Raw, ScreenHost.LastRect, ScreenHost.ExtendedDesktopSize);
        await using var two = await bench.LookAsync(ScreenHost.Hextile, ScreenHost.Raw, ScreenHost.LastRect, ScreenHost.DesktopSize, ScreenHost.ExtendedDesktopSize);
        await one.UntilAsync(() => one.Updates > 0, "there is a picture");
        await two.UntilAsync(() => two.Updates > 0, "there is a picture");

        // 800 × 500, one screen.
        await one.SendAsync(251, 0, 3, 32, 1, 244, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 32, 1, 244, 0, 0, 0, 0);

        await one.UntilAsync(() => one.Frame is { Width: 800, Height: 500 }, "the screen is larger");
        await two.UntilAsync(() => two.Frame is { Width: 800, Height: 500 }, "the other one's, too");
        var direct = await ReferenceAsync(server);
        await one.ShowsAsync(direct);
        await two.ShowsAsync(direct);
    }

    /// <summary>What the server shows, looked at without the relay.</summary>
    private static async Task<Frame> ReferenceAsync(VncServer server)
    {
        await using var reference = new ConsoleBench(_ => server.Connect());
        await using var direct = await reference.LookAsync(ScreenHost.Raw);
        await direct.UntilAsync(() => direct.Updates > 0, "there is a picture");
        return direct.Frame;
    }
}
