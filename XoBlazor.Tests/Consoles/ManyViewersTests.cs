using XoBlazor.Core.Consoles;
using XoBlazor.Tests.Consoles.Support;

namespace XoBlazor.Tests.Consoles;

/// <summary>Viewers come, go, fall behind and break while the screen changes; whoever stays ends with the picture that the host has.</summary>
public sealed class ManyViewersTests(ITestOutputHelper output)
{
    private static readonly int[][] s_tastes =
    [
        ScreenClient.All,
        [ScreenHost.Zrle, ScreenHost.Raw, ScreenHost.DesktopSize, ScreenHost.LastRect],
        [ScreenHost.Hextile, ScreenHost.DesktopSize],
        [ScreenHost.Rre, ScreenHost.CopyRect, ScreenHost.DesktopSize, ScreenHost.LastRect, ScreenHost.QemuKeys],
        [ScreenHost.Tight, ScreenHost.Hextile, ScreenHost.DesktopSize],
    ];

    [Fact]
    public async Task RandomComingsAndGoings_LeaveEverybodyWithTheHostsPicture()
    {
        var seed = Environment.TickCount & 0xFFFF;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        using var host = new ScreenHost(120, 90);
        await using var bench = new ConsoleBench(_ => host.Connect(), new() { MostOfUser = 1000 });
        var viewers = new List<ScreenClient>();
        try
        {
            for (var turn = 0; turn < 150; turn++)
                await TurnAsync(random, host, bench, viewers);
            foreach (var viewer in viewers)
                viewer.IsPaused = false;
            host.Resize(100, 80, 0x010203);
            host.Paint(3, 3, 30, 30, 0xFEDCBA);

            // A cut may have found some of them in the middle of something: those come back in life, and here are replaced.
            foreach (var viewer in viewers.ToList())
                await viewer.UntilAsync(() => viewer.IsOver || viewer.Frame.Pixels.AsSpan().SequenceEqual(host.Frame.Pixels), "it shows what the host shows, or was told to begin anew");
            viewers.Add(await bench.LookAsync());
            await viewers[^1].ShowsAsync(host.Frame);
            Assert.All(viewers, viewer => Assert.True(viewer.Failure is null, $"seed {seed}: {viewer.Failure}"));
        }
        finally
        {
            foreach (var viewer in viewers)
                await viewer.DisposeAsync();
        }
    }

    private static async Task TurnAsync(Random random, ScreenHost host, ConsoleBench bench, List<ScreenClient> viewers)
    {
        switch (random.Next(12))
        {
            case 0 when viewers.Count < 6:
                viewers.Add(await bench.LookAsync(s_tastes[random.Next(s_tastes.Length)]));
                break;
            case 1 when viewers.Count > 1:
                await viewers[0].LeaveAsync();
                await DropAsync(0);
                break;
            case 2 when viewers.Count > 1:
                viewers[^1].Break();
                await DropAsync(viewers.Count - 1);
                break;
            case 3 when random.Next(3) == 0:
                host.Resize(random.Next(1, 150), random.Next(1, 120), (uint)random.Next(0x1000000));
                break;
            case 4 when random.Next(4) == 0:
                host.Cut();
                break;
            case 5 when viewers.Count > 0:
                viewers[random.Next(viewers.Count)].IsPaused = true;
                break;
            case 6:
                foreach (var viewer in viewers)
                    viewer.IsPaused = false;
                break;
            case 7:
                // A bell, and a clipboard.
                host.Send(2, 3, 0, 0, 0, 0, 0, 0, 2, 65, 66);
                break;
            default:
                var (width, height) = (host.Frame.Width, host.Frame.Height);
                var (x, y) = (random.Next(width), random.Next(height));
                host.Paint(x, y, random.Next(1, width - x + 1), random.Next(1, height - y + 1), (uint)random.Next(0x1000000));
                await Task.Delay(random.Next(4));
                break;
        }

        async Task DropAsync(int index)
        {
            var viewer = viewers[index];
            viewers.RemoveAt(index);
            await viewer.DisposeAsync();
            Assert.Null(viewer.Failure);
        }
    }

    [Fact]
    public async Task SlowViewer_HoldsUpNobody_AndCatchesUp()
    {
        using var host = new ScreenHost(400, 300);
        await using var bench = new ConsoleBench(_ => host.Connect());
        await using var quick = await bench.LookAsync(ScreenHost.Raw, ScreenHost.LastRect, ScreenHost.DesktopSize);
        await using var slow = await bench.LookAsync(ScreenHost.Raw, ScreenHost.LastRect, ScreenHost.DesktopSize);
        await quick.ShowsAsync(host.Frame);
        await slow.ShowsAsync(host.Frame);
        slow.IsPaused = true;

        // 480 000 bytes each: many times of what may wait for one.
        for (uint i = 1; i <= 20; i++)
        {
            host.Paint(0, 0, 400, 300, i);
            await quick.ShowsAsync(host.Frame);
        }

        var taken = slow.Bytes;
        slow.IsPaused = false;
        await slow.ShowsAsync(host.Frame);
        Assert.True(slow.Bytes - taken < 12 * 480_000, $"{slow.Bytes - taken} bytes had been kept for it");
        await quick.ShowsAsync(host.Frame);
        Assert.Equal(1, host.Opened);
    }

    [Fact]
    public async Task SlowViewerAlone_SlowsTheHost_AndLosesNothing()
    {
        using var host = new ScreenHost(400, 300);
        await using var bench = new ConsoleBench(_ => host.Connect());
        await using var slow = await bench.LookAsync(ScreenHost.Zrle);
        await slow.ShowsAsync(host.Frame);
        slow.IsPaused = true;
        for (uint i = 1; i <= 20; i++)
            host.Paint(0, 0, 400, 300, i);
        slow.IsPaused = false;

        await slow.ShowsAsync(host.Frame);
        Assert.Equal([ScreenHost.Zrle], slow.Seen.Keys);
    }

    [Fact]
    public async Task Everybody_IsToldWhoLooks()
    {
        using var host = new ScreenHost(16, 16);
        await using var bench = new ConsoleBench(_ => host.Connect());
        bench.Grant(XoBlazor.Core.Access.Role.Administrator);
        await using var one = await bench.LookAsync();
        await using var two = await bench.LookAsync();
        await one.UntilAsync(() => one.Told("viewers")?["viewers"]!.AsArray().Count == 2, "both are named");

        await two.LeaveAsync();

        await one.UntilAsync(() => one.Told("viewers")!["viewers"]!.AsArray().Select(name => (string?)name).SequenceEqual(["ada"]), "only one is left");
    }

    [Fact]
    public async Task LateViewer_HearsWhatTheHostSaidOnce()
    {
        using var host = new ScreenHost(16, 16);
        await using var bench = new ConsoleBench(_ => host.Connect());
        await using var first = await bench.LookAsync();
        await first.UntilAsync(() => first.Seen.ContainsKey(ScreenHost.QemuKeys), "the host told the kind of keys");
        host.Send([0, 0, 0, 1, 0, 0, 0, 0, 0, 2, 0, 2, 0xFF, 0xFF, 0xFF, 0x11, .. new byte[16 + 2]]);
        await first.UntilAsync(() => first.Seen.ContainsKey(ScreenHost.Cursor), "the host told the pointer");

        await using var late = await bench.LookAsync();
        await late.ShowsAsync(host.Frame);

        // What was said once comes before the first picture.
        Assert.True(late.Seen.ContainsKey(ScreenHost.QemuKeys));
        Assert.True(late.Seen.ContainsKey(ScreenHost.Cursor));
        Assert.Equal(1, host.Opened);
    }

    [Fact]
    public async Task HostThatSendsNonsense_IsLeft_AndTriedAgain()
    {
        using var host = new ScreenHost(16, 16);
        await using var bench = new ConsoleBench(_ => host.Connect());
        await using var ada = await bench.LookAsync();
        await ada.ShowsAsync(host.Frame);

        host.Send(99, 1, 2, 3);
        await ada.UntilAsync(() => ada.ToldState("waiting") is not null, "it is said that something is wrong");
        host.Paint(1, 1, 4, 4, 0x123123);
        await ada.ShowsAsync(host.Frame);

        Assert.Equal("protocol", (string?)ada.ToldState("waiting")!["code"]);
    }

    /// <summary>Messages that no viewer that means well sends.</summary>
    public static TheoryData<string, byte[]> Wrong() => new()
    {
        { "unknown", [99] },
        { "continuous updates, which nobody offered", [150, 1, 0, 0, 0, 0, 0, 16, 0, 16] },
        { "QEMU's sound", [255, 1, 0, 0] },
        { "too many encodings", [2, 0, 0xFF, 0xFF] },
        { "palette colours", [0, 0, 0, 0, 8, 8, 0, 0, 0, 255, 0, 255, 0, 255, 0, 8, 16, 0, 0, 0] },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task ViewerThatSendsNonsense_IsSentAway_AndNobodyElse(string what, byte[] message)
    {
        using var host = new ScreenHost(16, 16);
        await using var bench = new ConsoleBench(_ => host.Connect());
        await using var good = await bench.LookAsync();
        await using var bad = await bench.LookAsync();
        await good.ShowsAsync(host.Frame);
        await bad.ShowsAsync(host.Frame);

        await bad.SendAsync(message);
        await bad.UntilAsync(() => bad.IsOver, $"it is sent away for {what}");
        host.Paint(2, 2, 9, 9, 0x565656);
        await good.ShowsAsync(host.Frame);

        Assert.Equal("protocol", (string?)bad.Told("end")!["code"]);
    }

    [Fact]
    public async Task LargePaste_IsDropped_AndWhatFollowsArrives()
    {
        using var host = new ScreenHost(16, 16);
        await using var bench = new ConsoleBench(_ => host.Connect());
        await using var ada = await bench.LookAsync();
        await ada.ShowsAsync(host.Frame);

        await ada.SendAsync([6, 0, 0, 0, 0, 0x20, 0, 0, .. new byte[0x200000]]);
        await ada.SendAsync(6, 0, 0, 0, 0, 0, 0, 2, 72, 73);
        await ada.KeyAsync('x');

        await ConsoleBench.UntilAsync(() => host.Input.Count == 2, "the small paste and the key arrived");
        Assert.Equal([6, 4], host.Input.Select(message => (int)message[0]));
    }

    [Fact]
    public async Task Noise_FromManyViewers_HarmsNobody()
    {
        var seed = Environment.TickCount & 0xFFFF;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        using var host = new ScreenHost(32, 32);
        await using var bench = new ConsoleBench(_ => host.Connect(), new() { MostOfUser = 1000 });
        await using var good = await bench.LookAsync();
        await good.ShowsAsync(host.Frame);

        for (var i = 0; i < 30; i++)
        {
            using var socket = bench.Serve(await bench.OpenAsync());
            var noise = new byte[random.Next(1, 2000)];
            random.NextBytes(noise);
            // Some begin well.
            if (random.Next(2) == 0)
                noise = [.. "RFB 003.008\n"u8, 1, 1, .. noise];
            await socket.SendAsync(noise, System.Net.WebSockets.WebSocketMessageType.Binary, true, TestContext.Current.CancellationToken);
            host.Paint(i, 0, 1, 32, (uint)random.Next(0x1000000));
        }

        await good.ShowsAsync(host.Frame);
    }
}
