using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.Tests.Access;

/// <summary>The engine's decisions on random estates, against <see cref="SlowOracle"/>.</summary>
public sealed class DecisionTests(ITestOutputHelper output)
{
    private const int Decisions = 120_000;

    [Fact]
    public void Decisions_OnRandomEstates_AreTheOracles()
    {
        var seed = Environment.TickCount & 0xffff;
        output.WriteLine($"first seed {seed}");
        var (made, allowed) = (0, 0);
        for (; made < Decisions; seed++)
            Compare(seed, ref made, ref allowed);
        output.WriteLine($"{made} decisions, {allowed} of them yes");

        Assert.InRange(allowed, made / 10, made * 9 / 10);
    }

    private static void Compare(int seed, ref int made, ref int allowed)
    {
        var estate = new RandomEstate(seed);
        var store = new ObjectStore(TimeProvider.System, []);
        foreach (var uuid in RandomEstate.PoolUuids)
        {
            using var writer = store.Open(uuid);
            writer.ApplyListing(estate.Pool(uuid));
        }

        var engine = new AccessEngine(store);
        engine.Apply(estate.Policy());
        foreach (var pool in store.Current.Pools)
        {
            var objects = Enum.GetValues<XapiClass>().SelectMany(c => pool.All(c)).ToList();
            var oracle = new SlowOracle(engine.Policy, pool.Uuid, objects);
            foreach (var actor in RandomEstate.Actors)
                foreach (var right in RandomEstate.Rights)
                    for (var i = 0; i < 12; i++)
                    {
                        var target = objects[estate.Next(objects.Count)];
                        var expected = oracle.Allows(actor, right, target);
                        var decided = engine.Refusal(actor, right, pool.Key(target)) is null;
                        Assert.True(expected == decided, $"seed {seed}: {actor} {right.Name} {target.Class} {pool.Key(target)}: the oracle says {expected}, the engine {decided}");
                        made++;
                        allowed += decided ? 1 : 0;
                    }
        }
    }

    [Fact]
    public void Reasons_OnRandomEstates_AreThereExactlyWhenAllowed()
    {
        var seed = Environment.TickCount & 0xffff;
        output.WriteLine($"first seed {seed}");
        var explained = 0;
        for (var turn = 0; turn < 30; turn++)
        {
            var estate = new RandomEstate(seed + turn);
            var store = new ObjectStore(TimeProvider.System, []);
            using var writer = store.Open("pool0");
            writer.ApplyListing(estate.Pool("pool0"));
            var engine = new AccessEngine(store);
            engine.Apply(estate.Policy());
            foreach (var actor in RandomEstate.Actors)
                foreach (var right in RandomEstate.Rights)
                    foreach (var target in writer.Picture.All<Vdi>())
                    {
                        var key = writer.Picture.Key(target);
                        var reasons = engine.Explain(actor, right, key);
                        Assert.True(reasons.IsEmpty == (engine.Refusal(actor, right, key) is not null), $"seed {seed + turn}: {actor} {right.Name} {key}");
                        explained += reasons.Length;
                    }
        }

        Assert.True(explained > 0);
    }
}
