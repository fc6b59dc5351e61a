using XoBlazor.Core.Model;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Xapi.Codecs;

/// <summary>A value of any datamodel type, different for different variants and never the type's zero value.</summary>
internal static class SampleJson
{
    public static string Of(string type, int variant)
    {
        if (type.StartsWith('(') && type.EndsWith(" map", StringComparison.Ordinal))
        {
            var inner = type[1..^5];
            var arrow = inner.IndexOf(" -> ", StringComparison.Ordinal);
            var key = Of(inner[..arrow], variant);
            return $$"""{{{(key.StartsWith('"') ? key : $"\"{key}\"")}}:{{Of(inner[(arrow + 4)..], variant)}}}""";
        }

        if (type.EndsWith(" set", StringComparison.Ordinal))
            return $"[{Of(type[..^4], variant)}]";
        if (type.EndsWith(" ref", StringComparison.Ordinal))
            return $"\"OpaqueRef:{variant}\"";
        if (type.StartsWith("enum ", StringComparison.Ordinal))
            return $"\"{Word(type[5..], variant)}\"";
        return type switch
        {
            "string" or "string option" => $"\"text {variant}\"",
            "int" => $"{1000 + variant}",
            "float" => $"{variant}.5",
            "bool" => variant == 1 ? "true" : "false",
            "datetime" => $"\"2026112{variant}T12:56:45Z\"",
            "sr_stat record option" => $$"""{"uuid":"u{{variant}}","free_space":{{variant}}}""",
            _ => throw new NotSupportedException(type),
        };
    }

    /// <summary>A word the enumeration has, or a new one where it has too few.</summary>
    private static string Word(string wire, int variant)
    {
        var known = s_words.Value[wire];
        return variant <= known.Length ? known[variant - 1] : "brand_new";
    }

    private static readonly Lazy<Dictionary<string, string[]>> s_words = new(() =>
    {
        return File.ReadLines(Checkout.File("datamodel", "xapi.tsv"))
            .Select(l => l.Split('\t')).Where(c => c[0] == "enum")
            .ToDictionary(c => c[1], c => c[2].Split(' ', StringSplitOptions.RemoveEmptyEntries));
    });
}
