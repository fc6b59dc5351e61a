using System.Text;
using Microsoft.Data.Sqlite;

namespace XoBlazor.Core.Audit.Storage;

/// <summary>A record as it lies in the file: nothing about it is believed yet.</summary>
internal readonly record struct AuditRow(long Number, byte[] Hash, byte[] Body)
{
    public AuditEntry Entry() => new(Number, Convert.ToHexStringLower(Hash), AuditFormat.Read(Body));
}

/// <summary>One sealed end of the chain: <c>start</c> is the place before the oldest record, <c>end</c> the newest record.</summary>
internal readonly record struct AuditSeal(long Number, byte[] Hash, byte[] Seal)
{
    public const string Start = "start";
    public const string End = "end";

    public static AuditSeal Make(byte[] key, string which, long number, byte[] hash) => new(number, hash, AuditChain.Seal(key, which, number, hash));

    public bool IsGenuine(byte[] key, string which) => AuditChain.Seal(key, which, Number, Hash).AsSpan().SequenceEqual(Seal);
}

/// <summary>The questions and writes the file understands.</summary>
internal static class AuditRows
{
    private const string Columns = "SELECT number, hash, CAST(body AS BLOB) FROM records";

    public static AuditSeal? ReadSeal(SqliteConnection connection, string which)
    {
        using var ask = Command(connection, "SELECT number, hash, seal FROM seals WHERE which = $which", ("$which", which));
        using var answer = ask.ExecuteReader();
        return answer.Read() ? new(answer.GetInt64(0), answer.GetFieldValue<byte[]>(1), answer.GetFieldValue<byte[]>(2)) : null;
    }

    public static void WriteSeal(SqliteConnection connection, string which, AuditSeal seal)
    {
        using var write = Command(connection, "INSERT OR REPLACE INTO seals VALUES($which, $number, $hash, $seal)",
            ("$which", which), ("$number", seal.Number), ("$hash", seal.Hash), ("$seal", seal.Seal));
        write.ExecuteNonQuery();
    }

    public static void Insert(SqliteConnection connection, AuditRow row)
    {
        using var write = Command(connection, "INSERT INTO records(number, hash, body) VALUES($number, $hash, $body)",
            ("$number", row.Number), ("$hash", row.Hash), ("$body", Encoding.UTF8.GetString(row.Body)));
        write.ExecuteNonQuery();
    }

    /// <summary>The number of the newest record older than the moment, with its hash.</summary>
    public static AuditRow? NewestBefore(SqliteConnection connection, DateTimeOffset moment)
    {
        using var ask = Command(connection, $"{Columns} WHERE time < $time ORDER BY number DESC LIMIT 1", ("$time", AuditFormat.Text(moment)));
        return Rows(ask).Select(row => (AuditRow?)row).FirstOrDefault();
    }

    public static int RemoveUpTo(SqliteConnection connection, long number)
    {
        using var write = Command(connection, "DELETE FROM records WHERE number <= $number", ("$number", number));
        return write.ExecuteNonQuery();
    }

    /// <summary>The greatest number that lies in the file, whoever wrote it.</summary>
    public static long Newest(SqliteConnection connection)
    {
        using var ask = Command(connection, "SELECT MAX(number) FROM records");
        return ask.ExecuteScalar() as long? ?? 0;
    }

    public static bool Any(SqliteConnection connection)
    {
        using var ask = Command(connection, "SELECT EXISTS(SELECT 1 FROM records) OR EXISTS(SELECT 1 FROM seals)");
        return (long)ask.ExecuteScalar()! != 0;
    }

    /// <summary>Oldest first, read as they are asked for.</summary>
    public static IEnumerable<AuditRow> After(SqliteConnection connection, long number, int limit = int.MaxValue)
    {
        using var ask = Command(connection, $"{Columns} WHERE number > $number ORDER BY number LIMIT $limit", ("$number", number), ("$limit", limit));
        foreach (var row in Rows(ask))
            yield return row;
    }

    /// <summary>One record; null when there is none of that number.</summary>
    public static AuditRow? One(SqliteConnection connection, long number)
    {
        using var ask = Command(connection, $"{Columns} WHERE number = $number", ("$number", number));
        return Rows(ask).Select(row => (AuditRow?)row).FirstOrDefault();
    }

    /// <summary>Newest first.</summary>
    public static List<AuditRow> Find(SqliteConnection connection, AuditQuery query)
    {
        var conditions = new List<string>();
        using var ask = connection.CreateCommand();
        Add("time >= $from", "$from", query.From is { } from ? AuditFormat.Text(from) : null);
        Add("time < $to", "$to", query.To is { } to ? AuditFormat.Text(to) : null);
        Add("category = $category", "$category", query.Category?.ToString());
        Add("outcome = $outcome", "$outcome", query.Outcome?.ToString());
        Add("actorId = $actor", "$actor", query.ActorId);
        Add("target = $target", "$target", query.Target);
        Add("body ->> '$.made' = $made", "$made", query.Made);
        Add("pool = $pool", "$pool", query.Pool);
        Add("body ->> '$.of' = $of", "$of", query.Of);
        Add("number < $before", "$before", query.Before);
        Add($"""(body LIKE $text ESCAPE '\' OR body ->> '$.action' IN ({string.Join(", ", query.OrActions.Select((_, at) => $"$action{at}"))}))""",
            "$text", query.Text is { Length: > 0 } text ? $"%{Escape(text)}%" : null);
        foreach (var (at, action) in string.IsNullOrEmpty(query.Text) ? [] : query.OrActions.Index())
            ask.Parameters.AddWithValue($"$action{at}", action);
        ask.CommandText = $"{Columns}{(conditions.Count == 0 ? "" : " WHERE " + string.Join(" AND ", conditions))} ORDER BY number DESC LIMIT $limit";
        ask.Parameters.AddWithValue("$limit", Math.Max(0, query.Limit));
        return [.. Rows(ask)];

        void Add(string condition, string name, object? value)
        {
            if (value is null)
                return;
            conditions.Add(condition);
            ask.Parameters.AddWithValue(name, value);
        }
    }

    /// <summary>Whoever stands as the actor of a record, by their newest one. Asks the index for one after the other: their number counts, not that of the records.</summary>
    public static IEnumerable<AuditPerson> People(SqliteConnection connection)
    {
        using var ask = Command(connection,
            """
            WITH RECURSIVE people(id) AS (
                SELECT MIN(actorId) FROM records WHERE actorId > ''
                UNION ALL
                SELECT (SELECT MIN(actorId) FROM records WHERE actorId > people.id) FROM people WHERE people.id IS NOT NULL)
            SELECT people.id, newest.body ->> '$.actor', newest.time
            FROM people JOIN records AS newest ON newest.number = (SELECT MAX(number) FROM records WHERE actorId = people.id)
            """);
        using var answer = ask.ExecuteReader();
        while (answer.Read())
            yield return new(answer.GetString(0), answer.GetString(1), AuditFormat.Time(answer.GetString(2)));
    }

    public static long Forwarded(SqliteConnection connection, string destination)
    {
        using var ask = Command(connection, "SELECT number FROM forwarded WHERE destination = $destination", ("$destination", destination));
        return ask.ExecuteScalar() as long? ?? 0;
    }

    public static void SetForwarded(SqliteConnection connection, string destination, long number)
    {
        using var write = Command(connection, "INSERT OR REPLACE INTO forwarded VALUES($destination, $number)", ("$destination", destination), ("$number", number));
        write.ExecuteNonQuery();
    }

    // A text as it stands inside JSON, with LIKE's own signs made plain.
    private static string Escape(string text)
    {
        var json = System.Text.Json.JsonEncodedText.Encode(text, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();
        return json.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);
    }

    private static IEnumerable<AuditRow> Rows(SqliteCommand ask)
    {
        using var answer = ask.ExecuteReader();
        while (answer.Read())
            yield return new(answer.GetInt64(0), answer.GetFieldValue<byte[]>(1), answer.GetFieldValue<byte[]>(2));
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value);
        return command;
    }
}
