using System.Collections.Concurrent;
using XoBlazor.Core.Model;
using XoBlazor.Core.Patching;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.Core.Operations.Updates;

/// <summary>Installs what is missing, in the way of the hosts' generation; one installation a pool at a time. Safe from any thread.</summary>
internal sealed class UpdateInstallation(IMissingUpdates missing)
{
    /// <summary>A list that somebody has just looked at is good enough to start from.</summary>
    private static readonly TimeSpan s_recent = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, bool> _underWay = new();

    /// <summary>Why these hosts cannot be brought up to date as things are; null when they can.</summary>
    public static string? Obstacle(PoolPicture pool, IReadOnlyCollection<Host> hosts) =>
        hosts.FirstOrDefault(host => !pool.IsHostLive(host)) is { } down ? $"{pool.NameOf(down)} is down." : LastingObstacle(pool, hosts);

    /// <summary>The same for a rolling update, which switches HA off by itself and sees to hosts that are down.</summary>
    public static string? LastingObstacle(PoolPicture pool, IReadOnlyCollection<Host> hosts)
    {
        var generation = hosts.Count == 0 ? default : HostGenerations.Of(hosts.First());
        if (hosts.FirstOrDefault(host => HostGenerations.Of(host) != generation) is { } other)
            return $"{pool.NameOf(other)} has another version than {pool.NameOf(hosts.First())}: finish the upgrade of the pool first.";
        // Its packages go before all others, in an order of their own.
        return generation == HostGeneration.Packages && pool.All<Sr>().Any(sr => sr.Type == "linstor")
            ? "The pool has XOSTOR storage, whose packages have to be updated before all others. Update it on the hosts, as its documentation says." : null;
    }

    /// <summary>All that one host lacks; its generation lets it be done by itself.</summary>
    public Task OnHostAsync(OperationWork work, Host host, Action<string> told) => AloneAsync(work, () => HostAsync(work, host, told));

    /// <summary>All that the hosts lack, the coordinator first.</summary>
    public Task OnPoolAsync(OperationWork work, IReadOnlyCollection<Host> hosts, Action<string> told) => AloneAsync(work, async () =>
    {
        work.Expect(hosts.Count);
        foreach (var host in hosts.OrderByDescending(work.Pool.IsCoordinator).ThenBy(work.Pool.NameOf, StringComparer.OrdinalIgnoreCase))
        {
            if (await HostAsync(work, host, told))
                work.Did($"{work.Pool.NameOf(host)} is up to date");
        }
    });

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

    /// <summary>Returns whether there was anything to install.</summary>
    private async Task<bool> HostAsync(OperationWork work, Host host, Action<string> told)
    {
        var (key, name) = (work.Pool.Key(host), work.Pool.NameOf(host));
        var lacks = await missing.LookAsync(key, s_recent, work.Token);
        if (lacks.Problem is { } problem)
            throw new OperationFailedException(problem);
        if (lacks.Missing.IsEmpty)
        {
            told($"{name} lacks nothing");
            return false;
        }

        told($"{name} installs {lacks.Missing.Length} updates");
        switch (lacks.Generation)
        {
            case HostGeneration.Packages:
                await PackageInstallation.RunAsync(work, host);
                break;
            default:
                throw new OperationFailedException($"{HostFacts.ProductOf(host)} takes no updates one host at a time. Install them on the pool.");
        }

        var left = await missing.LookAsync(key, TimeSpan.Zero, work.Token);
        if (left is { Problem: null, Missing.Length: > 0 and var count })
            work.Note($"{name} still lacks {count} {(count == 1 ? "update" : "updates")}.");
        told($"{name} has its updates");
        return true;
    }
}
