using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using XoBlazor.Core.Model;
using XoBlazor.Plugins;

namespace XoBlazor.Core.Plugins.Panels;

/// <summary>
/// Reads what a plugin shows. A panel that is larger than one page can bear, or of another form, is refused with <see cref="PluginException"/> in words; a block of a kind that this server does not
/// know is told of in its place.
/// </summary>
public static partial class PanelReader
{
    public const int MostBlocks = 60;
    public const int MostRows = 500;
    public const int MostColumns = 20;
    public const int MostFacts = 100;
    public const int MostSeries = 4;
    public const int MostPoints = 500;
    public const int LongestText = 4000;

    private const int LongestWord = 500;
    private const int MostCells = 5000;

    private static readonly TimeSpan s_soonest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_latest = TimeSpan.FromHours(1);

    /// <summary>Fails with <see cref="PluginException"/>, continuing "NAME shows something that cannot be drawn: ".</summary>
    public static Panel Read(JsonElement given)
    {
        if (given.ValueKind != JsonValueKind.Object)
            throw new PluginException("a panel has to be an object with blocks");
        if (given.TryGetProperty("version", out var version) && (version.ValueKind != JsonValueKind.Number || !version.TryGetInt32(out var number) || number != Panel.Version))
            throw new PluginException($"it is written in version {ForeignText.Shown(version.GetRawText())} of panels; this server has {Panel.Version}");
        var panel = new Panel([.. Items(given, "blocks", MostBlocks).Select(Block)])
        {
            Refresh = given.TryGetProperty("refresh", out var often) && often.ValueKind == JsonValueKind.Number ? Often(often.GetDouble()) : null,
        };
        return panel.Blocks.OfType<PanelTable>().Sum(table => table.Rows.Count * table.Columns.Count) <= MostCells ? panel : throw new PluginException($"its tables have more than {MostCells} cells");
    }

    /// <summary>What came of an act; null for nothing said.</summary>
    public static PanelAnswer? Answer(JsonElement given) =>
        given.ValueKind == JsonValueKind.Object && given.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.String && message.GetString() is { Length: > 0 } words
            ? new(words.Length > LongestText ? words[..LongestText] + "…" : words, given.TryGetProperty("tone", out _) ? Tone(given) : PanelTone.Good) : null;

    private static TimeSpan Often(double seconds) => !(seconds > s_soonest.TotalSeconds) ? s_soonest : seconds > s_latest.TotalSeconds ? s_latest : TimeSpan.FromSeconds(seconds);

    private static PanelBlock Block(JsonElement block) => block.ValueKind != JsonValueKind.Object ? throw new PluginException("each of its blocks has to be an object") : Text(block, "type", 40) switch
    {
        "heading" => new PanelHeading(Text(block, "text", LongestWord)),
        "text" => new PanelText(Text(block, "text", LongestText)),
        "notice" => new PanelNotice(Tone(block), Text(block, "text", LongestText)),
        "facts" => new PanelFacts([.. Items(block, "items", MostFacts).Select(item => new PanelFact(Text(item, "name", LongestWord), item.TryGetProperty("value", out var value) ? Value(Kind(item), value) : null))]) { Title = Words(block, "title", LongestWord) },
        "table" => Table(block),
        "chart" => Chart(block),
        "progress" => new PanelProgress(Text(block, "title", LongestWord), Number(block, "share") is { } share ? Math.Clamp(share, 0, 1) : null),
        "button" => new PanelButton(Action(block), Text(block, "title", LongestWord)) { Confirm = WordsOrNull(block, "confirm"), IsDangerous = Flag(block, "danger"), Values = Object(block, "values") },
        "form" => Form(block),
        var unknown => new PanelNotice(PanelTone.Neutral, $"This server does not know how to show '{ForeignText.Shown(unknown)}'."),
    };

    private static PanelTable Table(JsonElement block)
    {
        var columns = Items(block, "columns", MostColumns).Select(column => new PanelColumn(Text(column, "title", LongestWord), Kind(column))).ToList();
        return new(columns, [.. Items(block, "rows", MostRows).Select(row => Row(row, columns))]) { Title = Words(block, "title", LongestWord), Empty = Words(block, "empty", LongestWord) };
    }

    private static IReadOnlyList<PanelValue?> Row(JsonElement row, List<PanelColumn> columns) => row.ValueKind == JsonValueKind.Array && row.GetArrayLength() == columns.Count
        ? [.. row.EnumerateArray().Select((cell, place) => Value(columns[place].Kind, cell))] : throw new PluginException($"a row of a table has to be a list of {columns.Count}, as there are columns");

    private static PanelChart Chart(JsonElement block)
    {
        var labels = Items(block, "labels", MostPoints).Select(label => label.ValueKind == JsonValueKind.String ? Short(label.GetString()!, 60, "labels") : throw Wrong("labels", "texts")).ToList();
        var series = Items(block, "series", MostSeries).Select(one => new PanelSeries(Text(one, "name", LongestWord), Points(one, labels.Count))).ToList();
        return new(Text(block, "title", LongestWord), labels, series)
        {
            Unit = Enum.TryParse<PanelUnit>(Words(block, "unit", 40).Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var unit) && Enum.IsDefined(unit) ? unit : PanelUnit.Number,
            IsBars = Words(block, "kind", 40) == "bar",
        };
    }

    private static IReadOnlyList<double> Points(JsonElement series, int count)
    {
        var points = Items(series, "values", MostPoints).Select(value => value.ValueKind switch
        {
            JsonValueKind.Number when double.IsFinite(value.GetDouble()) => value.GetDouble(),
            JsonValueKind.Null => double.NaN,
            _ => throw Wrong("values", "numbers, or null"),
        }).ToList();
        return points.Count == count ? points : throw new PluginException($"a series of a chart has {points.Count} values for {count} labels");
    }

    private static PanelForm Form(JsonElement block)
    {
        var schema = Object(block, "schema") ?? throw Wrong("schema", "a JSON Schema");
        ConfigurationSchema.Read(schema);
        return new(Action(block), Text(block, "title", LongestWord), schema) { Values = Object(block, "values"), Confirm = WordsOrNull(block, "confirm") };
    }

    private static PanelValue? Value(PanelValueKind kind, JsonElement value) => value.ValueKind == JsonValueKind.Null ? null : kind switch
    {
        PanelValueKind.Number when Number(value) is { } number => PanelValue.Number(number),
        PanelValueKind.Bytes when Number(value) is { } bytes and >= 0 and < 1e18 => PanelValue.Bytes(bytes),
        PanelValueKind.Time when value.ValueKind == JsonValueKind.String && DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) => PanelValue.Time(moment.ToUniversalTime()),
        PanelValueKind.State when value.ValueKind == JsonValueKind.Object => PanelValue.State(Tone(value), Text(value, "text", LongestWord)),
        PanelValueKind.Object when value.ValueKind == JsonValueKind.Object => PanelValue.Object(Text(value, "pool", 100), Text(value, "uuid", 100), Words(value, "text", LongestWord)),
        PanelValueKind.Link when value.ValueKind == JsonValueKind.Object => Link(Text(value, "url", 2000), Words(value, "text", LongestWord)),
        PanelValueKind.Text when value.ValueKind == JsonValueKind.String => PanelValue.Text(Short(value.GetString()!, LongestText, "value")),
        PanelValueKind.Text when value.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => PanelValue.Text(value.GetRawText()),
        _ => throw new PluginException($"a value of the type {kind.ToString().ToLowerInvariant()} does not have its form"),
    };

    /// <summary>A page of the console, or an address with https; anything else, scripts above all, is nothing that a person should follow from here.</summary>
    private static PanelValue Link(string url, string words) =>
        ConsolePath().IsMatch(url) ? PanelValue.Link(url, words)
        : Uri.TryCreate(url, UriKind.Absolute, out var address) && address is { Scheme: "https", UserInfo.Length: 0 } && address.IdnHost.Length > 0 ? PanelValue.Link(address.AbsoluteUri, words)
        : throw new PluginException("a link has to lead to a page of the console, such as /vms, or to an address with https");

    private static PanelValueKind Kind(JsonElement column) => Words(column, "type", 40) switch
    {
        "" => PanelValueKind.Text,
        var name => Enum.TryParse<PanelValueKind>(name, ignoreCase: true, out var kind) && Enum.IsDefined(kind) && !char.IsAsciiDigit(name[0]) ? kind
            : throw new PluginException($"there is no type of values '{ForeignText.Shown(name)}'; there are {string.Join(", ", Enum.GetNames<PanelValueKind>()).ToLowerInvariant()}"),
    };

    private static PanelTone Tone(JsonElement block) => Words(block, "tone", 40) switch
    {
        "good" => PanelTone.Good,
        "busy" => PanelTone.Busy,
        "held" => PanelTone.Held,
        "bad" => PanelTone.Bad,
        _ => PanelTone.Neutral,
    };

    private static string Action(JsonElement block) => Text(block, "action", 60) is var action && ActionForm().IsMatch(action) ? action : throw Wrong("action", "letters, digits, dots and dashes");

    private static double? Number(JsonElement value) => value.ValueKind == JsonValueKind.Number && double.IsFinite(value.GetDouble()) ? value.GetDouble() : null;

    private static double? Number(JsonElement block, string name) => block.TryGetProperty(name, out var value) ? Number(value) : null;

    private static bool Flag(JsonElement block, string name) => block.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static JsonObject? Object(JsonElement block, string name) => block.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? (JsonObject)JsonNode.Parse(value.GetRawText())! : null;

    private static string Text(JsonElement block, string name, int longest) => Words(block, name, longest) is { Length: > 0 } text ? text : throw Wrong(name, "a text");

    private static string? WordsOrNull(JsonElement block, string name) => Words(block, name, LongestWord) is { Length: > 0 } text ? text : null;

    private static string Words(JsonElement block, string name, int longest) => block.ValueKind != JsonValueKind.Object ? throw Wrong(name, "in an object")
        : !block.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null ? "" : value.ValueKind == JsonValueKind.String ? Short(value.GetString()!, longest, name) : throw Wrong(name, "a text");

    private static string Short(string text, int longest, string name) => text.Length <= longest ? text : throw new PluginException($"'{name}' is longer than {longest} characters");

    private static IEnumerable<JsonElement> Items(JsonElement block, string name, int most) =>
        block.ValueKind == JsonValueKind.Object && block.TryGetProperty(name, out var items) && items.ValueKind == JsonValueKind.Array && items.GetArrayLength() <= most ? items.EnumerateArray() : throw Wrong(name, $"a list of at most {most}");

    private static PluginException Wrong(string name, string what) => new($"'{name}' has to be {what}");

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,59}\z")]
    private static partial Regex ActionForm();

    // No second slash at the front: that would be another host. None of the server's own interfaces either.
    [GeneratedRegex(@"^/(?!/)(?!\\)(?!api|rest|plugins/|account)[A-Za-z0-9/_.~%?=&#+:,@!-]{0,1999}\z")]
    private static partial Regex ConsolePath();
}
