using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using XoBlazor.Core.Audit.Storage;

namespace XoBlazor.Core.Audit;

/// <summary>
/// The record of what people did: appended, never changed. <see cref="AppendAsync"/> returns when the record is on the disk, and fails with
/// <see cref="AuditException"/> when it is not: then the act must not be done. Records that come at the same time share one commit.
/// Open before use; safe from any thread.
/// </summary>
public sealed partial class AuditLog : IDisposable
{
    private const int MostInOneCommit = 256;

    private readonly AuditOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly ConcurrentQueue<Waiting> _queue = new();
    private readonly string _file;
    private SqliteConnection? _connection;
    private byte[] _key = [];
    private AuditSeal _end;
    private long _newest;

    public AuditLog(IOptions<AuditOptions> options, TimeProvider time, ILogger<AuditLog> logger)
    {
        (_options, _time, _logger) = (options.Value, time, logger);
        _file = Path.Combine(_options.Folder, AuditFile.Name);
    }

    /// <summary>The number of the newest record; 0 when there is none.</summary>
    public long Newest => Volatile.Read(ref _newest);

    /// <summary>Raised after records were written, on the writer's thread: come back with a question, do no work in it.</summary>
    public event Action? Appended;

    /// <summary>
    /// Opens or makes the file, once; a second call does nothing. Goes on at the sealed end whatever lies in the file, so that what was removed or inserted meanwhile stays provable.
    /// Fails with <see cref="AuditException"/> when the file or the key cannot be used.
    /// </summary>
    public void Open()
    {
        if (_connection is not null)
            return;

        var connection = AuditFile.OpenToWrite(_file);
        AuditFile.Guard(_file, () =>
        {
            var hasRecords = AuditRows.Any(connection);
            _key = AuditKey.LoadOrCreate(_options.KeyFile, hasRecords);
            if (!hasRecords)
                SealFirst(connection);
            _end = AuditRows.ReadSeal(connection, AuditSeal.End) is { } end && end.IsGenuine(_key, AuditSeal.End)
                ? end with { Number = Math.Max(end.Number, AuditRows.Newest(connection)) }
                : throw new AuditException($"The seal of the audit {_file} was not made with the key {_options.KeyFile}. Put the right pair back or restore a backup; nothing was changed.");
            return 0;
        });
        _connection = connection;
        Volatile.Write(ref _newest, _end.Number);
    }

    /// <summary>Writes a record down, with the time of now. Returns when it is on the disk.</summary>
    public async ValueTask<AuditEntry> AppendAsync(AuditRecord record, CancellationToken token)
    {
        var waiting = new Waiting(record with { Time = _time.GetUtcNow() });
        _queue.Enqueue(waiting);
        // From here on it is written, whatever becomes of the caller: a record must not depend on somebody staying to see it.
        await _writing.WaitAsync(CancellationToken.None);
        try
        {
            // Not on the caller's thread: a slow disk must not hold up a page.
            while (!waiting.Done.Task.IsCompleted)
                await Task.Run(WriteWaiting, CancellationToken.None);
        }
        finally
        {
            _writing.Release();
        }

        token.ThrowIfCancellationRequested();
        return await waiting.Done.Task;
    }

    /// <summary>Answers a question, newest first. Fails with <see cref="AuditException"/> when the file cannot be read or holds something else.</summary>
    public IReadOnlyList<AuditEntry> Read(AuditQuery query) => AuditFile.Guard(_file, () =>
    {
        using var connection = AuditFile.OpenToRead(_file);
        return AuditRows.Find(connection, query).ConvertAll(Entry);
    });

    /// <summary>
    /// The same question answered in acts: an act stands where its newest record that is asked for stands, and once. <see cref="AuditQuery.Limit"/> counts records.
    /// </summary>
    public AuditActs ReadActs(AuditQuery query) => ReadActs([query])[0];

    /// <summary>Several such questions, one after the other, with the file opened once.</summary>
    public IReadOnlyList<AuditActs> ReadActs(IEnumerable<AuditQuery> queries) => AuditFile.Guard(_file, () =>
    {
        using var connection = AuditFile.OpenToRead(_file);
        return queries.Select(query => ReadActs(connection, query)).ToList();
    });

    /// <summary>The act that a record is part of; null when there is no such record.</summary>
    public AuditAct? Act(long number) => AuditFile.Guard(_file, () =>
    {
        using var connection = AuditFile.OpenToRead(_file);
        return AuditRows.One(connection, number) is { } row ? Join(connection, Entry(row)) : null;
    });

    /// <summary>Everybody whose acts are kept, by their identifier. Fails with <see cref="AuditException"/>.</summary>
    public IReadOnlyList<AuditPerson> People() => AuditFile.Guard(_file, () =>
    {
        using var connection = AuditFile.OpenToRead(_file);
        try
        {
            return AuditRows.People(connection).ToList();
        }
        catch (Exception problem) when (problem is FormatException or InvalidCastException)
        {
            throw new AuditException($"A record of the audit {_file} was changed and cannot be read. 'xo-blazor audit verify' shows which.", problem);
        }
    });

    /// <summary>Records with a greater number, oldest first.</summary>
    public IReadOnlyList<AuditEntry> ReadAfter(long number, int limit) => AuditFile.Guard(_file, () =>
    {
        using var connection = AuditFile.OpenToRead(_file);
        return AuditRows.After(connection, number, limit).Select(Entry).ToList();
    });

    /// <summary>Goes through the whole chain.</summary>
    public AuditVerdict Verify(AuditFingerprint? kept, CancellationToken token) => AuditVerifier.Verify(_options.Folder, _options.KeyFile, kept, token);

    /// <summary>Removes what is older than the settings say, and writes that down. Returns how many records went.</summary>
    public async Task<int> ApplyRetentionAsync(CancellationToken token)
    {
        if (_options.RetentionAge is not { } age)
            return 0;

        var moment = _time.GetUtcNow() - age;
        int removed;
        await _writing.WaitAsync(token);
        try
        {
            removed = AuditFile.Guard(_file, () => RemoveBefore(moment));
        }
        finally
        {
            _writing.Release();
        }

        if (removed > 0)
            await AppendAsync(new()
            {
                Category = AuditCategory.Audit,
                Action = "audit.retention",
                Actor = AuditActor.Server,
                Face = "server",
                Outcome = AuditOutcome.Succeeded,
                Message = $"Removed {removed} records from before {AuditFormat.Text(moment)}.",
            }, token);
        return removed;
    }

    internal long Forwarded(string destination) => AuditFile.Guard(_file, () =>
    {
        using var connection = AuditFile.OpenToRead(_file);
        return AuditRows.Forwarded(connection, destination);
    });

    internal async Task SetForwardedAsync(string destination, long number, CancellationToken token)
    {
        await _writing.WaitAsync(token);
        try
        {
            AuditFile.Guard(_file, () =>
            {
                AuditRows.SetForwarded(Opened, destination, number);
                return 0;
            });
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Waits for what is being written, then closes the file. Whoever still comes gets an <see cref="AuditException"/>.</summary>
    public void Dispose()
    {
        _writing.Wait();
        _connection?.Dispose();
        _connection = null;
        _writing.Release();
    }

    private SqliteConnection Opened => _connection ?? throw new AuditException("The audit is not open: the server is starting or stopping. Try again in a moment.");

    private void SealFirst(SqliteConnection connection)
    {
        using var change = connection.BeginTransaction();
        foreach (var which in new[] { AuditSeal.Start, AuditSeal.End })
            AuditRows.WriteSeal(connection, which, AuditSeal.Make(_key, which, 0, AuditChain.Start));
        change.Commit();
    }

    private void WriteWaiting()
    {
        var batch = new List<Waiting>();
        while (batch.Count < MostInOneCommit && _queue.TryDequeue(out var next))
            batch.Add(next);
        try
        {
            var (rows, end) = AuditFile.Guard(_file, () => Write(batch));
            _end = end;
            Volatile.Write(ref _newest, end.Number);
            foreach (var (waiting, row) in batch.Zip(rows))
                waiting.Done.TrySetResult(new(row.Number, Convert.ToHexStringLower(row.Hash), waiting.Record));
        }
        catch (AuditException problem)
        {
            LogUnwritten(problem, batch.Count);
            foreach (var waiting in batch)
                waiting.Done.TrySetException(problem);
            return;
        }

        Appended?.Invoke();
    }

    private (List<AuditRow> Rows, AuditSeal End) Write(List<Waiting> batch)
    {
        var connection = Opened;
        var rows = new List<AuditRow>(batch.Count);
        var (number, hash) = (_end.Number, _end.Hash);
        using var change = connection.BeginTransaction();
        foreach (var waiting in batch)
        {
            var body = AuditFormat.Write(waiting.Record);
            hash = AuditChain.Next(hash, ++number, body);
            rows.Add(new(number, hash, body));
            AuditRows.Insert(connection, rows[^1]);
        }
        var end = AuditSeal.Make(_key, AuditSeal.End, number, hash);
        AuditRows.WriteSeal(connection, AuditSeal.End, end);
        change.Commit();
        return (rows, end);
    }

    private int RemoveBefore(DateTimeOffset moment)
    {
        var connection = Opened;
        if (AuditRows.NewestBefore(connection, moment) is not { } last)
            return 0;

        using var change = connection.BeginTransaction();
        var removed = AuditRows.RemoveUpTo(connection, last.Number);
        AuditRows.WriteSeal(connection, AuditSeal.Start, AuditSeal.Make(_key, AuditSeal.Start, last.Number, last.Hash));
        change.Commit();
        return removed;
    }

    private AuditActs ReadActs(SqliteConnection connection, AuditQuery query)
    {
        var found = AuditRows.Find(connection, query).ConvertAll(Entry);
        var acts = new List<AuditAct>(found.Count);
        foreach (var entry in found)
        {
            // Its end stands on this page already, or on a newer one.
            if (entry.Record.Outcome == AuditOutcome.Begun && AuditRows.Find(connection, query with { Before = null, Of = entry.Number, Limit = 1 }).Count > 0)
                continue;
            acts.Add(Join(connection, entry));
        }

        return new(acts, found.Count == query.Limit ? found[^1].Number : null);
    }

    private AuditAct Join(SqliteConnection connection, AuditEntry entry)
    {
        if (entry.Record.Of is { } of)
            return new(entry, AuditRows.One(connection, of) is { } begun ? Entry(begun) : null);
        var end = entry.Record.Outcome == AuditOutcome.Begun ? AuditRows.Find(connection, new() { Of = entry.Number, Limit = 1 }) : [];
        return end is [var row] ? new(Entry(row), entry) : new(entry, null);
    }

    private AuditEntry Entry(AuditRow row)
    {
        try
        {
            return row.Entry();
        }
        catch (FormatException problem)
        {
            throw new AuditException($"Record {row.Number} of the audit {_file} was changed and cannot be read. 'xo-blazor audit verify' shows what else was.", problem);
        }
    }

    private sealed record Waiting(AuditRecord Record)
    {
        public TaskCompletionSource<AuditEntry> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    [LoggerMessage(LogLevel.Error, "{Count} acts were refused because they could not be recorded")]
    private partial void LogUnwritten(Exception problem, int count);
}
