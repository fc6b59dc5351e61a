using System.Collections.Concurrent;

namespace XoBlazor.Core.Journal.Storage.Sqlite;

/// <summary>
/// Lends reading connections; a few are kept open. Work runs off the caller's thread and ends soon after a cancellation, or when the pool is closed.
/// </summary>
internal sealed class ReaderPool(string path) : IDisposable
{
    private const int Kept = 4;
    private const int AtOnce = 8;

    private readonly ConcurrentBag<SqliteDatabase> _idle = [];
    private readonly SemaphoreSlim _permits = new(AtOnce);
    private readonly StorageCache _cache = new();
    private readonly CancellationTokenSource _closing = new();

    /// <summary>Set when a reader met damage; the writer then has the storage opened anew.</summary>
    public bool HasSeenDamage { get; private set; }

    public async Task<T> ReadAsync<T>(Func<ReadSession, T> question, CancellationToken token)
    {
        await _permits.WaitAsync(token);
        try
        {
            return await Task.Run(() => Read(question, token), token);
        }
        finally
        {
            _permits.Release();
        }
    }

    /// <summary>Work on a bare connection outside a transaction.</summary>
    public async Task RunAsync(Action<SqliteDatabase> work, CancellationToken token)
    {
        await _permits.WaitAsync(token);
        try
        {
            await Task.Run(() =>
            {
                using var database = Open();
                using var cancellation = token.Register(database.Interrupt);
                using var closing = _closing.Token.Register(database.Interrupt);
                work(database);
            }, token);
        }
        finally
        {
            _permits.Release();
        }
    }

    /// <summary>Has what is under way end and waits for it: afterwards no connection is open. Whoever still comes is refused.</summary>
    public void Dispose()
    {
        _closing.Cancel();
        for (var permit = 0; permit < AtOnce; permit++)
            _permits.Wait();
        while (_idle.TryTake(out var database))
            database.Dispose();
        _permits.Release(AtOnce);
    }

    private T Read<T>(Func<ReadSession, T> question, CancellationToken token)
    {
        var database = _idle.TryTake(out var kept) ? kept : Open();
        var isSound = false;
        try
        {
            using var cancellation = token.Register(database.Interrupt);
            using var closing = _closing.Token.Register(database.Interrupt);
            using var session = new ReadSession(database, _cache);
            var answer = question(session);
            isSound = true;
            return answer;
        }
        catch (JournalDamagedException)
        {
            HasSeenDamage = true;
            throw;
        }
        finally
        {
            if (isSound && !database.IsInterrupted && _idle.Count < Kept)
                _idle.Add(database);
            else
                database.Dispose();
        }
    }

    private SqliteDatabase Open()
    {
        ObjectDisposedException.ThrowIf(_closing.IsCancellationRequested, this);
        var database = new SqliteDatabase(path, isReadOnly: true);
        database.Execute(SqliteSchema.ReaderSettings);
        return database;
    }
}
