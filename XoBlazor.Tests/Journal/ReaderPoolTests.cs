using XoBlazor.Core.Journal.Storage.Sqlite;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Journal;

/// <summary>Questions to the journal while it closes.</summary>
public sealed class ReaderPoolTests
{
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
}
