using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using XoBlazor.Core.Journal;
using XoBlazor.Core.Journal.Storage.Sqlite;
using XoBlazor.Core.Store;

namespace XoBlazor.Benchmarks.Journal;

/// <summary>
/// Builds a journal of ten million entries over 60 000 objects through the recorder, then asks every question of it with a fresh recorder
/// (nothing shared with a live picture, all states from disk; the file in the system's cache as far as it fits) and runs a steady load on top.
/// </summary>
internal sealed class JournalBenchmark(string folder, long rows)
{
    private const int BatchChanges = 100;
    private const int Rounds = 40;

    // 60 000 objects: one pool of 8 000 VMs and ten of 400.
    private readonly BusyPools _pools = new([8_000, .. Enumerable.Repeat(400, 10)]);
    private readonly Report _report = new("journal", "The journal at ten million entries");
    private readonly List<string[]> _times = [["question", "median ms", "worst ms", "CPU ms each", "asked"]];
    private readonly DateTimeOffset _start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
    private DateTimeOffset _end;
    private string[] _words = [];

    public static async Task<int> RunAsync(string[] args)
    {
        var rows = args.Length > 0 ? long.Parse(args[0], CultureInfo.InvariantCulture) : 10_000_000;
        if (args is [_, var kept, .. var words])
        {
            await new JournalBenchmark(kept, rows).AskKeptAsync(words, CancellationToken.None);
            return 0;
        }

        var folder = Path.Combine(Path.GetTempPath(), $"xo-journal-benchmark-{Environment.ProcessId}");
        try
        {
            await new JournalBenchmark(folder, rows).RunAsync(CancellationToken.None);
            return 0;
        }
        finally
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Asks a journal that stays in its folder, and is made there if it is not; of the questions only those that hold one of the words.</summary>
    private async Task AskKeptAsync(string[] words, CancellationToken token)
    {
        _words = words;
        if (!Directory.Exists(folder))
            await BuildAsync(token);
        await AskAsync(token);
    }

    private async Task RunAsync(CancellationToken token)
    {
        _report.Section("Made", "One pool of 8 000 VMs and ten of 400; each VM with its metrics, guest metrics, disk and VBD. Half of all changes are metrics (thinning off), "
            + "the rest power changes, guest data, disks, names, tasks. Promised: a question in 200 ms, a whole pool in 1 s.");
        await BuildAsync(token);
        await AskAsync(token);
        await LiveAsync(token);
        _report.Save();
    }

    private async Task BuildAsync(CancellationToken token)
    {
        await using var storage = new SqliteJournalStorage(Options, TimeProvider.System);
        using var recorder = Recorder(storage);
        await recorder.OpenAsync(token);
        var time = _start;
        var (watch, cpu) = (Stopwatch.StartNew(), Process.GetCurrentProcess().TotalProcessorTime);
        foreach (var listing in _pools.Listings(time))
            recorder.Observe(listing);
        await recorder.FlushAsync(token);
        var first = _pools.Pools.Sum(p => p.Objects);
        Line($"First reading: {first} objects in {watch.Elapsed.TotalSeconds:0.0} s, {(Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds:0.0} CPU-s, "
            + $"{(await storage.MeasureAsync(token)).Size / first} bytes each");

        (watch, cpu) = (Stopwatch.StartNew(), Process.GetCurrentProcess().TotalProcessorTime);
        for (long done = first; done < rows; done += BatchChanges)
        {
            time += TimeSpan.FromMilliseconds(500);
            recorder.Observe(_pools.Live(time, BatchChanges));
            if (done / BatchChanges % 100 == 0)
                await recorder.FlushAsync(token);
            if (done / BatchChanges % 10_000 == 0)
                await Console.Error.WriteLineAsync($"{done} rows, {watch.Elapsed.TotalSeconds:0} s");
        }

        await recorder.FlushAsync(token);
        _end = time;
        var measure = await storage.MeasureAsync(token);
        var seconds = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds;
        Line($"Entries: {measure.Rows}, file {measure.Size >> 20} MiB, **{measure.Size / (double)measure.Rows:0} bytes per entry** (key frames, indexes and words included)");
        Line($"Written at **{(rows - first) / watch.Elapsed.TotalSeconds:0} entries/s** in commits of 10 000, {seconds / (rows - first) * 1e6:0} CPU-µs per entry (making the load included), "
            + $"so 200 changes/s cost {seconds / (rows - first) * 200 * 100:0.0} % of a core");
    }

    private async Task AskAsync(CancellationToken token)
    {
        await using var storage = new SqliteJournalStorage(Options, TimeProvider.System);
        using var recorder = Recorder(storage);
        var open = Stopwatch.StartNew();
        await recorder.OpenAsync(token);
        Line($"Opened in {open.Elapsed.TotalMilliseconds:0} ms.");
        _end = (await storage.MeasureAsync(token)).Newest!.Value;
        _report.Section("Questions", "Asked of a freshly opened journal: all states come from disk, none from a live picture. CPU time counts all threads.");
        var reader = new JournalReader(storage, recorder);
        var random = new Random(3);
        var (big, small) = (_pools.Pools.First().Uuid, _pools.Pools.Last().Uuid);

        await TimeAsync("timeline of a VM, 100 entries", () => reader.ObjectTimelineAsync(_pools.AnyVm(), null, 100, token));
        await TimeAsync("changes of an hour, newest 100", () => reader.ChangesAsync(Hour(), token));
        await TimeAsync("changes of an hour, class VM", () => reader.ChangesAsync(Hour() with { Class = "VM" }, token));
        await TimeAsync("changes of an hour, class task in a pool", () => reader.ChangesAsync(Hour() with { Class = "task", Pool = small }, token));
        await TimeAsync("changes ever, class absent", () => reader.ChangesAsync(new() { Class = "SR" }, token));
        await TimeAsync("text in an hour, common word", () => reader.ChangesAsync(Hour() with { Text = "billing" }, token));
        await TimeAsync("text ever, common word and class", () => reader.ChangesAsync(new() { Text = "billing", Class = "VM" }, token));
        await TimeAsync("text ever, one VM's name", () => reader.ChangesAsync(new() { Text = $"vm-web-{random.Next(100_000)}" }, token));
        await TimeAsync("text ever, common words that never stand together (first piece of the answer)", () => reader.ChangesAsync(new() { Text = $"proxy-web-{random.Next(10, 99)}" }, token), 10);
        await TimeAsync("text ever, one digit", () => reader.ChangesAsync(new() { Text = $"{random.Next(10)}" }, token));
        await TimeAsync("text ever, found nowhere", () => reader.ChangesAsync(new() { Text = $"nowhere{random.Next(1000)}" }, token));
        await TimeAsync("text ever, two letters", () => reader.ChangesAsync(new() { Text = "qu" }, token));
        await TimeAsync("object as of a moment", () => reader.ObjectAsOfAsync(_pools.AnyVm(), Moment(), token));
        await TimeAsync("object, difference of two moments", () => reader.DifferenceAsync(_pools.AnyVm(), Moment(), Moment(), token));
        await TimeAsync($"pool of {_pools.Pools.Last().Objects} objects as of a moment", () => reader.PoolAsOfAsync(small, Moment(), token));
        await TimeAsync($"pool of {_pools.Pools.First().Objects} objects as of a moment", () => reader.PoolAsOfAsync(big, Moment(), token), 10);
        await TimeAsync($"pool of {_pools.Pools.Last().Objects} objects, difference of two moments", () => reader.DifferencesAsync(small, Moment(), Moment(), token), 10);
        await TimeAsync($"pool of {_pools.Pools.First().Objects} objects, difference over 10 minutes", () => Near(m => reader.DifferencesAsync(big, m, m.AddMinutes(10), token)), 5);
        await TimeAsync("activity of everything, 200 bars", () => reader.ActivityAsync(_start, _end, 200, null, null, token));
        await TimeAsync("activity of a pool, 200 bars", () => reader.ActivityAsync(_start, _end, 200, big, null, token));
        await TimeAsync("activity of an object, 200 bars", () => { var vm = _pools.AnyVm(); return reader.ActivityAsync(_start, _end, 200, vm.Pool, vm.Uuid, token); });

        _report.Table([.. _times]);

        DateTimeOffset Moment() => _start + (_end - _start) * random.NextDouble();
        Task Near(Func<DateTimeOffset, Task> ask) => ask(Moment());
        ChangesQuery Hour()
        {
            var from = Moment();
            return new() { From = from, To = from.AddHours(1) };
        }
    }

    /// <summary>The recorder's own loop with 200 changes a second on top of what is there.</summary>
    private async Task LiveAsync(CancellationToken token)
    {
        await using var storage = new SqliteJournalStorage(Options, TimeProvider.System);
        using var recorder = Recorder(storage);
        await recorder.OpenAsync(token);
        using var stop = new CancellationTokenSource();
        var running = recorder.RunAsync(stop.Token);
        foreach (var listing in _pools.Listings(_end))
            recorder.Observe(listing);
        while (recorder.State.Waiting > 0)
            await Task.Delay(100, token);

        _report.Section("Steady load", "The recorder's own loop, after the first reading was compared with the journal.");
        var (cpu, watch, worst) = (Process.GetCurrentProcess().TotalProcessorTime, Stopwatch.StartNew(), TimeSpan.Zero);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var i = 0; i < 200 && await timer.WaitForNextTickAsync(token); i++)
        {
            recorder.Observe(_pools.Live(TimeProvider.System.GetUtcNow(), 20));
            worst = recorder.State.Behind > worst ? recorder.State.Behind : worst;
        }

        var used = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds / watch.Elapsed.TotalSeconds;
        Line($"200 changes/s for {watch.Elapsed.TotalSeconds:0} s on top: {used * 100:0.0} % of a core, oldest waiting change {worst.TotalMilliseconds:0} ms, "
            + $"process {Environment.WorkingSet >> 20} MiB");
        await stop.CancelAsync();
        await running;
    }

    private async Task TimeAsync(string question, Func<Task> ask, int rounds = Rounds)
    {
        if (_words.Length > 0 && !_words.Any(w => question.Contains(w, StringComparison.Ordinal)))
            return;
        var times = new List<double>();
        var cpu = TimeSpan.Zero;
        for (var i = 0; i < rounds + 1; i++)
        {
            var watch = Stopwatch.StartNew();
            await ask();
            if (i == 0)
                cpu = Process.GetCurrentProcess().TotalProcessorTime;
            else
                times.Add(watch.Elapsed.TotalMilliseconds);
        }

        cpu = Process.GetCurrentProcess().TotalProcessorTime - cpu;
        times.Sort();
        _times.Add([question, Text(times[times.Count / 2]), Text(times[^1]), Text(cpu.TotalMilliseconds / rounds), rounds.ToString(CultureInfo.InvariantCulture)]);
        Console.Error.WriteLine(string.Join(" | ", _times[^1]));

        static string Text(double value) => value.ToString(value < 10 ? "0.0" : "0", CultureInfo.InvariantCulture);
    }

    private JournalOptions Options => new()
    {
        Folder = folder,
        RetentionAge = TimeSpan.FromDays(3650),
        RetentionSize = 64L << 30,
        QueueLength = 1_000_000,
        Thinning = [],
    };

    private JournalRecorder Recorder(SqliteJournalStorage storage) =>
        new(storage, Microsoft.Extensions.Options.Options.Create(Options), TimeProvider.System, NullLogger<JournalRecorder>.Instance);

    private void Line(string text)
    {
        _report.Line(text);
        Console.Error.WriteLine(text);
    }
}
