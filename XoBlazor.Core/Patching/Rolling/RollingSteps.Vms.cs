using XoBlazor.Core.Model;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.Core.Patching.Rolling;

/// <content>What becomes of VMs after the last host: back home, and restarted where updates ask for that.</content>
internal sealed partial class RollingSteps
{
    // What a call changed is in the events a moment later.
    private static readonly TimeSpan s_patienceWithEvents = TimeSpan.FromMinutes(1);

    /// <summary>VMs go one at a time, those of the last host first; what fails is told at the end and keeps no other from going.</summary>
    private async Task BringHomeAsync(RollingRun run, RollingVm vm)
    {
        var picture = line.Picture;
        var (now, home) = (picture.GetByUuid<Vm>(vm.Uuid), picture.GetByUuid<Host>(vm.Home));
        var problem = vm.Problem;
        if (now is { PowerState: VmPowerState.Running } && home is not null && now.ResidentOn.Value != home.Ref)
            if (!picture.IsHostLive(home) || !home.Enabled)
                problem = $"It stays on {(picture.Get(now.ResidentOn) is { } at ? picture.NameOf(at) : "another host")}: {picture.NameOf(home)} is not in service.";
            else
                problem = await TryAsync(() => line.RunAsync("VM.pool_migrate", now.Ref, home.Ref, MigrationOptions(run)));
        await SaveAsync(after =>
        {
            var settled = after.With(vm with { IsSettled = true, Problem = problem });
            return problem is null || problem == vm.Problem ? settled : settled.Noting(line.Now, $"{vm.Name} is not back home. {problem}", isProblem: true, vm.Home);
        });
    }

    private Dictionary<string, string> MigrationOptions(RollingRun run)
    {
        var given = new Dictionary<string, string> { ["live"] = "true" };
        if (NetworkOf(run) is { } network)
            given["network"] = network.Ref;
        return given;
    }

    private Network? NetworkOf(RollingRun run) => (run.Request.Network ?? line.Picture.Pool?.OtherConfig.GetValueOrDefault("xo:migrationNetwork")) is { } uuid ? line.Picture.GetByUuid<Network>(uuid) : null;

    /// <summary>VMs that wait for a restart are told of, or restarted where that was agreed to; those that began to run later know the updates already.</summary>
    private async Task AskForRestartsAsync(RollingRun run)
    {
        var asking = new List<RollingVm>();
        if (run is { Request.Kind: RollingKind.Update, IsCancelling: false })
        {
            await line.CatchUpAsync();
            foreach (var vm in run.Vms)
                if (NeedOf(vm) is { } need)
                    asking.Add(vm with { Restart = need });
        }

        var names = string.Join(", ", asking.Select(vm => vm.Name));
        await SaveAsync(now => asking.Count == 0 ? now with { Stage = RollingStage.Restoring }
            : !run.Request.RestartsVms ? (now with { Stage = RollingStage.Restoring }).Noting(line.Now, $"To be restarted for their updates, which nobody agreed to: {names}.")
            : asking.Aggregate(now with { Stage = RollingStage.RestartingVms }, static (all, vm) => all.With(vm)).Noting(line.Now, $"Restarted for their updates, as agreed: {names}."));
    }

    /// <summary>One at a time. A restart that a crash of ours left under way is waited for; what fails is told at the end and keeps no other from its restart.</summary>
    private async Task RestartAsync(RollingVm vm)
    {
        await line.UntilAsync(now => now.GetByUuid<Vm>(vm.Uuid) is not { CurrentOperations.Count: > 0 }, options.CleanShutdown);
        var problem = NeedOf(vm) is { } need && line.Picture.GetByUuid<Vm>(vm.Uuid) is { } there ? await RestartAsync(there, need) : null;
        if (problem is null && !await line.UntilAsync(_ => NeedOf(vm) is null, s_patienceWithEvents))
            problem = "Its updates ask for it still.";
        await SaveAsync(now => problem is null ? now.With(vm with { Restart = null }).Noting(line.Now, $"{vm.Name} has its updates.")
            : now.With(vm with { Restart = null, Problem = $"{vm.Problem} It was not restarted for its updates. {problem}".Trim() }).Noting(line.Now, $"{vm.Name} was not restarted for its updates. {problem}", isProblem: true, vm.Home));
    }

    /// <summary>A guest is asked, never cut off. Where a new device model is refused a restart does the same.</summary>
    private async Task<string?> RestartAsync(Vm there, UpdateNeed need) =>
        need == UpdateNeed.RestartDeviceModels && await TryAsync(() => line.RunAsync("VM.restart_device_models", there.Ref)) is null ? null
        : there.AllowedOperations.Contains(VmOperation.CleanReboot) ? await TryAsync(() => line.RunWhileWantedAsync("VM.clean_reboot", options.CleanShutdown, there.Ref))
        : "Its guest cannot be asked; restart it by hand.";

    private UpdateNeed? NeedOf(RollingVm vm) => line.Known?.GetByUuid<Vm>(vm.Uuid) is { PowerState: VmPowerState.Running } there ? UpdateNeeds.Of(there) : null;
}
