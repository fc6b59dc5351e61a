using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi.Codecs;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Access;

/// <summary>What everybody sees, through random histories of pools and policies.</summary>
public sealed class VisibleStoreTests(ITestOutputHelper output)
{
    private static readonly Actor s_ada = new("ada", "ada");

    [Fact]
    public void Views_ThroughRandomHistories_AreWhatTheOracleSeesAndWhatWasTold()
    {
        var seed = Environment.TickCount & 0xffff;
        output.WriteLine($"first seed {seed}");
        var (looks, seen, all) = (0, 0L, 0L);
        for (var turn = 0; turn < 40; turn++)
        {
            var world = new World(seed + turn);
            for (var step = 0; step < 25; step++)
            {
                world.Step();
                foreach (var watcher in world.Watchers)
                {
                    var (visible, total) = watcher.Check(world, $"seed {seed + turn} step {step}");
                    (looks, seen, all) = (looks + 1, seen + visible, all + total);
                }
            }
        }

        output.WriteLine($"{looks} looks at {all} objects, {seen} of them visible");
        Assert.InRange(seen, all / 20, all * 19 / 20);
    }

    [Fact]
    public void Vm_LosesItsTag_GoesFromViewWithWhatBelongsToIt()
    {
        var store = new ObjectStore(TimeProvider.System, []);
        using var writer = store.Open("pool");
        writer.ApplyListing([TaggedVm("prod"), Drive(), Disk()]);
        var engine = Granted(store, new AccessScope.OfVms("tags:prod"));
        using var stores = new VisibleStores(store, engine, TimeProvider.System, NullLogger<VisibleStores>.Instance);
        using var view = stores.For(s_ada);
        using var subscription = view.Subscribe();

        writer.Apply([ObjectUpdate.Present(TaggedVm("test"))]);
        stores.CatchUp();

        Assert.Equal(3, subscription.Present.Pool("pool")!.Count);
        Assert.Equal([ChangeKind.Removed, ChangeKind.Removed, ChangeKind.Removed], subscription.TryTake()!.Batches.Single().Changes.Select(c => c.Kind));
        Assert.Empty(view.Current.Pools);
    }

    [Fact]
    public async Task Grant_TakenAway_EmptiesTheOpenViewByItself()
    {
        using var patience = Patience.Source();
        var store = new ObjectStore(TimeProvider.System, []);
        using var writer = store.Open("pool");
        writer.ApplyListing([TaggedVm("prod")]);
        var engine = Granted(store, new AccessScope.OfPool("pool"));
        using var stores = new VisibleStores(store, engine, TimeProvider.System, NullLogger<VisibleStores>.Instance);
        using var view = stores.For(s_ada);
        using var subscription = view.Subscribe();
        using var stopping = new CancellationTokenSource();
        var running = stores.RunAsync(stopping.Token);

        engine.Apply(AccessPolicy.Empty);
        var signal = await subscription.NextAsync(patience.Token);

        Assert.Equal(ChangeKind.Removed, signal.Batches.Single().Changes.Single().Kind);
        Assert.Empty(view.Current.Pools);
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public void Administrator_ReadsTheStoreItself()
    {
        var store = new ObjectStore(TimeProvider.System, []);
        using var writer = store.Open("pool");
        writer.ApplyListing([TaggedVm("prod")]);
        using var stores = new VisibleStores(store, new(store), TimeProvider.System, NullLogger<VisibleStores>.Instance);

        using var view = stores.For(Actor.System);

        Assert.Same(store.Current, view.Current);
    }

    [Fact]
    public void UsersWithTheSameScopes_ShareOnePicture()
    {
        var store = new ObjectStore(TimeProvider.System, []);
        using var writer = store.Open("pool");
        writer.ApplyListing([TaggedVm("prod"), TaggedVm("test") with { Ref = "OpaqueRef:vm2", Uuid = "vm2" }]);
        var engine = new AccessEngine(store);
        engine.Apply(new([], [Viewer("ada", "1"), Viewer("bob", "2")], ImmutableDictionary<string, ImmutableArray<string>>.Empty));
        using var stores = new VisibleStores(store, engine, TimeProvider.System, NullLogger<VisibleStores>.Instance);

        using var first = stores.For(s_ada);
        using var second = stores.For(new("bob", "bob"));

        Assert.Same(first.Current, second.Current);
        Assert.Equal(["vm"], first.Current.All<Vm>().Select(v => v.Object.Uuid));

        static Grant Viewer(string user, string id) => new(id, SubjectId.User(user), Role.Viewer.Id, new AccessScope.OfVms("tags:prod"));
    }

    [Fact]
    public void Task_ThatEnded_StaysInViewAsLongAsThereIsIt()
    {
        var store = new ObjectStore(TimeProvider.System, []);
        using var writer = store.Open("pool");
        var task = new XapiTask { Ref = "OpaqueRef:task", Uuid = "task", Status = XapiTaskStatus.Pending };
        writer.ApplyListing([TaggedVm("prod") with { CurrentOperations = Working() }, TaggedVm("test") with { Ref = "OpaqueRef:other", Uuid = "other" }, task]);
        var engine = Granted(store, new AccessScope.OfVms("tags:prod"));
        using var stores = new VisibleStores(store, engine, TimeProvider.System, NullLogger<VisibleStores>.Instance);
        using var view = stores.For(s_ada);
        var cancel = new Right("task.cancel", "Cancel", RightLevel.Operate);
        engine.Apply(new([], [new("1", SubjectId.User("ada"), Role.Operator.Id, new AccessScope.OfVms("tags:prod"))], ImmutableDictionary<string, ImmutableArray<string>>.Empty));
        var mightCancel = engine.Allows(s_ada, cancel, writer.Picture, writer.Picture.GetByUuid("task")!);

        writer.Apply([ObjectUpdate.Present(TaggedVm("prod")), ObjectUpdate.Present(task with { Status = XapiTaskStatus.Success })]);
        stores.CatchUp();
        var ended = view.Current.Pool("pool")!.GetByUuid<XapiTask>("task");
        var mayCancel = engine.Allows(s_ada, cancel, writer.Picture, writer.Picture.GetByUuid("task")!);
        writer.Apply([ObjectUpdate.Gone("OpaqueRef:vm")]);
        stores.CatchUp();
        var afterVm = view.Current.Pool("pool")?.GetByUuid<XapiTask>("task");
        using var anew = new VisibleStores(store, engine, TimeProvider.System, NullLogger<VisibleStores>.Instance);
        using var later = anew.For(s_ada);
        writer.Apply([ObjectUpdate.Gone("OpaqueRef:task")]);
        stores.CatchUp();

        // A page that shows it goes on showing it, as it does for administrators.
        Assert.True(engine.MayRemember(s_ada, "pool", ended!));
        Assert.False(engine.MayRemember(new("bob", "bob"), "pool", ended!));
        Assert.True(mightCancel);
        Assert.False(mayCancel);
        Assert.Equal(XapiTaskStatus.Success, ended!.Status);
        Assert.NotNull(afterVm);
        Assert.NotNull(later.Current.Pool("pool")?.GetByUuid<XapiTask>("task"));
        Assert.Empty(view.Current.Pools);

        static XenMap<string, VmOperation> Working() => XenMap<string, VmOperation>.Of(new KeyValuePair<string, VmOperation>("OpaqueRef:task", VmOperation.Start));
    }

    [Fact]
    public void Task_ThatEndedOnAVm_GoesFromViewWithTheVm()
    {
        var store = new ObjectStore(TimeProvider.System, []);
        using var writer = store.Open("pool");
        var task = new XapiTask { Ref = "OpaqueRef:task", Uuid = "task" };
        writer.ApplyListing([TaggedVm("prod") with { CurrentOperations = XenMap<string, VmOperation>.Of(new KeyValuePair<string, VmOperation>("OpaqueRef:task", VmOperation.Start)) }, task]);
        writer.Apply([ObjectUpdate.Present(TaggedVm("prod"))]);
        var engine = Granted(store, new AccessScope.OfVms("tags:prod"));
        using var stores = new VisibleStores(store, engine, TimeProvider.System, NullLogger<VisibleStores>.Instance);
        using var view = stores.For(s_ada);
        var before = view.Current.Pool("pool")!.Count;

        writer.Apply([ObjectUpdate.Present(TaggedVm("test"))]);
        stores.CatchUp();

        Assert.Equal(2, before);
        Assert.Empty(view.Current.Pools);
    }

    private static AccessEngine Granted(ObjectStore store, AccessScope scope)
    {
        var engine = new AccessEngine(store);
        engine.Apply(new([], [new("1", SubjectId.User("ada"), Role.Viewer.Id, scope)], ImmutableDictionary<string, ImmutableArray<string>>.Empty));
        return engine;
    }

    private static Vm TaggedVm(string tag) => new() { Ref = "OpaqueRef:vm", Uuid = "vm", Tags = [tag] };

    private static Vbd Drive() => new() { Ref = "OpaqueRef:vbd", Uuid = "vbd", Vm = new("OpaqueRef:vm"), Vdi = new("OpaqueRef:vdi"), Type = VbdType.Disk };

    private static Vdi Disk() => new() { Ref = "OpaqueRef:vdi", Uuid = "vdi" };

    /// <summary>An estate, its policy, and somebody who watches for every user.</summary>
    private sealed class World : IStoreObserver
    {
        private readonly RandomEstate _estate;
        private readonly Dictionary<string, PoolWriter> _writers;
        private readonly VisibleStores _stores;

        public World(int seed)
        {
            _estate = new(seed);
            Store = new(TimeProvider.System, [this]);
            _writers = RandomEstate.PoolUuids.ToDictionary(p => p, Store.Open);
            Engine = new(Store);
            Engine.Apply(_estate.Policy());
            _stores = new(Store, Engine, TimeProvider.System, NullLogger<VisibleStores>.Instance);
            Watchers = [.. RandomEstate.Actors.Select(a => new Watcher(_stores.For(a), _estate.Next(4) == 0 ? 5 : StoreSubscription.DefaultMostChanges))];
        }

        public ObjectStore Store { get; }

        public AccessEngine Engine { get; }

        /// <summary>What each task that is there has worked on since, with the last state of it.</summary>
        public Dictionary<string, Dictionary<string, XapiObject>> Work { get; } = [];

        /// <summary>By pool and reference what objects were ever called, and their last states; until the pool is forgotten.</summary>
        public Dictionary<string, Dictionary<string, (HashSet<string> Names, XapiObject Last)>> Lives { get; } = [];

        public ImmutableArray<Watcher> Watchers { get; }

        public void Observe(StoreBatch batch)
        {
            if (batch.Origin == BatchOrigin.Forgotten || !Lives.TryGetValue(batch.Pool, out var lives))
                Lives[batch.Pool] = lives = [];
            foreach (var change in batch.Changes.Where(_ => batch.Origin != BatchOrigin.Forgotten))
            {
                var names = lives.TryGetValue(change.Object.Ref, out var life) ? life.Names : [];
                names.UnionWith(new[] { change.Before, change.After }.Where(o => o is not (null or XapiTask or XapiMessage)).Select(o => ObjectNames.OwnName(o!)).OfType<string>());
                lives[change.Object.Ref] = (names, change.Object);
            }

            var now = Store.Current.Pool(batch.Pool);
            foreach (var change in batch.Changes)
            {
                foreach (var (task, holder) in new[] { change.Before, change.After }.OfType<XapiObject>().SelectMany(o => Operations(o).Select(t => (t, o))))
                    if (now?.Get(task) is XapiTask)
                        (Work.TryGetValue(task, out var known) ? known : Work[task] = [])[holder.Ref] = holder;
                // The last state of what may go.
                foreach (var known in Work.Values.Where(w => w.ContainsKey(change.Object.Ref)))
                    known[change.Object.Ref] = change.Object;
            }

            foreach (var gone in batch.Changes.Where(c => c.After is null).Select(c => c.Object.Ref))
                Work.Remove(gone);

            static IEnumerable<string> Operations(XapiObject value) => value switch
            {
                Vm v => v.CurrentOperations.Keys,
                Host h => h.CurrentOperations.Keys,
                Pool p => p.CurrentOperations.Keys,
                Sr s => s.CurrentOperations.Keys,
                Vbd b => b.CurrentOperations.Keys,
                _ => [],
            };
        }

        /// <summary>One to three things happen before anybody looks.</summary>
        public void Step()
        {
            for (var i = _estate.Next(3); i >= 0; i--)
            {
                var pool = $"pool{_estate.Next(3)}";
                switch (_estate.Next(12))
                {
                    case 0:
                        _writers[pool].ApplyListing(_estate.Pool(pool));
                        break;
                    case 1:
                        _writers[pool].Forget();
                        break;
                    case 2 or 3:
                        Engine.Apply(_estate.Policy());
                        break;
                    default:
                        _writers[pool].Apply(_estate.Changes(pool));
                        break;
                }
            }

            _stores.CatchUp();
        }
    }

    private sealed class Watcher(VisibleStore view, int mostChanges)
    {
        private readonly StoreSubscription _subscription = view.Subscribe(mostChanges);
        private Dictionary<string, XapiObject>? _told;
        private long _version;

        public (int Visible, int Total) Check(World world, string when)
        {
            _told ??= Objects(_subscription.Present);
            if (_subscription.TryTake() is { } signal)
                Hear(signal, when);
            var now = view.Current;
            Assert.True(now.Version >= _version, when);
            _version = now.Version;
            var shown = Objects(now);
            Assert.Equal(shown.Keys.Order(StringComparer.Ordinal), _told.Keys.Order(StringComparer.Ordinal));

            var total = 0;
            foreach (var pool in world.Store.Current.Pools)
            {
                var objects = Enum.GetValues<XapiClass>().SelectMany(c => pool.All(c)).ToList();
                total += objects.Count;
                var hidden = new HashSet<string>(StringComparer.Ordinal);
                var oracle = new SlowOracle(world.Engine.Policy, pool.Uuid, objects, world.Work);
                foreach (var there in objects)
                {
                    var expected = oracle.Allows(view.Actor, Right.View, there);
                    Assert.True(expected == shown.TryGetValue(there.Ref, out var same) && (!expected || XapiCodec.For(there.Class).Compare(Unworded(same!, there), there).IsEmpty),
                        $"{when}: {view.Actor} {there.Ref}: the oracle says {expected}");
                    Assert.Equal(expected, now.Find(pool.Key(there)) is not null);
                    if (!expected)
                        hidden.UnionWith([there.Ref, there is Pool ? "" : there.Uuid]);
                }

                // Who sees all of a pool reads what its hosts wrote.
                var said = objects.Where(o => o is XapiTask or XapiMessage && shown.ContainsKey(o.Ref)).Select(o => (o, shown[o.Ref])).ToList();
                if (said.Count > 0 && !world.Engine.AllowsPool(view.Actor, Right.View, pool.Uuid))
                    CheckWords(said, [.. hidden, .. HiddenNames(world, pool, objects)], when);

                if (now.Pool(pool.Uuid) is { } visible)
                    CheckRelations(visible, pool);
            }

            Assert.Equal(now.Pools.Sum(p => p.Count), shown.Count);
            return (shown.Count, total);
        }

        /// <summary>What objects are or were ever called, and none that is in view, or would be as it was last.</summary>
        private IEnumerable<string> HiddenNames(World world, PoolPicture pool, List<XapiObject> objects)
        {
            var lives = world.Lives[pool.Uuid];
            var gone = lives.Values.Select(life => life.Last).Where(last => pool.Get(last.Ref) is null).ToList();
            var (present, all) = (new SlowOracle(world.Engine.Policy, pool.Uuid, objects, world.Work), new SlowOracle(world.Engine.Policy, pool.Uuid, [.. objects, .. gone], world.Work));
            var seen = lives.Values.ToLookup(life => pool.Get(life.Last.Ref) is { } there ? present.Allows(view.Actor, Right.View, there) : all.Allows(view.Actor, Right.View, life.Last), life => life.Names);
            return seen[false].SelectMany(names => names).Except(seen[true].SelectMany(names => names)).Where(name => name.Length >= 3);
        }

        /// <summary>No word of a task or message names what is or was hidden, and where none did the words are the host's.</summary>
        private static void CheckWords(List<(XapiObject There, XapiObject Shown)> said, HashSet<string> hidden, string when)
        {
            hidden.Remove("");
            foreach (var (there, shown) in said)
            {
                Assert.False(hidden.FirstOrDefault(h => Says(Words(shown), h)) is not null, $"{when}: {shown.Ref} says what is hidden: {Words(shown)}");
                // What is not there at all is hidden, too.
                if (!hidden.Any(h => Says(Words(there), h)) && !Words(there).Contains("-0000-4000-", StringComparison.Ordinal) && !Words(there).Contains("OpaqueRef:", StringComparison.Ordinal))
                    Assert.Equal(Words(there), Words(shown));
            }
        }

        private static bool Says(string text, string name)
        {
            for (var at = text.IndexOf(name, StringComparison.Ordinal); at >= 0; at = text.IndexOf(name, at + 1, StringComparison.Ordinal))
                if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (at + name.Length == text.Length || !char.IsLetterOrDigit(text[at + name.Length])))
                    return true;
            return false;
        }

        private static string Words(XapiObject value) => value switch
        {
            XapiTask task => string.Join('\n', [task.NameLabel, task.NameDescription, .. task.ErrorInfo, .. task.OtherConfig.Values]),
            _ => ((XapiMessage)value).Body,
        };

        /// <summary>The same but for its words, which are looked at by themselves.</summary>
        private static XapiObject Unworded(XapiObject shown, XapiObject there) => (shown, there) switch
        {
            (XapiTask task, XapiTask raw) => task with { NameLabel = raw.NameLabel, NameDescription = raw.NameDescription, ErrorInfo = raw.ErrorInfo, OtherConfig = raw.OtherConfig },
            (XapiMessage message, XapiMessage raw) => message with { Body = raw.Body },
            _ => shown,
        };

        /// <summary>Who refers to what is told as far as both are visible.</summary>
        private static void CheckRelations(PoolPicture visible, PoolPicture whole)
        {
            foreach (var disk in visible.All<Vdi>())
                Assert.Equal(whole.Referrers<Vbd>(disk.Ref, VbdFields.Vdi).Where(b => visible.Get(b.Ref) is not null).Select(b => b.Ref).ToHashSet(),
                    visible.Referrers<Vbd>(disk.Ref, VbdFields.Vdi).Select(b => b.Ref).ToHashSet());
            foreach (var vm in visible.All<Vm>())
                Assert.All(visible.Referrers(vm.Ref), r => Assert.NotNull(visible.Get(r.Object.Ref)));
        }

        private void Hear(StoreSignal signal, string when)
        {
            Assert.Equal(Objects(view.Current).Keys.ToHashSet(), Objects(signal.Now).Keys.ToHashSet());
            if (signal.LookAtEverything)
            {
                _told = Objects(signal.Now);
                return;
            }

            var version = 0L;
            foreach (var batch in signal.Batches)
            {
                Assert.True(batch.Version >= version, when);
                version = batch.Version;
                foreach (var change in batch.Changes)
                {
                    Assert.Equal(change.Before is not null, _told!.Remove(change.Object.Ref, out var before) && XapiCodec.For(before.Class).Class == (change.Before ?? before).Class);
                    if (change.After is { } after)
                        _told[after.Ref] = after;
                }
            }
        }

        private static Dictionary<string, XapiObject> Objects(StoreSnapshot snapshot) =>
            snapshot.Pools.SelectMany(p => Enum.GetValues<XapiClass>().SelectMany(c => p.All(c))).ToDictionary(o => o.Ref);
    }
}
