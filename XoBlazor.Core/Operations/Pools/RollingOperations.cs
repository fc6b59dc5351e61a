using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations.Updates;
using XoBlazor.Core.Operations.Vms;
using XoBlazor.Core.Patching;
using XoBlazor.Core.Patching.Rehearsing;
using XoBlazor.Core.Patching.Rolling;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Operations.Pools;

/// <summary>A pool rebooted or updated host by host: begun, and told how it goes on. Safe from any thread.</summary>
public sealed class RollingOperations
{
    private readonly RollingRuns _runs;
    private readonly RollingGate _gate;
    private readonly Func<IMissingUpdates> _missing;

    /// <param name="missing">Asked when something runs: a catalogue that is only read has nobody to ask.</param>
    public RollingOperations(RollingRuns runs, Func<IMissingUpdates> missing)
    {
        (_runs, _gate, _missing) = (runs, new(runs), missing);
        Rehearse = new OperationOn<Pool>("pool.rehearse_rolling_reboot", RollingRights.Rehearse, (work, _) => RehearseAsync(work, RollingKind.Reboot))
        {
            Title = "Rehearse a rolling reboot",
            Progressive = "Rehearsing",
            Description = "Looks what a rolling reboot would meet: hosts, VMs that cannot move and why, what would help, how long it would take. Changes nothing.",
            SuitsMany = false,
            Parameters = Consent,
        };
        RehearseUpdate = new OperationOn<Pool>("pool.rehearse_rolling_update", RollingRights.Rehearse, (work, _) => RehearseAsync(work, RollingKind.Update))
        {
            Title = "Rehearse a rolling update",
            Progressive = "Rehearsing",
            Description = "Looks what a rolling update would meet: what hosts lack, VMs that cannot move and why, what would help, how long it would take. Changes nothing.",
            SuitsMany = false,
            Parameters = [.. Consent, Restarts],
        };
        Reboot = Roll("pool.rolling_reboot", RollingKind.Reboot, "Rolling reboot", "Rebooting host by host", "Reboots all hosts of the pool, one after the other, with their VMs moved away and back.");
        Update = Roll("pool.rolling_update", RollingKind.Update, "Rolling update", "Updating host by host", "Brings all hosts of the pool up to date, one after the other, with their VMs moved away and back; hosts that lack nothing are left as they are.");
        Pause = Control("pool.rolling_pause", "Pause", "Pausing", "Lets the rolling reboot or update stand after the step it is at.", _gate.ToPause, static (run, _, _) => run with { Wish = RollingWish.Pause });
        Resume = Control("pool.rolling_resume", "Go on", "Going on", "Lets a rolling reboot or update that stands go on, in your name; a step that failed is tried again.", _gate.ToResume, RollingCourse.GoingOn);
        Cancel = Control("pool.rolling_cancel", "End early", "Ending early", "Ends the rolling reboot or update: no further host is touched, and what was changed is put back.", _gate.ToCancel,
            static (run, actor, now) => (run.State == RollingState.Running ? run : RollingCourse.GoingOn(run, actor, now)) with { Wish = RollingWish.Cancel, Problem = run.Problem }, "Hosts whose turn has not come yet stay as they are.");
        Skip = new OperationOn<Pool>("pool.rolling_skip", RollingRights.Control, SkipAsync)
        {
            Title = "Skip a host",
            Progressive = "Skipping",
            Description = "Leaves a host out of the rolling reboot or update: one that waits is not touched, one at which it stands is left as it is.",
            SuitsMany = false,
            Unless = (pool, _) => _gate.ToPauseOrResume(pool),
            Parameters = [OperationParameter.Object<Host>("host", "Host", Right.View) with { IsRequired = true, Unsuitable = (pool, _, host) => _gate.ToSkip(pool, (Host)host) }],
        };
        Report = new OperationOn<Pool>("pool.rolling_report", RollingRights.Rehearse, (work, _) => Told(work, Reported(work.Pool)))
        {
            Title = "Report of the rolling reboot or update",
            Progressive = "Reporting",
            Description = "Tells how the newest rolling reboot or update of the pool went, or how it stands: hosts, VMs, what is left, the log.",
            SuitsMany = false,
            Unless = (pool, _) => runs.Of(pool.Uuid).IsEmpty ? $"{pool.Name()} has had no rolling reboot or update." : null,
        };
    }

    public Operation Rehearse { get; }

    public Operation RehearseUpdate { get; }

    public Operation Reboot { get; }

    public Operation Update { get; }

    public Operation Pause { get; }

    public Operation Resume { get; }

    public Operation Cancel { get; }

    public Operation Skip { get; }

    public Operation Report { get; }

    public ImmutableArray<Operation> All => [Rehearse, RehearseUpdate, Reboot, Update, Pause, Resume, Cancel, Skip, Report];

    private static ImmutableArray<OperationParameter> Consent { get; } =
    [
        OperationParameter.Flag("shutdownPinnedVms", "Shut down pinned VMs") with { Description = "VMs with a passthrough device, a vGPU or SR-IOV are shut down during their host's turn, and started again." },
        OperationParameter.List("shutdownVms", "VMs that may be shut down", OperationParameter.Object<Vm>("vm", "VM", Right.View)) with { Description = "Whatever keeps them on their host: they are shut down during its turn, and started again." },
    ];

    private static OperationParameter Restarts { get; } = OperationParameter.Flag("restartVms", "Restart VMs for their updates") with
    {
        Description = "VMs for which an update asks that are restarted after the last host, one at a time, or their device model is.",
    };

    private async Task RehearseAsync(OperationWork work, RollingKind kind)
    {
        var rehearsal = await ReadAsync(work, Request(work, kind));
        work.Tell(JsonSerializer.SerializeToNode(rehearsal, RollingJson.Default.Rehearsal)!, rehearsal.Summary);
    }

    private Task<Rehearsal> ReadAsync(OperationWork work, RollingRequest request) => RehearsalReader.ReadAsync(
        work.Pool, work.Connection, request, request.Kind == RollingKind.Update ? UpdateInstallation.LastingObstacle(work.Pool, [.. work.Pool.All<Host>()]) : null, _missing(), work.Time, work.Token);

    /// <summary>Follows the run to where it stands or ends; it goes on whether anybody follows or not.</summary>
    private async Task RollAsync(OperationWork work, RollingKind kind)
    {
        var request = Request(work, kind);
        var rehearsal = await ReadAsync(work, request);
        if (!rehearsal.IsReady)
            throw new OperationFailedException(string.Join(' ', rehearsal.Findings.Where(one => one.Level == FindingLevel.Blocks).Select(one => $"{one.Name}: {one.Words} {one.Solution}")));
        var run = RollingCourse.Of(work.Pool, request, work.Number, work.Time.GetUtcNow());
        try
        {
            await _runs.BeginAsync(run, work.Token);
        }
        catch (RollingStopException other)
        {
            throw new OperationFailedException(other.Message);
        }

        var end = await _runs.UntilAsync(run.Id, static now => now.IsOver || now.State == RollingState.Stopped, work.Reach, work.Token);
        switch (end.State)
        {
            case RollingState.Stopped:
                throw new OperationFailedException($"It stopped: {end.Problem}");
            case RollingState.Cancelled:
                throw new XapiFailureException("TASK_CANCELLED", []);
            default:
                foreach (var vm in end.Vms.Where(vm => vm.Problem is not null))
                    work.Note($"{vm.Name}: {vm.Problem}");
                break;
        }
    }

    private async Task SkipAsync(OperationWork work, Pool pool)
    {
        var host = work.Arguments.Object<Host>("host")!;
        var actor = work.Requester!.Actor;
        await _runs.WishAsync(_gate.UnderWay(work.Pool).Id, run =>
        {
            var skipped = run.Hosts.First(one => one.Uuid == host.Uuid);
            if (skipped.IsOver)
                return run;
            return skipped.Turn == RollingTurn.Waiting ? RollingCourse.Skipping(run, skipped, actor.Name, work.Time.GetUtcNow())
                : run.State == RollingState.Running ? throw new OperationFailedException($"Its turn has begun. Pause the run, and skip {skipped.Name} then.")
                : RollingCourse.GoingOn(RollingCourse.Skipping(run, skipped, actor.Name, work.Time.GetUtcNow()), actor, work.Time.GetUtcNow());
        }, work.Token);
    }

    private OperationOn<Pool> Roll(string name, RollingKind kind, string title, string progressive, string description) =>
        new(name, RollingRights.For(kind), (work, _) => RollAsync(work, kind))
        {
            Title = title,
            Progressive = progressive,
            Description = description,
            Confirmation = Confirmation.TypeName,
            Consequence = "VMs move twice while they run, those agreed to are shut down meanwhile; HA and automatic power-on are off until the end; the pool cannot be managed while its coordinator reboots.",
            SuitsMany = false,
            Unless = (pool, _) => _runs.UnderWay(pool.Uuid) is { } run ? $"{run.Request.ActorName} has one under way." : null,
            Needs = static (pool, _, given) =>
            [
                .. given.List<Vm>("shutdownVms").Select(vm => new FurtherRight(VmPowerOperations.CleanShutdown.Right, vm)),
                .. given.Flag("restartVms") == true ? pool.All<Host>().SelectMany(pool.VmsOn).Select(vm => new FurtherRight(VmPowerOperations.CleanReboot.Right, vm)) : [],
            ],
            Parameters = [.. Consent, .. kind == RollingKind.Update ? [Restarts] : Array.Empty<OperationParameter>(), OperationParameter.Object<Network>("migrationNetwork", "Move VMs over", UseRights.Network) with { IsAdvanced = true, Description = "The pool's own choice when none is given." }],
        };

    private OperationOn<Pool> Control(string name, string title, string progressive, string description, Func<PoolPicture, string?> unless, Func<RollingRun, Actor, DateTimeOffset, RollingRun> change, string? consequence = null) =>
        new(name, RollingRights.Control, (work, _) => _runs.WishAsync(_gate.UnderWay(work.Pool).Id, run => change(run, work.Requester!.Actor, work.Time.GetUtcNow()), work.Token))
        {
            Title = title,
            Progressive = progressive,
            Description = description,
            Confirmation = consequence is null ? Confirmation.None : Confirmation.Ask,
            Consequence = consequence,
            SuitsMany = false,
            Unless = (pool, _) => unless(pool),
        };

    private (JsonNode, string) Reported(PoolPicture pool)
    {
        var run = _runs.Of(pool.Uuid)[0];
        return (JsonSerializer.SerializeToNode(run, RollingJson.Default.RollingRun)!, RollingReport.Text(run, pool));
    }

    private static Task Told(OperationWork work, (JsonNode Answer, string Words) what)
    {
        work.Tell(what.Answer, what.Words);
        return Task.CompletedTask;
    }

    private static RollingRequest Request(OperationWork work, RollingKind kind) => new()
    {
        Kind = kind,
        ActorId = work.Requester!.Actor.Id,
        ActorName = work.Requester.Actor.Name,
        LimitedTo = work.Requester.Actor.LimitedTo,
        ShutsDownPinned = work.Arguments.Flag("shutdownPinnedVms") == true,
        RestartsVms = work.Arguments.Flag("restartVms") == true,
        MayShutDown = [.. work.Arguments.List<Vm>("shutdownVms").Select(vm => vm.Uuid)],
        Network = work.Arguments.Object<Network>("migrationNetwork")?.Uuid,
    };
}
