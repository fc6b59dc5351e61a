using System.Text;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Consoles;
using XoBlazor.Core.Consoles.Rfb;
using XoBlazor.Tests.Consoles.Support;

namespace XoBlazor.Tests.Consoles;

/// <summary>Hosts and browsers that are slow, dead or mad: each costs only itself, and for no longer than is bearable.</summary>
public sealed class PeersTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Browser_ThatTakesNothing_IsCutOff()
    {
        using var host = new ScreenHost(16, 16);
        await using var bench = new ConsoleBench(_ => host.Connect(), new() { Stalled = TimeSpan.FromSeconds(1), Grace = TimeSpan.Zero });
        await using var ada = await bench.LookAsync();
        await ada.ShowsAsync(host.Frame);

        // A clipboard that is more than lies between the two ends of a line.
        ada.IsPaused = true;
        host.Send([3, 0, 0, 0, 0, 0x20, 0, 0, .. new byte[0x200000]]);

        await ConsoleBench.UntilAsync(() => bench.Desk.Count == 0, "the place is free");
        await ConsoleBench.UntilAsync(() => host.Open == 0, "the host's line is closed");
    }

    [Fact]
    public async Task Host_ThatTakesNothing_IsLeft_AndTriedAgain()
    {
        using var host = new ScreenHost(16, 16);
        var opened = 0;
        await using var bench = new ConsoleBench(_ => Interlocked.Increment(ref opened) == 1 ? Deaf() : host.Connect(), new() { Stalled = TimeSpan.FromSeconds(1) });
        await using var ada = await bench.LookAsync();
        await ada.UntilAsync(() => ada.ToldState("live") is not null, "there is a line");

        await ada.SendAsync([6, 0, 0, 0, 0, 8, 0, 0, .. new byte[0x80000]]);

        await ada.ShowsAsync(host.Frame);
        Assert.Equal("interrupted", (string?)ada.ToldState("waiting")!["code"]);
    }

    [Fact]
    public async Task Host_ThatSaysNothing_IsLeft_AndTriedAgain()
    {
        using var host = new ScreenHost(16, 16);
        var opened = 0;
        var silent = StreamPair.Make();
        await using var bench = new ConsoleBench(_ => Interlocked.Increment(ref opened) == 1 ? silent.One : host.Connect());
        await using var ada = await bench.LookAsync();

        await ada.ShowsAsync(host.Frame);

        Assert.Equal("interrupted", (string?)ada.ToldState("waiting")!["code"]);
    }

    [Fact]
    public async Task Noise_OfAHost_IsLeft_AndTheScreenComesBack()
    {
        var seed = Environment.TickCount & 0xFFFF;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        using var host = new ScreenHost(32, 32);
        await using var bench = new ConsoleBench(_ => host.Connect(), new() { MostOfUser = 1000 });
        for (var turn = 0; turn < 5; turn++)
        {
            // Their pictures may be spoilt, and so may what comes after them.
            await using var one = await bench.LookAsync();
            await using var two = await bench.LookAsync(ScreenHost.Zrle, ScreenHost.Hextile);
            await ConsoleBench.UntilAsync(() => host.Open > 0 || one.IsOver, "there is a line");
            var noise = new byte[random.Next(1, 3000)];
            random.NextBytes(noise);
            // So that some of it gets further than the first byte.
            if (random.Next(2) == 0)
                (noise[0], noise[^1]) = (0, 0);
            host.Send(noise);
            host.Paint(turn, 0, 1, 32, (uint)random.Next(0x1000000));
            host.Cut();
        }

        await using var good = await bench.LookAsync();
        await good.ShowsAsync(host.Frame);
    }

    [Fact]
    public async Task Greeting_OfAHostThatIsMad_EndsInWords()
    {
        var seed = Environment.TickCount & 0xFFFF;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var turn = 0; turn < 300; turn++)
        {
            var (ours, theirs) = StreamPair.Make();
            var noise = new byte[random.Next(300)];
            random.NextBytes(noise);
            byte[] prefix = random.Next(4) switch { 0 => [], 1 => "RFB 003.003\n"u8.ToArray(), 2 => [.. "RFB 003.008\n"u8, 1, 1], _ => [.. "RFB 003.008\n"u8, 1, 1, 0, 0, 0, 0] };
            await theirs.WriteAsync((byte[])[.. prefix, .. noise], TestContext.Current.CancellationToken);
            var greeting = RfbHostHandshake.OpenAsync(ours, TestContext.Current.CancellationToken);
            await theirs.DisposeAsync();

            var end = await Record.ExceptionAsync(() => greeting);
            Assert.True(end is null or RfbException or IOException, $"seed {seed}, turn {turn}: {end}");
        }
    }

    [Fact]
    public async Task Place_OfABrowserThatDoesNotComeBack_IsFreeAfterItsGrace()
    {
        using var host = new ScreenHost(16, 16);
        await using var bench = new ConsoleBench(_ => host.Connect(), new() { Grace = TimeSpan.FromMilliseconds(200) });
        var seat = await bench.OpenAsync();
        await using var ada = bench.Look(seat);
        await ada.ShowsAsync(host.Frame);

        ada.Break();

        await ConsoleBench.UntilAsync(() => bench.Desk.Count == 0, "the place is free");
        Assert.Null(bench.Desk.Find(seat.Resume, "ada-id", Guid.Empty));
        await ConsoleBench.UntilAsync(() => bench.Audit.Count == 2, "its end is written down");
        Assert.Equal([AuditOutcome.Begun, AuditOutcome.Succeeded], bench.Audit.Select(record => record.Outcome));
    }

    [Fact]
    public async Task Consoles_OfOneHost_HaveALimit_InWords()
    {
        using var host = new ScreenHost(16, 16);
        await using var bench = new ConsoleBench(_ => host.Connect(), new() { MostOfHost = 1 });
        await using var ada = await bench.LookAsync();
        await ada.ShowsAsync(host.Frame);

        var refusal = await Assert.ThrowsAsync<ConsoleRefusedException>(() => bench.OpenAsync());
        // Whoever moves takes the place along.
        bench.Place("two", "console2");
        var moved = await Assert.ThrowsAsync<ConsoleRefusedException>(() => bench.OpenAsync());

        Assert.Equal(("too-many", "too-many"), (refusal.Code, moved.Code));
        Assert.StartsWith("1 consoles of VMs on the same host are open", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>A host that greets, and then hears nothing any more.</summary>
    private static Stream Deaf()
    {
        var (ours, theirs) = StreamPair.Make();
        _ = GreetAsync();
        return theirs;

        async Task GreetAsync()
        {
            await ours.WriteAsync(Encoding.ASCII.GetBytes("RFB 003.008\n"));
            await ours.ReadExactlyAsync(new byte[12]);
            await ours.WriteAsync(new byte[] { 1, 1 });
            await ours.ReadExactlyAsync(new byte[1]);
            await ours.WriteAsync(new byte[4]);
            await ours.ReadExactlyAsync(new byte[1]);
            await ours.WriteAsync((byte[])[0, 16, 0, 16, .. new byte[20]]);
        }
    }
}
