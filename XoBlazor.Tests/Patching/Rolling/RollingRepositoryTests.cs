using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Simulator.Patching.Repositories;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Patching.Rolling;

/// <summary>A pool of XenServer 8 hosts brought up to date host by host, with what its updates ask for.</summary>
public sealed class RollingRepositoryTests
{
    private const string Make = "hosts=3,vms=9,seed=5,release=xenserver-8";

    private static readonly CdnUpdate s_kernel = new("U-1", "Kernel") { Recommended = ["RebootHost"], Full = ["RebootHost"] };

    [Fact]
    public async Task Update_ThatAsksForAReboot_RebootsEveryHostOnceAndEveryVmRunsThroughout()
    {
        using var patience = Patience.Source();
        await using var pool = await PublishedAsync(patience.Token, s_kernel);
        var (homes, boots) = (pool.Homes(), pool.Boots());

        var result = await pool.Server.RunAsync("pool.rolling_update", patience.Token);

        Assert.True(result.End == OperationEnd.Succeeded, result.Message);
        Assert.All(pool.Boots(), boot => Assert.True(boot.Value > boots[boot.Key]));
        Assert.All(pool.Picture.All<Host>(), host => Assert.Equal(["U-1"], pool.Pool.Catalogue.AppliedOn(host.Uuid)));
        await pool.Server.UntilAsync(now => now.All<Host>().All(host => host.Enabled && !UpdateNeeds.Of(now, host).Any()), patience.Token);
        await pool.RanThroughoutAsync(homes);
    }

    private static async Task<RolledPool> PublishedAsync(CancellationToken token, params CdnUpdate[] updates)
    {
        var pool = await RolledPool.StartAsync(token, Make);
        pool.Pool.Catalogue.Publish(updates);
        var synced = await pool.Server.RunAsync("pool.sync_updates", token);
        Assert.True(synced.End == OperationEnd.Succeeded, synced.Message);
        return pool;
    }
}
