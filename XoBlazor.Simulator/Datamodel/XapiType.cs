namespace XoBlazor.Simulator.Datamodel;

internal enum TypeKind { Void, Text, Int, Float, Bool, Date, Enum, Ref, Set, Map, Record, Option, EventBatch }

/// <summary>A type of the XenAPI as the compact datamodel writes it: <c>(string -> VDI ref) map</c>, <c>enum on_boot</c>, <c>VM ref set</c>.</summary>
internal sealed record XapiType(TypeKind Kind, string Name = "", XapiType? Key = null, XapiType? Item = null)
{
    public static XapiType Void { get; } = new(TypeKind.Void);

    public static XapiType Parse(string text) => text switch
    {
        "void" => Void,
        "string" => new(TypeKind.Text),
        "int" => new(TypeKind.Int),
        "float" => new(TypeKind.Float),
        "bool" => new(TypeKind.Bool),
        "datetime" => new(TypeKind.Date),
        "event batch" => new(TypeKind.EventBatch),
        _ when text.EndsWith(" option", StringComparison.Ordinal) => new(TypeKind.Option, Item: Parse(text[..^7])),
        _ when text.EndsWith(" set", StringComparison.Ordinal) => new(TypeKind.Set, Item: Parse(text[..^4])),
        _ when text.EndsWith(") map", StringComparison.Ordinal) => ParseMap(text[1..^5]),
        _ when text.EndsWith(" ref", StringComparison.Ordinal) => new(TypeKind.Ref, text[..^4]),
        _ when text.EndsWith(" record", StringComparison.Ordinal) => new(TypeKind.Record, text[..^7]),
        _ when text.StartsWith("enum ", StringComparison.Ordinal) => new(TypeKind.Enum, text[5..]),
        _ => throw new InvalidDataException($"the datamodel has a type that is not understood: {text}"),
    };

    private static XapiType ParseMap(string inside)
    {
        var arrow = inside.IndexOf(" -> ", StringComparison.Ordinal);
        return new(TypeKind.Map, Key: Parse(inside[..arrow]), Item: Parse(inside[(arrow + 4)..]));
    }
}
