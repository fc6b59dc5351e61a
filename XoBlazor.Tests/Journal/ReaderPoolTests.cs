using SQLitePCL;
using XoBlazor.Core.Journal.Storage;
using XoBlazor.Core.Journal.Storage.Sqlite;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Journal;

/// <summary>Questions to the journal while it closes, and when its file seems to be damaged.</summary>
public sealed class ReaderPoolTests
{
    private const int Rows = 2_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Dispose_WithQuestionsUnderWay_EndsThemAndLeavesNothingOpen()
    {
        using var folder = new TempFolder();
        var file = folder.File("journal.db");
        using (var database = new SqliteDatabase(file, isReadOnly: false))
            database.Execute(SqliteSchema.WriterSettings);
        var pool = new ReaderPool(file);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var question = pool.RunAsync(Ask, TestContext.Current.CancellationToken);
        using var patience = Patience.Source();
        await begun.Task.WaitAsync(patience.Token);

        pool.Dispose();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => question);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => pool.RunAsync(_ => { }, patience.Token));
        Assert.DoesNotContain(Directory.EnumerateFiles("/proc/self/fd").Select(descriptor => new FileInfo(descriptor).LinkTarget), open => open?.StartsWith(folder.Path, StringComparison.Ordinal) == true);

        void Ask(SqliteDatabase database)
        {
            while (true)
            {
                database.Scalar("SELECT count(*) FROM sqlite_master");
                begun.TrySetResult();
            }
        }
    }

    [Fact]
    public async Task Damage_ThatNobodyElseFinds_FailsOneQuestionAndIsForgotten()
    {
        using var folder = new TempFolder();
        using var pool = new ReaderPool(Journal(folder));

        var refused = await Assert.ThrowsAsync<JournalDiskException>(() => pool.ReadAsync<int>(_ => throw SqliteFailure.Of(raw.SQLITE_CORRUPT, "database disk image is malformed"), Token));

        Assert.Contains("Ask again", refused.Message, StringComparison.Ordinal);
        Assert.False(pool.HasSeenDamage);
        Assert.Equal(Rows, await pool.ReadAsync(session => session.Database.Scalar("SELECT count(*) FROM names"), Token));
    }

    [Fact]
    public async Task Damage_ThatAFreshLookFinds_IsTold()
    {
        using var folder = new TempFolder();
        var file = Journal(folder);
        using var pool = new ReaderPool(file);
        using (var bytes = new FileStream(file, FileMode.Open))
        {
            bytes.Position = bytes.Length / 2;
            bytes.Write(new byte[8 * 4096]);
        }

        await Assert.ThrowsAsync<JournalDamagedException>(() => pool.ReadAsync<int>(_ => throw SqliteFailure.Of(raw.SQLITE_CORRUPT, "database disk image is malformed"), Token));

        Assert.True(pool.HasSeenDamage);
    }

    [Fact]
    public async Task Damage_OfTheFileItself_IsToldBeforeAnythingIsAsked()
    {
        using var folder = new TempFolder();
        var file = Journal(folder);
        using var pool = new ReaderPool(file);
        await File.WriteAllTextAsync(file, "this was never a journal, only a text that is long enough to be looked at", Token);

        await Assert.ThrowsAsync<JournalDamagedException>(() => pool.ReadAsync<int>(_ => throw new InvalidOperationException("Nothing can be asked."), Token));

        Assert.True(pool.HasSeenDamage);
    }

    [Fact]
    public async Task Damage_ThatIsAContradictionInWhatIsWritten_NeedsNoOther()
    {
        using var folder = new TempFolder();
        using var pool = new ReaderPool(Journal(folder));

        await Assert.ThrowsAsync<JournalDamagedException>(() => pool.ReadAsync(session => session.Object(7), Token));

        Assert.True(pool.HasSeenDamage);
    }

    /// <summary>A file with some pages.</summary>
    private static string Journal(TempFolder folder)
    {
        var file = folder.File("journal.db");
        using var database = new SqliteDatabase(file, isReadOnly: false);
        database.Execute(SqliteSchema.WriterSettings);
        SqliteSchema.Create(database);
        database.Execute("BEGIN");
        for (var i = 0; i < Rows; i++)
            database.Statement("INSERT INTO names (name) VALUES (?)").Bind(1, $"{i} {new string('x', 200)}").Run();
        database.Execute("COMMIT");
        return file;
    }
}
