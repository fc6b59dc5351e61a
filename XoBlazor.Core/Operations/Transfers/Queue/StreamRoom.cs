using XoBlazor.Core.Store;

namespace XoBlazor.Core.Operations.Transfers.Queue;

/// <summary>
/// The streams there are, by host and by pool, and those that others wait for before: nobody overtakes another at a host, so that nobody waits for ever, and hosts that nobody
/// waits for are used. For one look; not for several threads.
/// </summary>
internal sealed class StreamRoom(QueueOptions options)
{
    private readonly Dictionary<ObjectKey, (int Used, int Claimed)> _hosts = [];
    private readonly Dictionary<string, (int Used, int Claimed)> _pools = new(StringComparer.Ordinal);

    /// <summary>One more stream is there.</summary>
    public void Take(StreamRoute route) => Count(route, 1, 0);

    /// <summary>Somebody waits for room on this route: who comes later leaves it free.</summary>
    public void Claim(StreamRoute route) => Count(route, 0, 1);

    /// <summary>What has no room for one more; null when all have.</summary>
    public WaitReason? Obstacle(StreamRoute route)
    {
        foreach (var host in route.Hosts)
            if (_hosts.GetValueOrDefault(host).Used is var used && used >= options.MostPerHost)
                return new(WaitKind.HostBusy, host.Pool, host.Uuid, used, options.MostPerHost);
        foreach (var pool in route.Pools)
            if (_pools.GetValueOrDefault(pool).Used is var used && used >= options.MostPerPool)
                return new(WaitKind.PoolBusy, pool, "", used, options.MostPerPool);
        return route.Hosts.Any(host => Sum(_hosts.GetValueOrDefault(host)) >= options.MostPerHost) || route.Pools.Any(pool => Sum(_pools.GetValueOrDefault(pool)) >= options.MostPerPool)
            ? new(WaitKind.Behind) : null;
    }

    private static int Sum((int Used, int Claimed) room) => room.Used + room.Claimed;

    private void Count(StreamRoute route, int used, int claimed)
    {
        foreach (var host in route.Hosts)
            _hosts[host] = _hosts.GetValueOrDefault(host) is var room ? (room.Used + used, room.Claimed + claimed) : default;
        foreach (var pool in route.Pools)
            _pools[pool] = _pools.GetValueOrDefault(pool) is var room ? (room.Used + used, room.Claimed + claimed) : default;
    }
}
