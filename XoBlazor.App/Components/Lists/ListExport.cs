using System.Globalization;
using System.Text;
using System.Text.Json;
using XoBlazor.App.Components.Live;
using XoBlazor.Core.Model;

namespace XoBlazor.App.Components.Lists;

/// <summary>A list as a file: the rows that the filter leaves, in their order, with the columns that are shown, but for pictures, and what identifies each object.</summary>
public static class ListExport
{
    /// <summary>RFC 4180, with a heading.</summary>
    public static byte[] Csv<T>(ListResult result, Scene scene, IReadOnlyList<Column<T>> columns) where T : XapiObject
    {
        var (text, told) = (new StringBuilder(), columns.Where(c => !c.IsPicture).ToList());
        text.AppendJoin(',', told.Select(c => Quoted(c.Title)).Append("UUID").Append("Pool UUID")).Append("\r\n");
        foreach (var cell in Cells<T>(result, scene))
            text.AppendJoin(',', told.Select(c => Quoted(Convert.ToString(Value(c, cell), CultureInfo.InvariantCulture)!)).Append(Quoted(cell.Object.Uuid)).Append(Quoted(cell.Pool.Uuid))).Append("\r\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>An array of objects by the columns' keys.</summary>
    public static byte[] Json<T>(ListResult result, Scene scene, IReadOnlyList<Column<T>> columns) where T : XapiObject => JsonSerializer.SerializeToUtf8Bytes(
        Cells<T>(result, scene).Select(cell => columns.Where(c => c.Key != "uuid" && !c.IsPicture).Select(c => (c.Key, Value: Value(c, cell)))
            .Append((Key: "uuid", Value: cell.Object.Uuid)).Append((Key: "poolUuid", Value: cell.Pool.Uuid)).ToDictionary(p => p.Key, p => p.Value)));

    private static IEnumerable<Cell<T>> Cells<T>(ListResult result, Scene scene) where T : XapiObject
    {
        foreach (var row in result.Rows)
            if (scene.Pool(row.Pool)?.Picture is { } picture && picture.Get(row.Ref) is T there)
                yield return new(picture, there);
    }

    // Figures as figures, names as names; moments and all that is made of several things as the list says them.
    private static object Value<T>(Column<T> column, Cell<T> cell) where T : XapiObject
    {
        var key = column.SortKey(cell.Pool, cell.Object);
        return key.Text is { } text ? text
            : column.IsNumber && key.Number is { } number ? (decimal)number
            : (object)column.Text(cell.Pool, cell.Object);
    }

    // A cell that begins like a formula is one to a spreadsheet, and names are anybody's: it is made a text.
    private static string Quoted(string value)
    {
        if (value.Length > 0 && value[0] is '=' or '+' or '-' or '@' or '\t' or '\r' && !double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            value = "'" + value;
        return value.AsSpan().ContainsAny(",\"\r\n") ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value;
    }
}
