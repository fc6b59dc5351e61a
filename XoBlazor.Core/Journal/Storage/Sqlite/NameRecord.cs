using System.Text;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Core.Journal.Storage.Sqlite;

/// <summary>
/// By which words objects are and were known, each once, with the position of the entry that took it away. Kept beside the entries, which would have to be
/// read all to find the names in them.
/// </summary>
internal static class NameRecord
{
    /// <summary>Takes note of the names that an entry gives and takes away.</summary>
    public static void Add(SqliteDatabase database, StoredChange change, long objectId, long position)
    {
        if (change.Object is not { } of || Named(of.Class) is not { } type)
            return;
        if (change.Kind == EntryKind.Removed)
            TakeAll(database, objectId, position);
        foreach (var field in change.Fields)
            if (IsName(type, field.Name))
                Put(database, objectId, field.Old.Span, position);
        // What one field lost another may have now.
        foreach (var field in change.Fields)
            if (IsName(type, field.Name))
                Put(database, objectId, field.New.Span, SqliteSchema.Living);
        if (change.Kind == EntryKind.Added)
            foreach (var field in change.KeyFrame!)
                if (IsName(type, field.Name))
                    Put(database, objectId, field.Json.Span, SqliteSchema.Living);
    }

    /// <summary>The same of an entry that was written before; of several the oldest first.</summary>
    public static void Add(SqliteDatabase database, JournalEntry entry, long objectId)
    {
        if (entry.Kind == EntryKind.Marker || Named(entry.Class) is not { } type)
            return;
        if (entry.Kind == EntryKind.Removed)
            TakeAll(database, objectId, entry.Position);
        var names = entry.Fields.Where(field => IsName(type, field.Field)).ToList();
        foreach (var field in names)
            Put(database, objectId, Encoding.UTF8.GetBytes(field.Old ?? ""), entry.Position);
        foreach (var field in names)
            Put(database, objectId, Encoding.UTF8.GetBytes(field.New ?? ""), SqliteSchema.Living);
    }

    /// <summary>Forgets the names that an object gave up at a position or before.</summary>
    public static void Forget(SqliteDatabase database, long objectId, long position) =>
        database.Statement("DELETE FROM called WHERE object = ? AND until <= ?").Bind(1, objectId).Bind(2, position).Run();

    /// <summary>Hands over the names of a pool's objects, the last given up first.</summary>
    public static void Read(SqliteDatabase database, long pool, Action<CalledName> take, CancellationToken token)
    {
        var rows = database.Statement("SELECT uuid, name, until FROM objects JOIN called ON object = objects.id WHERE pool = ? ORDER BY until DESC").Bind(1, pool);
        while (rows.Step())
        {
            token.ThrowIfCancellationRequested();
            take(new(UuidKey.Text(rows.Blob(0)), rows.Text(1), rows.Long(2) == SqliteSchema.Living));
        }

        rows.Reset();
    }

    /// <summary>Null where objects of the class have no names.</summary>
    private static XapiCodec? Named(string type) => XapiCodec.Find(type) is { } codec && !ObjectNames.NameFields(codec.Class).IsEmpty ? codec : null;

    private static bool IsName(XapiCodec type, string field) => type.FindField(field) is { } known && ObjectNames.NameFields(type.Class).Contains(known.Index);

    private static void TakeAll(SqliteDatabase database, long objectId, long position) =>
        database.Statement("UPDATE called SET until = ? WHERE object = ? AND until = ?").Bind(1, position).Bind(2, objectId).Bind(3, SqliteSchema.Living).Run();

    private static void Put(SqliteDatabase database, long objectId, ReadOnlySpan<byte> json, long until)
    {
        if (json.Length > 2 && json[0] == '"')
            database.Statement("INSERT INTO called (object, name, until) VALUES (?,?,?) ON CONFLICT (object, name) DO UPDATE SET until = excluded.until")
                .Bind(1, objectId).Bind(2, Text(json)).Bind(3, until).Run();
    }

    private static string Text(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        return reader.GetString()!;
    }
}
