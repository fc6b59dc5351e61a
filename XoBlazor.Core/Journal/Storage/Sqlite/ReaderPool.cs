using System.Collections.Concurrent;

namespace XoBlazor.Core.Journal.Storage.Sqlite;

/// <summary>
/// Lends reading connections; a few are kept open. Work runs off the caller's thread and ends soon after a cancellation, or when the pool is closed.
/// </summary>
internal sealed class ReaderPool(string path) : IDisposable
{
    private const int Kept = 4;
    private const int AtOnce = 8;
    private const int MostBeginnings = 3;

    private readonly ConcurrentBag<SqliteDatabase> _idle = [];
    private readonly SemaphoreSlim _permits = new(AtOnce);
    private readonly StorageCache _cache = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _checking = new();
    private volatile bool _hasSeenDamage;

    /// <summary>Set when a reader met damage, and a look through the file found it, too; the writer then has the storage opened anew.</summary>
    public bool HasSeenDamage => _hasSeenDamage;

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
        SqliteDatabase? database = null;
        var isSound = false;
        try
        {
            using var session = Begin(ref database, token);
            using var cancellation = token.Register(database!.Interrupt);
            using var closing = _closing.Token.Register(database.Interrupt);
            var answer = question(session);
            isSound = true;
            return answer;
        }
        catch (JournalDamagedException damage)
        {
            if (IsConfirmed(damage, token))
                throw;
            throw Unreadable(damage);
        }
        finally
        {
            if (isSound && !database!.IsInterrupted && _idle.Count < Kept)
                _idle.Add(database);
            else
                database?.Dispose();
        }
    }

    /// <summary>A look at the journal, over a kept connection or a new one. Damage that nobody else finds is no reason to give up: nothing was asked yet.</summary>
    private ReadSession Begin(ref SqliteDatabase? database, CancellationToken token)
    {
        for (var beginning = 1; ; beginning++)
        {
            try
            {
                database = _idle.TryTake(out var kept) ? kept : Open();
                return new ReadSession(database, _cache);
            }
            catch (JournalDamagedException damage) when (beginning < MostBeginnings && !IsConfirmed(damage, token))
            {
                database?.Dispose();
                database = null;
            }
        }
    }

    /// <summary>What one connection says of the file holds only if a fresh one finds it, too: setting the whole journal aside is no small thing.</summary>
    private bool IsConfirmed(JournalDamagedException damage, CancellationToken token)
    {
        if (!damage.IsToBeConfirmed)
            return _hasSeenDamage = true;
        lock (_checking)
        {
            if (_hasSeenDamage)
                return true;
            try
            {
                using var fresh = Open();
                using var cancellation = token.Register(fresh.Interrupt);
                using var closing = _closing.Token.Register(fresh.Interrupt);
                return _hasSeenDamage = !fresh.IsSound();
            }
            catch (JournalDamagedException)
            {
                return _hasSeenDamage = true;
            }
        }
    }

    private static JournalDiskException Unreadable(JournalDamagedException damage) =>
        new("The journal could not be read just now, though its file is sound. Ask again.", damage);

    private SqliteDatabase Open()
    {
        ObjectDisposedException.ThrowIf(_closing.IsCancellationRequested, this);
        var database = new SqliteDatabase(path, isReadOnly: true);
        database.Execute(SqliteSchema.ReaderSettings);
        return database;
    }
}
