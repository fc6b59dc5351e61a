using XoBlazor.Core.Patching.Rolling;
using XoBlazor.Simulator.Patching;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Patching.Rolling;

/// <summary>
/// The server is killed at random moments of a rolling reboot or update: just before a step is kept, just after, and in the middle of what follows. Each time another takes up what
/// was kept; in the end every host has what it lacked and was rebooted once, and every VM ran throughout.
/// </summary>
public sealed class RollingKillTests
{
    private static readonly TimeSpan s_perKill = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Reboot_ServerKilledAtRandomMoments_CompletesAndEveryVmRanThroughout()
    {
        using var run = LongRun.Seeded(usual: 10, many: 200);
        await KillAsync(run, "pool.rolling_reboot");
    }

    [Fact]
    public async Task Update_ServerKilledAtRandomMoments_InstallsAndRebootsOnceAndEveryVmRanThroughout()
    {
        using var run = LongRun.Seeded(usual: 10, many: 200);
        await KillAsync(run, "pool.rolling_update");
    }

    private static async Task KillAsync(LongRun run, string operation)
    {
        using var patience = Patience.Source(Patience.Limit + (run.Rounds * s_perKill));
        var random = new Random(run.Seed);
        await using var pool = await RolledPool.StartAsync(patience.Token, duration: TimeSpan.FromMilliseconds(2));
        for (var kills = 0; kills < run.Rounds;)
        {
            var (homes, boots, reboots) = (pool.Homes(), pool.Boots(), pool.Reboots);
            var package = new Package($"tool-{kills}", "1.0", "1");
            pool.Simulator.Packages.Offer([package]);
            // Boots are noted in whole seconds.
            await pool.Server.UntilAsync(_ => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() > boots.Values.Max() + 1, patience.Token);
            var known = pool.Kept.Kept.Select(one => one.Id).ToHashSet();
            await pool.Server.BeginAsync(operation);
            await pool.Server.UntilRunAsync(one => !known.Contains(one.Id), patience.Token);
            while (kills < run.Rounds && await DiesAsync(pool, random, patience.Token))
            {
                kills++;
                await pool.RestartAsync();
                await pool.KnownAsync();
            }

            var over = await pool.Server.UntilRunAsync(static now => now.IsOver || now.State == RollingState.Stopped, patience.Token);

            Assert.True(over.State == RollingState.Completed, $"seed {run.Seed}, kill {kills}: {RollingReport.Text(over, pool.Picture)}");
            Assert.All(over.Vms, vm => Assert.Null(vm.Problem));
            Assert.All(pool.Boots(), boot => Assert.True(boot.Value > boots[boot.Key], $"seed {run.Seed}: a host was not rebooted"));
            Assert.All(pool.Reboots, one => Assert.True(one.Value == reboots.GetValueOrDefault(one.Key) + 1, $"seed {run.Seed}: a host was rebooted twice: {RollingReport.Text(over, pool.Picture)}"));
            if (operation == "pool.rolling_update")
                Assert.All(pool.Pool.Hosts, host => Assert.Single(pool.Simulator.Packages.InstalledOn(host.Name), installed => installed == package));
            await pool.RanThroughoutAsync(homes);
            await pool.KnownAsync();
        }
    }

    /// <summary>Waits for the next moment to be killed; false when the run is over, or stopped, before that.</summary>
    private static async Task<bool> DiesAsync(RolledPool pool, Random random, CancellationToken token)
    {
        var (number, isKept, later) = (random.Next(1, 6), random.Next(3) > 0, TimeSpan.FromMilliseconds(random.Next(2) * random.Next(60)));
        var seen = 0;
        var died = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        pool.Kept.Around = async (run, isAfter, stopping) =>
        {
            if (isAfter == isKept && Interlocked.Increment(ref seen) == number)
            {
                died.TrySetResult(true);
                // What it would do next it does not do, unless it is killed a little later than this.
                if (!isKept || later == TimeSpan.Zero)
                    await Task.Delay(Timeout.Infinite, stopping);
            }

            if (isAfter && (run.IsOver || run.State == RollingState.Stopped))
                died.TrySetResult(false);
        };
        if (pool.Kept.Kept.OrderBy(run => run.Began).Last() is { IsOver: true } or { State: RollingState.Stopped })
            died.TrySetResult(false);
        var isDead = await died.Task.WaitAsync(token);
        if (isDead && isKept)
            await Task.Delay(later, token);
        pool.Kept.Around = null;
        return isDead;
    }
}
