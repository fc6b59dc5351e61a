using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Patching.Rolling;

/// <summary>
/// The steps of a run. Each asks first what of it is done already, so that it may be taken again, and ends by storing what comes next. A refusal of the pool leaves the
/// run where it is.
/// </summary>
internal sealed partial class RollingSteps(RollingRuns runs, AccessEngine access, IMissingUpdates missing, IUpdateInstaller installer, RollingOptions options, RollingLine line, Guid id)
{
    /// <summary>Takes the step that the run is at.</summary>
    public Task TakeAsync(RollingRun run) => run.Stage switch
    {
        RollingStage.Preparing => PrepareAsync(run),
        RollingStage.Installing => InstallOnPoolAsync(run),
        RollingStage.Hosts => run.Current is { } host ? TakeAsync(run, host) : SaveAsync(now => now with { Stage = RollingStage.Homing }),
        RollingStage.Homing => run.Vms.LastOrDefault(vm => !vm.IsSettled) is { } vm ? BringHomeAsync(run, vm) : AskForRestartsAsync(run),
        RollingStage.RestartingVms => run.Vms.FirstOrDefault(vm => vm.Restart is not null) is { } vm ? RestartAsync(vm) : SaveAsync(now => now with { Stage = RollingStage.Restoring }),
        RollingStage.Restoring => RestoreAsync(run),
        RollingStage.Done => throw new InvalidOperationException("a run that is over has no steps"),
    };

    private Task TakeAsync(RollingRun run, RollingHost host) => host.Turn switch
    {
        RollingTurn.Waiting => BeginTurnAsync(run, host),
        RollingTurn.Emptying => EmptyAsync(run, host),
        RollingTurn.Installing => InstallAsync(run, host),
        RollingTurn.Rebooting => RebootAsync(run, host),
        RollingTurn.Returning => AwaitReturnAsync(host),
        RollingTurn.Settling => SettleAsync(host),
        RollingTurn.Starting => StartVmsAsync(run, host),
        RollingTurn.Leaving => LeaveAsync(run, host),
        RollingTurn.Done or RollingTurn.Skipped => throw new InvalidOperationException("the turn is over"),
    };

    private async Task PrepareAsync(RollingRun run)
    {
        if (line.Picture.Pool!.HaEnabled)
        {
            await IgnoringAsync("HA_NOT_ENABLED", () => line.RunAsync("pool.disable_ha"));
            await line.SeenAsync(now => now.Pool is { HaEnabled: false }, "HA is on still.");
        }

        if (RollingCourse.StartsVms(line.Picture))
        {
            await SetAutoPowerOnAsync(isOn: false);
            await line.SeenAsync(now => !RollingCourse.StartsVms(now), "Automatic power-on is on still.");
        }

        await SaveAsync(now => (now with { Stage = now is { InstallsFirst: true, IsCancelling: false } ? RollingStage.Installing : RollingStage.Hosts }).Noting(line.Now, (run.Ha is not null, run.AutoPowerOn) switch
        {
            (true, true) => "HA and automatic power-on are off until the end.",
            (true, false) => "HA is off until the end.",
            (false, true) => "Automatic power-on is off until the end.",
            (false, false) => "HA and automatic power-on were off already.",
        }));
    }

    private async Task RestoreAsync(RollingRun run)
    {
        if (run.AutoPowerOn && !RollingCourse.StartsVms(line.Picture))
            await SetAutoPowerOnAsync(isOn: true);
        if (run.Ha is { } before && !line.Picture.Pool!.HaEnabled)
            await EnableHaAsync(before);
        var problems = run.Vms.Count(vm => vm.Problem is not null);
        var words = problems switch { 0 => "everything is as it was before.", 1 => "a VM is not as it should be.", _ => $"{problems} VMs are not as they should be." };
        var lacking = run is { Request.Kind: RollingKind.Update, IsCancelling: false } ? await LackingAsync(run) : "";
        await SaveAsync(now => (now with
        {
            State = now.IsCancelling ? RollingState.Cancelled : RollingState.Completed,
            Stage = RollingStage.Done,
            Ended = line.Now,
        }).Noting(line.Now, $"{(now.IsCancelling ? "Ended early" : "All done")}; {words}{lacking}", problems > 0));
    }

    /// <summary>What hosts lack now.</summary>
    private async Task<string> LackingAsync(RollingRun run)
    {
        var found = await Task.WhenAll(run.Hosts.Select(host => missing.LookAsync(new(run.Pool, host.Uuid), TimeSpan.Zero, line.Stopping)));
        var words = run.Hosts.Zip(found).Where(one => !one.Second.IsUpToDate).Select(one => one.Second.Problem is not null ? $"what {one.First.Name} lacks cannot be told"
            : one.Second.Missing.Length == 1 ? $"{one.First.Name} lacks an update" : $"{one.First.Name} lacks {one.Second.Missing.Length} updates").ToList();
        return words.Count == 0 ? " No host lacks an update." : $" Still, {string.Join("; ", words)}.";
    }

    private async Task EnableHaAsync(HaBefore before)
    {
        var picture = line.Picture;
        var storages = before.HeartbeatSrs.Select(uuid => picture.GetByUuid<Sr>(uuid)).OfType<Sr>().ToList();
        if (storages.Count == 0)
            throw new RollingStopException("HA is off, and the storage of its heartbeat is gone. Switch HA on with another storage, then retry.");
        await IgnoringAsync("HA_IS_ENABLED", () => line.RunAsync("pool.enable_ha", XapiValue.Set(storages.Select(sr => (XapiValue)sr.Ref)), before.Configuration.ToDictionary()));
        await line.CallAsync("pool.set_ha_host_failures_to_tolerate", picture.Pool!.Ref, before.HostFailures);
        await line.SeenAsync(now => now.Pool is { HaEnabled: true }, "HA is off still.");
        await SaveAsync(now => now.Noting(line.Now, "HA is on again."));
    }

    private async Task SetAutoPowerOnAsync(bool isOn)
    {
        var pool = line.Picture.Pool!.Ref;
        await line.CallAsync("pool.remove_from_other_config", pool, "auto_poweron");
        await line.CallAsync("pool.add_to_other_config", pool, "auto_poweron", isOn ? "true" : "false");
    }

    private Task SaveAsync(Func<RollingRun, RollingRun> change) => runs.ChangeAsync(id, change, line.Stopping);

    private static async Task IgnoringAsync(string code, Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (XapiFailureException done) when (done.Code == code)
        {
        }
    }

    /// <summary>Null when it went well, else the pool's refusal in words.</summary>
    private async Task<string?> TryAsync(Func<Task> call)
    {
        try
        {
            await call();
            return null;
        }
        catch (XapiFailureException failure)
        {
            return line.Words(failure);
        }
    }
}
