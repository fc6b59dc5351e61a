using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Patching.Rolling;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Simulator.Calls;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Patching.Rolling;

/// <summary>Who may reboot a pool host by host, what others may not do meanwhile, and what the audit has of it.</summary>
public sealed class RollingAccessTests
{
    private const string Make = "hosts=3,vms=9,seed=5";

    [Fact]
    public async Task Reboot_WithoutItsRight_IsRefusedAndNothingIsKept()
    {
        using var patience = Patience.Source();
        await using var pool = await RolledPool.StartAsync(patience.Token, Make);

        foreach (var operation in (string[])["pool.rolling_reboot", "pool.rehearse_rolling_reboot", "pool.rolling_update", "pool.rehearse_rolling_update", "pool.rolling_pause", "pool.rolling_resume", "pool.rolling_cancel", "pool.rolling_report"])
        {
            var refused = await Assert.ThrowsAsync<OperationRefusedException>(() => pool.Server.RunAsync(operation, patience.Token, by: RollingServer.Bob));
            Assert.Equal(RefusalReason.NoRight, refused.Reason);
        }

        Assert.Empty(pool.Kept.Kept);
    }

    [Fact]
    public async Task Update_WithRestartsOfVms_NeedsTheRightToRebootThem()
    {
        using var patience = Patience.Source();
        await using var pool = await RolledPool.StartAsync(patience.Token, Make);
        pool.Server.Allow(Role.Custom("updater", "Updater", ["pool.rolling_update"]));

        var refused = await Assert.ThrowsAsync<OperationRefusedException>(() => pool.Server.RunAsync("pool.rolling_update", patience.Token, new() { ["restartVms"] = true }));
        var allowed = await pool.Server.RunAsync("pool.rolling_update", patience.Token);

        Assert.Equal(RefusalReason.NoRight, refused.Reason);
        Assert.Contains("Reboot VMs", refused.Message, StringComparison.Ordinal);
        Assert.True(allowed.End == OperationEnd.Succeeded, allowed.Message);
        Assert.Single(pool.Kept.Kept);
        Assert.Contains(pool.Audit.Log.Read(new() { Outcome = AuditOutcome.Succeeded }), entry => entry.Record.Action == "pool.rolling_update");
    }

    [Fact]
    public async Task Reboot_UnderWay_RefusesAnotherAndWhatElseWouldChangeHostsAndLetsVmsBe()
    {
        using var patience = Patience.Source();
        await using var pool = await RolledPool.StartAsync(patience.Token, Make);
        var goOn = Hold(pool);
        var operation = await pool.Server.BeginAsync("pool.rolling_reboot");
        await pool.Server.UntilRunAsync(run => run.Current is { Turn: RollingTurn.Emptying }, patience.Token);
        var (host, vm) = (pool.Picture.All<Host>().First(), pool.Picture.All<Vm>().First(one => one.Kind() == VmKind.Vm));

        var words = (await Assert.ThrowsAsync<OperationRefusedException>(() => pool.Server.RunAsync("host.reboot", patience.Token, target: host))).Message;
        var another = (await Assert.ThrowsAsync<OperationRefusedException>(() => pool.Server.RunAsync("pool.rolling_reboot", patience.Token))).Message;
        var clock = await pool.Server.RunAsync("host.check_clock", patience.Token, target: host);
        var named = await pool.Server.RunAsync("vm.set", patience.Token, new() { ["name_description"] = "as ever" }, vm);

        Assert.Contains("ada has a rolling reboot of", words, StringComparison.Ordinal);
        Assert.Contains("ada has one under way", another, StringComparison.Ordinal);
        Assert.Equal((OperationEnd.Succeeded, OperationEnd.Succeeded), (clock.End, named.End));
        goOn.SetResult();
        Assert.Equal(OperationEnd.Succeeded, (await operation.Completion.WaitAsync(patience.Token)).End);
        Assert.Equal(OperationEnd.Succeeded, (await pool.Server.RunAsync("host.set", patience.Token, new() { ["name_description"] = "free again" }, pool.Picture.All<Host>().First())).End);
    }

    [Fact]
    public async Task Reboot_RightTakenAwayInTheMiddle_StopsBeforeTheNextHostAndGoesOnInAnotherName()
    {
        using var patience = Patience.Source();
        await using var pool = await RolledPool.StartAsync(patience.Token, Make);
        var goOn = Hold(pool);
        var operation = await pool.Server.BeginAsync("pool.rolling_reboot");
        await pool.Server.UntilRunAsync(run => run.Current is { Turn: RollingTurn.Emptying }, patience.Token);
        pool.Server.Allow(Role.Operator);
        goOn.SetResult();

        var stopped = await pool.Server.UntilRunAsync(run => run.State == RollingState.Stopped, patience.Token);

        Assert.Contains("ada does not have the right 'Reboot pools host by host'", stopped.Problem!, StringComparison.Ordinal);
        Assert.Equal((RollingTurn.Done, RollingTurn.Waiting), (stopped.Hosts[0].Turn, stopped.Hosts[1].Turn));
        Assert.Equal(OperationEnd.Failed, (await operation.Completion.WaitAsync(patience.Token)).End);
        pool.Server.Allow(Role.Administrator);
        await pool.Server.RunAsync("pool.rolling_resume", patience.Token, by: new(new("1", "ada again"), "test"));
        var over = await pool.Server.UntilRunAsync(run => run.IsOver, patience.Token);
        Assert.Equal((RollingState.Completed, "ada again"), (over.State, over.Request.ActorName));
    }

    [Fact]
    public async Task Reboot_TakenUpAfterARestart_IsToldInTheAuditToItsEnd()
    {
        using var patience = Patience.Source();
        await using var pool = await RolledPool.StartAsync(patience.Token, Make);
        var goOn = Hold(pool);
        await pool.Server.BeginAsync("pool.rolling_reboot");
        await pool.Server.UntilRunAsync(run => run.Current is { Turn: RollingTurn.Emptying }, patience.Token);

        await pool.RestartAsync();
        goOn.SetResult();
        await pool.Server.UntilRunAsync(run => run.State == RollingState.Completed, patience.Token);

        await ToldAsync(pool, AuditOutcome.Succeeded, patience.Token);
        var begun = pool.Audit.Log.Read(new() { Outcome = AuditOutcome.Begun }).Single(entry => entry.Record.Action == "pool.rolling_reboot");
        Assert.Equal("ada", begun.Record.Actor.Name);
    }

    /// <summary>The end is written down a moment after the run is over.</summary>
    private static async Task ToldAsync(RolledPool pool, AuditOutcome outcome, CancellationToken token)
    {
        while (true)
        {
            var appended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            void Tell() => appended.TrySetResult();
            pool.Audit.Log.Appended += Tell;
            try
            {
                if (pool.Audit.Log.Read(new() { Outcome = outcome }).Any(entry => entry.Record.Action == "pool.rolling_reboot"))
                    return;
                await appended.Task.WaitAsync(token);
            }
            finally
            {
                pool.Audit.Log.Appended -= Tell;
            }
        }
    }

    /// <summary>Holds the run where it takes the first host out of service.</summary>
    private static TaskCompletionSource Hold(RolledPool pool)
    {
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        pool.Simulator.Calls.RegisterAsync("host.disable", (Func<CallContext, Task>)(async call =>
        {
            await goOn.Task.WaitAsync(call.Cancellation);
            call.Object("host")["enabled"] = false;
        }));
        return goOn;
    }
}
