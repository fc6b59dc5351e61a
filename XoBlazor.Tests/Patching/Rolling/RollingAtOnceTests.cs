using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Patching;
using XoBlazor.Core.Patching.Rolling;
using XoBlazor.Tests.Support;
using XoBlazor.Tests.Support.Patching;

namespace XoBlazor.Tests.Patching.Rolling;

/// <summary>A pool whose hosts take updates only all at once, brought up to date before the first is emptied.</summary>
public sealed class RollingAtOnceTests
{
    private const string Make = "hosts=3,vms=9,seed=5,release=citrix-hypervisor-8.2";

    [Fact]
    public async Task Update_OfHostsThatTakeItAllAtOnce_InstallsBeforeTheFirstIsEmptiedAndRebootsOnlyThoseThatNeedIt()
    {
        using var patience = Patience.Source();
        var updates = new UpdatesForAll();
        await using var pool = await StartAsync(updates, patience.Token);
        var homes = pool.Homes();
        var rehearsal = await pool.RehearseAsync(operation: "pool.rehearse_rolling_update");

        var result = await pool.Server.RunAsync("pool.rolling_update", patience.Token);

        Assert.True(result is { End: OperationEnd.Succeeded, HasNotes: false }, result.Message);
        Assert.Equal(3, rehearsal.Findings.Count(finding => finding.Words.StartsWith("It lacks 1 update. All hosts get theirs before the first is emptied", StringComparison.Ordinal)));
        Assert.Equal((1, 1, 0), (updates.Calls, updates.Installations, updates.OutOfService));
        var run = Assert.Single(pool.Kept.Kept);
        Assert.Equal([RollingTurn.Done, RollingTurn.Skipped, RollingTurn.Done], run.Hosts.Select(host => host.Turn));
        Assert.True(run.Hosts[1].IsUpToDate);
        Assert.Equal(updates.Asked.Order(StringComparer.Ordinal), pool.Reboots.Keys.Order(StringComparer.Ordinal));
        Assert.All(pool.Reboots, reboots => Assert.Equal(1, reboots.Value));
        Assert.EndsWith("No host lacks an update.", run.Notes[^1].Words, StringComparison.Ordinal);
        await pool.RanThroughoutAsync(homes);
    }

    [Fact]
    public async Task Update_OfCitrixHypervisorWithHa_IsDownloadedInstalledOnAllHostsAndRebootsEachOnce()
    {
        using var patience = Patience.Source();
        await using var server = await CatalogueServer.StartAsync(patience.Token);
        var update = new MadeUpdate("XS82E001");
        server.Serve("updates.xml", CatalogueFile.Of("8.2.1", (update, server.Serve("XS82E001.zip", Support.Patching.Zip.Of(("XS82E001.iso", update.Disc))))));
        await using var pool = await RolledPool.StartAsync(patience.Token, Make, services: services => services.Configure<PatchingOptions>(options => options.CatalogueUrl = new Uri(server.Address, "updates.xml").AbsoluteUri));
        var storage = pool.Picture.All<Sr>().First(sr => sr.Shared && sr.ContentType != "iso");
        await pool.Server.RunAsync("pool.enable_ha", patience.Token, new() { ["heartbeatSrs"] = new JsonArray(storage.Uuid) });
        await pool.Server.UntilAsync(now => now.Pool is { HaEnabled: true }, patience.Token);
        var homes = pool.Homes();

        var result = await pool.Server.RunAsync("pool.rolling_update", patience.Token);

        Assert.True(result is { End: OperationEnd.Succeeded, HasNotes: false }, result.Message);
        var run = Assert.Single(pool.Kept.Kept);
        Assert.EndsWith("No host lacks an update.", run.Notes[^1].Words, StringComparison.Ordinal);
        Assert.Equal([1, 1, 1], pool.Reboots.Values);
        await pool.Server.UntilAsync(now => now.Pool is { HaEnabled: true } && now.All<Host>().All(host => now.Get(host.Updates).Any(one => one.Uuid == update.Uuid)), patience.Token);
        await pool.RanThroughoutAsync(homes);
    }

    [Fact]
    public async Task Update_ServerStopsWhileAllHostsAreInstalled_TakesThatStepAgainAndGoesOn()
    {
        using var patience = Patience.Source();
        var updates = new UpdatesForAll { Gate = new(TaskCreationOptions.RunContinuationsAsynchronously) };
        await using var pool = await StartAsync(updates, patience.Token);
        await pool.Server.BeginAsync("pool.rolling_update");
        await pool.Server.UntilAsync(_ => updates.Calls == 1, patience.Token);

        await pool.RestartAsync();
        updates.Gate.SetResult();
        var run = await pool.Server.UntilRunAsync(static now => now.IsOver || now.State == RollingState.Stopped, patience.Token);

        Assert.True(run.State == RollingState.Completed, run.Problem);
        Assert.Equal((2, 1), (updates.Calls, updates.Installations));
        Assert.Equal(2, pool.Reboots.Count);
    }

    [Fact]
    public async Task Update_InstallationOnAllHostsFails_StopsBeforeAnyIsEmptiedAndGoesOnWhenRetried()
    {
        using var patience = Patience.Source();
        var updates = new UpdatesForAll { Failure = "The catalogue is out of reach." };
        await using var pool = await StartAsync(updates, patience.Token);

        var result = await pool.Server.RunAsync("pool.rolling_update", patience.Token);

        Assert.Contains("did not get their updates. The catalogue is out of reach.", result.Message, StringComparison.Ordinal);
        var run = Assert.Single(pool.Kept.Kept);
        Assert.Equal((RollingState.Stopped, RollingStage.Installing), (run.State, run.Stage));
        Assert.All(run.Hosts, host => Assert.Equal(RollingTurn.Waiting, host.Turn));
        updates.Failure = null;
        await pool.Server.RunAsync("pool.rolling_resume", patience.Token);
        run = await pool.Server.UntilRunAsync(static now => now.IsOver, patience.Token);
        Assert.Equal((RollingState.Completed, 1), (run.State, updates.Installations));
    }

    [Fact]
    public async Task Update_EndedEarlyWhileAllHostsAreInstalled_GivesThatUpAndEmptiesNone()
    {
        using var patience = Patience.Source();
        var updates = new UpdatesForAll { Gate = new(TaskCreationOptions.RunContinuationsAsynchronously) };
        await using var pool = await StartAsync(updates, patience.Token);
        var operation = await pool.Server.BeginAsync("pool.rolling_update");
        await pool.Server.UntilAsync(_ => updates.Calls == 1, patience.Token);

        await pool.Server.RunAsync("pool.rolling_cancel", patience.Token);

        Assert.Equal(OperationEnd.Cancelled, (await operation.Completion.WaitAsync(patience.Token)).End);
        Assert.Equal((0, 0), (updates.Installations, pool.Reboots.Count));
        Assert.All(Assert.Single(pool.Kept.Kept).Hosts, host => Assert.Equal((RollingTurn.Skipped, false), (host.Turn, host.IsUpToDate)));
    }

    /// <summary>A pool whose hosts take the updates only all at once; the first and the last have to be rebooted for them.</summary>
    private static async Task<RolledPool> StartAsync(UpdatesForAll updates, CancellationToken token)
    {
        var pool = await RolledPool.StartAsync(token, Make, services: updates.Serve);
        var hosts = RollingCourse.Order(pool.Picture).ToList();
        (updates.Database, updates.Asked) = (pool.Simulator.Db, [hosts[0].Uuid, hosts[2].Uuid]);
        return pool;
    }
}
