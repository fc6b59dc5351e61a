using System.Collections.Immutable;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.Core.Patching.Rolling;

/// <summary>What a run is at its beginning, and what becomes of it when somebody wants it otherwise. Calls nobody.</summary>
internal static class RollingCourse
{
    private const string AutoPowerOn = "auto_poweron";

    /// <summary>A run of all hosts of a pool, and how everything is before it.</summary>
    public static RollingRun Of(PoolPicture pool, RollingRequest request, long act, DateTimeOffset now) => new RollingRun
    {
        Id = Guid.NewGuid(),
        Pool = pool.Uuid,
        PoolName = pool.Name(),
        Request = request,
        Began = now,
        Act = act,
        Ha = pool.Pool is { HaEnabled: true } own ? new(HeartbeatOf(pool, own), own.HaConfiguration.ToImmutableDictionary(), own.HaHostFailuresToTolerate) : null,
        AutoPowerOn = StartsVms(pool),
        InstallsFirst = request.Kind == RollingKind.Update && TakesUpdatesAtOnce(pool),
        Hosts = [.. Order(pool).Select(host => new RollingHost { Uuid = host.Uuid, Name = pool.NameOf(host), IsCoordinator = pool.IsCoordinator(host), WasEnabled = host.Enabled })],
        Vms = [.. Order(pool).SelectMany(host => pool.VmsOn(host).OrderBy(vm => vm.NameLabel, StringComparer.Ordinal).Select(vm => new RollingVm { Uuid = vm.Uuid, Name = pool.NameOf(vm), Home = host.Uuid }))],
    }.Noting(now, $"{request.ActorName} began.");

    /// <summary>The coordinator first: it must not be older than its members.</summary>
    public static IEnumerable<Host> Order(PoolPicture pool) =>
        pool.All<Host>().OrderByDescending(pool.IsCoordinator).ThenBy(host => host.NameLabel, StringComparer.Ordinal).ThenBy(host => host.Uuid, StringComparer.Ordinal);

    /// <summary>Its hosts do not take updates one by one.</summary>
    public static bool TakesUpdatesAtOnce(PoolPicture pool) => pool.All<Host>().Any(host => !HostGenerations.Of(host).IsPerHost());

    public static bool StartsVms(PoolPicture pool) => pool.Pool?.OtherConfig.GetValueOrDefault(AutoPowerOn) == "true";

    /// <summary>No further host is touched; what was changed is put back.</summary>
    public static RollingRun Cancelling(RollingRun run, DateTimeOffset now) => (run with
    {
        IsCancelling = true,
        Wish = RollingWish.None,
        Stage = run.Stage == RollingStage.Installing ? RollingStage.Hosts : run.Stage,
        Vms = [.. run.Vms.Select(vm => vm with { Restart = null })],
        Hosts = [.. run.Hosts.Select(host => host.Turn switch
        {
            RollingTurn.Waiting => host with { Turn = RollingTurn.Skipped },
            // What is away has to be waited for, or left as it is when that was in vain.
            RollingTurn.Emptying or RollingTurn.Installing => host with { Turn = RollingTurn.Leaving },
            RollingTurn.Returning when run.Problem is not null => host with { Turn = RollingTurn.Leaving },
            _ => host,
        })],
        Problem = null,
    }).Noting(now, "Cancelled: no further host is touched, and what was changed is put back.");

    /// <summary>A host left out: one that waits is not touched, another is given back as it is.</summary>
    public static RollingRun Skipping(RollingRun run, RollingHost host, string by, DateTimeOffset now) =>
        run.With(host with { Turn = host.Turn == RollingTurn.Waiting ? RollingTurn.Skipped : RollingTurn.Leaving, Ended = host.Turn == RollingTurn.Waiting ? now : null })
            .Noting(now, $"{by} left {host.Name} out.", host: host.Uuid);

    /// <summary>It goes on in the name of whoever wants that.</summary>
    public static RollingRun GoingOn(RollingRun run, Access.Actor by, DateTimeOffset now) =>
        (run with { State = RollingState.Running, Wish = RollingWish.None, Problem = null, Request = run.Request.By(by) }).Noting(now, $"{by.Name} let it go on.");

    private static ImmutableArray<string> HeartbeatOf(PoolPicture pool, Pool own) =>
        [.. own.HaStatefiles.Select(file => pool.Get(file) as Vdi).OfType<Vdi>().Select(file => pool.Get(file.Sr)?.Uuid).OfType<string>().Distinct()];
}
