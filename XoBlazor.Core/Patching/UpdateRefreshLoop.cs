using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using XoBlazor.Core.Model;
using XoBlazor.Core.Pools;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.Core.Patching;

/// <summary>Keeps the lists of missing updates fresh, one host at a time: now and then, and soon after a host's software changed.</summary>
internal sealed class UpdateRefreshLoop(MissingUpdates missing, ObjectStore store, IPoolConnections pools, IOptions<PatchingOptions> options, TimeProvider time) : BackgroundService
{
    /// <summary>A pool that has just been connected has other things to do.</summary>
    private static readonly TimeSpan s_between = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan s_afterProblem = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.RefreshHours == 0)
            return;
        var age = TimeSpan.FromHours(options.Value.RefreshHours);
        while (true)
        {
            await Task.Delay(s_between, time, stoppingToken);
            var there = new HashSet<ObjectKey>();
            foreach (var pool in store.Current.Pools)
                foreach (var host in pool.All<Model.Host>())
                {
                    there.Add(pool.Key(host));
                    if (pools.Find(pool.Uuid) is not null && pool.IsHostLive(host) && missing.IsWorthALook(pool, host, age, s_afterProblem))
                        await missing.LookAsync(pool.Key(host), TimeSpan.Zero, stoppingToken);
                }

            missing.Keep(there);
        }
    }
}
