using Microsoft.Extensions.Time.Testing;
using XoBlazor.Core.Access;
using XoBlazor.Core.Consoles;
using XoBlazor.Core.Consoles.Thumbnails;
using XoBlazor.Core.Store;
using XoBlazor.Tests.Consoles.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Consoles;

/// <summary>Small pictures of screens: asked of hosts seldom, for those alone who may see them.</summary>
public sealed class ThumbnailTests
{
    private static readonly byte[] s_jpeg =
        [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 1, 0xFF, 0xDB, 0, 3, 0, 0xFF, 0xC0, 0, 11, 8, 1, 0x90, 2, 0xD0, 1, 1, 0x11, 0, 0xFF, 0xC4, 0, 3, 0, 0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 7, 7, 0xFF, 0xD9];

    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Picture_IsAskedForOnceForAllWhoLook_AndAgainWhenItIsOld()
    {
        await using var bench = new ConsoleBench(_ => throw new InvalidOperationException("no console is opened"));
        var (asked, answer) = (0, new TaskCompletionSource<byte[]>());
        var thumbnails = bench.Thumbnails(_ =>
        {
            Interlocked.Increment(ref asked);
            return answer.Task;
        }, _time);

        var both = new[] { GetAsync(thumbnails), GetAsync(thumbnails) };
        answer.SetResult(s_jpeg);
        var pictures = await Task.WhenAll(both).WaitAsync(Patience.Limit, Token);
        _time.Advance(TimeSpan.FromSeconds(9));
        await GetAsync(thumbnails);
        var before = asked;
        _time.Advance(TimeSpan.FromSeconds(2));
        await GetAsync(thumbnails);

        Assert.Equal((1, 2), (before, asked));
        Assert.Same(pictures[0], pictures[1]);
        Assert.Equal(s_jpeg, Assert.IsType<ConsoleThumbnail.Picture>(pictures[0]).Jpeg);
    }

    [Fact]
    public async Task Picture_IsForThoseWhoMaySeeTheConsole_AlsoWhenTheyLoseTheRightMeanwhile()
    {
        await using var bench = new ConsoleBench(_ => throw new InvalidOperationException("no console is opened"));
        var (asked, answer) = (new TaskCompletionSource(), new TaskCompletionSource<byte[]>());
        var thumbnails = bench.Thumbnails(_ =>
        {
            asked.TrySetResult();
            return answer.Task;
        }, _time);

        bench.Grant(Role.Viewer);
        var viewer = await Assert.ThrowsAsync<ConsoleRefusedException>(() => GetAsync(thumbnails));
        bench.Grant(null);
        var nobody = await Assert.ThrowsAsync<ConsoleRefusedException>(() => GetAsync(thumbnails));
        Assert.False(asked.Task.IsCompleted);
        bench.Grant(Role.Custom("watcher", "Watcher", [ConsoleRights.See.Name]));
        var late = GetAsync(thumbnails);
        await asked.Task.WaitAsync(Patience.Limit, Token);
        bench.Grant(Role.Viewer);
        answer.SetResult(s_jpeg);

        Assert.Equal(("no-right", "not-there"), (viewer.Code, nobody.Code));
        Assert.Equal("no-right", (await Assert.ThrowsAsync<ConsoleRefusedException>(() => late)).Code);
    }

    [Fact]
    public async Task VmThatIsOff_HasNone_AndSaysSo()
    {
        await using var bench = new ConsoleBench(_ => throw new InvalidOperationException("no console is opened"));
        var thumbnails = bench.Thumbnails(_ => throw new InvalidOperationException("no host is asked"), _time);
        bench.Place(null);

        var none = Assert.IsType<ConsoleThumbnail.None>(await GetAsync(thumbnails));

        Assert.Equal("not-running", none.Code);
        Assert.Contains("web1 is off", none.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HostThatSaysNo_IsNotAskedAgainAtOnce_AndItsNameIsNotTold()
    {
        await using var bench = new ConsoleBench(_ => throw new InvalidOperationException("no console is opened"));
        var asked = 0;
        var thumbnails = bench.Thumbnails(_ =>
        {
            asked++;
            throw new IOException("one at 127.0.0.1 is gone");
        }, _time);

        var first = Assert.IsType<ConsoleThumbnail.None>(await GetAsync(thumbnails));
        await GetAsync(thumbnails);

        Assert.Equal((1, "unreachable"), (asked, first.Code));
        Assert.DoesNotContain("127.0.0.1", first.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_OfManyVms_IsAskedForTwoAtOnce()
    {
        await using var bench = new ConsoleBench(_ => throw new InvalidOperationException("no console is opened"));
        var (now, most, all) = (0, 0, new SemaphoreSlim(0));
        var thumbnails = bench.Thumbnails(async _ =>
        {
            InterlockedMost(ref most, Interlocked.Increment(ref now));
            await all.WaitAsync(Token);
            Interlocked.Decrement(ref now);
            return s_jpeg;
        }, _time);

        var looking = bench.Crowd(9).Select(vm => GetAsync(thumbnails, vm)).ToList();
        await ConsoleBench.UntilAsync(() => Volatile.Read(ref now) == 2, "two are asked for");
        all.Release(looking.Count);
        await Task.WhenAll(looking).WaitAsync(Patience.Limit, Token);

        Assert.Equal((2, 10), (most, thumbnails.Count));
    }

    [Fact]
    public async Task Picture_ThatNobodyAsksForAnyMore_IsForgotten()
    {
        await using var bench = new ConsoleBench(_ => throw new InvalidOperationException("no console is opened"));
        var thumbnails = bench.Thumbnails(_ => Task.FromResult(s_jpeg), _time);

        await GetAsync(thumbnails);
        var before = thumbnails.Count;
        await ConsoleBench.UntilAsync(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(30));
            return thumbnails.Count == 0;
        }, "it is forgotten");

        Assert.Equal(1, before);
    }

    /// <summary>What a browser is not given.</summary>
    public static TheoryData<string, byte[]> Wrong() => new()
    {
        { "nothing", [] },
        { "a page", "<html><script>alert(1)</script></html>"u8.ToArray() },
        { "a PNG", [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10, 0xFF, 0xD9] },
        { "one without an end", s_jpeg[..^2] },
        { "one without a size", [.. s_jpeg[..13], .. s_jpeg[26..]] },
        { "one with two", [.. s_jpeg[..26], .. s_jpeg[13..]] },
        { "one of 65 535 by 65 535", Changed((18, 0xFF), (19, 0xFF), (20, 0xFF), (21, 0xFF)) },
        { "one of no height", Changed((18, 0), (19, 0)) },
        { "one of four colours", Changed((22, 4)) },
        { "an arithmetic one", Changed((14, 0xC9)) },
        { "a segment that is longer than all", Changed((10, 0x7F)) },
        { "a segment of no length", Changed((11, 0)) },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Bytes_ThatAreNoPicture_AreRefused(string what, byte[] bytes) => Assert.False(JpegHead.IsPicture(bytes), what);

    [Fact]
    public void Bytes_OfAPicture_AreTaken() => Assert.True(JpegHead.IsPicture(s_jpeg));

    private static byte[] Changed(params (int At, byte To)[] changes)
    {
        var bytes = (byte[])s_jpeg.Clone();
        foreach (var (at, to) in changes)
            bytes[at] = to;
        return bytes;
    }

    private static void InterlockedMost(ref int most, int seen)
    {
        for (var known = Volatile.Read(ref most); seen > known && Interlocked.CompareExchange(ref most, seen, known) != known;)
            known = Volatile.Read(ref most);
    }

    private static Task<ConsoleThumbnail> GetAsync(ConsoleThumbnails thumbnails, ObjectKey? vm = null) =>
        thumbnails.GetAsync(ConsoleBench.Ada.Actor, vm ?? ConsoleBench.Vm, Token);
}
