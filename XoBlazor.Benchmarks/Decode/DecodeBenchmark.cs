using System.Diagnostics;
using System.Globalization;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi;
using XoBlazor.Core.Xapi.Codecs;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Benchmarks.Decode;

/// <summary>How fast and with how much memory answers of <c>event.from</c> become objects.</summary>
internal static class DecodeBenchmark
{
    private const int Rounds = 48;
    private const int Series = 5;

    public static int Run(string[] parts)
    {
        var records = new RealRecords();
        var report = new Report("decode", "Decoding what XAPI sends");
        var isWell = true;
        if (Wanted("batch"))
            isWell &= Batch(report, records);
        if (Wanted("changes"))
            isWell &= Changes(report, records);
        if (Wanted("load"))
            isWell &= Load(report, records);
        report.Save();
        return isWell ? 0 : 1;

        bool Wanted(string part) => parts.Length == 0 || parts.Contains(part);
    }

    private static bool Batch(Report report, RealRecords records)
    {
        // More than the context remembers, so that none of them has been met before.
        var answers = Enumerable.Range(0, 16).Select(i => records.Batch(1000, withKin: false, first: 1000 * i)).ToArray();
        var context = new DecodeContext();
        var (round, plainRound) = (0, 0);
        var plain = Measure(() => PlainCopy.Decode(answers[plainRound++ % answers.Length]));
        var ours = Measure(() => Decode(answers[round++ % answers.Length], context, _ => null));
        report.Section("batch: 1 000 new VMs in one answer", $"{answers[0].Length / 1e6:0.0} MB of real VM records that are new to the pool; baseline: JsonDocument.Parse and copying the same fields.");
        return Compare(report, plain, ours);
    }

    private static bool Changes(Report report, RealRecords records)
    {
        var context = new DecodeContext();
        var known = Decode(records.Batch(1000, withKin: false), context, _ => null).Events.ToDictionary(e => e.Ref, e => e.Object);
        var answer = records.Batch(1000, withKin: false, "mod", salt: 7);
        var plain = Measure(() => PlainCopy.Decode(answer));
        var ours = Measure(() => Decode(answer, context, known.GetValueOrDefault));
        report.Section("changes: 1 000 known VMs with one changed field each", "The same records as changes of objects we hold: what did not change is taken from the state before.");
        return Compare(report, plain, ours);
    }

    private static bool Load(Report report, RealRecords records)
    {
        const int vms = 10_000;
        var answer = records.Batch(vms, withKin: true);
        Decode(records.Batch(200, withKin: true), new(), _ => null);
        var process = Process.GetCurrentProcess();
        var context = new DecodeContext();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var cpu = process.TotalProcessorTime;
        var pauses = GC.GetTotalPauseDuration();
        var clock = Stopwatch.StartNew();
        var batch = Decode(answer, context, _ => null);
        clock.Stop();
        process.Refresh();
        var spent = process.TotalProcessorTime - cpu;
        pauses = GC.GetTotalPauseDuration() - pauses;
        var objects = batch.Events.Length;
        var retained = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(batch);
        GC.KeepAlive(context);
        var perObject = retained / objects;
        report.Section("load: the first answer of a pool", $"{vms} VMs with what belongs to them: {objects} objects, {answer.Length / 1e6:0} MB, from memory, in pieces of 64 KiB, nothing warmed but the code.");
        report.Table(
            ["figure", "measured", "wanted"],
            ["time", $"{clock.Elapsed.TotalSeconds:0.00} s", ""],
            ["processor, collector included", $"{spent.TotalSeconds:0.00} s", "≤ 0.8 s"],
            ["of that, pauses of the collector", $"{pauses.TotalSeconds:0.00} s", ""],
            ["retained an object, events and context included", $"{perObject} bytes", "≤ 2 048 bytes"]);
        return spent.TotalSeconds <= 0.8 && perObject <= 2048;
    }

    private static XapiEventBatch Decode(byte[] json, DecodeContext context, Func<string, XapiObject?> old)
    {
        using var answer = new AnswerStream(new Pieces(json), 32 << 20);
        var decoding = Envelope.OpenAsync(answer, new RecordAnswer(context, old).BatchAsync, CancellationToken.None);
        return decoding.GetAwaiter().GetResult();
    }

    private static bool Compare(Report report, Result plain, Result ours)
    {
        var (speed, allocations) = (plain.Time / ours.Time, (double)ours.Bytes / plain.Bytes);
        report.Table(
            ["", "processor time", "allocated"],
            ["JsonDocument and copies", $"{plain.Time.TotalMilliseconds:0.00} ms", Kilo(plain.Bytes)],
            ["ours", $"{ours.Time.TotalMilliseconds:0.00} ms", Kilo(ours.Bytes)],
            ["ratio", $"{speed:0.0}× the speed (wanted ≥ 3)", $"{allocations:0.00} of the allocations (wanted ≤ 0.33)"]);
        return speed >= 3 && allocations <= 1 / 3.0;
    }

    /// <summary>
    /// What the work itself takes, whatever else the machine does: processor time with the collector's, for garbage is part of its price; the
    /// least of several series, after the code has been compiled to its best.
    /// </summary>
    private static Result Measure<T>(Func<T> work)
    {
        var warming = Stopwatch.StartNew();
        while (warming.Elapsed < TimeSpan.FromSeconds(1.5))
            work();
        var process = Process.GetCurrentProcess();
        return Enumerable.Range(0, Series).Select(_ => MeasureSeries()).MinBy(r => r.Time);

        Result MeasureSeries()
        {
            GC.Collect();
            var (bytes, before) = (GC.GetAllocatedBytesForCurrentThread(), Spent());
            for (var i = 0; i < Rounds; i++)
                GC.KeepAlive(work());
            return new((Spent() - before) / Rounds, (GC.GetAllocatedBytesForCurrentThread() - bytes) / Rounds);
        }

        TimeSpan Spent()
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    private static string Kilo(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0} KiB");

    private readonly record struct Result(TimeSpan Time, long Bytes);

    /// <summary>A body that arrives in pieces, as from a socket.</summary>
    private sealed class Pieces(byte[] whole) : MemoryStream(whole)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, 64 * 1024)], cancellationToken);
    }
}
