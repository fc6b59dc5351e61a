using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Datamodel;

namespace XoBlazor.Simulator.Loading;

/// <summary>Makes a living database of a file: typed values, defaults for what is missing, both ends of every relation rebuilt.</summary>
internal static class PoolLoader
{
    /// <param name="file">What was read.</param>
    /// <param name="asVersion">The release to answer as, instead of the file's own age; the pool is upgraded to it.</param>
    public static Database Load(DatabaseFile file, Release? asVersion = null)
    {
        var datamodel = XapiDatamodel.Embedded;
        var own = PoolAge.SchemaOf(file, datamodel);
        var schema = asVersion is { } release ? datamodel.At(release) : own;
        var db = new Database(schema);
        var texts = new Dictionary<string, string>();
        foreach (var type in schema.Classes)
            if (db.FindTable(type.Name) is { } table && file.Tables.TryGetValue(type.Name, out var rows))
                foreach (var row in rows)
                    if (table.Find(row.Ref) is null)
                        db.Restore(table, Intern(row.Ref), Values(row, type), row.Created, Math.Max(row.Created, row.Modified));
        AddDeviceMetrics(db, "VBD");
        AddDeviceMetrics(db, "VIF");
        db.Update(() => Mirrors.Rebuild(db));
        var generation = long.TryParse(file.Manifest.GetValueOrDefault("generation_count"), out var count) ? count : 0;
        db.EndRestore(generation);
        if (asVersion is { } target)
            Upgrade.Apply(db, own, target);
        Consistency.Repair(db);
        return db;

        XapiValue[] Values(FileRow row, ClassSchema type) => [.. type.Fields.Select(f => Value(row, f))];

        XapiValue Value(FileRow row, FieldSchema field) => IsSecret(field) ? ""
            : row.Columns.TryGetValue(field.Fact.DbName, out var text) ? ValueText.Parse(text, field, datamodel, Intern)
            : field.Default;

        string Intern(string text)
        {
            if (texts.TryGetValue(text, out var known))
                return known;
            texts.Add(text, text);
            return text;
        }
    }

    /// <summary>Rows that xapi keeps in memory only and makes anew at start; the devices know their references already.</summary>
    private static void AddDeviceMetrics(Database db, string className)
    {
        if (db.FindTable(className) is not { } devices || db.FindTable($"{className}_metrics") is not { } metrics)
            return;
        var field = devices.Schema.Find("metrics");
        foreach (var device in devices.Rows)
            if (field is not null && device.Values[field.Index] is { IsNullRef: false } reference && metrics.Find(reference.AsText) is null)
            {
                XapiValue[] values = [.. metrics.Schema.Fields.Select(f => f.Default)];
                values[metrics.Schema.Find("uuid")!.Index] = Database.NewUuid();
                db.Restore(metrics, reference.AsText, values, device.Created, device.Created);
            }
    }

    /// <summary>What must not leave a database that somebody lent: the password of the load balancer.</summary>
    private static bool IsSecret(FieldSchema field) => field is { Class.Name: "pool", Fact.Name: "wlb_password" };
}
