using System.Collections.Concurrent;
using XoBlazor.Core.Model;
using XoBlazor.Core.Patching.Rehearsing;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Patching.Rolling;

/// <content>One host's turn: emptied, rebooted, back.</content>
internal sealed partial class RollingSteps
{
    /// <summary>The moment at which the right is asked for again: nobody's host goes down by somebody who may no longer do that.</summary>
    private async Task BeginTurnAsync(RollingRun run, RollingHost host)
    {
        AssertAllowed(run);
        var picture = line.Picture;
        var there = line.Host(host);
        if (!picture.IsHostLive(there))
            throw new RollingStopException($"{host.Name} is down. Bring it back and retry, or skip it.");
        if (picture.VmsOn(there).Any() && !picture.All<Host>().Any(other => other.Ref != there.Ref && other.Enabled && picture.IsHostLive(other)))
            throw new RollingStopException($"No other host is in service to take the VMs of {host.Name}. Put one into service, then retry.");
        if (run.Request.Kind == RollingKind.Update && await IsUpToDateAsync(run, picture, there))
        {
            await SaveAsync(now => now.With(host with { Turn = RollingTurn.Skipped, IsUpToDate = true, Ended = line.Now })
                .Noting(line.Now, $"{host.Name} {(run.InstallsFirst ? "needs no reboot" : "lacks nothing")}; it is left as it is.", host: host.Uuid));
            return;
        }

        await SaveAsync(now => now.With(host with { Turn = RollingTurn.Emptying, WasEnabled = there.Enabled, Began = line.Now })
            .Noting(line.Now, $"The turn of {host.Name}: out of service, and its VMs go elsewhere.", host: host.Uuid));
    }

    private async Task EmptyAsync(RollingRun run, RollingHost host)
    {
        var there = line.Host(host);
        await line.CallAsync("host.disable", there.Ref);
        await line.SeenAsync(now => now.Get(new XenRef<Host>(there.Ref)) is not { Enabled: true }, $"{host.Name} is in service still.");
        await ShutDownAsync(run, host);
        await EvacuateAsync(run, there);
        // As far as it came it is given back.
        if (line.IsUnwanted)
            return;
        await line.SeenAsync(now => !now.VmsOn(there).Any(), $"VMs are on {host.Name} still.");
        var agent = RollingLine.AgentStartOf(await line.Connection.CallTextMapAsync("host.get_other_config", [there.Ref], line.Stopping));
        var installs = run is { Request.Kind: RollingKind.Update, InstallsFirst: false };
        await SaveAsync(now => now.With(Now(now, host) with { Turn = installs ? RollingTurn.Installing : RollingTurn.Rebooting, AgentStart = agent })
            .Noting(line.Now, $"{host.Name} is empty; it {(installs ? "gets its updates" : "reboots")}.", host: host.Uuid));
    }

    private void AssertAllowed(RollingRun run)
    {
        var picture = line.Picture;
        if (access.Refusal(run.Request.Actor, RollingRights.For(run.Request.Kind), picture, picture.Pool!) is { } refusal)
            throw new RollingStopException($"{refusal} Whoever has it may let the run go on, in their own name.");
    }

    /// <summary>What is installed already is not installed twice. Which hosts need a reboot for it is known when the picture has caught up.</summary>
    private async Task InstallOnPoolAsync(RollingRun run)
    {
        AssertAllowed(run);
        var told = new ConcurrentQueue<string>();
        try
        {
            await line.WhileWantedAsync(token => installer.InstallOnPoolAsync(run.Pool, told.Enqueue, token));
        }
        catch (OperationCanceledException) when (line.IsUnwanted && !line.Stopping.IsCancellationRequested)
        {
            return;
        }
        catch (PatchingException failed)
        {
            throw new RollingStopException($"The hosts of {run.PoolName} did not get their updates. {failed.Message} Put that right and retry, or end early.");
        }

        await line.CatchUpAsync();
        await SaveAsync(now => (told.Aggregate(now, (all, words) => all.Noting(line.Now, words)) with { Stage = RollingStage.Hosts })
            .Noting(line.Now, "The installation on all hosts is over; those that need it reboot, one by one."));
    }

    /// <summary>Nothing is missing for sure, or was installed already, and nothing waits for a reboot. Fails with <see cref="RollingStopException"/> where that cannot be told.</summary>
    private async Task<bool> IsUpToDateAsync(RollingRun run, PoolPicture picture, Host host)
    {
        if (run.InstallsFirst)
            return !UpdateNeeds.NeedsReboot(picture, host);
        var found = await missing.LookAsync(picture.Key(host), TimeSpan.Zero, line.Stopping);
        return found.Problem is { } problem ? throw new RollingStopException($"What {picture.NameOf(host)} lacks cannot be told. {problem}") : found.Missing.IsEmpty && !UpdateNeeds.NeedsReboot(picture, host);
    }

    /// <summary>What is installed already is not installed twice. The start of the toolstack is noted anew, which an update may have restarted.</summary>
    private async Task InstallAsync(RollingRun run, RollingHost host)
    {
        var there = line.Host(host);
        var told = new ConcurrentQueue<string>();
        try
        {
            await installer.InstallOnHostAsync(line.Picture.Key(there), told.Enqueue, line.Stopping);
        }
        catch (PatchingException failed)
        {
            throw new RollingStopException($"{host.Name} did not get its updates. {failed.Message} Put that right and retry, or skip the host.");
        }

        var agent = RollingLine.AgentStartOf(await line.Connection.CallTextMapAsync("host.get_other_config", [there.Ref], line.Stopping));
        var reboots = await AsksForRebootAsync(there);
        await SaveAsync(now => told.Aggregate(now, (all, words) => all.Noting(line.Now, words, host: host.Uuid))
            .With(Now(now, host) with { Turn = reboots ? RollingTurn.Rebooting : RollingTurn.Settling, AgentStart = Math.Max(agent, host.AgentStart) })
            .Noting(line.Now, $"{host.Name} has its updates; {(reboots ? "it reboots" : "they ask for no reboot")}.", host: host.Uuid));
    }

    /// <summary>Which VMs are shut down is stored before the first is: each of them is started again.</summary>
    private async Task ShutDownAsync(RollingRun run, RollingHost host)
    {
        var there = line.Host(host);
        var stuck = await HostBlocks.AskAsync(line.Connection, line.Picture, there, line.Stopping);
        var agreed = stuck.Where(block => RollingConsent.Covers(run.Request, block)).Select(block => block.Vm).ToList();
        if (stuck.FirstOrDefault(block => !RollingConsent.Covers(run.Request, block)) is { } other)
            throw new RollingStopException($"{line.Picture.NameOf(other.Vm)} keeps {host.Name} from being emptied. {other.Words} {other.Solution} Then retry.");
        if (agreed.Count > 0)
            await SaveAsync(now => agreed.Aggregate(now, (all, vm) => all.With((all.Vms.FirstOrDefault(one => one.Uuid == vm.Uuid) ?? new() { Uuid = vm.Uuid, Name = vm.NameLabel, Home = host.Uuid }) with { IsShutDown = true, Home = host.Uuid }))
                .Noting(line.Now, $"Shut down for the turn of {host.Name}, as agreed: {string.Join(", ", agreed.Select(line.Picture.NameOf))}.", host: host.Uuid));
        foreach (var vm in agreed)
            if (!line.IsUnwanted)
                await ShutDownAsync(vm);
    }

    private async Task ShutDownAsync(Vm vm)
    {
        if (vm.AllowedOperations.Contains(VmOperation.CleanShutdown) && await TryAsync(() => line.RunWhileWantedAsync("VM.clean_shutdown", options.CleanShutdown, vm.Ref)) is null || line.IsUnwanted)
            return;
        await IgnoringAsync("VM_BAD_POWER_STATE", () => line.RunAsync("VM.hard_shutdown", vm.Ref));
    }

    /// <summary>Older hosts know no batches, and still older ones no network: they refuse what they do not know. Cut off when somebody wants the run to end early, for it may take hours.</summary>
    private async Task EvacuateAsync(RollingRun run, Host there)
    {
        if (line.IsUnwanted || !line.Picture.VmsOn(there).Any())
            return;
        XapiValue network = NetworkOf(run)?.Ref ?? XenRefText.Null;
        XapiValue[][] forms = [[there.Ref, network, options.EvacuationBatch], [there.Ref, network], [there.Ref]];
        foreach (var form in forms)
            try
            {
                await line.RunWhileWantedAsync("host.evacuate", Timeout.InfiniteTimeSpan, form);
                return;
            }
            catch (XapiFailureException) when (line.IsUnwanted)
            {
                return;
            }
            catch (XapiFailureException older) when (older.Code == "MESSAGE_PARAMETER_COUNT_MISMATCH" && form.Length > 1)
            {
            }
            catch (XapiFailureException failure)
            {
                var left = line.Known is { } known ? string.Join(", ", known.VmsOn(there).Select(known.NameOf)) : "";
                throw new RollingStopException($"The VMs of {line.Picture.NameOf(there)} did not all go elsewhere. {line.Words(failure)}{(left.Length > 0 ? $" Still there: {left}." : "")} Put that right and retry, or skip the host.");
            }
    }

    /// <summary>
    /// The one step that must not be taken twice without need, and not at all over a VM: the host itself is asked, not the picture, which may be of before the
    /// connection was lost.
    /// </summary>
    private async Task RebootAsync(RollingRun run, RollingHost host)
    {
        var there = line.Host(host);
        var (connection, token) = (line.Connection, line.Stopping);
        // In this order: a host that has come back between the two is seen to be back.
        var isGoing = (await connection.CallTextMapAsync("host.get_current_operations", [there.Ref], token)).Values.Any(operation => operation is "reboot" or "shutdown");
        var isBack = RollingLine.AgentStartOf(await connection.CallTextMapAsync("host.get_other_config", [there.Ref], token)) > host.AgentStart;
        if (!isBack && !isGoing)
        {
            if (run.IsCancelling)
            {
                await SaveAsync(now => now.With(Now(now, host) with { Turn = RollingTurn.Leaving }));
                return;
            }

            var resident = await connection.CallTextsAsync("host.get_resident_VMs", [there.Ref], token);
            if (await connection.CallBoolAsync("host.get_enabled", [there.Ref], token) || resident.Any(vm => line.Picture.Get(vm) is not Vm { IsControlDomain: true }))
            {
                await SaveAsync(now => now.With(Now(now, host) with { Turn = RollingTurn.Emptying })
                    .Noting(line.Now, $"{host.Name} is in service or has VMs again; it is emptied once more.", host: host.Uuid));
                return;
            }

            await GoAsync(there, host);
        }

        await SaveAsync(now => now.With(Now(now, host) with { Turn = RollingTurn.Returning, Left = now.Hosts.First(one => one.Uuid == host.Uuid).Left ?? line.Now })
            .Noting(line.Now, host.IsCoordinator ? $"{host.Name} reboots; as it is the coordinator, the pool is out of reach until it is back." : $"{host.Name} reboots.", host: host.Uuid));
    }

    // The coordinator may take the end of its own call along; whether it went shows by its return.
    private async Task GoAsync(Host there, RollingHost host)
    {
        try
        {
            await line.RunAsync("host.reboot", there.Ref);
        }
        catch (XapiFailureException underWay) when (underWay.Code == "OTHER_OPERATION_IN_PROGRESS")
        {
        }
        catch (Exception lost) when (host.IsCoordinator && lost is Pools.TaskLostException or XapiException and not XapiFailureException)
        {
        }
    }

    /// <summary>Back is what has a toolstack that started since, is seen alive, and takes VMs if it did before.</summary>
    private async Task AwaitReturnAsync(RollingHost host)
    {
        if (!await line.UntilAsync(now => IsBack(now, host, isEnabled: host.WasEnabled), options.HostReturn))
        {
            if (!await line.UntilAsync(now => IsBack(now, host, isEnabled: false), TimeSpan.Zero))
                throw new RollingStopException($"{host.Name} did not come back within {Words(options.HostReturn)}. Look at its console. When it is back, retry; or skip it to go on without it.");
            await line.RunAsync("host.enable", line.Host(host).Ref);
        }

        if (!host.WasEnabled)
            await line.CallAsync("host.disable", line.Host(host).Ref);
        await SaveAsync(now => now.With(Now(now, host) with { Turn = RollingTurn.Starting }).Noting(line.Now, $"{host.Name} is back.", host: host.Uuid));
    }

    private async Task StartVmsAsync(RollingRun run, RollingHost host)
    {
        await StartAgainAsync(run, host);
        await SaveAsync(now => now.With(Now(now, host) with { Turn = RollingTurn.Done, Ended = line.Now }));
    }

    /// <summary>What can be given back is; a host that is not there stays as it is.</summary>
    private async Task LeaveAsync(RollingRun run, RollingHost host)
    {
        string? problem = null;
        if (line.Picture.GetByUuid<Host>(host.Uuid) is { } there)
            problem = !line.Picture.IsHostLive(there) ? "It is not there." : host.WasEnabled && !there.Enabled ? await TryAsync(() => line.RunAsync("host.enable", there.Ref)) : null;
        if (problem is null)
            await StartAgainAsync(run, host);
        await SaveAsync(now => now.With(Now(now, host) with { Turn = RollingTurn.Skipped, Ended = line.Now })
            .Noting(line.Now, problem is null ? $"{host.Name} is left as it was." : $"{host.Name} is left out of service. {problem}", problem is not null, host.Uuid));
    }

    private async Task StartAgainAsync(RollingRun run, RollingHost host)
    {
        foreach (var vm in run.Vms.Where(vm => vm.IsShutDown && vm.Home == host.Uuid))
        {
            var picture = line.Picture;
            var problem = picture.GetByUuid<Vm>(vm.Uuid) is { PowerState: VmPowerState.Halted } halted ? await TryAsync(() => line.RunAsync("VM.start_on", halted.Ref, line.Host(host).Ref, false, false)) : null;
            await SaveAsync(now => problem is null ? now.With(vm with { Problem = null }).Noting(line.Now, $"{vm.Name} runs again.", host: host.Uuid)
                : now.With(vm with { Problem = $"It was not started again. {problem}" }).Noting(line.Now, $"{vm.Name} was not started again. {problem}", isProblem: true, host.Uuid));
        }
    }

    private static string Words(TimeSpan time) => time >= TimeSpan.FromMinutes(2) ? $"{time.TotalMinutes:0.#} minutes" : $"{time.TotalSeconds:0.#} seconds";

    private static bool IsBack(PoolPicture now, RollingHost host, bool isEnabled) => now.GetByUuid<Host>(host.Uuid) is { } there && now.IsHostLive(there)
        && RollingLine.AgentStartOf(there.OtherConfig) > host.AgentStart && (there.Enabled || !isEnabled);

    private static RollingHost Now(RollingRun run, RollingHost host) => run.Hosts.First(one => one.Uuid == host.Uuid);
}
