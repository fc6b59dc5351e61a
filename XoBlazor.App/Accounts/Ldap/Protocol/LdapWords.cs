namespace XoBlazor.App.Accounts.Ldap.Protocol;

/// <summary>Makes what a server sent fit for a message or a log: one line, no control characters, bounded.</summary>
internal static class LdapWords
{
    public static string Printable(string text, int length = 300)
    {
        var isCut = text.Length > length;
        var kept = isCut ? text.AsSpan(0, length) : text;
        return string.Concat(string.Create(kept.Length, text, static (letters, source) =>
        {
            for (var i = 0; i < letters.Length; i++)
                letters[i] = IsHarmless(source[i]) ? source[i] : '?';
        }).AsSpan().TrimEnd('?').Trim(), isCut ? "…" : "");
    }

    // Line and paragraph separators and the marks that turn the direction of text are no control characters to .NET.
    private static bool IsHarmless(char letter) =>
        !char.IsControl(letter) && letter is not ('\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'));
}
