using System.Collections.Immutable;
using XoBlazor.Core.Access;
using XoBlazor.Core.Journal;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Tests.Journal;

namespace XoBlazor.Tests.Access;

/// <summary>The past, read by somebody who may see the VMs with the tag "mine" and what belongs to them.</summary>
public sealed class VisibleJournalTests : IAsyncLifetime
{
    private static readonly Actor s_ada = new("ada", "ada");

    private readonly JournalHome _home = new();
    private readonly ObjectStore _store;
    private readonly PoolWriter _writer;
    private readonly AccessEngine _engine;
    private readonly VisibleJournal _journal;

    public VisibleJournalTests()
    {
        _store = new(_home.Clock, [_home.Recorder]);
        _writer = _store.Open("pool");
        _engine = new(_store);
        _engine.Apply(new([], [new("1", SubjectId.User("ada"), Role.Viewer.Id, new AccessScope.OfVms("tags:mine"))], ImmutableDictionary<string, ImmutableArray<string>>.Empty));
        _journal = new(_home.Reader, _engine, _store);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _home.OpenAsync();

    public ValueTask DisposeAsync()
    {
        _writer.Dispose();
        return _home.DisposeAsync();
    }

    [Fact]
    public async Task Changes_WithMostOfThemHidden_FillEveryPageAndEndWithTheVisibleOnes()
    {
        for (var i = 0; i < 60; i++)
            await PutAsync(Vm("a", "mine") with { NameDescription = $"turn {i}" }, Vm("b", "theirs") with { NameDescription = $"turn {i}" }, Vm("c", "theirs") with { NameDescription = $"turn {i}" });

        var pages = new List<JournalPage>();
        do
            pages.Add(await _journal.ChangesAsync(s_ada, new() { Limit = 25, Cursor = pages.LastOrDefault()?.Next }, Token));
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

        var page = await _journal.ChangesAsync(s_ada, new() { Limit = 1 }, Token);

        Assert.Single(page.Entries);
        Assert.Null(page.Next);
    }

    [Fact]
    public async Task Changes_OfOneVmAmongManyHidden_ReadNothingElse()
    {
        for (var i = 0; i < 100; i++)
            await PutAsync([Vm("a", "mine") with { NameDescription = $"turn {i}" }, .. Enumerable.Range(0, 20).Select(n => Vm($"b{n}", "theirs") with { NameDescription = $"turn {i}" })]);

        var page = await _journal.ChangesAsync(s_ada, new() { Limit = 25 }, Token);
        var older = await _journal.ChangesAsync(s_ada, new() { Limit = 25, Cursor = page.Next, Text = "turn 1" }, Token);

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

        var first = await _journal.ChangesAsync(s_ada, new() { Limit = 5, LookThrough = 200 }, Token);
        var pages = new List<JournalPage> { first };
        while (pages[^1].Next is { } next)
            pages.Add(await _journal.ChangesAsync(s_ada, new() { Limit = 1000, LookThrough = 200, Cursor = next }, Token));

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
            pages.Add(await _journal.ChangesAsync(s_ada, new() { Cursor = pages.LastOrDefault()?.Next }, Token));
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

        var all = await _home.Reader.ChangesAsync(new() { Limit = 1000 }, Token);
        var query = new ChangesQuery { Limit = random.Next(1, 9), LookThrough = random.Next(1, 40), Text = random.Next(2) == 0 ? null : "turn" };
        var seen = new List<JournalEntry>();
        for (long? cursor = long.MaxValue; cursor is not null;)
        {
            var page = await _journal.ChangesAsync(s_ada, query with { Cursor = cursor }, Token);
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
        var then = _home.Clock.GetUtcNow();

        var changes = await _journal.ChangesAsync(s_ada, new(), Token);
        var found = await _journal.ChangesAsync(s_ada, new() { Text = "secretvm" }, Token);
        var allowed = await _journal.ChangesAsync(s_ada, new() { Text = "copy" }, Token);
        var past = await _journal.PoolAsOfAsync(s_ada, "pool", then, Token);
        var one = await _journal.ObjectAsOfAsync(s_ada, new("pool", "t"), then, Token);
        var differences = await _journal.DifferencesAsync(s_ada, "pool", JournalHome.Start, _home.Clock.GetUtcNow(), Token);
        var whole = await _journal.ChangesAsync(Actor.System, new() { Text = "secretvm" }, Token);

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

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _home.Reader.ChangesAsync(new()
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

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _home.Reader.GoneAsync(new(), _ => true, 1000, (_, _, _) =>
        {
            asked++;
            left.Cancel();
        }, left.Token));

        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task TimeTravel_ObjectThatExists_IsJudgedAsItIsNow()
    {
        await PutAsync(Vm("came", "theirs"), Vm("went", "mine"));
        var then = _home.Clock.GetUtcNow();
        await PutAsync(Vm("came", "mine"), Vm("went", "theirs"));

        var past = await _journal.PoolAsOfAsync(s_ada, "pool", then, Token);
        var differences = await _journal.DifferencesAsync(s_ada, "pool", then, _home.Clock.GetUtcNow(), Token);

        Assert.Equal(["came"], past.All.Select(o => o.Object.Uuid));
        Assert.Equal(["theirs"], past.OfClass(XapiClass.Vm).Select(o => (Vm)o.Object).Single().Tags);
        Assert.Equal(["came"], differences.Select(d => d.Key.Uuid));
    }

    [Fact]
    public async Task TimeTravel_ObjectThatIsGone_IsJudgedByItsLastState()
    {
        await PutAsync(Vm("came", "theirs"), Vm("went", "mine"), Drive("came"), Disk("came"), Drive("went"), Disk("went"));
        var then = _home.Clock.GetUtcNow();
        await PutAsync(Vm("came", "mine"), Vm("went", "theirs"));
        _home.Clock.Advance(TimeSpan.FromSeconds(1));
        _writer.Apply(new[] { "came", "went" }.SelectMany(n => new[] { n, $"{n}-drive", $"{n}-disk" }).Select(n => ObjectUpdate.Gone($"OpaqueRef:{n}")));
        await _home.Recorder.FlushAsync(Token);

        var past = await _journal.PoolAsOfAsync(s_ada, "pool", then, Token);
        var timeline = await _journal.ObjectTimelineAsync(s_ada, new("pool", "came"), null, 10, Token);
        var hidden = await _journal.ObjectTimelineAsync(s_ada, new("pool", "went"), null, 10, Token);

        Assert.Equal(["came", "came-disk", "came-drive"], past.All.Select(o => o.Object.Uuid).Order());
        Assert.Equal(3, timeline.Entries.Length);
        Assert.Empty(hidden.Entries);
        Assert.Null(await _journal.ObjectAsOfAsync(s_ada, new("pool", "went"), then, Token));
        Assert.NotNull(await _journal.ObjectAsOfAsync(s_ada, new("pool", "came"), then, Token));
    }

    [Fact]
    public async Task Gone_TaskThatWorkedOnAVm_IsSeenByWhoSeesTheVm()
    {
        var (seen, hidden) = (new XapiTask { Ref = "OpaqueRef:seen", Uuid = "seen" }, new XapiTask { Ref = "OpaqueRef:hidden", Uuid = "hidden" });
        await PutAsync(Busy(Vm("a", "mine"), seen), Busy(Vm("b", "theirs"), hidden), seen, hidden);
        var then = _home.Clock.GetUtcNow();
        await PutAsync(Vm("a", "mine"), Vm("b", "theirs"));
        await RemoveAsync("seen", "hidden");

        await AssertSeenAsync(then, "a", "seen");
        await AssertHiddenAsync(then, "b", "hidden");

        static Vm Busy(Vm vm, XapiTask task) => vm with { CurrentOperations = XenMap<string, VmOperation>.Of(new KeyValuePair<string, VmOperation>(task.Ref, VmOperation.Start)) };
    }

    [Fact]
    public async Task Gone_VmGrantedByItself_IsSeenInThePastWithWhatBelongedToIt()
    {
        Grant(new AccessScope.OfObject(new("pool", "given")));
        await PutAsync(Vm("given", "theirs"), Drive("given"), Disk("given"), Vm("other", "theirs"), Drive("other"), Disk("other"));
        var then = _home.Clock.GetUtcNow();
        await RemoveAsync("given", "given-drive", "given-disk", "other", "other-drive", "other-disk");

        await AssertSeenAsync(then, "given", "given-disk", "given-drive");
        await AssertHiddenAsync(then, "other", "other-disk", "other-drive");
    }

    [Fact]
    public async Task Gone_VmsOfARuleGivenLater_AreSeenByTheTagsTheyHadLast()
    {
        Grant();
        await PutAsync(Vm("came", "theirs"), Vm("went", "late"));
        await PutAsync(Vm("came", "late"), Vm("went", "theirs"));
        var then = _home.Clock.GetUtcNow();
        await RemoveAsync("came", "went");
        await AssertHiddenAsync(then, "came", "went");

        Grant(new AccessScope.OfVms("tags:late"));

        await AssertSeenAsync(then, "came");
        await AssertHiddenAsync(then, "went");
    }

    [Fact]
    public async Task Gone_VmWhoseGrantWasTakenAway_IsNotSeenInThePast()
    {
        Grant(new AccessScope.OfObject(new("pool", "given")));
        await PutAsync(Vm("given", "theirs"));
        var then = _home.Clock.GetUtcNow();
        await RemoveAsync("given");
        await AssertSeenAsync(then, "given");

        Grant();

        await AssertHiddenAsync(then, "given");
    }

    [Fact]
    public async Task Gone_VmThatCameBack_IsJudgedAsItIsNow()
    {
        await PutAsync(Vm("back", "mine"));
        var then = _home.Clock.GetUtcNow();
        await RemoveAsync("back");
        await AssertSeenAsync(then, "back");

        await PutAsync(Vm("back", "theirs") with { Ref = "OpaqueRef:new" });

        await AssertHiddenAsync(then, "back");
    }

    [Fact]
    public async Task Gone_VmOfAHost_IsNotTheHostsAnyMore()
    {
        Grant(new AccessScope.OfHost(new("pool", "host"), WithVms: true));
        await PutAsync(new Host { Ref = "OpaqueRef:host", Uuid = "host", NameLabel = "host" }, Vm("guest", "theirs") with { ResidentOn = new("OpaqueRef:host") });
        var then = _home.Clock.GetUtcNow();
        await AssertSeenAsync(then, "guest");

        await PutAsync(Vm("guest", "theirs"));
        await RemoveAsync("guest");

        await AssertHiddenAsync(then, "guest");
    }

    [Fact]
    public async Task Gone_SnapshotOfAGoneVm_FollowsItAndOneThatStayedIsThePools()
    {
        await PutAsync(Vm("vm", "mine"), Snapshot("both"), Snapshot("stays"));
        var then = _home.Clock.GetUtcNow();
        await RemoveAsync("vm", "both");

        await AssertSeenAsync(then, "both", "vm");
        await AssertHiddenAsync(then, "stays");
    }

    [Fact]
    public async Task Gone_VmOfADiskThatIsStillThere_ShowsItNoMore()
    {
        await PutAsync(Vm("vm", "mine"), Drive("vm"), Disk("vm"));
        var then = _home.Clock.GetUtcNow();
        await AssertSeenAsync(then, "vm", "vm-disk", "vm-drive");

        await RemoveAsync("vm", "vm-drive");

        await AssertSeenAsync(then, "vm", "vm-drive");
        await AssertHiddenAsync(then, "vm-disk");
    }

    private void Grant(params AccessScope[] scopes) => _engine.Apply(new([],
        [.. scopes.Select((scope, i) => new Grant($"{i}", SubjectId.User("ada"), Role.Viewer.Id, scope))], ImmutableDictionary<string, ImmutableArray<string>>.Empty));

    /// <summary>By every way to the past.</summary>
    private async Task AssertSeenAsync(DateTimeOffset then, params string[] uuids)
    {
        Assert.Subset((await _journal.PoolAsOfAsync(s_ada, "pool", then, Token)).All.Select(o => o.Object.Uuid).ToHashSet(), uuids.ToHashSet());
        Assert.Subset((await _journal.ChangesAsync(s_ada, new(), Token)).Entries.Select(e => e.Uuid).ToHashSet(), uuids.ToHashSet());
        Assert.Subset((await _journal.DifferencesAsync(s_ada, "pool", JournalHome.Start, then, Token)).Select(d => d.Key.Uuid).ToHashSet(), uuids.ToHashSet());
        foreach (var uuid in uuids)
        {
            Assert.NotEmpty((await _journal.ObjectTimelineAsync(s_ada, new("pool", uuid), null, 10, Token)).Entries);
            Assert.NotNull(await _journal.ObjectAsOfAsync(s_ada, new("pool", uuid), then, Token));
            Assert.NotEmpty((await _journal.ChangesAsync(s_ada, new() { Pool = "pool", Uuid = uuid }, Token)).Entries);
        }
    }

    private async Task AssertHiddenAsync(DateTimeOffset then, params string[] uuids)
    {
        Assert.Empty((await _journal.PoolAsOfAsync(s_ada, "pool", then, Token)).All.Select(o => o.Object.Uuid).Intersect(uuids));
        Assert.Empty((await _journal.ChangesAsync(s_ada, new(), Token)).Entries.Select(e => e.Uuid).Intersect(uuids));
        Assert.Empty((await _journal.DifferencesAsync(s_ada, "pool", JournalHome.Start, then, Token)).Select(d => d.Key.Uuid).Intersect(uuids));
        foreach (var uuid in uuids)
        {
            Assert.Empty((await _journal.ObjectTimelineAsync(s_ada, new("pool", uuid), null, 10, Token)).Entries);
            Assert.Null(await _journal.ObjectAsOfAsync(s_ada, new("pool", uuid), then, Token));
            Assert.Empty((await _journal.ChangesAsync(s_ada, new() { Pool = "pool", Uuid = uuid }, Token)).Entries);
        }
    }

    private static Vm Snapshot(string name) => Vm(name, "theirs") with { IsASnapshot = true, SnapshotOf = new("OpaqueRef:vm") };

    [Fact]
    public async Task Counts_AreOfWhatIsOrWasLastInView()
    {
        await PutAsync(Vm("a", "mine"), Vm("b", "theirs"), Vm("gone", "mine"));
        await PutAsync(Vm("a", "mine") with { NameDescription = "changed" }, Vm("b", "theirs") with { NameDescription = "changed" });
        await RemoveAsync("gone");

        Assert.Equal(4, await CountAsync(s_ada, null, null));
        Assert.Equal(4, await CountAsync(s_ada, "pool", null));
        Assert.Equal(0, await CountAsync(s_ada, "pool", "b"));
        Assert.Equal(2, await CountAsync(s_ada, "pool", "a"));
        Assert.Equal(6, await CountAsync(Actor.System, null, null));

        async Task<long> CountAsync(Actor actor, string? pool, string? uuid)
        {
            var activity = await _journal.ActivityAsync(actor, JournalHome.Start.AddDays(-1), JournalHome.Start.AddDays(1), 10, pool, uuid, Token);
            Assert.Null(activity.Missing);
            return activity.Buckets.Sum(b => b.Entries);
        }
    }

    [Fact]
    public async Task Counts_OfWholePoolsAndSingleObjects_AddUp()
    {
        _engine.Apply(new([],
            [
                new("1", SubjectId.User("ada"), Role.Viewer.Id, new AccessScope.OfVms("tags:mine", "pool")),
                new("2", SubjectId.User("ada"), Role.Viewer.Id, new AccessScope.OfPool("other")),
            ], ImmutableDictionary<string, ImmutableArray<string>>.Empty));
        using var other = _store.Open("other");
        await PutAsync(Vm("a", "mine"), Vm("b", "theirs"));
        other.Apply([ObjectUpdate.Present(Vm("c", "theirs")), ObjectUpdate.Present(Vm("d", "theirs"))]);
        await _home.Recorder.FlushAsync(Token);

        var activity = await _journal.ActivityAsync(s_ada, JournalHome.Start.AddDays(-1), JournalHome.Start.AddDays(1), 3, null, null, Token);

        Assert.Equal(3, activity.Buckets.Sum(b => b.Entries));
    }

    [Fact]
    public async Task Counts_OfTooMuchToCount_AreNotGivenAndSayWhy()
    {
        await PutAsync([.. Enumerable.Range(0, 2100).Select(n => Vm($"a{n}", "mine"))]);

        var activity = await _journal.ActivityAsync(s_ada, JournalHome.Start.AddDays(-1), JournalHome.Start.AddDays(1), 10, null, null, Token);

        Assert.Empty(activity.Buckets);
        Assert.Contains("too many", activity.Missing, StringComparison.Ordinal);
    }

    private async Task RemoveAsync(params string[] names)
    {
        _home.Clock.Advance(TimeSpan.FromSeconds(1));
        _writer.Apply(names.Select(n => ObjectUpdate.Gone($"OpaqueRef:{n}")));
        await _home.Recorder.FlushAsync(Token);
    }

    private async Task PutAsync(params XapiObject[] objects)
    {
        _home.Clock.Advance(TimeSpan.FromSeconds(1));
        _writer.Apply(objects.Select(ObjectUpdate.Present));
        await _home.Recorder.FlushAsync(Token);
    }

    private static Vm Vm(string name, string tag) => new() { Ref = $"OpaqueRef:{name}", Uuid = name, NameLabel = name, Tags = [tag] };

    private static Vbd Drive(string vm) => new() { Ref = $"OpaqueRef:{vm}-drive", Uuid = $"{vm}-drive", Vm = new($"OpaqueRef:{vm}"), Vdi = new($"OpaqueRef:{vm}-disk"), Type = VbdType.Disk };

    private static Vdi Disk(string vm) => new() { Ref = $"OpaqueRef:{vm}-disk", Uuid = $"{vm}-disk" };
}
