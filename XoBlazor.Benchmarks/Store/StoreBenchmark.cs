using System.Diagnostics;
using System.Globalization;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Filtering;

namespace XoBlazor.Benchmarks.Store;

/// <summary>What the store's promises cost: taking in a pool, applying a batch beside readers, looking things up, filtering a list.</summary>
internal static class StoreBenchmark
{
    private const int Large = 50_000;
    private const int Rounds = 60;

    public static int Run(string[] parts)
    {
        var report = new Report("store", "The store");
        var isWell = true;
        if (Wanted("apply"))
            isWell &= Batches(report);
        if (Wanted("filter"))
            isWell &= Filters(report);
        report.Save();
        return isWell ? 0 : 1;

        bool Wanted(string part) => parts.Length == 0 || parts.Contains(part);
    }

    private static bool Batches(Report report)
    {
        var objects = new MadePool(Large).Objects().ToList();
        var store = new ObjectStore(TimeProvider.System, []);
        using var writer = store.Open(MadePool.Uuid);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var watch = Stopwatch.StartNew();
        writer.ApplyListing(objects);
        var listing = watch.Elapsed;
        var indexes = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)objects.Count;

        var scattered = Measure<ObjectUpdate[]>(turn => [.. Enumerable.Range(0, 1000).Select(i => Changed(store, (i * 50) + (turn % 50), turn))], Apply);
        var moving = Measure<ObjectUpdate[]>(turn => [.. Enumerable.Range(0, 1000).Select(i => ObjectUpdate.Present(MadePool.Vm(((i * 49) + 1) % Large, turn)))], Apply);
        var coming = Measure<ObjectUpdate[]>(turn =>
        [
            .. Enumerable.Range(0, 500).SelectMany(i => new[]
            {
                ObjectUpdate.Present(new XapiTask { Ref = $"OpaqueRef:t{turn}-{i}", Uuid = $"t{turn}-{i}", NameLabel = "Async.VM.start" }), ObjectUpdate.Gone($"OpaqueRef:t{turn - 1}-{i}"),
            }),
        ], Apply);
        var single = Measure<ObjectUpdate[]>(turn => [Changed(store, turn, turn)], Apply);
        var (lookups, slowest) = Readers(store, writer);

        report.Section("listing and apply", $"{objects.Count} objects in one pool; processor time of the writing thread, medians of {Rounds} batches, in brackets the slowest.");
        report.Table(
            ["figure", "measured", "wanted"],
            ["first listing", $"{listing.TotalMilliseconds:0} ms", ""],
            ["indexes, retained an object", $"{indexes:0} bytes", ""],
            ["1 000 changed VMs all over the pool", Text(scattered), "≤ 5 ms"],
            ["1 000 VMs moving to other hosts", Text(moving), "≤ 5 ms"],
            ["500 tasks coming, 500 going", Text(coming), "≤ 5 ms"],
            ["a single change", Text(single), ""],
            ["lookups by uuid a second, one reader beside a busy writer", $"{lookups / 1e6:0.0} million", ""],
            ["slowest of them", $"{slowest.TotalMilliseconds:0.000} ms (includes pauses of the collector and the scheduler)", ""]);
        void Apply(ObjectUpdate[] updates) => writer.Apply(updates);

        return scattered.Median < 5 && moving.Median < 5 && coming.Median < 5;
    }

    private static bool Filters(Report report)
    {
        var store = new ObjectStore(TimeProvider.System, []);
        using var writer = store.Open(MadePool.Uuid);
        writer.ApplyListing(new MadePool(10_000).Objects());
        var picture = writer.Picture;
        var (first, texts) = FirstSearch(picture);
        var rows = new List<string[]> { new[] { "filter", "found", "measured", "wanted" } };
        var isWell = true;
        foreach (var text in new[]
        {
            "accounts", "\"vm 77\"", "nowhere", "power_state:running tags:prod", "|(name_label:\"vm 1\" memory:>8GiB) !tags:test", "name_label:/^vm \\d*7 /i",
            "name_label:*7*department", "ip:10.0.3.", "os:debian host:xen1", "type:VM",
        })
        {
            if (!Filter.TryParse(text, XapiClass.Vm, out var filter, out var error))
                throw new InvalidOperationException(error.Message);
            var found = 0;
            var times = Measure(_ => filter, f => found = picture.All<Vm>().Count(f.On(picture)));
            rows.Add([$"`{text.Replace("|", "\\|", StringComparison.Ordinal)}`", found.ToString(CultureInfo.InvariantCulture), Text(times), "≤ 5 ms"]);
            isWell &= times.Median < 5;
        }

        report.Section("filter", $"10 000 VMs; processor time, medians of {Rounds}, in brackets the slowest.");
        report.Table([.. rows]);
        report.Line($"The first search for a bare word lays the texts of VMs and guests end to end: {first.TotalMilliseconds:0.0} ms ({10_000} VMs, the compiler's work included), "
            + $"kept as {texts:0} bytes a VM; what changes is laid anew in pieces of 128 objects.");
        return isWell;
    }

    private static (TimeSpan Time, double BytesOfVm) FirstSearch(PoolPicture picture)
    {
        _ = Filter.TryParse("nowhere", XapiClass.Vm, out var filter, out _);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var start = ThreadClock.Now;
        _ = picture.All<Vm>().Count(filter!.On(picture));
        var time = ThreadClock.Now - start;
        return (time, (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)picture.CountOf(XapiClass.Vm));
    }

    private static ObjectUpdate Changed(ObjectStore store, int i, int turn) =>
        ObjectUpdate.Present((Vm)store.Current.Pools[0].Get(MadePool.Vm(i, 0).Ref)! with { NameDescription = $"turn {turn}" });

    /// <summary>One reader looks things up as fast as it can while the writer applies batch after batch.</summary>
    private static (double Rate, TimeSpan Slowest) Readers(ObjectStore store, PoolWriter writer)
    {
        var isDone = false;
        var (lookups, slowest) = (0L, TimeSpan.Zero);
        var uuids = store.Current.Pools[0].All<Vm>().Select(v => v.Uuid).Take(10_000).ToArray();
        var reader = new Thread(() =>
        {
            while (!Volatile.Read(ref isDone))
            {
                for (var i = 0; i < uuids.Length; i++)
                {
                    var start = Stopwatch.GetTimestamp();
                    if (store.Current.Find(new ObjectKey(MadePool.Uuid, uuids[i])) is null)
                        throw new InvalidOperationException("an object vanished");
                    var took = Stopwatch.GetElapsedTime(start);
                    slowest = took > slowest ? took : slowest;
                    lookups++;
                }
            }
        });
        var watch = Stopwatch.StartNew();
        reader.Start();
        for (var turn = 1000; turn < 1100; turn++)
            writer.Apply(Enumerable.Range(0, 1000).Select(i => Changed(store, i * 50, turn)));
        Volatile.Write(ref isDone, true);
        reader.Join();
        return (lookups / watch.Elapsed.TotalSeconds, slowest);
    }

    /// <summary>Processor time of this thread, so that other work on the machine does not count.</summary>
    private static (double Median, double Slowest) Measure<T>(Func<int, T> prepare, Action<T> work)
    {
        var times = new List<double>();
        for (var turn = 1; turn <= Rounds + 20; turn++)
        {
            var input = prepare(turn);
            var start = ThreadClock.Now;
            work(input);
            if (turn > 20)
                times.Add((ThreadClock.Now - start).TotalMilliseconds);
        }

        times.Sort();
        return (times[times.Count / 2], times[^1]);
    }

    private static string Text((double Median, double Slowest) times) => $"{times.Median:0.00} ms ({times.Slowest:0.00})";
}
