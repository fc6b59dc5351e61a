using System.Globalization;
using System.Text;

namespace XoBlazor.Core.Transfers;

/// <summary>Names of files after things whose names come from a pool, which are hostile until checked; and what a file's name says of what is in it.</summary>
public static class FileName
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

    /// <summary>The name without the endings that tell a format.</summary>
    public static string Stem(string name)
    {
        var stem = name;
        while (Path.GetExtension(stem).ToLowerInvariant() is ".xva" or ".gz" or ".zst" or ".vhd" or ".qcow2" or ".raw" or ".img" or ".iso")
            stem = Path.GetFileNameWithoutExtension(stem);
        return stem.Length > 0 ? stem : name;
    }

    /// <summary>The format of a disk, by the ending.</summary>
    public static string DiskFormat(string name) => Path.GetExtension(name).ToLowerInvariant() switch { ".vhd" => "vhd", ".qcow2" => "qcow2", _ => "raw" };
}
