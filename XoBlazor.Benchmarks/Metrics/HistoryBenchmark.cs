using System.Diagnostics;
using System.Globalization;
using XoBlazor.Core.Metrics;
using XoBlazor.Core.Metrics.History;
using XoBlazor.Core.Store;

namespace XoBlazor.Benchmarks.Metrics;

/// <summary>A day of the history of figures of 500 hosts with 10 000 VMs: what it takes on the disk and of the processor, and how long a chart waits.</summary>
internal sealed class HistoryBenchmark(string folder)
{
    private const int Hosts = 500;
    private const int Vms = 10_000;
    private const int Storage = 100;
    private const int Day = 288;

    private readonly Report _report = new("history", "The history of figures: 500 hosts, 10 000 VMs");
    private readonly StoppedClock _clock = new();
    private readonly Random _random = new(11);

    public static int Run()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"xo-history-benchmark-{Environment.ProcessId}");
        try
        {
            new HistoryBenchmark(folder).Measure();
            return 0;
        }
        finally
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
    }

    private void Measure()
    {
        var options = new HistoryOptions { Folder = folder };
        using var history = new HistoryStore(options, _clock);
        history.Open();
        var things = Enumerable.Range(0, Hosts + Vms + Storage).Select(number => new Thing(number, _random)).ToList();
        var first = HistoryGrid.Fine.SlotOf(_clock.GetUtcNow().ToUnixTimeSeconds());
        var (writing, longest, cpu) = (TimeSpan.Zero, TimeSpan.Zero, Environment.CpuUsage.TotalTime);
        for (var at = 0; at < 2 * Day; at++)
        {
            foreach (var thing in things)
                history.Add(thing.Key, first + at, thing.Next(_random));
            _clock.Advance(TimeSpan.FromMinutes(5));
            var begun = Stopwatch.GetTimestamp();
            history.Pack();
            var took = Stopwatch.GetElapsedTime(begun);
            (writing, longest) = (writing + took, took > longest ? took : longest);
        }

        cpu = Environment.CpuUsage.TotalTime - cpu;
        _clock.Advance(TimeSpan.FromHours(7));
        history.Pack();
        var fine = Bytes("fine");
        var hourly = Bytes("hourly");
        var (oneDay, month) = (Time(history, things, 1), Time(history, things, 2));
        var perDay = (fine + hourly) / 2;

        _report.Section("a day", $"Two days of {Hosts} hosts, {Vms} VMs and {Storage} storage repositories whose load goes up and down with the hour and with noise, a tenth of the VMs off; figures of one day.");
        _report.Table(
            ["figure", "measured"],
            ["values for every five minutes", Text(fine / 2.0 / (1 << 20)) + " MiB a day"],
            ["values for every hour", Text(hourly / 2.0 / (1 << 20)) + " MiB a day"],
            ["together, an object", Text(perDay / (double)things.Count) + " bytes a day"],
            ["kept by default (30 days and 13 months)", Text(((fine / 2.0 * 30) + (hourly / 2.0 * 396)) / (1 << 30)) + " GiB"],
            ["processor time", Text(cpu.TotalSeconds / 2) + " s a day, the making of the figures included"],
            ["writing, on the clock", Text(writing.TotalSeconds / 2) + " s a day"],
            ["the longest write", Text(longest.TotalSeconds) + " s, in slices"],
            ["a VM's last day is read in", Text(oneDay.TotalMilliseconds) + " ms"],
            ["a VM's two days of hours are read in", Text(month.TotalMilliseconds) + " ms"]);
        _report.Save();
    }

    private TimeSpan Time(HistoryStore history, List<Thing> things, int days)
    {
        const int Rounds = 200;
        var end = _clock.GetUtcNow().ToUnixTimeSeconds();
        var begun = Stopwatch.GetTimestamp();
        for (var round = 0; round < Rounds; round++)
            history.Read(things[_random.Next(Hosts, Hosts + Vms)].Key, end - (days * 86400), end, isHourly: days > 1);
        return Stopwatch.GetElapsedTime(begun) / Rounds;
    }

    private long Bytes(string table)
    {
        using var database = new Core.Journal.Storage.Sqlite.SqliteDatabase(Path.Combine(folder, "metrics.db"), isReadOnly: true);
        return database.Scalar($"SELECT sum(length(data) + 12) FROM {table}");
    }

    private static string Text(double value) => value.ToString(value >= 100 ? "0" : "0.##", CultureInfo.InvariantCulture);

    /// <summary>An object whose figures go on from one moment to the next.</summary>
    private sealed class Thing(int number, Random random)
    {
        private readonly bool _isOff = random.Next(10) == 0;
        private readonly float _memory = (1 << random.Next(6)) * (float)(1L << 30);
        private readonly double _busy = Math.Pow(random.NextDouble(), 3);
        private double _used = random.NextDouble();
        private int _at;

        public HistoryKey Key { get; } = new(
            number < Hosts ? MetricsOwner.Host : number < Hosts + Vms ? MetricsOwner.Vm : MetricsOwner.Sr,
            new ObjectKey("00000000-0000-4000-8000-000000000001", new Guid(number + 1, 7, 7, new byte[8]).ToString()));

        public float[] Next(Random random)
        {
            var hour = 1 + (0.6 * Math.Sin(_at++ / 288.0 * 2 * Math.PI));
            _used = Math.Clamp(_used + ((random.NextDouble() - 0.5) / 200), 0.05, 0.98);
            if (Key.Owner == MetricsOwner.Sr)
                return [(float)(_used * (1L << 44)), 1L << 44];
            if (_isOff && Key.Owner == MetricsOwner.Vm)
                return [.. Enumerable.Repeat(float.NaN, 7)];
            return [Noisy(0.6), _memory, (float)(_memory * _used), Noisy(3e7), Noisy(2e7), Noisy(4e6), Noisy(3e6)];

            float Noisy(double most) => (float)(most * _busy * hour * (0.7 + (0.6 * random.NextDouble())));
        }
    }

    /// <summary>Time goes on when it is told to.</summary>
    private sealed class StoppedClock : TimeProvider
    {
        private DateTimeOffset _now = DateTimeOffset.FromUnixTimeSeconds(1_795_392_000);

        public override DateTimeOffset GetUtcNow() => _now;

        public void Advance(TimeSpan time) => _now += time;
    }
}
