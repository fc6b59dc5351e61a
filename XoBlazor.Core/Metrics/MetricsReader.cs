using System.Collections.Frozen;
using System.Collections.Immutable;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.Core.Metrics;

/// <summary>
/// Figures of VMs, hosts and storage over time. Nothing is judged here: whoever asks has found the object in what the requester may view, and gets the figures of that
/// object alone, whether or not its host may be viewed. All fail with <see cref="MetricsException"/>. Safe from any thread.
/// </summary>
public sealed class MetricsReader
{
    private readonly ObjectStore _store;
    private readonly HostMetricsCache _cache;

    internal MetricsReader(ObjectStore store, HostMetricsCache cache) => (_store, _cache) = (store, cache);

    /// <summary>Of a VM that runs; its host is asked.</summary>
    public async Task<ObjectMetrics> OfVmAsync(ObjectKey key, MetricsGranularity granularity, CancellationToken cancellation)
    {
        var pool = Pool(key);
        var vm = pool.GetByUuid<Vm>(key.Uuid) ?? throw Gone();
        var host = pool.Get(vm.ResidentOn) ?? throw new MetricsException(
            MetricsProblem.NotRunning, $"{pool.NameOf(vm)} does not run, and hosts have figures of running VMs only. Start it to see some.");
        return (await _cache.OfAsync(new(key.Pool, host.Uuid), granularity, cancellation)).Of(MetricsOwner.Vm, vm.Uuid);
    }

    public async Task<ObjectMetrics> OfHostAsync(ObjectKey key, MetricsGranularity granularity, CancellationToken cancellation) =>
        (await _cache.OfAsync(key, granularity, cancellation)).Of(MetricsOwner.Host, key.Uuid);

    /// <summary>Of a storage, as the hosts see it that have it connected. Fails when none of them answers.</summary>
    public async Task<SrMetrics> OfSrAsync(ObjectKey key, MetricsGranularity granularity, CancellationToken cancellation)
    {
        var pool = Pool(key);
        var sr = pool.GetByUuid<Sr>(key.Uuid) ?? throw Gone();
        var hosts = pool.HostsOf(sr).ToList();
        if (hosts.Count == 0)
            throw new MetricsException(MetricsProblem.NotRunning, $"{pool.NameOf(sr)} is not connected to any host, so nobody has figures of it. Connect it to a host.");
        var suffix = SrMetrics.Suffix(sr.Uuid);
        var answers = await Task.WhenAll(hosts.Select(host => OneAsync(host)));
        var told = answers.Where(answer => answer.Metrics is not null).Select(answer => new SrMetrics.OfHost(answer.HostRef, answer.Metrics!)).ToImmutableArray();
        return told.IsEmpty ? throw answers[0].Problem! : new(told, [.. answers.Where(answer => answer.Problem is not null).Select(answer => answer.Problem!.Message)]);

        async Task<(string HostRef, ObjectMetrics? Metrics, MetricsException? Problem)> OneAsync(Host host)
        {
            try
            {
                var all = await OfHostAsync(new(key.Pool, host.Uuid), granularity, cancellation);
                var own = all.Series.Where(pair => pair.Key.EndsWith(suffix, StringComparison.Ordinal)).ToFrozenDictionary(pair => pair.Key[..^suffix.Length], pair => pair.Value, StringComparer.Ordinal);
                return (host.Ref, all with { Series = own }, null);
            }
            catch (MetricsException problem)
            {
                return (host.Ref, null, problem);
            }
        }
    }

    /// <summary>
    /// The newest figures of many hosts, of those that answer in time. Never fails: of a host that is down, out of reach or slow there are none.
    /// </summary>
    /// <param name="inTime">Cancelled when what has come by then must do.</param>
    public async Task<LatestMetrics> LatestAsync(IEnumerable<ObjectKey> hosts, CancellationToken inTime)
    {
        var answers = await Task.WhenAll(hosts.Distinct().Select(async host => (host, Figures: await TryAsync(host))));
        return new(answers.Where(one => one.Figures is not null).ToFrozenDictionary(one => one.host, one => one.Figures!));

        async Task<HostFigures?> TryAsync(ObjectKey host)
        {
            try
            {
                return await _cache.OfAsync(host, MetricsGranularity.Latest, inTime);
            }
            catch (Exception none) when (none is MetricsException or OperationCanceledException)
            {
                return null;
            }
        }
    }

    private PoolPicture Pool(ObjectKey key) => _store.Current.Pool(key.Pool) ?? throw Gone();

    private static MetricsException Gone() => new(MetricsProblem.OutOfReach, "It is not there any more.");
}
