using System.Globalization;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Patching.Rolling;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Simulator.Patching.Repositories;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Patching.Rolling;

/// <summary>A pool of XenServer 8 hosts brought up to date host by host, with what its updates ask for.</summary>
public sealed class RollingRepositoryTests
{
    private const string Make = "hosts=3,vms=9,seed=5,release=xenserver-8";

    private static readonly CdnUpdate s_kernel = new("U-1", "Kernel") { Recommended = ["RebootHost"], Full = ["RebootHost"] };
    private static readonly CdnUpdate s_toolstack = new("U-2", "Toolstack") { Recommended = ["RestartToolstack"] };
    private static readonly CdnUpdate s_nothing = new("U-3", "Documentation");

    [Fact]
    public async Task Update_ThatAsksForAReboot_RebootsEveryHostOnceAndEveryVmRunsThroughout()
    {
        using var patience = Patience.Source();
        await using var pool = await PublishedAsync(patience.Token, s_kernel);
        var (homes, boots) = (pool.Homes(), pool.Boots());

        var result = await pool.Server.RunAsync("pool.rolling_update", patience.Token);

        Assert.True(result.End == OperationEnd.Succeeded, result.Message);
        Assert.All(pool.Boots(), boot => Assert.True(boot.Value > boots[boot.Key]));
        Assert.All(pool.Picture.All<Host>(), host => Assert.Equal(["U-1"], pool.Pool.Catalogue.AppliedOn(host.Uuid)));
        await pool.Server.UntilAsync(now => now.All<Host>().All(host => host.Enabled && !UpdateNeeds.Of(now, host).Any()), patience.Token);
        await pool.RanThroughoutAsync(homes);
    }

    [Fact]
    public async Task Update_ThatAsksForTheToolstackOnly_RestartsItAndRebootsNoHost()
    {
        using var patience = Patience.Source();
        await using var pool = await PublishedAsync(patience.Token, s_toolstack);
        var (homes, boots, starts) = (pool.Homes(), pool.Boots(), Starts(pool));

        var result = await pool.Server.RunAsync("pool.rolling_update", patience.Token);

        Assert.True(result.End == OperationEnd.Succeeded, result.Message);
        Assert.Equal(boots, pool.Boots());
        Assert.All(Starts(pool), start => Assert.True(start.Value > starts[start.Key]));
        Assert.All(Assert.Single(pool.Kept.Kept).Hosts, host => Assert.Equal(RollingTurn.Done, host.Turn));
        await pool.Server.UntilAsync(now => now.All<Host>().All(host => host.Enabled && !UpdateNeeds.Of(now, host).Any()), patience.Token);
        await pool.RanThroughoutAsync(homes);
    }

    [Fact]
    public async Task Update_ThatAsksForNothing_RestartsNothing()
    {
        using var patience = Patience.Source();
        await using var pool = await PublishedAsync(patience.Token, s_nothing);
        var (boots, starts) = (pool.Boots(), Starts(pool));

        var result = await pool.Server.RunAsync("pool.rolling_update", patience.Token);

        Assert.True(result.End == OperationEnd.Succeeded, result.Message);
        Assert.Equal(boots, pool.Boots());
        Assert.Equal(starts, Starts(pool));
        await pool.Server.UntilAsync(now => now.All<Host>().All(host => host.Enabled), patience.Token);
    }

    [Fact]
    public async Task Update_HostsThatDiffer_OnlyThoseReboot_WhoseUpdatesAskForIt()
    {
        using var patience = Patience.Source();
        await using var pool = await PublishedAsync(patience.Token, s_kernel, s_toolstack);
        var boots = pool.Boots();
        var ahead = RollingCourse.Order(pool.Picture).Last();
        pool.Pool.Catalogue.Apply(ahead.Ref, [s_kernel]);

        var result = await pool.Server.RunAsync("pool.rolling_update", patience.Token);

        Assert.True(result.End == OperationEnd.Succeeded, result.Message);
        Assert.Equal([ahead.Uuid], pool.Boots().Where(boot => boot.Value == boots[boot.Key]).Select(boot => boot.Key));
        Assert.All(pool.Picture.All<Host>(), host => Assert.Equal(["U-1", "U-2"], pool.Pool.Catalogue.AppliedOn(host.Uuid).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task Update_ServerKilledAroundTheRestartOfAToolstack_RestartsEachOnceAndNoHost()
    {
        using var patience = Patience.Source(2 * Patience.Limit);
        await using var pool = await PublishedAsync(patience.Token, s_toolstack);
        var (homes, boots) = (pool.Homes(), pool.Boots());
        var before = Dies(pool, RollingTurn.Settling, isKept: true);
        await pool.Server.BeginAsync("pool.rolling_update");
        await before.WaitAsync(patience.Token);
        var after = Dies(pool, RollingTurn.Starting, isKept: false);
        await pool.RestartAsync();
        await pool.KnownAsync();
        await after.WaitAsync(patience.Token);
        pool.Kept.Around = null;
        await pool.RestartAsync();
        await pool.KnownAsync();

        var over = await pool.Server.UntilRunAsync(static now => now.IsOver || now.State == RollingState.Stopped, patience.Token);

        Assert.True(over.State == RollingState.Completed, RollingReport.Text(over, pool.Picture));
        Assert.Equal(3L, pool.Pool.State.Calls.GetValueOrDefault("host.restart_agent"));
        Assert.Equal(boots, pool.Boots());
        await pool.RanThroughoutAsync(homes);
    }

    /// <summary>Ends when the server is about to keep that a host is at this turn, or just has; it does nothing more then.</summary>
    private static Task Dies(RolledPool pool, RollingTurn turn, bool isKept)
    {
        var died = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        pool.Kept.Around = async (run, isAfter, stopping) =>
        {
            if (isAfter != isKept || run.Hosts.All(host => host.Turn != turn))
                return;
            died.TrySetResult();
            await Task.Delay(Timeout.Infinite, stopping);
        };
        return died.Task;
    }

    private static async Task<RolledPool> PublishedAsync(CancellationToken token, params CdnUpdate[] updates)
    {
        var pool = await RolledPool.StartAsync(token, Make);
        pool.Pool.Catalogue.Publish(updates);
        var synced = await pool.Server.RunAsync("pool.sync_updates", token);
        Assert.True(synced.End == OperationEnd.Succeeded, synced.Message);
        return pool;
    }

    /// <summary>When the toolstack of each host started.</summary>
    private static Dictionary<string, double> Starts(RolledPool pool) => pool.Simulator.Db.Update(() => pool.Simulator.Db.All("host").ToDictionary(host => host.Uuid,
        host => double.Parse(host["other_config"].AsMap["agent_start_time"]!.AsText, CultureInfo.InvariantCulture)));
}
