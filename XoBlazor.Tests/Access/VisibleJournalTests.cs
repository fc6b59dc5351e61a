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
    public async Task Counts_AreToldOnlyOfWhatIsSeenWhole()
    {
        await PutAsync(Vm("a", "mine"), Vm("b", "theirs"));
        var (from, to) = (JournalHome.Start.AddDays(-1), JournalHome.Start.AddDays(1));

        Assert.Null(await _journal.ActivityAsync(s_ada, from, to, 10, null, null, Token));
        Assert.Null(await _journal.ActivityAsync(s_ada, from, to, 10, "pool", null, Token));
        Assert.Null(await _journal.ActivityAsync(s_ada, from, to, 10, "pool", "b", Token));
        Assert.Equal(1, (await _journal.ActivityAsync(s_ada, from, to, 10, "pool", "a", Token))?.Sum(b => b.Entries));
        Assert.Equal(2, (await _journal.ActivityAsync(Actor.System, from, to, 10, null, null, Token))?.Sum(b => b.Entries));
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
