using Microsoft.Extensions.Hosting;
using XoBlazor.Core.Journal;
using XoBlazor.Core.Pools;

namespace XoBlazor.App.Hosting;

/// <summary>
/// Gives back what only the reading of a pool needed. Reading ten thousand VMs and writing them to the journal for the first time leaves about as much
/// garbage as there is to keep, and a process that is idle from then on would never collect it. Once every reading is over and the journal has written
/// what it saw, the heap is compacted: one pause of some tenths of a second in the minute a big pool came, and never otherwise.
/// </summary>
internal sealed class ReadingLeftovers(PoolFleet fleet, JournalRecorder journal, TimeProvider time) : BackgroundService
{
    // Smaller readings, as after a short break, leave little: a collection would cost more than it gives.
    private const long WorthIt = 128L << 20;

    // A living estate always has some changes on their way to the disk.
    private const long NearlyNone = 1_000;

    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var allocated = 0L;
        var newest = DateTimeOffset.MinValue;
        var isOwed = false;
        using var timer = new PeriodicTimer(s_look, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var states = fleet.States;
            var last = states.Where(state => state.IsLive).Select(state => state.Since).DefaultIfEmpty(newest).Max();
            isOwed |= last > newest;
            newest = last;
            if (!isOwed || states.Any(state => state.Status == PoolStatus.Reading) || journal.State.Waiting > NearlyNone)
                continue;

            isOwed = false;
            if (GC.GetTotalAllocatedBytes() - allocated < WorthIt)
                continue;
            Leftovers.GiveBack();
            allocated = GC.GetTotalAllocatedBytes();
        }
    }
}
