using System.Globalization;
using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Datamodel;
using XoBlazor.Simulator.Loading;

namespace XoBlazor.Simulator.Behaviour;

/// <summary>
/// A whole record as one text, the way xapi keeps a VM's settings in <c>snapshot_metadata</c>: a map of database columns, the names
/// descending, the values in the database's own text form.
/// </summary>
internal static class RecordText
{
    public static string Of(DbObject target)
    {
        var fields = target.Db.FindTable(target.Class)!.Schema.Fields;
        var columns = fields.Select(field => (field.Fact.DbName, Text: Marshal(target[field.Fact.Name]))).Append((DbName: "_ref", Text: target.Ref));
        var ordered = columns.OrderByDescending(column => column.DbName, StringComparer.Ordinal);
        return "(" + string.Join(" ", ordered.Select(column => $"({Quote(column.DbName)} {Quote(column.Text)})")) + ")";
    }

    /// <summary>The fields that a text holds, as far as the pool knows them.</summary>
    public static IEnumerable<(FieldSchema Field, XapiValue Value)> Read(string text, ClassSchema type, XapiDatamodel datamodel)
    {
        foreach (var (column, value) in ValueText.ReadMap(text))
        {
            if (type.FindByDbName(column) is { } field) yield return (field, ValueText.Parse(value, field, datamodel, same => same));
        }
    }

    private static string Marshal(XapiValue value) => value switch
    {
        SetValue set => "(" + string.Join(" ", set.Items.Select(item => Quote(Marshal(item)))) + ")",
        MapValue map => "(" + string.Join(" ", map.Entries.Select(entry => $"({Quote(entry.Key)} {Quote(Marshal(entry.Value))})")) + ")",
        FloatValue number => number.Number.ToString("R", CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static string Quote(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
