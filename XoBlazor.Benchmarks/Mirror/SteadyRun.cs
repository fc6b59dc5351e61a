using System.Globalization;
using XoBlazor.Core.Model;

namespace XoBlazor.Benchmarks.Mirror;

/// <summary>
/// Forty pools that change two hundred times a second, with the journal on, for as long as wished: a sample a minute of what they cost.
/// Each sample ends with a full collection, whose processor time is not counted, so that the heap of the samples is what is really held:
/// the gaps between objects, which the collector closes when it likes, are no part of it and show in the process's memory only.
/// </summary>
internal static class SteadyRun
{
    private const int Pools = 40;
    private const int Rate = 200;

    /// <summary>
    /// The first half is left out of the growth: caches and pooled buffers are filling, what is remembered of what is gone comes up to its bounds, and
    /// changes of nothing but a time stamp wait up to an hour to be recorded. So a whole answer takes two hours.
    /// </summary>
    private const double Settling = 0.5;

    private static readonly TimeSpan s_pause = TimeSpan.FromMinutes(1);

    public static async Task<int> RunAsync(TimeSpan length)
    {
        await using var simulator = await SimulatorProcess.StartAsync(
            Pools, "--make", $"pools={Pools},hosts=13,vms=250,seed=7", "--rate", Rate.ToString(CultureInfo.InvariantCulture));
        await using var run = MirrorRun.Prepare(simulator.Pools, withJournal: true);
        await run.ConnectAsync(Pools, TimeSpan.FromMinutes(3));
        await Task.Delay(TimeSpan.FromSeconds(30));

        List<Sample> samples = [Take(run, default, default)];
        for (var at = s_pause; at <= length; at += s_pause)
        {
            var (processor, changes) = (OwnProcess.Processor, run.Changes);
            await Task.Delay(s_pause);
            samples.Add(Take(run, (run.Changes - changes) / s_pause.TotalSeconds, (OwnProcess.Processor - processor) / s_pause) with { At = at });
            // A long run is watched from outside: the results themselves come at the end.
            await Console.Error.WriteLineAsync(samples[^1].ToString());
        }

        Write(run, samples, length);
        return 0;
    }

    private static Sample Take(MirrorRun run, double changes, double processor)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        var heap = GC.GetGCMemoryInfo(GCKind.FullBlocking);
        var live = heap.HeapSizeBytes - heap.FragmentedBytes;
        var journal = run.Journal;
        return new(
            default, changes, processor, live / 1048576.0, OwnProcess.ResidentMiB, run.Store.Current.Pools.Sum(p => p.Count),
            journal.Size / 1048576.0, journal.Waiting, journal.Dropped);
    }

    private static void Write(MirrorRun run, List<Sample> samples, TimeSpan length)
    {
        var settled = samples.Where(s => s.At >= length * Settling).ToList();
        var measured = samples.Skip(1).ToList();
        var (live, resident) = (Growth(settled, s => s.Live), Growth(settled, s => s.Resident));
        Console.WriteLine($"## steady\n{Pools} pools, {run.Store.Current.CountOf(XapiClass.Host)} hosts, {run.Store.Current.CountOf(XapiClass.Vm)} VM records, "
            + $"{Rate} events a second asked of the simulator, journal on, {length.TotalMinutes:F0} minutes. Flat means that the live heap, over the second\n"
            + "half of the time, grows by less than 2 % an hour (least squares over the samples).\n");
        Row("figure", "measured", "wanted");
        Row("---", "---", "---");
        Row("changes a second", $"{measured.Average(s => s.Changes):F0} (least {measured.Min(s => s.Changes):F0})", $"{Rate}");
        Row("processor", $"{measured.Average(s => s.Processor) * 100:F1} % of a core (most {measured.Max(s => s.Processor) * 100:F1} %)", "≤ 15 %");
        Row("live heap grows", $"{live:F2} MiB an hour, {live / settled.Average(s => s.Live) * 100:F1} %", "< 2 % an hour");
        Row("our process grows", $"{resident:F1} MiB an hour, {resident / settled.Average(s => s.Resident) * 100:F1} %", "");
        Row("changes the journal dropped", $"{samples[^1].Dropped}", "0");
        Console.WriteLine();
        Row("minute", "changes/s", "% of a core", "live heap MiB", "process MiB", "objects", "journal MiB", "waiting for the journal");
        Row("---", "---", "---", "---", "---", "---", "---", "---");
        foreach (var s in samples.Where(s => s.At.TotalMinutes % Math.Max(1, Math.Round(length.TotalMinutes / 12)) == 0))
            Row($"{s.At.TotalMinutes:F0}", s.At == default ? "" : $"{s.Changes:F0}", s.At == default ? "" : $"{s.Processor * 100:F1}", $"{s.Live:F1}", $"{s.Resident:F0}", $"{s.Objects}", $"{s.Journal:F0}", $"{s.Waiting}");
    }

    /// <summary>The slope of a straight line through the samples, in MiB an hour.</summary>
    private static double Growth(List<Sample> samples, Func<Sample, double> value)
    {
        var (time, mean) = (samples.Average(s => s.At.TotalHours), samples.Average(value));
        return samples.Sum(s => (s.At.TotalHours - time) * (value(s) - mean)) / samples.Sum(s => Math.Pow(s.At.TotalHours - time, 2));
    }

    private static void Row(params string[] cells) => Console.WriteLine("| " + string.Join(" | ", cells) + " |");

    /// <param name="At">Since the first sample.</param>
    /// <param name="Changes">A second, of the minute before.</param>
    /// <param name="Processor">Cores used, of the minute before.</param>
    /// <param name="Live">MiB of the heap that a full collection leaves.</param>
    /// <param name="Resident">MiB of the process.</param>
    /// <param name="Objects">Of all pools.</param>
    /// <param name="Journal">MiB on disk.</param>
    /// <param name="Waiting">Changes not yet written.</param>
    /// <param name="Dropped">Changes that the journal lost for lack of speed.</param>
    private readonly record struct Sample(
        TimeSpan At, double Changes, double Processor, double Live, double Resident, int Objects, double Journal, long Waiting, long Dropped);
}
