using System.Collections.Immutable;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.Core.Operations.Transfers.Queue;

/// <summary>Between which hosts a VM passes through us: what has to have room for it.</summary>
/// <param name="From">Where it is exported.</param>
/// <param name="To">Where it is imported.</param>
internal sealed record StreamRoute(StreamEnd From, StreamEnd To)
{
    public IEnumerable<ObjectKey> Hosts => ((StreamEnd[])[From, To]).Where(end => end.Host.Length > 0).Select(end => new ObjectKey(end.Pool, end.Host)).Distinct();

    public IEnumerable<string> Pools => ((string[])[From.Pool, To.Pool]).Distinct();
}

/// <summary>One side of a route.</summary>
/// <param name="Host">The host's uuid; empty when none is known.</param>
internal readonly record struct StreamEnd(string Pool, string Host)
{
    /// <summary>The host that serves a stream with these storages: the coordinator if it reaches them all, else the one that it sends us on to.</summary>
    public static StreamEnd Near(PoolPicture pool, IEnumerable<Sr> storages)
    {
        var hosts = storages.Select(sr => pool.HostsOf(sr).Where(pool.IsHostLive).ToImmutableHashSet()).Aggregate((ImmutableHashSet<Host>?)null, (one, other) => one?.Intersect(other) ?? other);
        var coordinator = pool.All<Host>().FirstOrDefault(pool.IsCoordinator);
        var host = hosts is null || (coordinator is not null && hosts.Contains(coordinator)) ? coordinator : hosts.OrderBy(one => one.Uuid, StringComparer.Ordinal).FirstOrDefault() ?? coordinator;
        return new(pool.Uuid, host?.Uuid ?? "");
    }
}
