using System.Diagnostics;
using System.Globalization;
using System.Net.Security;
using XoBlazor.Core.Transfers;
using XoBlazor.Core.Transfers.Xva;

namespace XoBlazor.Benchmarks.Transfers;

/// <summary>A VM from one host to another through us, every checksum verified, against a loop that only hands bytes on between the same two lines.</summary>
internal static class TransferBenchmark
{
    private const double WantedShare = 0.85;
    private const long Blocks = 2048;
    private const int Rounds = 7;

    public static async Task<int> RunAsync()
    {
        var report = new Report("transfer", "VMs between hosts");
        using var ends = new TlsEnds();
        var (bare, own) = (new List<Round>(), new List<Round>());
        // The first of each is for the compiler. They take turns, so that the machine's other work hits both.
        for (var round = 0; round <= Rounds; round++)
        {
            bare.Add(await RunAsync(ends, BareAsync));
            own.Add(await RunAsync(ends, OwnAsync));
        }

        var (least, mine) = (Middle(bare), Middle(own));
        var share = mine.MiBPerSecond / least.MiBPerSecond;
        report.Section("pool to pool", $"{Blocks} MiB of random bytes as an XVA, uncompressed, over TLS 1.2 on loopback; sender, receiver and the pipe between them in one process. Medians of {Rounds} rounds in turns; "
            + "the bare pipe reads 128 KiB and writes them, one after the other.");
        report.Table(
            ["figure", "bare pipe", "ours, verified", "ours / bare", "wanted"],
            ["MiB/s", Text(least.MiBPerSecond), Text(mine.MiBPerSecond), share.ToString("0.00", CultureInfo.InvariantCulture), $"≥ {WantedShare.ToString(CultureInfo.InvariantCulture)}"],
            ["processor time of all three, ms/GiB", Text(least.Processor), Text(mine.Processor), (mine.Processor / least.Processor).ToString("0.00", CultureInfo.InvariantCulture), ""],
            ["allocated, KiB/GiB", Text(least.KiB), Text(mine.KiB), "", ""]);
        report.Save();
        return share >= WantedShare ? 0 : 1;
    }

    private static async Task<Round> RunAsync(TlsEnds ends, Func<SslStream, SslStream, Task> pipe)
    {
        var (source, target, arrived) = await ends.OpenAsync(Blocks);
        var (before, processor, watch) = (GC.GetTotalAllocatedBytes(), Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
        await using (source)
        await using (target)
        {
            await pipe(source, target);
            await target.ShutdownAsync();
        }

        var all = await arrived;
        var gibibytes = all / (double)(1 << 30);
        return new(all / (double)(1 << 20) / watch.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds / gibibytes, (GC.GetTotalAllocatedBytes() - before) / 1024.0 / gibibytes);
    }

    private static async Task BareAsync(SslStream source, SslStream target)
    {
        var buffer = new byte[128 * 1024];
        while (await source.ReadAsync(buffer) is > 0 and var read)
            await target.WriteAsync(buffer.AsMemory(0, read));
    }

    private static async Task OwnAsync(SslStream source, SslStream target)
    {
        await using var watch = new XvaWatch();
        await Pump.CopyAsync(source, target, TimeSpan.FromMinutes(5), TimeProvider.System, static _ => { }, CancellationToken.None, watch.AddAsync);
        await watch.CompleteAsync();
    }

    private static Round Middle(List<Round> rounds) => rounds.Skip(1).OrderBy(round => round.MiBPerSecond).ElementAt(Rounds / 2);

    private static string Text(double value) => value.ToString("0", CultureInfo.InvariantCulture);

    private readonly record struct Round(double MiBPerSecond, double Processor, double KiB);
}
