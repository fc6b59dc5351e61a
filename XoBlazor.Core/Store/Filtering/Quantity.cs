using System.Globalization;

namespace XoBlazor.Core.Store.Filtering;

/// <summary>Numbers as people write them: <c>4</c>, <c>1.5</c>, <c>4GiB</c>, <c>10G</c> (10^9), <c>2 Ki</c> is not one.</summary>
internal static class Quantity
{
    private const string Prefixes = "kmgtp";

    public static bool TryParse(string text, out double number)
    {
        if (TryParsePlain(text, out number))
            return true;
        var rest = text.AsSpan();
        if (rest.EndsWith("b", StringComparison.OrdinalIgnoreCase))
            rest = rest[..^1];
        var isBinary = rest.EndsWith("i", StringComparison.OrdinalIgnoreCase);
        if (isBinary)
            rest = rest[..^1];
        if (rest.IsEmpty)
            return false;
        var prefix = Prefixes.IndexOf(char.ToLowerInvariant(rest[^1]), StringComparison.Ordinal);
        if (prefix >= 0)
            rest = rest[..^1];
        else if (isBinary)
            return false;
        if (!TryParsePlain(rest.ToString(), out number))
            return false;
        number *= Math.Pow(isBinary ? 1024 : 1000, prefix + 1);
        return true;
    }

    public static bool TryParsePlain(string text, out double number)
    {
        number = 0;
        return text.Length > 0 && (char.IsAsciiDigit(text[0]) || text[0] is '-' or '+' or '.')
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
    }
}
