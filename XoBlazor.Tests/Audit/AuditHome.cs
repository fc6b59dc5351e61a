using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using XoBlazor.Core.Audit;
using XoBlazor.Tests.App.Support;

namespace XoBlazor.Tests.Audit;

/// <summary>An audit in a folder of its own, and the hands of somebody who changes its file behind its back.</summary>
internal sealed class AuditHome : IDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();

    public AuditHome()
    {
        Options = new() { Folder = _folder.File("audit"), KeyFile = _folder.File("keys/audit.key") };
        Log = Reopen();
    }

    public AuditOptions Options { get; }

    public FakeTimeProvider Time { get; } = new(Start);

    public AuditLog Log { get; private set; }

    public string File => Path.Combine(Options.Folder, "audit.db");

    public static AuditRecord Record(string action = "vm.start", string actor = "ada", AuditOutcome outcome = AuditOutcome.Succeeded) => new()
    {
        Category = AuditCategory.Operation,
        Action = action,
        Actor = new(actor + "-id", actor, "Operator"),
        Outcome = outcome,
        Address = "192.0.2.7",
        Face = "console",
        Target = new("VM", "pool-1", "vm-1", "web <1> \"ü\" \u202E"),
        Parameters = ImmutableArray.Create(KeyValuePair.Create("force", "true"), KeyValuePair.Create("password", AuditRecord.Masked)),
    };

    public AuditLog Reopen()
    {
        Log?.Dispose();
        var log = new AuditLog(Microsoft.Extensions.Options.Options.Create(Options), Time, NullLogger<AuditLog>.Instance);
        log.Open();
        return Log = log;
    }

    public async Task AppendAsync(int count)
    {
        for (var i = 0; i < count; i++)
            await Log.AppendAsync(Record($"vm.act-{i}"), TestContext.Current.CancellationToken);
    }

    /// <summary>Writes into the file as somebody with a SQLite shell would.</summary>
    public void Tamper(string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value);
        command.ExecuteNonQuery();
    }

    public AuditVerdict Verify(AuditFingerprint? kept = null) => Log.Verify(kept, TestContext.Current.CancellationToken);

    public void Dispose()
    {
        Log.Dispose();
        _folder.Dispose();
    }
}
