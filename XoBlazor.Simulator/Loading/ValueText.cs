using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Datamodel;

namespace XoBlazor.Simulator.Loading;

/// <summary>
/// The text form of values in a xapi database: plain text, and S-expressions for sets and maps. Reading never fails: what is damaged
/// is read as far as it goes, because xapi's own files have been damaged in every one of these ways.
/// </summary>
internal static class ValueText
{
    /// <summary>Undoes the escapes xapi puts around what XML attributes would not keep.</summary>
    public static string Unprotect(string text)
    {
        if (!text.Contains('%', StringComparison.Ordinal))
            return text;
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var replacement = text[i] == '%' && i + 1 < text.Length
                ? text[i + 1] switch { '.' => " ", '_' => "  ", 't' => "\t", 'n' => "\n", 'r' => "\r", '%' => "%", _ => null } : null;
            if (replacement is null)
                plain.Append(text[i]);
            else
            {
                plain.Append(replacement);
                i++;
            }
        }

        return plain.ToString();
    }

    public static XapiValue Parse(string text, FieldSchema field, XapiDatamodel datamodel, Func<string, string> intern) =>
        Parse(text, field.Fact.Type, datamodel, intern) ?? field.Default;

    /// <summary>A value as a database stores it.</summary>
    public static string Format(XapiValue value) => value switch
    {
        SetValue set => $"({string.Join(' ', set.Items.Select(i => Quote(Format(i))))})",
        MapValue map => $"({string.Join(' ', map.Entries.Select(e => $"({Quote(e.Key)} {Quote(Format(e.Value))})"))})",
        _ => value.ToString()!,
    };

    private static string Quote(string text) =>
        $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";

    /// <summary>A map of texts.</summary>
    public static Dictionary<string, string> ReadMap(string text)
    {
        var map = new Dictionary<string, string>();
        foreach (var node in Nodes(text))
            if (node.Children is [{ Text: { } key }, { Text: { } value }, ..])
                map[key] = value;
        return map;
    }

    private static XapiValue? Parse(string text, XapiType type, XapiDatamodel datamodel, Func<string, string> intern) => type.Kind switch
    {
        TypeKind.Int => long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null,
        TypeKind.Float => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
        TypeKind.Bool => text switch { "true" => true, "false" => (XapiValue)false, _ => null },
        TypeKind.Date => text.Length == 0 ? null : new DateValue(text),
        TypeKind.Ref => text.StartsWith("OpaqueRef:", StringComparison.Ordinal) && text != "OpaqueRef:NULL" ? intern(text) : XapiValue.NullRef,
        TypeKind.Enum => datamodel.Enums[type.Name].FirstOrDefault(v => v.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } value ? (XapiValue)value : null,
        TypeKind.Set or TypeKind.Option => ParseSet(text, type.Item!, datamodel, intern),
        TypeKind.Map => ParseMap(text, type, datamodel, intern),
        _ => intern(text),
    };

    private static SetValue ParseSet(string text, XapiType item, XapiDatamodel datamodel, Func<string, string> intern)
    {
        if (text is "()" or "")
            return XapiValue.EmptySet;
        var items = ImmutableArray.CreateBuilder<XapiValue>();
        foreach (var node in Nodes(text))
            if (node.Text is { } element && Parse(element, item, datamodel, intern) is { } value)
                items.Add(value);
        return new(items.ToImmutable());
    }

    private static MapValue ParseMap(string text, XapiType type, XapiDatamodel datamodel, Func<string, string> intern)
    {
        if (text is "()" or "")
            return XapiValue.EmptyMap;
        var entries = ImmutableArray.CreateBuilder<KeyValuePair<string, XapiValue>>();
        foreach (var node in Nodes(text))
            if (node.Children is [{ Text: { Length: > 0 } key }, { Text: { } element }, ..] && Parse(element, type.Item!, datamodel, intern) is { } value)
                entries.Add(KeyValuePair.Create(intern(key), value));
        return new(entries.ToImmutable());
    }

    /// <summary>The elements of the outermost list.</summary>
    private static List<Node> Nodes(string text)
    {
        var position = 0;
        SkipBlanks(text, ref position);
        if (position >= text.Length || text[position] != '(')
            return [];
        position++;
        return ReadList(text, ref position, depth: 0);
    }

    private static List<Node> ReadList(string text, ref int position, int depth)
    {
        var nodes = new List<Node>();
        while (true)
        {
            SkipBlanks(text, ref position);
            if (position >= text.Length)
                return nodes;
            switch (text[position])
            {
                case ')':
                    position++;
                    return nodes;
                case '(':
                    position++;
                    // A value is never deeper than a map of texts; deeper is damage, and must not exhaust the stack.
                    if (depth > 2)
                        return nodes;
                    nodes.Add(new(null, ReadList(text, ref position, depth + 1)));
                    break;
                case '\'' or '"':
                    if (ReadQuoted(text, ref position) is not { } quoted)
                        return nodes;
                    nodes.Add(new(quoted, []));
                    break;
                default:
                    var start = position;
                    while (position < text.Length && !char.IsWhiteSpace(text[position]) && text[position] is not ('(' or ')'))
                        position++;
                    nodes.Add(new(text[start..position], []));
                    break;
            }
        }
    }

    private static string? ReadQuoted(string text, ref int position)
    {
        var quote = text[position++];
        var plain = new StringBuilder();
        while (position < text.Length)
        {
            var c = text[position++];
            if (c == quote)
                return plain.ToString();
            if (c == '\\' && position < text.Length)
                c = text[position++];
            plain.Append(c);
        }

        return null;
    }

    private static void SkipBlanks(string text, ref int position)
    {
        while (position < text.Length)
            if (text[position] == ';')
                position = text.IndexOf('\n', position) is >= 0 and var end ? end : text.Length;
            else if (char.IsWhiteSpace(text[position]))
                position++;
            else
                return;
    }

    private readonly record struct Node(string? Text, List<Node> Children);
}
