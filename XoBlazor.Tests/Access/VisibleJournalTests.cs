using System.Collections.Immutable;
using XoBlazor.Core.Access;
using XoBlazor.Core.Journal;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Tests.Journal;

namespace XoBlazor.Tests.Access;

/// <summary>The changes of the past, found, told and counted for somebody who may see a part of them.</summary>
public sealed class VisibleJournalTests : VisibleJournalContext
{
    [Fact]
    public async Task Changes_WithMostOfThemHidden_FillEveryPageAndEndWithTheVisibleOnes()
    {
        for (var i = 0; i < 60; i++)
            await PutAsync(Vm("a", "mine") with { NameDescription = $"turn {i}" }, Vm("b", "theirs") with { NameDescription = $"turn {i}" }, Vm("c", "theirs") with { NameDescription = $"turn {i}" });

        var pages = new List<JournalPage>();
        do
            pages.Add(await Visible.ChangesAsync(Ada, new() { Limit = 25, Cursor = pages.LastOrDefault()?.Next }, Token));
        while (pages[^1].Next is not null);

        Assert.Equal([25, 25, 10], pages.Select(p => p.Entries.Length));
        Assert.All(pages.SelectMany(p => p.Entries), e => Assert.Equal("a", e.Uuid));
        Assert.Equal(60, pages.SelectMany(p => p.Entries).Select(e => e.Position).Distinct().Count());
    }

    [Fact]
    public async Task Changes_HiddenOnesAfterTheLastVisible_AreNoReasonForAnotherPage()
    {
        for (var i = 0; i < 5; i++)
            await PutAsync(Vm("b", "theirs") with { NameDescription = $"turn {i}" });
        await PutAsync(Vm("a", "mine"));

        var page = await Visible.ChangesAsync(Ada, new() { Limit = 1 }, Token);

        Assert.Single(page.Entries);
        Assert.Null(page.Next);
    }

    [Fact]
    public async Task Changes_OfOneVmAmongManyHidden_ReadNothingElse()
    {
        for (var i = 0; i < 100; i++)
            await PutAsync([Vm("a", "mine") with { NameDescription = $"turn {i}" }, .. Enumerable.Range(0, 20).Select(n => Vm($"b{n}", "theirs") with { NameDescription = $"turn {i}" })]);

        var page = await Visible.ChangesAsync(Ada, new() { Limit = 25 }, Token);
        var older = await Visible.ChangesAsync(Ada, new() { Limit = 25, Cursor = page.Next, Text = "turn 1" }, Token);

        Assert.Equal(25, page.Entries.Length);
        Assert.InRange(page.LookedAt, 25, 26);
        // As the old value, too.
        Assert.Equal(13, older.Entries.Length);
        Assert.InRange(older.LookedAt, 13, 75);
    }

    [Fact]
    public async Task Changes_OfTooMuchToFindOneByOne_StopAfterTheirShareAndGoOn()
    {
        var mine = Enumerable.Range(0, 2100).Select(n => Vm($"a{n}", "mine")).ToArray();
        await PutAsync([.. mine]);
        await PutAsync(Vm("a7", "mine") with { NameDescription = "changed" });
        for (var i = 0; i < 30; i++)
            await PutAsync([.. Enumerable.Range(0, 50).Select(n => Vm($"b{n}", "theirs") with { NameDescription = $"turn {i}" })]);

        var first = await Visible.ChangesAsync(Ada, new() { Limit = 5, LookThrough = 200 }, Token);
        var pages = new List<JournalPage> { first };
        while (pages[^1].Next is { } next)
            pages.Add(await Visible.ChangesAsync(Ada, new() { Limit = 1000, LookThrough = 200, Cursor = next }, Token));

        Assert.Empty(first.Entries);
        Assert.NotNull(first.Next);
        Assert.All(pages, p => Assert.InRange(p.LookedAt, 0, 200));
        Assert.Equal(2101, pages.Sum(p => p.Entries.Length));
        Assert.Equal("changed", ((string?)pages.First(p => !p.Entries.IsEmpty).Entries[0].Fields.Single().New)!.Trim('"'));
    }

    [Fact]
    public async Task Changes_MoreGoneThanCanBeJudgedAtOnce_AreFoundPieceByPiece()
    {
        await PutAsync(Vm("kept", "mine"), Vm("first", "mine"));
        await RemoveAsync("first");
        var hidden = Enumerable.Range(0, 6000).Select(n => Vm($"b{n}", "theirs")).ToArray();
        await PutAsync([.. hidden]);
        await RemoveAsync([.. hidden.Select(h => h.Uuid)]);

        var pages = new List<JournalPage>();
        do
            pages.Add(await Visible.ChangesAsync(Ada, new() { Cursor = pages.LastOrDefault()?.Next }, Token));
        while (pages[^1].Next is not null);

        Assert.Equal(["first", "first", "kept"], pages.SelectMany(p => p.Entries).Select(e => e.Uuid).Order());
        Assert.All(pages, p => Assert.InRange(p.LookedAt, 0, 50_000));
        Assert.True(pages.Count > 1);
    }

    [Fact]
    public async Task Changes_RandomEstate_AreThoseOfWhatIsOrWasLastInView()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var last = new Dictionary<string, string>();
        var there = new HashSet<string>();
        for (var turn = 0; turn < 120; turn++)
        {
            var name = $"v{random.Next(12)}";
            if (there.Contains(name) && random.Next(4) == 0)
            {
                there.Remove(name);
                await RemoveAsync(name);
                continue;
            }

            there.Add(name);
            last[name] = random.Next(3) == 0 ? "mine" : "theirs";
            await PutAsync(Vm(name, last[name]) with { NameDescription = $"turn {turn}" });
        }

        var all = await Home.Reader.ChangesAsync(new() { Limit = 1000 }, Token);
        var query = new ChangesQuery { Limit = random.Next(1, 9), LookThrough = random.Next(1, 40), Text = random.Next(2) == 0 ? null : "turn" };
        var seen = new List<JournalEntry>();
        for (long? cursor = long.MaxValue; cursor is not null;)
        {
            var page = await Visible.ChangesAsync(Ada, query with { Cursor = cursor }, Token);
            seen.AddRange(page.Entries);
            cursor = page.Next;
        }

        Assert.True(all.Entries.Where(e => e.Kind != EntryKind.Marker && last[e.Uuid] == "mine" && (query.Text is null || e.Kind != EntryKind.Removed)).Select(e => e.Position)
            .SequenceEqual(seen.Select(e => e.Position)), $"seed {seed}");
    }

    [Fact]
    public async Task Words_OfTasksAndMessages_NameNothingHidden()
    {
        await PutAsync(Vm("a", "mine"), Vm("secretvm", "theirs"),
            new XapiTask
            {
                Ref = "OpaqueRef:t",
                Uuid = "t",
                NameLabel = "copy secretvm to a",
                ErrorInfo = ["NO", "secretvm", "OpaqueRef:gone", "OpaqueRef:a"],
                OtherConfig = XenMap<string, string>.Of(new KeyValuePair<string, string>("applies_to", "OpaqueRef:a")),
            },
            new XapiMessage { Ref = "OpaqueRef:m", Uuid = "m", Cls = MessageClass.Vm, ObjUuid = "a", Body = "a met secretvm" });
        var then = Home.Clock.GetUtcNow();

        var changes = await Visible.ChangesAsync(Ada, new(), Token);
        var found = await Visible.ChangesAsync(Ada, new() { Text = "secretvm" }, Token);
        var allowed = await Visible.ChangesAsync(Ada, new() { Text = "copy" }, Token);
        var past = await Visible.PoolAsOfAsync(Ada, "pool", then, Token);
        var one = await Visible.ObjectAsOfAsync(Ada, new("pool", "t"), then, Token);
        var differences = await Visible.DifferencesAsync(Ada, "pool", JournalHome.Start, Home.Clock.GetUtcNow(), Token);
        var whole = await Visible.ChangesAsync(Actor.System, new() { Text = "secretvm" }, Token);

        Assert.Equal(["a", "m", "t"], changes.Entries.Select(e => e.Uuid).Order());
        Assert.DoesNotContain("secretvm", Told(changes.Entries.SelectMany(e => e.Fields.Select(f => f.New + f.Old).Append(e.Name))), StringComparison.Ordinal);
        Assert.Contains("copy an object you may not see to a", Told(allowed.Entries.Select(e => e.Name)), StringComparison.Ordinal);
        Assert.Contains("OpaqueRef:a", Told(allowed.Entries.SelectMany(e => e.Fields).Select(f => f.New)), StringComparison.Ordinal);
        Assert.Empty(found.Entries);
        Assert.Equal(["a", "m", "t"], past.All.Select(o => o.Object.Uuid).Order());
        Assert.DoesNotContain("secretvm", Told(past.All.Select(o => o.Object.ToString() + string.Join(' ', (o.Object as XapiTask)?.ErrorInfo ?? []))), StringComparison.Ordinal);
        Assert.Equal(["NO", ShownWords.Hidden, ShownWords.Hidden, "OpaqueRef:a"], ((XapiTask)one!.Object).ErrorInfo);
        Assert.DoesNotContain("secretvm", Told(differences.SelectMany(d => d.Fields.Select(f => f.New).Append(d.Name))), StringComparison.Ordinal);
        Assert.Equal(3, whole.Entries.Length);

        static string Told(IEnumerable<string?> texts) => string.Join(' ', texts);
    }

    [Fact]
    public async Task Changes_Cancelled_StopAtTheNextEntry()
    {
        await PutAsync([.. Enumerable.Range(0, 50).Select(n => Vm($"b{n}", "theirs"))]);
        using var left = new CancellationTokenSource();
        var asked = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Home.Reader.ChangesAsync(new()
        {
            Shows = _ =>
            {
                asked++;
                left.Cancel();
                return false;
            },
        }, left.Token));

        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task Changes_GoneObjects_AreNotJudgedAfterTheQuestionIsCancelled()
    {
        await PutAsync([.. Enumerable.Range(0, 50).Select(n => Vm($"b{n}", "theirs"))]);
        await RemoveAsync([.. Enumerable.Range(0, 50).Select(n => $"b{n}")]);
        using var left = new CancellationTokenSource();
        var asked = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Home.Reader.GoneAsync(new(), _ => true, 1000, (_, _, _) =>
        {
            asked++;
            left.Cancel();
        }, left.Token));

        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task Counts_AreOfWhatIsOrWasLastInView()
    {
        await PutAsync(Vm("a", "mine"), Vm("b", "theirs"), Vm("gone", "mine"));
        await PutAsync(Vm("a", "mine") with { NameDescription = "changed" }, Vm("b", "theirs") with { NameDescription = "changed" });
        await RemoveAsync("gone");

        Assert.Equal(4, await CountAsync(Ada, null, null));
        Assert.Equal(4, await CountAsync(Ada, "pool", null));
        Assert.Equal(0, await CountAsync(Ada, "pool", "b"));
        Assert.Equal(2, await CountAsync(Ada, "pool", "a"));
        Assert.Equal(6, await CountAsync(Actor.System, null, null));

        async Task<long> CountAsync(Actor actor, string? pool, string? uuid)
        {
            var activity = await Visible.ActivityAsync(actor, JournalHome.Start.AddDays(-1), JournalHome.Start.AddDays(1), 10, pool, uuid, Token);
            Assert.Null(activity.Missing);
            return activity.Buckets.Sum(b => b.Entries);
        }
    }

    [Fact]
    public async Task Counts_OfWholePoolsAndSingleObjects_AddUp()
    {
        Engine.Apply(new([],
            [
                new("1", SubjectId.User("ada"), Role.Viewer.Id, new AccessScope.OfVms("tags:mine", "pool")),
                new("2", SubjectId.User("ada"), Role.Viewer.Id, new AccessScope.OfPool("other")),
            ], ImmutableDictionary<string, ImmutableArray<string>>.Empty));
        using var other = Store.Open("other");
        await PutAsync(Vm("a", "mine"), Vm("b", "theirs"));
        other.Apply([ObjectUpdate.Present(Vm("c", "theirs")), ObjectUpdate.Present(Vm("d", "theirs"))]);
        await Home.Recorder.FlushAsync(Token);

        var activity = await Visible.ActivityAsync(Ada, JournalHome.Start.AddDays(-1), JournalHome.Start.AddDays(1), 3, null, null, Token);

        Assert.Equal(3, activity.Buckets.Sum(b => b.Entries));
    }

    [Fact]
    public async Task Counts_OfTooMuchToCount_AreNotGivenAndSayWhy()
    {
        await PutAsync([.. Enumerable.Range(0, 2100).Select(n => Vm($"a{n}", "mine"))]);

        var activity = await Visible.ActivityAsync(Ada, JournalHome.Start.AddDays(-1), JournalHome.Start.AddDays(1), 10, null, null, Token);

        Assert.Empty(activity.Buckets);
        Assert.Contains("too many", activity.Missing, StringComparison.Ordinal);
    }
}
