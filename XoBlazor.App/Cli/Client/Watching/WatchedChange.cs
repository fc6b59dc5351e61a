using System.Globalization;
using System.Text.Json.Nodes;
using XoBlazor.App.Cli.Client.Catalogue;
using XoBlazor.App.Cli.Client.Objects;
using XoBlazor.App.Cli.Client.Output;

namespace XoBlazor.App.Cli.Client.Watching;

/// <summary>What became of an object.</summary>
internal enum WatchedKind
{
    /// <summary>It came, or fits the filter now.</summary>
    Entered,
    Changed,

    /// <summary>It went, does not fit any more, or may not be viewed any more.</summary>
    Left,
}

/// <summary>A property that has another value.</summary>
internal sealed record WatchedField(string Name, JsonNode? Old, JsonNode? New);

/// <summary>One line of <c>watch</c>.</summary>
internal sealed record WatchedChange(WatchedKind Kind, JsonObject Object, IReadOnlyList<WatchedField> Fields)
{
    private const int LongestValue = 80;

    public string ToLine(DateTimeOffset time)
    {
        var one = new FoundObject(Object);
        var sign = Kind switch
        {
            WatchedKind.Entered => '+',
            WatchedKind.Changed => '~',
            WatchedKind.Left => '-',
        };
        var changes = string.Concat(Fields.Select(field => $"  {Printable.Line(field.Name)}: {Short(field.Old)} → {Short(field.New)}"));
        return string.Create(CultureInfo.InvariantCulture, $"{time:HH:mm:ss} {sign} {Kinds.Named(one.Type)} {one.Name}{(one.Name == one.Id ? "" : $" ({one.Id})")}{changes}");
    }

    public JsonObject ToJson(DateTimeOffset time)
    {
        var one = new FoundObject(Object);
        var told = new JsonObject { ["time"] = time.UtcDateTime.ToString("o", CultureInfo.InvariantCulture), ["change"] = Kind.ToString().ToLowerInvariant(), ["id"] = one.Id, ["type"] = one.Type };
        if (Kind == WatchedKind.Entered)
            told["object"] = Object.DeepClone();
        if (Kind == WatchedKind.Changed)
            told["fields"] = new JsonArray([.. Fields.Select(field => new JsonObject { ["field"] = field.Name, ["old"] = field.Old?.DeepClone(), ["new"] = field.New?.DeepClone() })]);
        return told;
    }

    private static string Short(JsonNode? value) => Printable.Value(value) switch
    {
        "" => "nothing",
        { Length: > LongestValue } text => text[..LongestValue] + "…",
        var text => text,
    };
}
