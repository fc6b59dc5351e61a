using System.Collections.Frozen;
using XoBlazor.Core.Metrics;
using XoBlazor.Core.Model;
using XoBlazor.Core.Patching;
using XoBlazor.Core.Pools;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.App.Api.OpenMetrics;

/// <summary>All that is told to whoever scrapes: what they may view of the pools, and the server itself where they may. Safe from any thread.</summary>
internal sealed class MetricsReport(ObjectStore store, MetricsReader figures, IMissingUpdates updates, PoolFleet fleet, EventLag lag, ServerFamilies server, TimeProvider time)
{
    /// <param name="view">What the requester sees.</param>
    /// <param name="choice">What of it is wanted.</param>
    /// <param name="withServer">They may see how the server is doing.</param>
    /// <param name="inTime">Cancelled when the figures that hosts gave by then must do.</param>
    public async Task WriteAsync(MetricsText text, StoreSnapshot view, OpenMetricsChoice choice, bool withServer, CancellationToken inTime, CancellationToken token)
    {
        var whole = store.Current;
        var pools = view.Pools.Where(pool => choice.Has(pool.Uuid)).ToList();
        // A VM's figures are told by its host, whether or not the requester sees that.
        var vms = Of<Vm>(choice.OfVms).Where(one => one.Object.Kind() == VmKind.Vm).Select(one => (one.Pool, one.Object, Host: HostOf(whole, one.Pool.Uuid, one.Object))).ToList();
        var hosts = vms.Select(one => one.Host).OfType<ObjectKey>().Concat(Of<Host>(choice.OfHosts).Select(one => one.Key)).ToHashSet();
        var latest = await figures.LatestAsync(hosts.Where(key => whole.Pool(key.Pool) is { } pool && pool.GetByUuid<Host>(key.Uuid) is { } host && pool.IsHostLive(host)), inTime);

        var now = time.GetUtcNow();
        var states = fleet.States.Where(state => state.PoolUuid is not null).GroupBy(state => state.PoolUuid!).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        if (choice.OfPools)
            await WriteAsync(text, PoolFamilies.All, pools.Select(pool => (PoolLabels(pool), new WatchedPool(pool, states.GetValueOrDefault(pool.Uuid), lag.Of(pool.Uuid), now))), token);
        if (choice.OfHosts)
            await WriteAsync(text, HostFamilies.All, pools.SelectMany(pool => Hosts(pool, latest)), token);
        if (choice.OfVms)
            await WriteAsync(text, VmFamilies.All, vms.Select(one => (Labels(one.Pool, "vm", one.Object.Uuid, one.Object.NameLabel),
                new WatchedVm(one.Pool, one.Object, one.Host is { } host ? latest.Of(host, MetricsOwner.Vm, one.Object.Uuid) : null))), token);
        if (choice.OfStorage)
            await WriteAsync(text, SrFamilies.All, Of<Sr>(true).Select(one => (Labels(one.Pool, "sr", one.Object.Uuid, one.Object.NameLabel), new WatchedSr(one.Pool, one.Object))), token);
        if (choice.OfServer && withServer)
            await WriteAsync(text, server.All, [(Array.Empty<byte>(), server.Now)], token);
        text.Finish();
        await text.FlushAsync(token);

        IEnumerable<Located<T>> Of<T>(bool isWanted) where T : XapiObject => isWanted ? pools.SelectMany(pool => pool.All<T>().Select(one => new Located<T>(pool, one))) : [];
    }

    private static async Task WriteAsync<T>(MetricsText text, IReadOnlyList<MetricFamily<T>> families, IEnumerable<(byte[] Labels, T Thing)> things, CancellationToken token)
    {
        var all = things.ToList();
        var samples = new MetricSamples(text);
        foreach (var family in families)
        {
            text.Begin(family.Name, family.Unit, family.Help, family.IsCounter);
            foreach (var (labels, thing) in all)
            {
                family.Sample(thing, samples.About(labels));
                if (text.IsFull)
                    await text.FlushAsync(token);
            }
        }
    }

    private IEnumerable<(byte[] Labels, WatchedHost Host)> Hosts(PoolPicture pool, LatestMetrics latest)
    {
        var storage = pool.All<Sr>().DistinctBy(sr => SrMetrics.Suffix(sr.Uuid)).ToFrozenDictionary(sr => SrMetrics.Suffix(sr.Uuid), StringComparer.Ordinal);
        return pool.All<Host>().Select(host =>
        {
            var key = pool.Key(host);
            return (Labels(pool, "host", host.Uuid, host.NameLabel), new WatchedHost(pool, host, latest.Of(key, MetricsOwner.Host, host.Uuid), updates.Last(key), storage));
        });
    }

    private static ObjectKey? HostOf(StoreSnapshot whole, string pool, Vm vm) =>
        vm.PowerState == VmPowerState.Running && whole.Pool(pool)?.Get(vm.ResidentOn) is { } host ? new(pool, host.Uuid) : null;

    private static byte[] PoolLabels(PoolPicture pool) => MetricsText.Labels(("pool", pool.Uuid), ("pool_name", pool.Name()));

    private static byte[] Labels(PoolPicture pool, string kind, string uuid, string name) =>
        MetricsText.Labels(("pool", pool.Uuid), ("pool_name", pool.Name()), (kind, uuid), (kind + "_name", name));
}
