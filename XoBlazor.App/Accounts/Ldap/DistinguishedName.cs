using System.Globalization;
using System.Text;

namespace XoBlazor.App.Accounts.Ldap;

/// <summary>
/// Distinguished names (RFC 4514) made comparable: case and blanks that servers ignore are gone, escapes are resolved. Good for telling
/// groups apart within one directory; nothing is decided by it that a server would decide otherwise.
/// </summary>
internal static class DistinguishedName
{
    public static bool AreSame(string one, string other) => Key(one) == Key(other);

    /// <summary>A text equal for names that differ only in case, blanks around parts, or escapes. Not a DN: for comparing only.</summary>
    public static string Key(string dn)
    {
        var key = new StringBuilder(dn.Length);
        var value = new List<byte>();
        var letters = new byte[4];
        var trailing = 0;
        for (var i = 0; i < dn.Length; i++)
        {
            var letter = dn[i];
            if (letter == '\\' && i + 2 < dn.Length && byte.TryParse(dn.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var octet))
            {
                value.Add(octet);
                trailing = 0;
                i += 2;
            }
            else if (letter == '\\' && i + 1 < dn.Length)
            {
                value.Add((byte)dn[++i]);
                trailing = 0;
            }
            else if (letter is ',' or ';' or '+' or '=')
            {
                End(letter == ';' ? ',' : letter);
            }
            else if (letter == ' ')
            {
                // Blanks count only between other letters.
                if (value.Count > 0)
                {
                    value.Add((byte)' ');
                    trailing++;
                }
            }
            else
            {
                var rune = Rune.TryGetRuneAt(dn, i, out var whole) ? whole : Rune.ReplacementChar;
                i += rune.Utf16SequenceLength - 1;
                value.AddRange(letters.AsSpan(0, rune.EncodeToUtf8(letters)));
                trailing = 0;
            }
        }

        End('\0');
        return key.ToString();

        void End(char separator)
        {
            value.RemoveRange(value.Count - trailing, trailing);
            trailing = 0;
            // Lengths keep parts apart that an escape could otherwise join.
            var text = Encoding.UTF8.GetString([.. value]).ToLowerInvariant();
            key.Append(text.Length).Append(':').Append(text).Append(separator);
            value.Clear();
        }
    }
}
