using System.Text.Json.Nodes;
using XoBlazor.App.Cli.Client.Output;
using XoBlazor.Core.Operations;

namespace XoBlazor.App.Cli.Client.Objects;

/// <summary>How a column's value is written.</summary>
internal enum ColumnForm
{
    Plain,
    Bytes,
    Share,

    /// <summary>Seconds since 1970.</summary>
    Moment,

    /// <summary>The id of an object, shown by its name.</summary>
    Link,
}

/// <summary>A column of a list.</summary>
/// <param name="Title">As it was asked for.</param>
/// <param name="Path">The property, its parts separated by dots.</param>
internal sealed record Column(string Title, string Path, ColumnForm Form = ColumnForm.Plain)
{
    /// <summary>The raw value; null where the object has none.</summary>
    public JsonNode? Of(FoundObject one)
    {
        JsonNode? at = one.Object;
        foreach (var part in Path.Split('.'))
            at = at is JsonObject inner ? inner[part] ?? inner.FirstOrDefault(property => string.Equals(property.Key, part, StringComparison.OrdinalIgnoreCase)).Value : null;
        return at;
    }

    /// <summary>For people.</summary>
    /// <param name="names">Of objects, by id.</param>
    public string Text(FoundObject one, IReadOnlyDictionary<string, string> names) => (Form, Of(one)) switch
    {
        (ColumnForm.Bytes, JsonValue value) when value.TryGetValue<double>(out var bytes) => SizeText.Write((long)bytes),
        (ColumnForm.Share, JsonValue value) when value.TryGetValue<double>(out var share) => $"{share * 100:0} %",
        (ColumnForm.Moment, JsonValue value) when value.TryGetValue<double>(out var seconds) && seconds is > 0 and < 1e11 => $"{DateTimeOffset.FromUnixTimeSeconds((long)seconds).LocalDateTime:yyyy-MM-dd HH:mm:ss}",
        (ColumnForm.Link, JsonValue value) when value.TryGetValue<string>(out var id) => names.GetValueOrDefault(id, Printable.Line(id)),
        (_, var value) => Printable.Value(value),
    };
}
