using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Loading;

/// <summary>
/// Rebuilds the sets that mirror references. xapi does the same when it starts: the sets in its file may be stale. References come in
/// the order the file had them, newcomers in front.
/// </summary>
internal static class Mirrors
{
    public static void Rebuild(Database db)
    {
        foreach (var table in db.Tables)
            foreach (var field in table.Schema.Fields.Where(f => f.IsMaintained))
            {
                var found = References(db, field);
                foreach (var row in table.Rows)
                {
                    var real = found.GetValueOrDefault(row.Ref) ?? [];
                    var stored = ((SetValue)row.Values[field.Index]).AsTexts.ToList();
                    if (stored.Count == real.Count && stored.All(real.Contains))
                        continue;
                    var kept = stored.Where(real.Contains).Distinct().ToList();
                    row.Set(field, XapiValue.SetOf(real.Except(kept).OrderDescending(StringComparer.Ordinal).Concat(kept)));
                }
            }
    }

    private static Dictionary<string, HashSet<string>> References(Database db, Datamodel.FieldSchema field)
    {
        var found = new Dictionary<string, HashSet<string>>();
        var inverse = field.Inverse!;
        if (db.FindTable(inverse.Class.Name) is { } table)
            foreach (var row in table.Rows)
                if (row.Values[inverse.Index] is { IsNullRef: false } reference)
                {
                    if (!found.TryGetValue(reference.AsText, out var set))
                        found.Add(reference.AsText, set = []);
                    set.Add(row.Ref);
                }

        return found;
    }
}
