using XoBlazor.Core.Model;
using XoBlazor.Simulator.Faults;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Pools;

/// <summary>Misbehaviour without end: the picture is right after each, and nothing piles up.</summary>
[Collection(nameof(Alone))]
public sealed class PoolSoakTests
{
    private const int Pools = 5;

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(20);

    private static readonly Fault[] s_faults =
    [
        new(FaultKind.DropConnections),
        new(FaultKind.Refuse) { Seconds = 1 },
        new(FaultKind.Truncate) { Method = "event.from", Bytes = 200, Times = 1 },
        new(FaultKind.Html500) { Times = 2 },
        new(FaultKind.MalformedJson) { Method = "event.from", Times = 1 },
        new(FaultKind.SessionInvalid),
        new(FaultKind.ToolstackRestart) { Seconds = 1 },
        new(FaultKind.MoveCoordinator),
        new(FaultKind.Delay) { Method = "event.from", Seconds = 2, Times = 1 },
        new(FaultKind.LoseDeletions),
        new(FaultKind.UnknownShapes),
        new(FaultKind.DuplicateEvents),
        new(FaultKind.ReorderEvents),
    ];

    [Fact]
    public async Task Faults_InAnyOrder_LoseNothing()
    {
        using var run = LongRun.Seeded(usual: 8, many: 150);
        using var patience = Patience.Source(s_patience);
        var random = new Random(run.Seed);
        await using var fixture = await FleetFixture.StartAsync(patience.Token);
        await fixture.AddConnectedAsync(patience.Token);
        var db = fixture.Pool.Simulator.Db;
        var vm = fixture.Picture.All<Vm>().First(v => !v.IsATemplate && !v.IsControlDomain);
        var story = new List<string>();

        for (var round = 0; round < run.Rounds; round++)
        {
            var (fault, name) = (s_faults[random.Next(s_faults.Length)], $"round {round}");
            story.Add(fault.Kind.ToString());
            var passing = db.Update(() => db.Create("network", ("name_label", name)));
            fixture.Pool.Misbehave(fault);
            db.Update(() => db.Get("VM", vm.Ref)["name_label"] = name);
            db.Destroy("network", passing.Ref);
            var created = db.Update(() => db.Create("network", ("name_label", name)));

            // All three changes: they need not come in one answer.
            await fixture.UntilPictureAsync(
                p => p.GetByUuid<Vm>(vm.Uuid)?.NameLabel == name && p.Get(passing.Ref) is null && p.Get(created.Ref) is not null, patience.Token);
            await fixture.UntilAsync(s => s.IsLive, patience.Token);
            fixture.Pool.Behave();

            Assert.True(!fixture.Differences().Any(), $"seed {run.Seed}, after {string.Join(", ", story.TakeLast(5))}: {string.Join("; ", fixture.Differences().Take(5))}");
        }
    }

    [Fact]
    public async Task Drops_OneAfterAnother_LeaveNothingBehind()
    {
        if (await OwnRun.HasPassedAsync(this))
            return;
        using var run = LongRun.Of(usual: 25, many: 1000);
        using var patience = Patience.Source(s_patience);
        var fixtures = await Task.WhenAll(Enumerable.Range(0, Pools).Select(_ => FleetFixture.StartAsync(patience.Token)));
        try
        {
            await Task.WhenAll(fixtures.Select(fixture => fixture.AddConnectedAsync(patience.Token)));
            await Task.WhenAll(fixtures.Select(fixture => DropAsync(fixture, 2, patience.Token)));
            var (handles, timers, heap) = (Alone.Handles, Timer.ActiveCount, Alone.HeapMiB);

            await Task.WhenAll(fixtures.Select(fixture => DropAsync(fixture, run.Rounds / Pools, patience.Token)));

            using var soon = Patience.Source();
            await Alone.SettleAsync(() => Alone.Handles, handles + Pools, "handles", soon.Token);
            await Alone.SettleAsync(() => Timer.ActiveCount, timers + (4 * Pools), "timers", soon.Token);
            await Alone.SettleAsync(() => Alone.HeapMiB, heap + 8, "MiB", soon.Token);
            Assert.All(fixtures, fixture => Assert.InRange(fixture.Pool.Simulator.Sessions.Count, 1, 2));
        }
        finally
        {
            foreach (var fixture in fixtures)
                await fixture.DisposeAsync();
        }
    }

    private static async Task DropAsync(FleetFixture fixture, int times, CancellationToken cancellation)
    {
        for (var i = 0; i < times; i++)
        {
            var before = fixture.State;
            fixture.Pool.Misbehave(new Fault(FaultKind.DropConnections));
            await fixture.UntilAsync(s => s.PictureAsOf > before.PictureAsOf && s.IsLive, cancellation);
            // Otherwise its record of every announcement would be what grows.
            lock (fixture.Batches)
                fixture.Batches.Clear();
        }
    }
}
