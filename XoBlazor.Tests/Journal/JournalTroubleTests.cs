using System.Diagnostics;
using System.Security.Cryptography;
using XoBlazor.Core.Journal;
using XoBlazor.Core.Journal.Storage;
using XoBlazor.Core.Journal.Storage.Sqlite;
using XoBlazor.Core.Model;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Journal;

/// <summary>Disks that refuse, stand still or lie; folders that cannot be used; files that are damaged.</summary>
public sealed class JournalTroubleTests
{
    private const int Changes = 12_000;

    private static readonly DateTimeOffset s_start = JournalHome.Start;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DiskRefuses_ThenAgrees_SaysSoAndWritesEverything()
    {
        FailingStorage disk = null!;
        await using var home = new JournalHome(wrap: s => disk = new FailingStorage(s));
        await home.OpenAsync();
        var pool = new LivePool("pool");
        disk.Failure = new JournalDiskException("The disk is full.");

        var writing = home.WriteAsync(pool.Put(s_start, Network(1, "one")), pool.Put(s_start.AddSeconds(1), Network(1, "two")));
        await disk.Refused.WaitAsync(Patience.Limit, Token);
        var trouble = home.Recorder.State;
        disk.Failure = null;
        await AdvanceUntilAsync(home, writing);

        Assert.Equal("The disk is full.", trouble.Error);
        Assert.Null(home.Recorder.State.Error);
        Assert.Equal(0, home.Recorder.State.Dropped);
        Assert.Equal([EntryKind.Modified, EntryKind.Added], (await home.Reader.ChangesAsync(new(), Token)).Entries.Select(e => e.Kind));
    }

    [Fact]
    public async Task Flush_BySeveralAtOnce_WritesEverythingOnceInOrder()
    {
        await using var home = new JournalHome();
        await home.OpenAsync();
        var pool = new LivePool("pool");
        var writers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                lock (pool)
                    home.Recorder.Observe(pool.Put(s_start, Network(1, $"name {pool.Objects.Count}") with { NameDescription = Noise(40) }));
                await home.Recorder.FlushAsync(Token);
            }
        }, Token));

        await Task.WhenAll(writers);

        Assert.Null(home.Recorder.State.Notice);
        Assert.Equal(400, (await home.Reader.ChangesAsync(new() { Limit = 1000 }, Token)).Entries.Length);
    }

    [Fact]
    public async Task DiskStandsStill_QueueIsFull_DropsWhatIsBetweenAndMarksTheGap()
    {
        FailingStorage disk = null!;
        await using var home = new JournalHome(configure: o => o.QueueLength = 1000, wrap: s => disk = new FailingStorage(s));
        await home.OpenAsync();
        var pool = new LivePool("pool");
        var agreed = new TaskCompletionSource();
        disk.Ready = agreed.Task;
        var writing = home.WriteAsync(pool.Put(s_start, Network(1, "before")));

        for (var i = 1; i <= 5000; i++)
            home.Recorder.Observe(pool.Put(s_start.AddSeconds(i), Network(1 + i % 2, $"name {i}")));
        var behind = home.Recorder.State;
        agreed.SetResult();
        await writing;

        Assert.InRange(behind.Waiting, 1000, 1010);
        Assert.InRange(home.Recorder.State.Dropped, 3990, 4000);
        Assert.Equal(0, home.Recorder.State.Waiting);
        var marker = Assert.Single((await home.Reader.ObjectTimelineAsync(new("pool", Uuid(1)), null, 1000, Token)).Entries, e => e.Kind == EntryKind.Marker).Marker!;
        Assert.Equal((MarkerKind.Gap, home.Recorder.State.Dropped), (marker.Kind, marker.Dropped));
        Assert.Equal("name 5000", ((Network)(await home.Reader.ObjectAsOfAsync(new("pool", Uuid(1)), s_start.AddHours(2), Token))!.Object).NameLabel);
        Assert.Equal("name 4999", ((Network)(await home.Reader.ObjectAsOfAsync(new("pool", Uuid(2)), s_start.AddHours(2), Token))!.Object).NameLabel);
        Assert.Equal(EntryOrigin.AfterGap, (await home.Reader.ChangesAsync(new() { Limit = 1 }, Token)).Entries[0].Origin);
    }

    [Fact]
    public async Task FirstReadingFindsQueueFull_ObjectsGoneMeanwhile_AreRemovedAllTheSame()
    {
        FailingStorage disk = null!;
        await using var home = new JournalHome(configure: o => o.QueueLength = 1000, wrap: s => disk = new FailingStorage(s));
        await home.OpenAsync();
        var (pool, other) = (new LivePool("pool"), new LivePool("other"));
        await home.WriteAsync(pool.Put(s_start, Network(1, "kept"), Network(2, "gone")));
        await home.ReopenAsync();
        pool.Remove(s_start, Network(2, "gone"));
        var agreed = new TaskCompletionSource();
        disk.Ready = agreed.Task;
        var writing = home.WriteAsync(other.Put(s_start, Network(3, "other")));
        home.Recorder.Observe(other.Put(s_start.AddSeconds(1), [.. Enumerable.Range(10, 1000).Select(i => Network(i, "many"))]));

        home.Recorder.Observe(pool.List(s_start.AddSeconds(2)));
        agreed.SetResult();
        await writing;

        var picture = await home.Reader.PoolAsOfAsync("pool", s_start.AddHours(1), Token);
        Assert.Equal("kept", ((Network)Assert.Single(picture.OfClass(XapiClass.Network)).Object).NameLabel);
    }

    [Fact]
    public async Task RealDiskFull_SpaceIsMade_Recovers()
    {
        var mount = Directory.CreateTempSubdirectory("xo-journal-full-").FullName;
        if (!Environment.IsPrivilegedProcess || await RunAsync("mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", mount) != 0)
        {
            Directory.Delete(mount);
            Assert.Skip("A small file system cannot be mounted here; that needs root.");
        }
        try
        {
            await using var home = new JournalHome(configure: o => o.Folder = Path.Combine(mount, "journal"));
            await home.OpenAsync();
            var pool = new LivePool("pool");
            await home.WriteAsync(pool.Put(s_start, Network(0, "before")));
            var filler = Path.Combine(mount, "filler");
            await FillAsync(filler);

            var writing = home.WriteAsync([.. Enumerable.Range(1, 400).Select(i => pool.Put(s_start.AddSeconds(i), Network(i, Noise(2000))))]);
            while (home.Recorder.State.Error is null && !writing.IsCompleted)
                await Task.Yield();
            var error = home.Recorder.State.Error;
            File.Delete(filler);
            await AdvanceUntilAsync(home, writing);

            Assert.Contains("full", error, StringComparison.OrdinalIgnoreCase);
            Assert.Null(home.Recorder.State.Error);
            Assert.Equal(401, (await home.Reader.PoolAsOfAsync("pool", s_start.AddDays(1), Token)).Count);
        }
        finally
        {
            await RunAsync("umount", mount);
            Directory.Delete(mount);
        }
    }

    [Fact]
    public async Task FolderCannotBeMade_Open_SaysWhichAndWhatToDo()
    {
        var file = Path.GetTempFileName();
        await using var storage = new SqliteJournalStorage(new JournalOptions { Folder = Path.Combine(file, "journal") }, TimeProvider.System);

        var failure = await Assert.ThrowsAsync<JournalDiskException>(async () => await storage.OpenAsync(Token));

        Assert.Contains(Path.Combine(file, "journal"), failure.Message, StringComparison.Ordinal);
        File.Delete(file);
    }

    [Fact]
    public async Task FolderInUse_OpenedASecondTime_SaysSo()
    {
        await using var home = new JournalHome();
        await home.OpenAsync();
        await using var second = new SqliteJournalStorage(home.Options, TimeProvider.System);

        var failure = await Assert.ThrowsAsync<JournalDiskException>(async () => await second.OpenAsync(Token));

        Assert.Contains("in use by another process", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FileIsNoJournal_Open_SetsItAsideAndBeginsAnew()
    {
        await using var home = new JournalHome();
        await File.WriteAllTextAsync(Path.Combine(home.Folder, "journal.db"), "this was never a database " + new string('x', 5000), Token);

        await home.OpenAsync();

        await home.WriteAsync(new LivePool("pool").Put(s_start, Network(1, "one")));
        Assert.Contains("set aside", home.Recorder.State.Notice, StringComparison.Ordinal);
        Assert.Single((await home.Reader.ChangesAsync(new(), Token)).Entries);
        Assert.StartsWith("this was never", await File.ReadAllTextAsync(Directory.GetFiles(home.Folder, "journal.db", SearchOption.AllDirectories).Single(f => f.Contains("damaged-", StringComparison.Ordinal)), Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.75, false)]
    [InlineData(0.9, false)]
    [InlineData(0.6, true)]
    public async Task FileIsCutOffOrOverwritten_OpenAndWrite_SavesWhatIsWholeAndGoesOn(double where, bool isOverwritten)
    {
        await using var home = new JournalHome(new PartitionLimits(500, long.MaxValue, long.MaxValue));
        await home.OpenAsync();
        var pool = new LivePool("pool");
        for (var i = 0; i < 3000; i++)
            home.Recorder.Observe(pool.Put(s_start.AddSeconds(i), Network(i % 50, $"name {i}") with { NameDescription = Noise(40) }));
        await home.WriteAsync();
        await home.Storage.DisposeAsync();
        await using (var file = new FileStream(Path.Combine(home.Folder, "journal.db"), FileMode.Open))
        {
            var at = (long)(file.Length * where) / 4096 * 4096;
            if (isOverwritten)
            {
                file.Position = at;
                file.Write(RandomNumberGenerator.GetBytes(20 * 4096));
            }
            else
                file.SetLength(at);
        }

        await home.ReopenAsync();
        await TouchEverythingAsync(home);
        await home.WriteAsync(pool.List(s_start.AddHours(1)));
        await home.WriteAsync(pool.Put(s_start.AddHours(2), Network(7, "after the damage")));

        Assert.Contains("damaged-", home.Recorder.State.Notice, StringComparison.Ordinal);
        var picture = await home.Reader.PoolAsOfAsync("pool", s_start.AddHours(3), Token);
        Assert.Equal(pool.Objects.Values.Cast<Network>().Select(n => n.NameLabel).Order(), picture.OfClass(XapiClass.Network).Select(n => ((Network)n.Object).NameLabel).Order());
        Assert.InRange((await home.Storage.MeasureAsync(Token)).Rows, 200, 3200);
    }

    [Theory]
    [InlineData(0.5, 0.4)]
    [InlineData(0.7, 0.6)]
    public async Task FileIsCutOff_Open_SavesWhatLiesBeforeTheCut(double where, double least)
    {
        await using var home = new JournalHome(new PartitionLimits(4000, long.MaxValue, long.MaxValue));
        await home.OpenAsync();
        var (pool, naive) = (new LivePool("pool"), new NaiveJournal());
        for (var i = 0; i < Changes; i++)
        {
            var batch = pool.Put(s_start.AddSeconds(i), Network(i * 7 % 500, $"name {i}") with { NameDescription = Noise(40) });
            naive.Take(batch);
            home.Recorder.Observe(batch);
            if (i % 200 == 0)
                await home.WriteAsync();
        }

        await home.WriteAsync();
        await home.Storage.DisposeAsync();
        await using (var file = new FileStream(Path.Combine(home.Folder, "journal.db"), FileMode.Open))
            file.SetLength((long)(file.Length * where) / 4096 * 4096);

        await home.ReopenAsync();

        var entries = new List<JournalEntry>();
        for (JournalPage? page = null; page is null || page.Next is not null; entries.AddRange(page.Entries))
            page = await home.Reader.ChangesAsync(new() { Limit = 1000, Cursor = page?.Next }, Token);
        var (from, to) = (s_start.AddSeconds(-1), s_start.AddSeconds(Changes));
        var counted = (await home.Reader.ActivityAsync(from, to, 2, "pool", null, Token)).Sum(b => b.Entries);
        var early = s_start.AddSeconds(Changes * least / 2);
        var expected = naive.AsOf("pool", early);
        var picture = await home.Reader.PoolAsOfAsync("pool", early, Token);
        Assert.InRange(entries.Count, Changes * least, Changes);
        Assert.Equal(entries.Count, counted);
        var whole = picture.All.Count(o => !NaiveJournal.Differences(expected[(o.Object.Class, o.Object.Uuid)].After, o.Object).Any());
        Assert.InRange(whole, 400, 500);
    }

    [Fact]
    public async Task Backup_WhileWriting_IsAJournalOfItsOwn()
    {
        await using var home = new JournalHome();
        await home.OpenAsync();
        var pool = new LivePool("pool");
        await home.WriteAsync(pool.Put(s_start, Network(1, "one")));
        var folder = Path.Combine(home.Folder, "copy");

        await home.Reader.BackupToAsync(folder, Token);

        await home.WriteAsync(pool.Put(s_start.AddSeconds(1), Network(1, "two")));
        await using var copy = new SqliteJournalStorage(new JournalOptions { Folder = folder }, TimeProvider.System);
        await copy.OpenAsync(Token);
        Assert.Equal("one", Assert.Single((await copy.ChangesAsync(new(), Token)).Entries).Name);
        await Assert.ThrowsAsync<IOException>(() => home.Reader.BackupToAsync(folder, Token));
    }

    [Fact]
    public async Task ClockIsSetBack_AsOf_FollowsTheClockThatIsRight()
    {
        await using var home = new JournalHome();
        await home.OpenAsync();
        var pool = new LivePool("pool");

        await home.WriteAsync(pool.Put(s_start.AddYears(1), Network(1, "from the future")), pool.Put(s_start, Network(1, "now")));

        Assert.Equal("now", ((Network)(await home.Reader.ObjectAsOfAsync(new("pool", Uuid(1)), s_start.AddMinutes(1), Token))!.Object).NameLabel);
        Assert.Equal("now", ((Network)(await home.Reader.ObjectAsOfAsync(new("pool", Uuid(1)), s_start.AddYears(2), Token))!.Object).NameLabel);
    }

    private static async Task TouchEverythingAsync(JournalHome home)
    {
        try
        {
            for (JournalPage? page = null; page is null || page.Next is not null;)
                page = await home.Reader.ChangesAsync(new() { Limit = 1000, Cursor = page?.Next }, Token);
            await home.Reader.PoolAsOfAsync("pool", s_start.AddDays(1), Token);
        }
        catch (JournalDamagedException)
        {
            // A reader met the damage; the writer has the file set aside at its next write.
        }
    }

    private static async Task AdvanceUntilAsync(JournalHome home, Task done)
    {
        using var patience = Patience.Source();
        while (!done.IsCompleted)
        {
            patience.Token.ThrowIfCancellationRequested();
            home.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await done;
    }

    private static async Task FillAsync(string path)
    {
        await using var file = File.Create(path);
        try
        {
            while (true)
            {
                await file.WriteAsync(new byte[64 << 10], Token);
                await file.FlushAsync(Token);
            }
        }
        catch (IOException)
        {
            // Full, as wanted.
        }
    }

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.WaitForExitAsync(Token);
        return process.ExitCode;
    }

    private static Network Network(int number, string name) => new() { Uuid = Uuid(number), Ref = "OpaqueRef:" + number, NameLabel = name };

    private static string Uuid(int number) => new Guid(number + 1, 0, 0, new byte[8]).ToString();

    private static string Noise(int length) => Convert.ToHexString(RandomNumberGenerator.GetBytes(length));
}
