using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi.Codecs;
using XoBlazor.Tests.Support;
using static XoBlazor.Tests.Store.StoreFixture;

namespace XoBlazor.Tests.Store;

public sealed class StoreConcurrencyTests
{
    private const int Vms = 200;

    [Fact]
    public async Task Readers_DuringWrites_SeeBeforeOrAfterNeverBetween()
    {
        var fixture = new StoreFixture();
        fixture.Put(World(0));
        using var patience = Patience.Source();
        using var done = new CancellationTokenSource();
        var looks = new int[4];
        var readers = Enumerable.Range(0, looks.Length).Select(reader => Task.Run(() =>
        {
            for (; !done.IsCancellationRequested; Interlocked.Increment(ref looks[reader]))
                AssertWhole(fixture.Store.Current.Pool(PoolUuid)!);
        }, patience.Token)).ToList();

        for (var turn = 1; turn <= 300 || looks.Any(l => l < 10); turn++)
        {
            if (turn % 50 == 0)
                fixture.Writer.ApplyListing(World(turn));
            else
                fixture.Writer.Apply(World(turn).Select(ObjectUpdate.Present).Concat(World(turn - 1).Select(o => o.Ref).Except(World(turn).Select(o => o.Ref)).Select(ObjectUpdate.Gone)));
        }

        await done.CancelAsync();
        await Task.WhenAll(readers);
        Assert.False(patience.IsCancellationRequested);
    }

    [Fact]
    public async Task Subscriber_DuringWrites_RebuildsThePresentWithoutGapOrDuplicate()
    {
        var fixture = new StoreFixture();
        using var other = fixture.Store.Open("other");
        using var patience = Patience.Source();
        var writes = Task.WhenAll(
            Task.Run(() => Write(fixture.Writer, "a"), patience.Token), Task.Run(() => Write(other, "b"), patience.Token));

        using var subscription = fixture.Store.Subscribe();
        var known = subscription.Present.All<Vm>().ToDictionary(l => l.Object.Ref, l => l.Object);
        var version = subscription.Present.Version;
        while (true)
        {
            var next = subscription.NextAsync(patience.Token).AsTask();
            // The last signal may have been taken before the writers' tasks had ended: no further one comes then.
            if (await Task.WhenAny(next, writes) == writes && !next.IsCompleted && version == fixture.Store.Current.Version)
                break;
            var signal = await next;
            Assert.False(signal.LookAtEverything);
            foreach (var batch in signal.Batches)
            {
                Assert.Equal(++version, batch.Version);
                foreach (var change in batch.Changes)
                {
                    Assert.Same(change.Before, known.GetValueOrDefault(change.Object.Ref));
                    if (change.After is Vm after)
                        known[after.Ref] = after;
                    else
                        known.Remove(change.Object.Ref);
                }
            }

            Assert.Equal(version, signal.Now.Version);
            Assert.Equal(signal.Now.CountOf(XapiClass.Vm), known.Count);
        }

        await writes;
        Assert.All(fixture.Store.Current.All<Vm>(), l => Assert.Same(l.Object, known[l.Object.Ref]));
        static void Write(PoolWriter writer, string prefix)
        {
            for (var i = 0; i < 500; i++)
                writer.Apply([
                    ObjectUpdate.Present(new Vm { Ref = Ref($"{prefix}{i % 20}"), NameLabel = $"{i}" }), ObjectUpdate.Gone(Ref($"{prefix}{(i + 7) % 20}"))]);
        }
    }

    [Fact]
    public async Task Subscriber_ThatIsSlow_IsToldToLookAtEverythingAndKeepsNothing()
    {
        var fixture = new StoreFixture();
        using var patience = Patience.Source();
        using var subscription = fixture.Store.Subscribe(mostChanges: 10);

        for (var i = 0; i < 100; i++)
            fixture.Put(new Vm { Ref = Ref("vm"), NameLabel = $"{i}" });
        var late = await subscription.NextAsync(patience.Token);
        fixture.Put(new Vm { Ref = Ref("vm"), NameLabel = "last" });
        var next = await subscription.NextAsync(patience.Token);

        Assert.True(late.LookAtEverything);
        Assert.Empty(late.Batches);
        Assert.Equal("99", Assert.Single(late.Now.All<Vm>()).Object.NameLabel);
        Assert.False(next.LookAtEverything);
        Assert.Equal("last", ((Vm)Assert.Single(Assert.Single(next.Batches).Changes).After!).NameLabel);
    }

    [Fact]
    public async Task Subscriber_ThatLeft_IsNotHeldByTheStore()
    {
        var fixture = new StoreFixture();
        var subscription = fixture.Store.Subscribe();
        subscription.Dispose();
        using var patience = Patience.Source();

        fixture.Put(new Vm { Ref = Ref("vm") });

        using var soon = CancellationTokenSource.CreateLinkedTokenSource(patience.Token);
        var next = subscription.NextAsync(soon.Token).AsTask();
        Assert.False(next.IsCompleted);
        await soon.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
    }

    /// <summary>In each turn every VM carries the turn's number and has one drive that points back; half of them have other references every time.</summary>
    private static IEnumerable<XapiObject> World(int turn)
    {
        for (var i = 0; i < Vms; i++)
        {
            var name = i % 2 == 0 ? $"{i}" : $"{i}-{turn}";
            yield return new Vm { Ref = Ref($"vm{name}"), Uuid = $"u{i}", NameLabel = $"{turn}", Vbds = [new(Ref($"vbd{name}"))] };
            yield return new Vbd { Ref = Ref($"vbd{name}"), Vm = new(Ref($"vm{name}")), Device = $"{turn}" };
        }
    }

    private static void AssertWhole(PoolPicture picture)
    {
        Assert.Equal(Vms, picture.CountOf(XapiClass.Vm));
        string? turn = null;
        var seen = 0;
        foreach (var vm in picture.All<Vm>())
        {
            seen++;
            turn ??= vm.NameLabel;
            Assert.Equal(turn, vm.NameLabel);
            Assert.Same(vm, picture.GetByUuid<Vm>(vm.Uuid));
            Assert.Equal(turn, picture.Get(vm.Vbds[0])!.Device);
            Assert.Equal(vm.Vbds[0].Value, Assert.Single(picture.Referrers<Vbd>(vm.Ref, VbdFields.Vm)).Ref);
        }

        Assert.Equal(Vms, seen);
    }
}
