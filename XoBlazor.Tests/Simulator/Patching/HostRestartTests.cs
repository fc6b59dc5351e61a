using System.Globalization;
using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Faults;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Simulator.Patching;

/// <summary>Hosts that go and come back, late, or not at all.</summary>
public sealed class HostRestartTests
{
    [Fact]
    public async Task Reboot_OfAMember_StampsItsStartsAndForgetsWhatWaitedForIt()
    {
        await using var pool = await PatchingPool.StartAsync("hosts=2,vms=0");
        var host = pool.Hosts[1];
        var (boot, agent) = (Moment(host, "boot_time"), Moment(host, "agent_start_time"));
        host["pending_guidances_recommended"] = XapiValue.SetOf("reboot_host");

        await RebootAsync(pool, host);
        await pool.UntilAsync(() => host.Bool("enabled"));
        var (secondBoot, secondAgent) = (Moment(host, "boot_time"), Moment(host, "agent_start_time"));
        await RebootAsync(pool, host);
        await pool.UntilAsync(() => host.Bool("enabled"));

        Assert.True(secondBoot > boot && secondAgent > agent);
        Assert.True(Moment(host, "boot_time") > secondBoot && Moment(host, "agent_start_time") > secondAgent);
        Assert.Empty(host["pending_guidances_recommended"].AsTexts);
        Assert.Equal(1, pool.Pool.State.Sessions);
    }

    [Fact]
    public async Task Reboot_OfAMember_IsLiveBeforeItIsInService()
    {
        await using var pool = await PatchingPool.StartAsync("hosts=2,vms=0", TimeSpan.FromMilliseconds(20));
        var (host, seen) = (pool.Hosts[1], new List<(bool Live, bool Enabled)>());
        var (metrics, observer) = (host.Text("metrics"), pool.Db.Observer);
        pool.Db.Observer = (row, change) =>
        {
            observer?.Invoke(row, change);
            if (row.Ref == host.Ref || row.Ref == metrics) seen.Add((PatchingPool.IsLive(host), host.Bool("enabled")));
        };

        await RebootAsync(pool, host);
        await pool.UntilAsync(() => host.Bool("enabled"));

        Assert.Equal([(true, false), (false, false), (true, false), (true, true)], Steps(seen));
    }

    [Fact]
    public async Task Reboot_OfTheCoordinator_EndsEverySession()
    {
        await using var pool = await PatchingPool.StartAsync("hosts=2,vms=0");
        var host = pool.Hosts[0];
        pool.Misbehave(new Fault(FaultKind.NoReturn) { Times = 1 });

        await RebootAsync(pool, host);
        await pool.UntilAsync(() => !PatchingPool.IsLive(host));
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => RpcClient.LogInAsync(pool.Pool.HttpUrl, TestContext.Current.CancellationToken));
        pool.Misbehave(new Fault(FaultKind.HostReturn));
        await pool.UntilAsync(() => host.Bool("enabled"));

        using var again = await LogInAgainAsync(pool);
        Assert.Equal("SESSION_INVALID", (await pool.FailureAsync("VM.get_all"))[0]);
    }

    [Fact]
    public async Task Reboot_ThatDoesNotComeBack_StaysAwayUntilSomebodyBringsTheHost()
    {
        await using var pool = await PatchingPool.StartAsync("hosts=2,vms=0");
        var host = pool.Hosts[1];
        pool.Misbehave(new Fault(FaultKind.NoReturn) { Host = host.Uuid, Times = 1 });

        await RebootAsync(pool, host);
        await pool.UntilAsync(() => !PatchingPool.IsLive(host) && pool.Db.All("task").Count == 0);
        var enabled = host.Bool("enabled");
        pool.Misbehave(new Fault(FaultKind.HostReturn) { Host = host.Uuid });
        await pool.UntilAsync(() => host.Bool("enabled"));

        Assert.False(enabled);
        Assert.True(PatchingPool.IsLive(host));
    }

    [Fact]
    public async Task Reboot_ThatTakesLong_IsAwayForThatLong()
    {
        await using var pool = await PatchingPool.StartAsync("hosts=2,vms=0");
        var host = pool.Hosts[1];
        pool.Misbehave(new Fault(FaultKind.SlowBoot) { Seconds = 3000, Times = 1 });

        await RebootAsync(pool, host);
        await pool.UntilAsync(() => !PatchingPool.IsLive(host));

        Assert.Contains("Host is rebooting", pool.Db.All("task").Select(task => task.Text("name_label")));
        Assert.Equal(["HOST_OFFLINE", host.Ref], await pool.FailureAsync("host.get_servertime", host.Ref));
    }

    [Fact]
    public async Task Reboot_OfAHostThatIsToStayDisabled_LeavesItOutOfService()
    {
        await using var pool = await PatchingPool.StartAsync("hosts=2,vms=0,release=xcp-ng-8.3");
        var host = pool.Hosts[1];
        pool.Pool.Simulator.HostStarts.KeepDisabled(host.Ref);

        await RebootAsync(pool, host);
        await pool.UntilAsync(() => pool.Db.All("task").Count == 0);
        var afterwards = host.Bool("enabled");
        await pool.CallAsync("host.enable", host.Ref);

        Assert.False(afterwards);
        Assert.True(host.Bool("enabled"));
    }

    [Fact]
    public async Task RestartAgent_OfAMember_LeavesTheSessionsOfThePool()
    {
        await using var pool = await PatchingPool.StartAsync("hosts=2,vms=0");
        var host = pool.Hosts[1];
        var before = Moment(host, "agent_start_time");
        host["pending_guidances"] = XapiValue.SetOf("restart_toolstack");

        await pool.CallAsync("host.restart_agent", host.Ref);
        await pool.UntilAsync(() => Moment(host, "agent_start_time") > before);

        Assert.Empty(host["pending_guidances"].AsTexts);
        Assert.Equal(2, (await pool.CallAsync("host.get_all")).GetArrayLength());
    }

    [Fact]
    public async Task CallFailure_OnOneHost_HitsThatHostAfterSomeCalls()
    {
        await using var pool = await PatchingPool.StartAsync("hosts=2,vms=0");
        pool.Misbehave(new Fault(FaultKind.CallFailure) { Method = "host.disable", Host = pool.Hosts[1].Uuid, Skip = 1, Times = 1, Error = ["HOST_OFFLINE", "x"] });

        await pool.CallAsync("host.disable", pool.Hosts[0].Ref);
        await pool.CallAsync("host.disable", pool.Hosts[1].Ref);
        var failure = await pool.FailureAsync("host.disable", pool.Hosts[1].Ref);
        await pool.CallAsync("host.disable", pool.Hosts[1].Ref);

        Assert.Equal(["HOST_OFFLINE", "x"], failure);
    }

    private static async Task RebootAsync(PatchingPool pool, DbObject host)
    {
        await pool.CallAsync("host.disable", host.Ref);
        await pool.CallAsync("host.reboot", host.Ref);
    }

    /// <summary>Logs in as soon as the pool takes it.</summary>
    internal static async Task<RpcClient> LogInAgainAsync(PatchingPool pool)
    {
        using var patience = Patience.Source();
        while (true)
        {
            try
            {
                return await RpcClient.LogInAsync(pool.Pool.HttpUrl, patience.Token);
            }
            catch (HttpRequestException) when (!patience.IsCancellationRequested)
            {
                await Task.Yield();
            }
        }
    }

    private static List<(bool Live, bool Enabled)> Steps(IReadOnlyList<(bool Live, bool Enabled)> seen)
    {
        // Before the host is disabled it is live and in service; that is not a step of its reboot.
        var steps = new List<(bool, bool)>();
        foreach (var state in seen.SkipWhile(state => state.Enabled))
        {
            if (steps.Count == 0 || steps[^1] != state) steps.Add(state);
        }

        return steps;
    }

    private static double Moment(DbObject host, string key) => double.Parse(host["other_config"].AsMap[key]!.AsText, CultureInfo.InvariantCulture);
}
