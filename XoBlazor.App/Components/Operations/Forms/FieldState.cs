using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.Core.Operations;

namespace XoBlazor.App.Components.Operations.Forms;

/// <summary>What a person has filled in for one parameter, and what it began with. Changed by its field only.</summary>
public sealed class FieldState
{
    private const string Unchosen = "";

    private static readonly string[] s_units = ["MiB", "GiB", "TiB"];

    private readonly string _initial;

    public FieldState(OperationParameter parameter, JsonNode? initial)
    {
        Parameter = parameter;
        Fill(initial ?? parameter.Default);
        _initial = Print();
    }

    public OperationParameter Parameter { get; }

    /// <summary>A text, number, choice, the figure of a size, or an object's uuid; empty for none.</summary>
    public string Text { get; set; } = Unchosen;

    public string Unit { get; set; } = s_units[1];

    public bool Flag { get; set; }

    /// <summary>A list's entries, a map's under their <see cref="Key"/>, or a record's fields.</summary>
    public List<FieldState> Parts { get; } = [];

    /// <summary>The name that a map has this under.</summary>
    public string Key { get; set; } = "";

    public static IReadOnlyList<string> Units => s_units;

    public bool IsChanged => Print() != _initial;

    /// <summary>What is missing or wrong, for the person who fills it in; null when nothing is.</summary>
    public string? Problem =>
        Parameter.IsRequired && IsEmpty ? $"{Parameter.Title} is needed"
        : Parameter.Kind is ParameterKind.Number && Text.Length > 0 && !long.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? $"{Parameter.Title} is a whole number"
        : Parameter.Kind is ParameterKind.Size && Text.Length > 0 && (Parameter.IsRequired || IsChanged) && SizeText.Read($"{Text} {Unit}") is not > 0 ? $"{Parameter.Title} is a size, such as 20"
        : Parameter.Kind is ParameterKind.Record && !Parameter.IsRequired && IsEmpty && !IsEntry ? null
        : Parts.Select(part => part.Problem).FirstOrDefault(problem => problem is not null);

    /// <summary>It is one of several, which is there because somebody added it.</summary>
    public bool IsEntry { get; private init; }

    private bool IsEmpty => Parameter.Kind switch
    {
        ParameterKind.Flag => false,
        ParameterKind.List or ParameterKind.Map => Parts.Count == 0,
        ParameterKind.Record => Parts.TrueForAll(part => part.IsEmpty || part.Parameter.Kind == ParameterKind.Flag),
        _ => Text.Length == 0,
    };

    /// <summary>One more entry of a list or map.</summary>
    public void Add(JsonNode? initial = null, string key = "") => Parts.Add(new(Parameter.Item!, initial) { Key = key, IsEntry = true });

    /// <summary>What somebody filled in for the same parameter elsewhere; nothing where it names objects.</summary>
    public void TakeOver(FieldState filled)
    {
        if (Parameter.WithParts().Any(part => part.Kind == ParameterKind.Object) || Parameter.IsFixed)
            return;
        (Text, Unit, Flag) = (filled.Text, filled.Unit, filled.Flag);
        Parts.Clear();
        Parts.AddRange(filled.Parts);
    }

    /// <summary>The fields of a form as an operation takes them: what must be given, and what was changed.</summary>
    public static JsonObject Read(IEnumerable<FieldState> fields)
    {
        var given = new JsonObject();
        foreach (var field in fields)
            if (field.Parameter.IsRequired || field.IsChanged)
            {
                if (field.Value() is { } value)
                    given[field.Parameter.Name] = value;
                else if (field.Parameter.IsClearable)
                    given[field.Parameter.Name] = null;
                else if (field.Parameter.Kind == ParameterKind.Text)
                    given[field.Parameter.Name] = "";
            }

        return given;
    }

    private JsonNode? Value() => Parameter.Kind switch
    {
        ParameterKind.Flag => Flag,
        ParameterKind.Number => long.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null,
        ParameterKind.Size => SizeText.Read($"{Text} {Unit}") is { } size && Text.Length > 0 ? size : null,
        ParameterKind.List => new JsonArray([.. Parts.Select(part => part.Value()).Where(value => value is not null)]),
        ParameterKind.Map => new JsonObject(Parts.Where(part => part.Key.Length > 0).DistinctBy(part => part.Key).Select(part => KeyValuePair.Create(part.Key, part.Value()))),
        ParameterKind.Record => IsEmpty && !IsEntry ? null
            : new JsonObject(Parts.Where(part => part.IsChanged || part.Parameter.IsRequired).Select(part => KeyValuePair.Create(part.Parameter.Name, part.Value())).Where(part => part.Value is not null)),
        _ => Text.Length > 0 ? Text : null,
    };

    private void Fill(JsonNode? initial)
    {
        switch (Parameter.Kind)
        {
            case ParameterKind.Flag:
                Flag = initial?.GetValueKind() == JsonValueKind.True;
                break;
            case ParameterKind.Size when initial is not null:
                (Text, Unit) = Split(initial.GetValue<long>());
                break;
            case ParameterKind.List:
                foreach (var item in initial as JsonArray ?? [])
                    Add(item);
                break;
            case ParameterKind.Map:
                foreach (var (key, item) in initial as JsonObject ?? [])
                    Add(item, key);
                break;
            case ParameterKind.Record:
                Parts.AddRange(Parameter.Fields.Select(field => new FieldState(field, (initial as JsonObject)?[field.Name])));
                break;
            default:
                Text = initial is null ? Unchosen : initial.GetValueKind() == JsonValueKind.String ? initial.GetValue<string>() : initial.ToJsonString();
                break;
        }
    }

    // The largest unit that leaves a whole number, so that nothing is lost by looking at it.
    private static (string Text, string Unit) Split(long bytes)
    {
        for (var unit = s_units.Length - 1; unit > 0; unit--)
            if (bytes >> (20 + (10 * unit)) is > 0 and var whole && whole << (20 + (10 * unit)) == bytes)
                return (whole.ToString(CultureInfo.InvariantCulture), s_units[unit]);
        return ((bytes / (double)(1 << 20)).ToString("0.######", CultureInfo.InvariantCulture), s_units[0]);
    }

    private string Print() => Value()?.ToJsonString() ?? "";
}
