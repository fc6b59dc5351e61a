using System.Diagnostics;
using System.Globalization;
using XoBlazor.Core.Journal;
using XoBlazor.Core.Journal.Storage.Sqlite;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Journal;

/// <summary>Kills a writing process again and again; the journal opens again, is whole, in order, and misses at most the last second.</summary>
public sealed class JournalCrashTests
{
    private static readonly TimeSpan s_promise = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task KilledAtRandomMoments_OpenedAgain_MissesAtMostASecondAndKeepsOrder()
    {
        var token = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("xo-journal-crash-").FullName;
        using var run = LongRun.Seeded(usual: 20, many: 200);
        var random = new Random(run.Seed);
        long first = 0;
        try
        {
            for (var kill = 0; kill < run.Rounds; kill++)
            {
                var log = await RunAndKillAsync(folder, first, TimeSpan.FromMilliseconds(random.Next(20, 2200)), token);
                await CheckAsync(folder, log, token);
                first = log.Lines.Count > 0 ? log.Lines[^1].Change + 1 : first;
            }

            Assert.True(first > run.Rounds, "The child hardly wrote anything; the test tested nothing.");
            await CheckWholeAsync(folder, token);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <param name="Starved">How long the child's threads were ready to run and the machine gave them no time; the promise cannot count that.</param>
    private sealed record ChildLog(List<(long Change, DateTimeOffset Time)> Lines, DateTimeOffset KilledAt, TimeSpan Starved);

    private static async Task<ChildLog> RunAndKillAsync(string folder, long first, TimeSpan life, CancellationToken token)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(JournalCrashTests).Assembly.Location]) { RedirectStandardOutput = true };
        // The killed process could not remove its diagnostic sockets.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment[JournalCrashChild.FolderVariable] = folder;
        start.Environment[JournalCrashChild.FirstVariable] = first.ToString(CultureInfo.InvariantCulture);
        using var child = Process.Start(start)!;
        var lines = new List<(long, DateTimeOffset)>();
        var starved = TimeSpan.Zero;
        try
        {
            using var patience = Patience.Source();
            await ReadAsync(child, lines, 1, patience.Token);
            using var end = new CancellationTokenSource(life);
            try
            {
                await ReadAsync(child, lines, int.MaxValue, end.Token);
            }
            catch (OperationCanceledException)
            {
                // Its time has come.
            }
        }
        finally
        {
            starved = WaitOfThreads(child.Id);
            child.Kill();
        }

        var killedAt = TimeProvider.System.GetUtcNow();
        await child.WaitForExitAsync(token);
        await ReadAsync(child, lines, int.MaxValue, token);
        return new(lines, killedAt, starved);
    }

    private static TimeSpan WaitOfThreads(int process) => Directory.GetDirectories($"/proc/{process}/task").Aggregate(TimeSpan.Zero, (sum, thread) =>
    {
        try
        {
            // Time on a processor, time waiting for one (both in nanoseconds), turns.
            var wait = long.Parse(File.ReadAllText(Path.Combine(thread, "schedstat")).Split(' ')[1], CultureInfo.InvariantCulture);
            return sum + TimeSpan.FromMicroseconds(wait / 1000);
        }
        catch (IOException)
        {
            // The thread has just ended.
            return sum;
        }
    });

    private static async Task ReadAsync(Process child, List<(long, DateTimeOffset)> lines, int most, CancellationToken token)
    {
        for (; most > 0 && await child.StandardOutput.ReadLineAsync(token) is { } line; most--)
            if (line.Split(' ') is [var change, var ticks] && ticks.Length == 18)
                lines.Add((long.Parse(change, CultureInfo.InvariantCulture), new(long.Parse(ticks, CultureInfo.InvariantCulture), TimeSpan.Zero)));
    }

    private static async Task CheckAsync(string folder, ChildLog log, CancellationToken token)
    {
        await using var storage = new SqliteJournalStorage(folder, new PartitionLimits(2000, long.MaxValue, long.MaxValue), TimeProvider.System);
        Assert.Null(await storage.OpenAsync(token));

        var page = await storage.ChangesAsync(new() { Limit = 1000 }, token);
        var recorded = page.Entries.Where(e => e.Kind != EntryKind.Marker).Select(e => long.Parse(
            e.Fields.Single(f => f.Field == "name_description").New!.Trim('"'), CultureInfo.InvariantCulture)).DefaultIfEmpty(-1).Max();

        var lost = log.Lines.Where(l => l.Change > recorded && l.Time < log.KilledAt - s_promise - log.Starved).ToList();
        Assert.True(lost.Count == 0,
            $"{lost.Count} changes older than a second are lost; the oldest was seen {(log.KilledAt - lost.FirstOrDefault().Time).TotalMilliseconds:0} ms before the kill, of which the machine was busy for {log.Starved.TotalMilliseconds:0} ms");
    }

    /// <summary>Every object's entries join without a break, events are in order, and the last state is what the entries say.</summary>
    private static async Task CheckWholeAsync(string folder, CancellationToken token)
    {
        await using (var storage = new SqliteJournalStorage(folder, new PartitionLimits(2000, long.MaxValue, long.MaxValue), TimeProvider.System))
        {
            await storage.OpenAsync(token);
            for (var number = 0; number < JournalCrashChild.Objects; number++)
            {
                var key = new ObjectKey(JournalCrashChild.PoolUuid, JournalCrashChild.State(number).Uuid);
                var entries = await TimelineAsync(storage, key, token);
                Assert.Equal(EntryKind.Added, entries[0].Kind);
                for (var i = 1; i < entries.Count; i++)
                {
                    Assert.True(entries[i].Position > entries[i - 1].Position && entries[i].Time >= entries[i - 1].Time);
                    Assert.Equal(Description(entries[i - 1]).New, Description(entries[i]).Old);
                    Assert.True(Number(Description(entries[i]).New!) > Number(Description(entries[i - 1]).New!));
                }

                var state = (await storage.StatesAsync(key, [DateTimeOffset.MaxValue.AddDays(-1)], token))[0]!;
                Assert.Equal(Description(entries[^1]).New, System.Text.Encoding.UTF8.GetString(state.Fields.Last(f => f.Name == "name_description").Json.Span));
            }
        }

        using var database = new SqliteDatabase(Path.Combine(folder, "journal.db"), isReadOnly: true);
        var check = database.Statement("PRAGMA integrity_check");
        Assert.True(check.Step());
        Assert.Equal("ok", check.Text(0));
    }

    private static async Task<List<JournalEntry>> TimelineAsync(SqliteJournalStorage storage, ObjectKey key, CancellationToken token)
    {
        var entries = new List<JournalEntry>();
        for (JournalPage? page = null; page is null || page.Next is not null;)
        {
            page = await storage.TimelineAsync(key, page?.Next, 500, token);
            entries.AddRange(page.Entries.Where(e => e.Kind != EntryKind.Marker));
        }

        entries.Reverse();
        return entries;
    }

    private static FieldDifference Description(JournalEntry entry) => entry.Fields.Single(f => f.Field == "name_description");

    private static long Number(string json) => long.Parse(json.Trim('"'), CultureInfo.InvariantCulture);
}
