using System.Globalization;
using System.Text;

namespace XoBlazor.Core.Transfers;

/// <summary>Names of files after things whose names come from a pool: they are hostile until checked.</summary>
internal static class FileName
{
    private const int Longest = 100;

    /// <param name="otherwise">For a name of which nothing is left.</param>
    public static string Of(string name, string otherwise, string extension)
    {
        var safe = new StringBuilder();
        foreach (var rune in name.EnumerateRunes())
        {
            var isPlain = Rune.IsLetterOrDigit(rune) || rune.Value is ' ' or '-' or '_' or '.' or '(' or ')' or '+' or ',' or '@';
            if (safe.Length < Longest && Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format)
                safe.Append(isPlain ? rune.ToString() : "_");
        }

        var text = safe.ToString().Trim(' ', '.');
        return $"{(text.Length > 0 ? text : otherwise)}.{extension}";
    }
}
