using System.Collections.Concurrent;
using XoBlazor.Core.Model;
using XoBlazor.Core.Patching;
using XoBlazor.Core.Patching.Catalogues;
using XoBlazor.Core.Patching.Repositories;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Transfers;

namespace XoBlazor.Core.Operations.Updates;

/// <summary>Installs what is missing, in the way of the hosts' generation; one installation a pool at a time. Safe from any thread.</summary>
internal sealed class UpdateInstallation(IMissingUpdates missing, ICatalogueDownloads downloads)
{
    /// <summary>A list that somebody has just looked at is good enough to start from.</summary>
    public static readonly TimeSpan Recent = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, bool> _underWay = new();
    private readonly PoolWideInstallation _poolWide = new(missing, downloads);

    /// <summary>Why these hosts cannot be brought up to date as things are; null when they can.</summary>
    public static string? Obstacle(PoolPicture pool, IReadOnlyCollection<Host> hosts) =>
        hosts.FirstOrDefault(host => !pool.IsHostLive(host)) is { } down ? $"{pool.NameOf(down)} is down."
        : LastingObstacle(pool, hosts) is { } lasting ? lasting
        : pool.Pool is { HaEnabled: true } && hosts.Any(host => HostGenerations.Of(host) is HostGeneration.UpdateImages or HostGeneration.Repositories) ? HaObstacle(pool) : null;

    /// <summary>The same for a rolling update, which switches HA off by itself and sees to hosts that are down.</summary>
    public static string? LastingObstacle(PoolPicture pool, IReadOnlyCollection<Host> hosts)
    {
        var generation = hosts.Count == 0 ? default : HostGenerations.Of(hosts.First());
        if (hosts.FirstOrDefault(host => HostGenerations.Of(host) != generation) is { } other)
            return $"{pool.NameOf(other)} has another version than {pool.NameOf(hosts.First())}: finish the upgrade of the pool first.";
        if (generation == HostGeneration.Repositories && RepositoryFacts.Obstacle(pool) is { } obstacle)
            return obstacle;
        // Its packages go before all others, in an order of their own.
        return generation == HostGeneration.Packages && pool.All<Sr>().Any(sr => sr.Type == "linstor")
            ? "The pool has XOSTOR storage, whose packages have to be updated before all others. Update it on the hosts, as its documentation says." : null;
    }

    /// <summary>The same with what was given.</summary>
    public static string? Obstacle(PoolPicture pool, OperationArguments given)
    {
        var (all, named) = (Hosts(pool, OperationArguments.None), Hosts(pool, given));
        return Obstacle(pool, named) is { } words ? words
            : IsPoolWide(all) ? all.Count != named.Count ? "An update goes to all hosts of this pool at once: name none, or all of them." : null
            : given.List<string>("updates").Count > 0 ? "All that the hosts of this pool lack is installed, for packages build on each other: name no updates." : null;
    }

    public static string HaObstacle(PoolPicture pool) => $"High availability of {pool.Name()} is switched on, and could take a host for dead that installs an update. Switch it off first, and on again afterwards.";

    /// <summary>An update goes to all of these at once, and we bring it there.</summary>
    public static bool IsPoolWide(IReadOnlyList<Host> hosts) => hosts.Count > 0 && HostGenerations.Of(hosts[0]).NeedsCatalogue();

    /// <summary>Those that are named, or all of the pool; the coordinator first.</summary>
    public static IReadOnlyList<Host> Hosts(PoolPicture pool, OperationArguments given) =>
        [.. (given.List<Host>("hosts") is { Count: > 0 } named ? (IEnumerable<Host>)named : pool.All<Host>()).OrderByDescending(pool.IsCoordinator).ThenBy(pool.NameOf, StringComparer.OrdinalIgnoreCase)];

    /// <summary>All that one host lacks; its generation lets it be done by itself.</summary>
    public Task OnHostAsync(OperationWork work, Host host, Action<string> told) => AloneAsync(work, async () =>
    {
        await SyncedAsync(work, [host], told);
        await HostAsync(work, host, told);
    });

    /// <summary>All that the hosts of a pool lack, or what of it was asked for: the coordinator first.</summary>
    public Task OnPoolAsync(OperationWork work, Action<string> told) => AloneAsync(work, async () =>
    {
        var hosts = Hosts(work.Pool, work.Arguments);
        if (IsPoolWide(hosts))
        {
            await _poolWide.RunAsync(work, hosts, told);
            return;
        }

        work.Expect(hosts.Count);
        await SyncedAsync(work, hosts, told);
        foreach (var host in hosts)
        {
            work.StopIfCancelled();
            var end = await HostAsync(work, host, told);
            if (end != HostEnd.LackedNothing)
                work.Did($"{work.Pool.NameOf(host)} is up to date");
            if (end == HostEnd.OutOfService && host != hosts[^1])
                throw new OperationFailedException($"{work.Pool.NameOf(host)} stays out of service until what its updates require is done, as its Updates tab says. The hosts after it were left as they are, for VMs need hosts to run on: do that first and install again, or begin a rolling update.");
        }
    });

    /// <summary>An update that somebody sends, on all hosts of a pool that gets its updates from us.</summary>
    public Task FromFileAsync(OperationWork work) => AloneAsync(work, () => _poolWide.RunAsync(work, Hosts(work.Pool, OperationArguments.None), (TransferSource)work.End!));

    private async Task AloneAsync(OperationWork work, Func<Task> install)
    {
        if (!_underWay.TryAdd(work.Pool.Uuid, true))
            throw new OperationFailedException($"Updates are being installed in {work.Pool.Name()} already. Wait until that has ended.");
        try
        {
            await install();
        }
        finally
        {
            _underWay.TryRemove(work.Pool.Uuid, out _);
        }
    }

    /// <summary>A pool that takes updates from repositories has a copy of them, if it is the first.</summary>
    private static async Task SyncedAsync(OperationWork work, IReadOnlyCollection<Host> hosts, Action<string> told)
    {
        if (!RepositoryFacts.NeedsSync(work.Pool) || !hosts.Any(host => HostGenerations.Of(host) == HostGeneration.Repositories))
            return;
        told($"{work.Pool.Name()} synchronises with its repositories");
        await RepositorySync.RunAsync(work);
    }

    private async Task<HostEnd> HostAsync(OperationWork work, Host host, Action<string> told)
    {
        var (key, name) = (work.Pool.Key(host), work.Pool.NameOf(host));
        var lacks = await missing.LookAsync(key, Recent, work.Token);
        // What was in the way a moment ago may not be now.
        if (lacks.Problem is not null)
            lacks = await missing.LookAsync(key, TimeSpan.Zero, work.Token);
        if (lacks.Problem is { } problem)
            throw new OperationFailedException(problem);
        if (lacks.Missing.IsEmpty)
        {
            told($"{name} lacks nothing");
            return HostEnd.LackedNothing;
        }

        told($"{name} installs {lacks.Missing.Length} {(lacks.Missing.Length == 1 ? "update" : "updates")}");
        var isInService = true;
        switch (lacks.Generation)
        {
            case HostGeneration.Packages:
                await PackageInstallation.RunAsync(work, host);
                break;
            case HostGeneration.Repositories:
                isInService = await RepositoryInstallation.RunAsync(work, host, lacks, () => missing.LookAsync(key, TimeSpan.Zero, work.Token), told);
                break;
            default:
                throw new OperationFailedException($"{HostFacts.ProductOf(host)} takes no updates one host at a time. Install them on the pool.");
        }

        var left = await missing.LookAsync(key, TimeSpan.Zero, work.Token);
        if (left is { Problem: null, Missing.Length: > 0 and var count })
            work.Note($"{name} still lacks {count} {(count == 1 ? "update" : "updates")}.");
        told($"{name} has its updates");
        return isInService ? HostEnd.Installed : HostEnd.OutOfService;
    }

    private enum HostEnd
    {
        LackedNothing,
        Installed,

        /// <summary>Installed, and XAPI does not let it back before it was restarted.</summary>
        OutOfService,
    }
}
