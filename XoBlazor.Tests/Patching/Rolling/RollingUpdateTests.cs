using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Patching.Rehearsing;
using XoBlazor.Core.Patching.Rolling;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Simulator.Behaviour;
using XoBlazor.Simulator.Faults;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Patching.Rolling;

/// <summary>A pool of XCP-ng hosts brought up to date host by host.</summary>
public sealed class RollingUpdateTests
{
    [Fact]
    public async Task Update_OfAPool_InstallsAndRebootsEveryHostOnceAndEveryVmRunsThroughout()
    {
        using var patience = Patience.Source();
        await using var pool = await RolledPool.StartAsync(patience.Token, "hosts=3,vms=9,seed=5,updates=2");
        var (homes, boots) = (pool.Homes(), pool.Boots());
        var before = await pool.RehearseAsync(operation: "pool.rehearse_rolling_update");

        var result = await pool.Server.RunAsync("pool.rolling_update", patience.Token);

        Assert.True(result is { End: OperationEnd.Succeeded, HasNotes: false }, result.Message);
        Assert.Equal(3, before.Findings.Count(finding => finding.Words is "It lacks 2 updates." or "It lacks 1 update."));
        var run = Assert.Single(pool.Kept.Kept);
        Assert.Equal((RollingKind.Update, RollingState.Completed), (run.Request.Kind, run.State));
        Assert.All(run.Hosts, host => Assert.Equal(RollingTurn.Done, host.Turn));
        Assert.All(pool.Boots(), boot => Assert.True(boot.Value > boots[boot.Key]));
        var after = await pool.RehearseAsync(operation: "pool.rehearse_rolling_update");
        Assert.Equal(3, after.Findings.Count(finding => finding.Words.StartsWith("It lacks nothing", StringComparison.Ordinal)));
        await pool.RanThroughoutAsync(homes);
    }

    [Fact]
    public async Task Update_HostsThatLackNothing_AreNeitherEmptiedNorRebooted()
    {
        using var patience = Patience.Source();
        await using var pool = await RolledPool.StartAsync(patience.Token, "hosts=3,vms=9,seed=5,updates=0");
        var boots = pool.Boots();

        var result = await pool.Server.RunAsync("pool.rolling_update", patience.Token);

        Assert.True(result.End == OperationEnd.Succeeded, result.Message);
        Assert.All(Assert.Single(pool.Kept.Kept).Hosts, host => Assert.Equal(RollingTurn.Skipped, host.Turn));
        Assert.Equal(boots, pool.Boots());
        Assert.Equal(0, pool.Pool.State.Calls.GetValueOrDefault("Async.host.evacuate"));
    }

    [Fact]
    public async Task Update_InstallationFailsOnAHost_StopsThereWithoutARebootAndGoesOnWhenCancelled()
    {
        using var patience = Patience.Source();
        await using var pool = await RolledPool.StartAsync(patience.Token, "hosts=3,vms=9,seed=5,updates=2");
        var homes = pool.Homes();
        var hosts = RollingCourse.Order(pool.Picture).ToList();
        var boots = pool.Boots();
        // From the moment on at which the first host is emptied its package source is out of reach.
        pool.Simulator.Calls.Register("host.disable", call =>
        {
            pool.Simulator.Faults.Apply(new Fault(FaultKind.UpdaterError));
            call.Object("host")["enabled"] = false;
            AllowedOperations.Update(call.Object("host"));
        });

        var result = await pool.Server.RunAsync("pool.rolling_update", patience.Token);

        Assert.Contains($"{hosts[0].NameLabel} did not get its updates.", result.Message, StringComparison.Ordinal);
        var run = Assert.Single(pool.Kept.Kept);
        Assert.Equal((RollingState.Stopped, RollingTurn.Installing, hosts[0].Uuid), (run.State, run.Current!.Turn, run.Current.Uuid));
        await pool.Server.RunAsync("pool.rolling_cancel", patience.Token);
        await pool.Server.UntilRunAsync(now => now.State == RollingState.Cancelled, patience.Token);
        await pool.Server.UntilAsync(now => now.GetByUuid<Host>(hosts[0].Uuid) is { Enabled: true }, patience.Token);
        Assert.Equal(boots, pool.Boots());
        await pool.RanThroughoutAsync(homes);
    }
}
