using Microsoft.Extensions.Logging.Abstractions;
using XoBlazor.Core.Access;
using XoBlazor.Core.Journal;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Tests.Journal;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Access;

/// <summary>What hosts wrote about objects that have other names now, or are gone.</summary>
public sealed class FormerNamesTests : VisibleJournalContext
{
    private const string Shown = $"own a met {ShownWords.Hidden}, then {ShownWords.Hidden}";

    private static readonly XapiMessage s_message = new() { Ref = "OpaqueRef:m", Uuid = "m", Cls = MessageClass.Vm, ObjUuid = "a", Body = "own a met secretvm, then secretvm two" };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Words_OfWhatIsHiddenAndHasAnotherNameNowOrIsGone_NameNothingHiddenByAnyWay(bool isGone)
    {
        await PutAsync(Vm("a", "mine") with { NameLabel = "own a" }, Vm("secretvm", "theirs"), Vm("second", "theirs") with { NameLabel = "secretvm two" }, s_message);
        var then = Home.Clock.GetUtcNow();
        await PutAsync(Vm("a", "mine") with { NameLabel = "renamed" }, Vm("secretvm", "theirs") with { NameLabel = "harmless" });
        await RemoveAsync("second");
        if (isGone)
            await RemoveAsync("secretvm");

        using var stores = new VisibleStores(Store, Engine, Home.Clock, NullLogger<VisibleStores>.Instance);
        using var view = stores.For(Ada);
        var changes = await Visible.ChangesAsync(Ada, new() { Uuid = "m", Pool = "pool" }, Token);
        var found = await Visible.ChangesAsync(Ada, new() { Text = "secretvm" }, Token);
        var timeline = await Visible.ObjectTimelineAsync(Ada, new("pool", "m"), null, 10, Token);
        var one = await Visible.ObjectAsOfAsync(Ada, new("pool", "m"), then, Token);
        var past = await Visible.PoolAsOfAsync(Ada, "pool", then, Token);
        var differences = await Visible.DifferencesAsync(Ada, "pool", JournalHome.Start, then, Token);
        var whole = await Visible.ObjectTimelineAsync(Actor.System, new("pool", "m"), null, 10, Token);

        Assert.Equal(Shown, view.Current.All<XapiMessage>().Single().Object.Body);
        Assert.Equal(Shown, Engine.Shown(Ada, "pool", s_message.Body));
        Assert.Contains(changes.Entries.SelectMany(e => e.Fields), f => f.New == $"\"{Shown}\"");
        Assert.Empty(found.Entries);
        Assert.Contains(timeline.Entries.SelectMany(e => e.Fields), f => f.New == $"\"{Shown}\"");
        Assert.Equal(Shown, ((XapiMessage)one!.Object).Body);
        Assert.Equal(Shown, past.OfClass(XapiClass.XapiMessage).Select(o => ((XapiMessage)o.Object).Body).Single());
        Assert.Contains(differences.SelectMany(d => d.Fields), f => f.New == $"\"{Shown}\"");
        Assert.Contains(whole.Entries.SelectMany(e => e.Fields), f => f.New == $"\"{s_message.Body}\"");
    }

    [Fact]
    public async Task Rename_OfWhatIsHidden_ChangesNoWordOfAnOpenView()
    {
        await PutAsync(Vm("a", "mine") with { NameLabel = "own a" }, Vm("secretvm", "theirs"), Vm("second", "theirs") with { NameLabel = "secretvm two" }, s_message);
        using var stores = new VisibleStores(Store, Engine, Home.Clock, NullLogger<VisibleStores>.Instance);
        using var view = stores.For(Ada);
        using var subscription = view.Subscribe();

        await PutAsync(Vm("secretvm", "theirs") with { NameLabel = "harmless" });
        await RemoveAsync("second");
        stores.CatchUp();

        Assert.Equal(Shown, view.Current.All<XapiMessage>().Single().Object.Body);
        Assert.Null(subscription.TryTake());
    }

    [Fact]
    public async Task Words_OfWhatIsSeenOrWouldBeSeen_Stay()
    {
        await PutAsync(Vm("a", "mine") with { NameLabel = "first name" }, Vm("gone", "mine") with { NameLabel = "old one" }, Disk("gone"), Drive("gone"), Vm("theirs", "theirs") with { NameLabel = "first name" });
        await PutAsync(Vm("a", "mine") with { NameLabel = "second name" });
        await RemoveAsync("gone", "gone-disk", "gone-drive");

        Assert.Equal("first name was old one on root of gone", Engine.Shown(Ada, "pool", "first name was old one on root of gone"));
        Assert.Equal(ShownWords.Hidden, Engine.Shown(new("bob", "bob"), "pool", "root of gone"));

        static Vdi Disk(string vm) => new() { Ref = $"OpaqueRef:{vm}-disk", Uuid = $"{vm}-disk", NameLabel = $"root of {vm}" };

        static Vbd Drive(string vm) => new() { Ref = $"OpaqueRef:{vm}-drive", Uuid = $"{vm}-drive", Vm = new($"OpaqueRef:{vm}"), Vdi = new($"OpaqueRef:{vm}-disk"), Type = VbdType.Disk };
    }

    [Fact]
    public async Task Names_ShortOrWithinWords_AreLeftAloneAsThoseOfNowAre()
    {
        await PutAsync(Vm("a", "mine"), Vm("b", "theirs") with { NameLabel = "VM" }, Vm("c", "theirs") with { NameLabel = "new" });
        await PutAsync(Vm("b", "theirs") with { NameLabel = "something" }, Vm("c", "theirs") with { NameLabel = "else" });

        Assert.Equal($"VM renewed on {ShownWords.Hidden} host", Engine.Shown(Ada, "pool", "VM renewed on new host"));
    }

    [Fact]
    public async Task Name_ThatReachesIntoOneThatStays_TakesItAlong()
    {
        await PutAsync(Vm("a", "mine") with { NameLabel = "web one" }, Vm("b", "theirs") with { NameLabel = "one secret" }, Vm("c", "theirs") with { NameLabel = "web" });
        await PutAsync(Vm("b", "theirs"), Vm("c", "theirs"));

        Assert.Equal($"{ShownWords.Hidden}, web one", Engine.Shown(Ada, "pool", "web one secret, web one"));
    }

    [Fact]
    public async Task Past_NotToldYet_HidesAllWordsUntilItIs()
    {
        using var patience = Patience.Source();
        await using var home = new JournalHome(wrap: storage => new FailingStorage(storage));
        await home.OpenAsync();
        await WriteAsync(home, Vm("secretvm", "theirs"), Vm("offline", "theirs"));
        await WriteAsync(home, Vm("secretvm", "theirs") with { NameLabel = "harmless" });
        await home.ReopenAsync();
        var store = new ObjectStore(home.Clock, [home.Recorder]);
        var engine = new AccessEngine(store);
        engine.Apply(Engine.Policy);
        using var stores = new VisibleStores(store, engine, home.Clock, NullLogger<VisibleStores>.Instance);
        using var view = stores.For(Ada);
        var names = new PastNames(home.Reader, store, stores, home.Clock, NullLogger<PastNames>.Instance);
        var told = new TaskCompletionSource();
        ((FailingStorage)home.Storage).NamesReady = told.Task;
        var telling = names.RunAsync(patience.Token);
        using var writer = store.Open("pool");
        writer.ApplyListing([Vm("a", "mine"), Vm("secretvm", "theirs") with { NameLabel = "harmless" }, s_message with { Body = "a met secretvm and offline" }]);
        stores.CatchUp();
        using var subscription = view.Subscribe();
        var before = subscription.Present.All<XapiMessage>().Single().Object.Body;
        var text = engine.Shown(Ada, "pool", "a was started");

        told.SetResult();
        var signal = await subscription.NextAsync(patience.Token);

        Assert.Equal((ShownWords.Hidden, ShownWords.Hidden), (before, text));
        Assert.Equal($"a met {ShownWords.Hidden} and {ShownWords.Hidden}", signal.Now.All<XapiMessage>().Single().Object.Body);
        Assert.Equal("a was started", engine.Shown(Ada, "pool", "a was started"));
        Assert.Equal("secretvm", engine.Shown(Actor.System, "pool", "secretvm"));
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => telling);
    }

    [Fact]
    public async Task Past_ThatCannotBeRead_IsAskedForAgainAndHidesMeanwhile()
    {
        using var patience = Patience.Source();
        await using var home = new JournalHome();
        var store = new ObjectStore(home.Clock, [home.Recorder]);
        var engine = new AccessEngine(store);
        engine.Apply(Engine.Policy);
        using var stores = new VisibleStores(store, engine, home.Clock, NullLogger<VisibleStores>.Instance);
        var names = new PastNames(home.Reader, store, stores, home.Clock, NullLogger<PastNames>.Instance);
        using var writer = store.Open("pool");
        writer.ApplyListing([Vm("a", "mine")]);

        // The journal is not open.
        await Assert.ThrowsAnyAsync<InvalidOperationException>(() => names.TellAsync(Token));
        var telling = names.RunAsync(patience.Token);
        var hidden = engine.Shown(Ada, "pool", "a was started");
        await home.OpenAsync();
        while (engine.Shown(Ada, "pool", "a was started") != "a was started")
        {
            home.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(10, patience.Token);
        }

        Assert.Equal(ShownWords.Hidden, hidden);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => telling);
    }

    [Fact]
    public void Names_MoreThanAreKept_AreHiddenAllTheSame()
    {
        var names = new FormerNames("pool", isWhole: true);
        for (var i = 0; i < FormerNames.MostNames + 20_000; i++)
            names.Learn($"name {i}", "a");
        var tooLong = new string('x', 1000);
        names.Learn(tooLong, "a");

        Assert.Equal(FormerNames.MostNames, names.Count);
        Assert.True(names.TryFind("name 7", out var known));
        Assert.Equal(["a"], known);
        for (var i = 0; i < 20_000; i++)
            Assert.True(names.TryFind($"name {FormerNames.MostNames + i}", out var beyond) && beyond.Length == 0);
        Assert.True(names.TryFind(tooLong, out _));
        Assert.InRange(Enumerable.Range(0, 10_000).Count(i => names.TryFind($"other {i}", out _)), 0, 10);
    }

    [Fact]
    public void Bearers_MoreThanAreKept_AreTheLast()
    {
        var names = new FormerNames("pool", isWhole: true);
        for (var i = 0; i < 100; i++)
            names.Learn("daily", $"snapshot {i}");
        var most = FormerNames.MostGone(living: 5000);
        for (var i = 0; i < most + 500; i += 50)
            names.Remember([.. Enumerable.Range(i, 50).Select(n => Vm($"v{n}", "mine") with { SnapshotMetadata = "all about it" })], most);

        Assert.True(names.TryFind("daily", out var bearers));
        Assert.InRange(bearers.Length, 10, 50);
        Assert.Equal("snapshot 99", bearers[^1]);
        var latest = $"v{((most + 499) / 50 * 50) + 49}";
        Assert.Equal(most, names.Gone!.Count);
        Assert.Equal((latest, ""), names.Gone.GetByUuid<Vm>(latest) is { } last ? (last.NameLabel, last.SnapshotMetadata) : default);
        Assert.Null(names.Gone.GetByUuid("v0"));
    }

    private static async Task WriteAsync(JournalHome home, params XapiObject[] objects)
    {
        home.Clock.Advance(TimeSpan.FromSeconds(1));
        await home.WriteAsync(new StoreBatch("pool", 1, home.Clock.GetUtcNow(), TimeSpan.Zero, BatchOrigin.Events, [.. objects.Select(o => new ObjectChange(null, o, FieldSet.All))]));
    }
}
