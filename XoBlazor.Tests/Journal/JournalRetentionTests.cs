using XoBlazor.Core.Journal;
using XoBlazor.Core.Journal.Storage.Sqlite;
using XoBlazor.Core.Model;

namespace XoBlazor.Tests.Journal;

/// <summary>What retention takes away, and that everything after it is still answered exactly.</summary>
public sealed class JournalRetentionTests
{
    private const string PoolUuid = "a3c1d2e4-0000-4000-8000-00000000000a";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public async Task EntriesAreTooOld_Trimmed_WhatIsKeptAnswersAsBefore(int seed)
    {
        await using var home = new JournalHome(new PartitionLimits(64, long.MaxValue, long.MaxValue), o => o.RetentionAge = TimeSpan.FromMinutes(10));
        await home.OpenAsync();
        var (naive, life, pool) = (new NaiveJournal(), new RandomLife(seed), new LivePool(PoolUuid));
        for (var i = 0; i < 150; i++)
        {
            var batch = life.Next(pool);
            naive.Take(batch);
            await home.WriteAsync(batch);
            home.Clock.SetUtcNow(life.Now);
        }

        for (var i = 0; i < 20; i++)
        {
            home.Clock.Advance(TimeSpan.FromSeconds(6));
            await home.WriteAsync();
        }

        var oldest = (await home.Storage.MeasureAsync(Token)).Oldest!.Value;
        Assert.True(oldest > JournalHome.Start.AddMinutes(1), "Nothing was trimmed.");
        Assert.True(oldest <= home.Clock.GetUtcNow().AddMinutes(-10), "More was trimmed than asked for.");
        for (var moment = oldest; moment < life.Now.AddMinutes(1); moment += TimeSpan.FromSeconds(37))
        {
            var expected = naive.AsOf(PoolUuid, moment);
            var picture = await home.Reader.PoolAsOfAsync(PoolUuid, moment, Token);
            Assert.True(picture.IsComplete);
            Assert.Equal(expected.Count, picture.Count);
            foreach (var ((type, uuid), line) in expected)
                Assert.Empty(NaiveJournal.Differences(line.After, picture.OfClass(type).Single(o => o.Object.Uuid == uuid).Object));
        }

        Assert.False((await home.Reader.PoolAsOfAsync(PoolUuid, JournalHome.Start, Token)).IsComplete);
    }

    [Fact]
    public async Task JournalIsTooLarge_Trimmed_StaysUnderItsSizeAndKeepsTheNewest()
    {
        const long size = 16L << 20;
        var limits = new PartitionLimits(1 << 20, size / 8, long.MaxValue);
        await using var home = new JournalHome(limits, o => o.RetentionSize = size);
        await home.OpenAsync();
        var (pool, random) = (new LivePool(PoolUuid), new Random(5));

        for (var i = 0; i < 400; i++)
        {
            var time = JournalHome.Start.AddSeconds(i * 7);
            for (var change = 0; change < 100; change++)
                home.Recorder.Observe(pool.Put(time, Network(random.Next(200), Convert.ToHexString(Bytes(random, 600)))));
            home.Clock.SetUtcNow(time);
            await home.WriteAsync();
        }

        for (var i = 0; i < 20; i++)
        {
            home.Clock.Advance(TimeSpan.FromSeconds(6));
            await home.WriteAsync();
        }

        var measure = await home.Storage.MeasureAsync(Token);
        Assert.InRange(measure.Size, size / 4, size + (size / 2));
        Assert.InRange(measure.Rows, 5_000, 35_000);
        var picture = await home.Reader.PoolAsOfAsync(PoolUuid, JournalHome.Start.AddDays(1), Token);
        Assert.Equal(
            pool.Objects.Values.Cast<Network>().Select(n => n.NameDescription).Order(), picture.OfClass(XapiClass.Network).Select(o => ((Network)o.Object).NameDescription).Order());
    }

    [Fact]
    public async Task ObjectsGoneLongAgo_Trimmed_AreForgotten()
    {
        await using var home = new JournalHome(new PartitionLimits(64, long.MaxValue, long.MaxValue), o => o.RetentionAge = TimeSpan.FromMinutes(5));
        await home.OpenAsync();
        var (pool, kept, gone) = (new LivePool(PoolUuid), Network(1, "kept"), Network(2, "gone"));
        await home.WriteAsync(pool.Put(JournalHome.Start, kept, gone), pool.Remove(JournalHome.Start.AddSeconds(1), gone));
        for (var i = 0; i < 300; i++)
            home.Recorder.Observe(pool.Put(JournalHome.Start.AddSeconds(2 + i), Network(3, $"busy {i}")));

        for (var i = 0; i < 20; i++)
        {
            home.Clock.Advance(TimeSpan.FromMinutes(1));
            await home.WriteAsync();
        }

        Assert.Empty((await home.Reader.ObjectTimelineAsync(new(PoolUuid, gone.Uuid), null, 10, Token)).Entries);
        Assert.Equal("kept", ((Network)(await home.Reader.ObjectAsOfAsync(new(PoolUuid, kept.Uuid), JournalHome.Start.AddHours(1), Token))!.Object).NameDescription);
        await home.ReopenAsync();
        await home.WriteAsync(pool.List(JournalHome.Start.AddHours(2)));
        Assert.Equal(EntryKind.Marker, (await home.Reader.ChangesAsync(new() { Limit = 1 }, Token)).Entries[0].Kind);
    }

    private static Network Network(int number, string description) => new()
    {
        Uuid = new Guid(number + 1, 0, 0, new byte[8]).ToString(),
        Ref = "OpaqueRef:" + number,
        NameLabel = "network",
        NameDescription = description,
    };

    private static byte[] Bytes(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }
}
