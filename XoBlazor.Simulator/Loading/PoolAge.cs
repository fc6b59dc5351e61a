using XoBlazor.Simulator.Datamodel;

namespace XoBlazor.Simulator.Loading;

/// <summary>
/// Tells from a database which release wrote it. Newer hosts say so themselves; for older ones the youngest column that is there
/// decides. What the file itself has of classes and columns then overrules the release: releases were patched, and development builds
/// lie between them.
/// </summary>
internal static class PoolAge
{
    public static Schema SchemaOf(DatabaseFile file, XapiDatamodel datamodel)
    {
        var youngest = Release.Named(0);
        var columns = new Dictionary<string, IReadOnlySet<string>>();
        foreach (var type in datamodel.Classes.Where(c => c.IsInDatabase))
        {
            if (!file.Tables.TryGetValue(type.Name, out var rows) || rows.Count == 0)
                continue;
            var present = rows.SelectMany(r => r.Columns.Keys).ToHashSet();
            columns.Add(type.Name, present);
            foreach (var field in type.Fields)
                if (present.Contains(field.DbName) && field.Introduced.CompareTo(youngest) > 0)
                    youngest = field.Introduced;
        }

        var release = OwnWord(file) ?? youngest;
        return new(datamodel, release, file.IsComplete ? columns : null, [.. file.Tables.Keys]);
    }

    private static Release? OwnWord(DatabaseFile file)
    {
        foreach (var host in file.Tables["host"])
        {
            var text = host.Columns.GetValueOrDefault("software_version") ?? "";
            if (ValueText.ReadMap(text).TryGetValue("xapi_build", out var build) && Release.TryParseNumber(build, out var release))
                return release;
        }

        return null;
    }
}
