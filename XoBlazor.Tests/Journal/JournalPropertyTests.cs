using XoBlazor.Core.Journal;
using XoBlazor.Core.Journal.Storage;
using XoBlazor.Core.Journal.Storage.Sqlite;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi.Codecs;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Journal;

/// <summary>Random histories: the journal answers as the naive one does, over partition borders and restarts.</summary>
public sealed class JournalPropertyTests
{
    private const string PoolA = "a3c1d2e4-0000-4000-8000-00000000000a";
    private const string PoolB = "a3c1d2e4-0000-4000-8000-00000000000b";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 64)]
    [InlineData(2, 100)]
    [InlineData(3, 150)]
    [InlineData(4, 1_000_000)]
    // A partition that begins inside the slot of ten seconds in which a bar ends.
    [InlineData(939834378, 50)]
    public async Task AnyHistory_EveryQuestion_AnsweredAsTheNaiveJournalDoes(int seed, int partitionRows)
    {
        await using var home = new JournalHome(new PartitionLimits(partitionRows, long.MaxValue, long.MaxValue));
        var (naive, life, pools) = await LiveAsync(home, seed);

        for (var i = 0; i < 40; i++)
        {
            await CheckPictureAsync(home, naive, life.Pick(pools).Uuid, life.Moment());
            await CheckDifferencesAsync(home, naive, life.Pick(pools).Uuid, life.Moment(), life.Moment());
            await CheckTimelineAsync(home, naive, life.Pick(naive.Lines));
            await CheckChangesAsync(home, naive, life);
        }

        await CheckActivityAsync(home, naive, life);
    }

    [Fact]
    public async Task OtherHistories_EveryQuestion_AnsweredAsTheNaiveJournalDoes()
    {
        using var run = LongRun.Seeded(usual: 1, many: 60);

        for (var round = 0; round < run.Rounds; round++)
            await AnyHistory_EveryQuestion_AnsweredAsTheNaiveJournalDoes(run.Seed + round, 50 + (round % 5 * 40));
    }

    [Fact]
    public async Task Restart_ListingOfWhatIsKnown_WritesNothingButTheDifferences()
    {
        await using var home = new JournalHome(new PartitionLimits(128, long.MaxValue, long.MaxValue));
        var (_, life, pools) = await LiveAsync(home, 77);
        var rows = (await home.Storage.MeasureAsync(Token)).Rows;
        await home.ReopenAsync();
        var (pool, gone, changed) = (pools[0], pools[0].Objects.Values.First(o => o is not Network), pools[0].Objects.Values.OfType<Network>().First());
        pool.Remove(life.Now, gone);
        pool.Put(life.Now, changed with { NameLabel = "renamed while away" }, new Network { Uuid = "new-one", Ref = "OpaqueRef:new-one", NameLabel = "added while away" });

        await home.WriteAsync(pool.List(life.Now.AddMinutes(1)));

        var page = await home.Reader.ChangesAsync(new() { Limit = 5 }, Token);
        var news = page.Entries.Where(e => e.Time > life.Now).ToList();
        Assert.Equal(
            [EntryKind.Marker, EntryKind.Added, EntryKind.Modified, EntryKind.Removed], news.Select(e => e.Kind).OrderBy(k => k == EntryKind.Marker ? -1 : (int)k));
        Assert.All(news, e => Assert.Equal(EntryOrigin.Listing, e.Origin));
        Assert.Equal(gone.Uuid, news.Single(e => e.Kind == EntryKind.Removed).Uuid);
        Assert.Equal("\"renamed while away\"", Assert.Single(news.Single(e => e.Kind == EntryKind.Modified).Fields).New);
        Assert.Equal(rows + 4, (await home.Storage.MeasureAsync(Token)).Rows);
    }

    [Fact]
    public async Task Search_CommonWordsHardlyEverTogether_IsHandedBackInPieces()
    {
        await using var home = new JournalHome();
        await home.OpenAsync();
        var pool = new LivePool(PoolA);
        for (var i = 0; i < 300; i++)
            home.Recorder.Observe(pool.Put(JournalHome.Start.AddSeconds(i), new Network
            {
                Uuid = $"network-{i}",
                Ref = $"OpaqueRef:{i}",
                NameLabel = i == 100 ? "alpha beta" : i % 2 == 0 ? "alpha" : "beta",
            }));
        await home.WriteAsync();
        var query = new ChangesQuery { Text = "alpha beta", LookThrough = 50 };

        var pages = new List<JournalPage> { await home.Reader.ChangesAsync(query, Token) };
        while (pages[^1].Next is { } next)
            pages.Add(await home.Reader.ChangesAsync(query with { Cursor = next }, Token));

        Assert.Equal(7, pages.Count);
        Assert.Equal("network-100", Assert.Single(pages.SelectMany(p => p.Entries)).Uuid);
    }

    private static async Task<(NaiveJournal Naive, RandomLife Life, LivePool[] Pools)> LiveAsync(JournalHome home, int seed)
    {
        await home.OpenAsync();
        var (naive, life) = (new NaiveJournal(), new RandomLife(seed));
        LivePool[] pools = [new(PoolA), new(PoolB)];
        for (var i = 0; i < 120; i++)
        {
            var batch = life.Next(life.Pick(pools));
            naive.Take(batch);
            home.Recorder.Observe(batch);
            if (i % 7 == 0)
                await home.WriteAsync();
            if (i % 50 == 49)
            {
                await home.WriteAsync();
                await home.ReopenAsync();
            }
        }

        await home.WriteAsync();
        return (naive, life, pools);
    }

    private static async Task CheckPictureAsync(JournalHome home, NaiveJournal naive, string pool, DateTimeOffset moment)
    {
        var expected = naive.AsOf(pool, moment);

        var picture = await home.Reader.PoolAsOfAsync(pool, moment, Token);

        Assert.Equal(expected.Count, picture.Count);
        foreach (var (key, line) in expected)
        {
            var found = picture.OfClass(key.Item1).Single(o => o.Object.Uuid == key.Item2);
            AssertSame(line, found);
            AssertSame(line, (await home.Reader.ObjectAsOfAsync(new(pool, key.Item2), moment, Token))!);
        }
    }

    private static async Task CheckDifferencesAsync(JournalHome home, NaiveJournal naive, string pool, DateTimeOffset one, DateTimeOffset other)
    {
        var (from, to) = one < other ? (one, other) : (other, one);
        var (before, after) = (naive.AsOf(pool, from), naive.AsOf(pool, to));
        var expected = before.Keys.Union(after.Keys)
            .Select(k => (k.Item2, Fields: Fields(before.GetValueOrDefault(k)?.After, after.GetValueOrDefault(k)?.After)))
            .Where(d => d.Fields.Length > 0).OrderBy(d => d.Item1, StringComparer.Ordinal).ToList();

        var found = await home.Reader.DifferencesAsync(pool, from, to, Token);

        Assert.Equal(expected, found.Select(d => (d.Key.Uuid, Text(d.Fields))).OrderBy(d => d.Uuid, StringComparer.Ordinal));
        foreach (var difference in found.Take(3))
            Assert.Equal(Text(difference.Fields), Text((await home.Reader.DifferenceAsync(difference.Key, from, to, Token))!.Fields));

        static string Fields(XapiObject? a, XapiObject? b) => Text(NaiveJournal.Differences(a, b).Where(f => f.Field != "$ref"));
    }

    private static async Task CheckTimelineAsync(JournalHome home, NaiveJournal naive, NaiveJournal.Line line)
    {
        var expected = naive.Lines.Where(l => l.Pool == line.Pool && l.Object.Uuid == line.Object.Uuid).Reverse();
        var found = new List<JournalEntry>();

        long? cursor = null;
        do
        {
            var page = await home.Reader.ObjectTimelineAsync(new(line.Pool, line.Object.Uuid), cursor, 7, Token);
            found.AddRange(page.Entries);
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(expected.Select(Text), found.Where(e => e.Kind != EntryKind.Marker).Select(Text));
    }

    private static async Task CheckChangesAsync(JournalHome home, NaiveJournal naive, RandomLife life)
    {
        var (a, b) = (life.Moment(), life.Moment());
        var query = new ChangesQuery
        {
            Pool = life.Pick<string?>([null, PoolA, PoolB]),
            Class = life.Pick<string?>([null, null, "VM", "network", "task", "SR"]),
            Uuid = life.Pick<string?>([null, null, null, life.Pick(naive.Lines).Object.Uuid]),
            Text = life.Pick<string?>([null, life.Word(), life.Word() + " vm", "name_label", "QUOT", "eb", "power_st", "metrics"]),
            From = life.Pick<DateTimeOffset?>([null, a < b ? a : b]),
            To = life.Pick<DateTimeOffset?>([null, a < b ? b : a]),
            Limit = 9,
            LookThrough = life.Pick([7, 50_000]),
        };
        var expected = naive.Find(query).Select(Text).ToList();
        if (life.Pick([true, false]))
        {
            var some = naive.Lines.Select(Thing).Distinct().Where(_ => life.Pick([true, false, false])).ToHashSet();
            query = life.Pick([true, false]) ? query with { Only = [.. some.Select(t => new StoredObject(t.Pool, t.Class, t.Uuid))] }
                : query with { Shows = stored => some.Contains((stored.Pool, stored.Class, stored.Uuid)) };
            expected = [.. naive.Find(query).Where(l => some.Contains(Thing(l))).Select(Text)];
        }

        var found = new List<string>();

        for (long? cursor = 0; cursor is not null;)
        {
            var page = await home.Reader.ChangesAsync(query with { Cursor = cursor == 0 ? null : cursor }, Token);
            found.AddRange(page.Entries.Where(e => e.Kind != EntryKind.Marker).Select(Text));
            cursor = page.Next;
        }

        Assert.Equal(expected, found);
    }

    private static async Task CheckActivityAsync(JournalHome home, NaiveJournal naive, RandomLife life)
    {
        var (from, to) = (JournalHome.Start.AddSeconds(-1), life.Now.AddSeconds(1));
        var uuid = life.Pick(naive.Lines).Object.Uuid;

        var all = await home.Reader.ActivityAsync(from, to, 50, null, null, Token);
        var ofPool = await home.Reader.ActivityAsync(from, to, 5, PoolA, null, Token);
        var ofObject = await home.Reader.ActivityAsync(from, to, 20, PoolA, uuid, Token);

        var some = naive.Lines.Select(Thing).Distinct().Where(_ => life.Pick([true, false])).ToHashSet();
        var ofSome = await home.Reader.ActivityAsync(from, to, 20, [.. some.Select(t => new StoredObject(t.Pool, t.Class, t.Uuid))], 1_000_000, Token);

        Assert.All(ofSome!.Value, b => Assert.Equal(naive.Lines.Count(l => some.Contains(Thing(l)) && l.Time >= b.From && l.Time < b.To), b.Entries));
        var markers = (await home.Reader.ChangesAsync(new() { Limit = 1000 }, Token)).Entries.Where(e => e.Kind == EntryKind.Marker).ToList();
        Assert.All(all, b => Assert.Equal(
            naive.Lines.Count(l => l.Time >= b.From && l.Time < b.To) + markers.Count(m => m.Time >= b.From && m.Time < b.To), b.Entries));
        Assert.Equal(naive.Lines.Count(l => l.Pool == PoolA) + markers.Count(m => m.Pool == PoolA), ofPool.Sum(b => b.Entries));
        Assert.All(ofObject, b => Assert.Equal(
            naive.Lines.Count(l => l.Pool == PoolA && l.Object.Uuid == uuid && l.Time >= b.From && l.Time < b.To), b.Entries));
    }

    private static (string Pool, string Class, string Uuid) Thing(NaiveJournal.Line line) => (line.Pool, XapiCodec.For(line.Object.Class).WireName, line.Object.Uuid);

    private static void AssertSame(NaiveJournal.Line expected, RecordedObject found)
    {
        Assert.Empty(NaiveJournal.Differences(expected.After, found.Object));
        Assert.True(XapiCodec.For(found.Object.Class).Compare(expected.After!, found.Object).IsEmpty);
        Assert.Equal(expected.Time, found.RecordedAt);
    }

    private static string Text(IEnumerable<FieldDifference> fields) =>
        string.Join("; ", fields.OrderBy(f => f.Field, StringComparer.Ordinal).Select(f => $"{f.Field}: {f.Old} -> {f.New}"));

    private static string Text(NaiveJournal.Line line) => $"{line.Time:O} {line.Pool} {line.Kind} {line.Object.Uuid} {Text(line.Fields)}";

    private static string Text(JournalEntry entry) => $"{entry.Time:O} {entry.Pool} {entry.Kind} {entry.Uuid} {Text(entry.Fields)}";
}
