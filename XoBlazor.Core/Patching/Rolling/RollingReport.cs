using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.Core.Patching.Rolling;

/// <summary>What a run tells people: what is left of it while it stands, and a document of all of it.</summary>
public static class RollingReport
{
    /// <summary>What is not as it was before the run, or not as it should be after it, line by line; empty when it is over and all is well.</summary>
    /// <param name="pool">The pool as it is known now; null where it is not.</param>
    public static ImmutableArray<string> Left(RollingRun run, PoolPicture? pool)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        if (run.Stage != RollingStage.Done)
        {
            if (run.Ha is not null && pool?.Pool is not { HaEnabled: true })
                lines.Add("HA is off.");
            if (run.AutoPowerOn && (pool is null || !RollingCourse.StartsVms(pool)))
                lines.Add("Automatic power-on is off.");
        }

        foreach (var host in run.Hosts.Where(host => host.Began is not null && host.WasEnabled))
            if (pool?.GetByUuid<Host>(host.Uuid) is { } there && (!there.Enabled || !pool.IsHostLive(there)))
                lines.Add(pool.IsHostLive(there) ? $"{host.Name} is out of service." : $"{host.Name} is not there.");
        foreach (var vm in run.Vms)
            if (vm.IsShutDown && pool?.GetByUuid<Vm>(vm.Uuid) is { PowerState: VmPowerState.Halted })
                lines.Add($"{vm.Name} is shut down.");
        if (run.Request.Kind == RollingKind.Update && pool is not null)
            foreach (var vm in run.Vms)
                if (pool.GetByUuid<Vm>(vm.Uuid) is { PowerState: VmPowerState.Running } there && UpdateNeeds.Of(there) is { } need)
                    lines.Add(need == UpdateNeed.RestartVms ? $"{vm.Name} has to be restarted before its updates work." : $"The device model of {vm.Name} has to be restarted before its updates work.");
        var away = Away(run, pool);
        if (away > 0)
            lines.Add(away == 1 ? "1 VM runs on another host than before." : $"{away} VMs run on other hosts than before.");
        return lines.ToImmutable();
    }

    /// <summary>How many VMs are not where they were when the run began.</summary>
    public static int Away(RollingRun run, PoolPicture? pool) => pool is null ? 0
        : run.Vms.Count(vm => pool.GetByUuid<Vm>(vm.Uuid) is { ResidentOn.IsNull: false } there && pool.Get(there.ResidentOn)?.Uuid != vm.Home);

    /// <summary>The run as a document: Markdown, which reads as plain text too.</summary>
    public static string Text(RollingRun run, PoolPicture? pool)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {Title(run)} of {MarkdownLine.Of(run.PoolName)}\n\n{State(run)}. Begun by {MarkdownLine.Of(run.Request.ActorName)} at {run.Began:yyyy-MM-dd HH:mm:ss}Z");
        text.Append(run.Ended is { } ended ? string.Create(CultureInfo.InvariantCulture, $", ended at {ended:yyyy-MM-dd HH:mm:ss}Z ({ended - run.Began:hh\\:mm\\:ss}).\n") : ".\n");
        if (run.Problem is { } problem)
            text.Append(CultureInfo.InvariantCulture, $"\nStopped: {MarkdownLine.Of(problem)}\n");
        var left = Left(run, pool);
        if (left.Length > 0)
            text.Append("\n## To be seen to\n\n").AppendJoin("", left.Select(line => $"* {MarkdownLine.Of(line)}\n"));
        var problems = run.Vms.Where(vm => vm.Problem is not null).ToList();
        if (problems.Count > 0)
            text.Append("\n## VMs\n\n").AppendJoin("", problems.Select(vm => $"* {MarkdownLine.Of(vm.Name)}: {MarkdownLine.Of(vm.Problem!)}\n"));
        text.Append("\n## Hosts\n\n");
        foreach (var host in run.Hosts)
            text.Append(CultureInfo.InvariantCulture, $"* {MarkdownLine.Of(host.Name)}{(host.IsCoordinator ? " (coordinator)" : "")}: {Turn(run, host)}{(host is { Began: { } began, Ended: { } over } ? string.Create(CultureInfo.InvariantCulture, $", {over - began:hh\\:mm\\:ss}") : "")}\n");
        text.Append("\n## Log\n\n");
        foreach (var note in run.Notes)
            text.Append(CultureInfo.InvariantCulture, $"* {note.Time:yyyy-MM-dd HH:mm:ss}Z {(note.IsProblem ? "! " : "")}{MarkdownLine.Of(note.Words)}\n");
        return text.ToString();
    }

    /// <summary>What it is, as a title.</summary>
    public static string Title(RollingRun run) => run.Request.Kind switch
    {
        RollingKind.Reboot => "Rolling reboot",
        RollingKind.Update => "Rolling update",
    };

    /// <summary>How it stands, in a word or two.</summary>
    public static string State(RollingRun run) => run.State switch
    {
        RollingState.Running when run.IsCancelling => "Ending early",
        RollingState.Running when run.Wish == RollingWish.Cancel => "Ending early after this step",
        RollingState.Running when run.Wish == RollingWish.Pause => "Pausing after this step",
        RollingState.Running => "Under way",
        RollingState.Paused => "Paused",
        RollingState.Stopped => "Stopped",
        RollingState.Completed => "Completed",
        RollingState.Cancelled => "Cancelled",
    };

    /// <summary>How far a host is, in words.</summary>
    public static string Turn(RollingRun run, RollingHost host) => host.Turn switch
    {
        RollingTurn.Waiting => "waits",
        RollingTurn.Emptying => "its VMs leave",
        RollingTurn.Installing => "gets its updates",
        RollingTurn.Rebooting => "goes down",
        RollingTurn.Returning => "reboots",
        RollingTurn.Settling => "goes back into service without a reboot",
        RollingTurn.Starting => "is back; VMs start",
        RollingTurn.Leaving => "is given back as it is",
        RollingTurn.Done when host.Left is null => "updated without a reboot",
        RollingTurn.Done => run.Request.Kind == RollingKind.Update ? "updated and rebooted" : "rebooted",
        RollingTurn.Skipped when host.IsUpToDate => run.InstallsFirst ? "needed no reboot" : "lacked nothing",
        RollingTurn.Skipped => "left out",
    };
}
