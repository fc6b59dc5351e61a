using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using XoBlazor.Core.Patching.Rolling;
using XoBlazor.Tests.App.Support;

namespace XoBlazor.Tests.App.Data;

/// <summary>Rolling reboots in the database of the real server.</summary>
public sealed class RollingStoreTests
{
    private static readonly DateTimeOffset s_begin = new(2026, 11, 22, 14, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Run_SavedByOneServer_IsWholeInTheNextAndTheOldestEndedOnesGo()
    {
        using var folder = new TempFolder();
        var token = TestContext.Current.CancellationToken;
        var paused = Run(0, "pool-1") with
        {
            State = RollingState.Paused,
            Stage = RollingStage.Hosts,
            Ha = new(["sr-1"], ImmutableDictionary<string, string>.Empty.Add("timeout", "60"), 2),
            Hosts = [new() { Uuid = "host-1", Name = "xcp <1>", IsCoordinator = true, Turn = RollingTurn.Emptying, AgentStart = 1763900000.5, Began = s_begin }],
            Vms = [new() { Uuid = "vm-1", Name = "web \u202E", Home = "host-1", IsShutDown = true, Problem = "It was not started again." }],
        };
        await using (var first = new TestServer(folder).OnAPort())
        {
            var store = first.Services.GetRequiredService<IRollingStore>();
            await store.SaveAsync(Run(0, "pool-1"), token);
            await store.SaveAsync(paused.Noting(s_begin, "Paused."), token);
            for (var number = 1; number <= RollingRuns.MostEnded + 3; number++)
                await store.SaveAsync(Run(number, "pool-2") with { State = RollingState.Completed }, token);
        }

        await using var second = new TestServer(folder).OnAPort();
        var loaded = await second.Services.GetRequiredService<IRollingStore>().LoadAsync(token);

        var kept = Assert.Single(loaded, run => run.Pool == "pool-1");
        Assert.Equal((RollingState.Paused, RollingStage.Hosts, paused.Hosts[0], paused.Vms[0], "Paused."), (kept.State, kept.Stage, kept.Hosts[0], kept.Vms[0], kept.Notes[0].Words));
        Assert.Equal(("sr-1", "60", 2L), (kept.Ha!.HeartbeatSrs[0], kept.Ha.Configuration["timeout"], kept.Ha.HostFailures));
        Assert.Equal(Enumerable.Range(4, RollingRuns.MostEnded), loaded.Where(run => run.Pool == "pool-2").Select(run => (int)(run.Began - s_begin).TotalMinutes).Order());
        Assert.Equal(kept.Id, second.Services.GetRequiredService<RollingRuns>().UnderWay("pool-1")?.Id);
    }

    private static RollingRun Run(int number, string pool) => new()
    {
        Id = new(number, 1, 2, new byte[8]),
        Pool = pool,
        PoolName = "Lyon",
        Request = new() { ActorId = "1", ActorName = "ada", MayShutDown = ["vm-1"] },
        Began = s_begin.AddMinutes(number),
    };
}
