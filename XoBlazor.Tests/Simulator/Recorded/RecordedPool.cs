using System.Globalization;
using System.Text.Json.Nodes;
using XoBlazor.Simulator;
using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Datamodel;

namespace XoBlazor.Tests.Simulator.Recorded;

/// <summary>The pool in which exchanges were recorded, rebuilt from the answers of <c>get_all_records</c> among them.</summary>
internal static class RecordedPool
{
    private const string Suffix = "get_all_records";

    public static PoolSource Build(IReadOnlyList<Recording> recordings)
    {
        var tables = recordings.Where(r => r.Name.EndsWith($"-{Suffix}", StringComparison.Ordinal)).DistinctBy(r => r.Name)
            .Select(r => (Class: ClassOf(r), Records: Answer.Parse(r.Answer)?.Result as JsonObject)).Where(t => t is { Class: not "role", Records.Count: > 0 }).ToList();
        var columns = tables.ToDictionary(t => t.Class, t => Columns(t.Class, t.Records!.First().Value!.AsObject()));
        var schema = new Schema(XapiDatamodel.Embedded, XapiDatamodel.Embedded.FindRelease("24.19.2")!.Value, columns);
        var db = new Database(schema);
        foreach (var (name, records) in tables)
            if (db.FindTable(name) is { } table)
                foreach (var (reference, record) in records!)
                    db.Restore(table, reference, Values(schema[name], record!.AsObject()), 1, 1);
        db.EndRestore(1);
        return new("recorded", _ => db);
    }

    /// <summary>Messages are no rows: they are given to the pool when it runs.</summary>
    public static void RestoreMessages(PoolSimulator pool, IReadOnlyList<Recording> recordings)
    {
        var recorded = recordings.FirstOrDefault(r => r.Name == $"message-{Suffix}");
        if (recorded is null || Answer.Parse(recorded.Answer)?.Result is not JsonObject messages)
            return;
        var type = pool.Schema["message"];
        foreach (var (reference, message) in messages.Reverse())
            pool.Messages.Restore(reference, 0, type.Fields.Zip(Values(type, message!.AsObject()), (f, v) => (f.Fact.Name, v)));
    }

    private static string ClassOf(Recording recording) =>
        XapiDatamodel.Embedded.Classes.First(c => c.Name.Equals(recording.Name[..^(Suffix.Length + 1)], StringComparison.OrdinalIgnoreCase)).Name;

    private static IReadOnlySet<string> Columns(string className, JsonObject record) => XapiDatamodel.Embedded.Classes.First(c => c.Name == className)
        .Fields.Where(f => f.IsInternal || record.ContainsKey(f.Name)).Select(f => f.DbName).ToHashSet();

    private static XapiValue[] Values(ClassSchema type, JsonObject record) =>
        [.. type.Fields.Select(f => record[f.Fact.Name] is { } value ? ToValue(value, f.Fact.Type) : f.Default)];

    private static XapiValue ToValue(JsonNode node, XapiType type) => type.Kind switch
    {
        TypeKind.Int => long.Parse(node.ToString(), CultureInfo.InvariantCulture),
        TypeKind.Float => node.GetValue<double>(),
        TypeKind.Bool => node.GetValue<bool>(),
        TypeKind.Date => new DateValue(node.GetValue<string>().Replace("date ", "", StringComparison.Ordinal)),
        TypeKind.Set => new SetValue([.. node.AsArray().Select(item => ToValue(item!, type.Item!))]),
        TypeKind.Map => new MapValue([.. node.AsObject().Select(p => KeyValuePair.Create(p.Key, ToValue(p.Value!, type.Item!)))]),
        _ => node.GetValue<string>(),
    };
}
