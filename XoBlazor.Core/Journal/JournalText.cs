using System.Text.Json;

namespace XoBlazor.Core.Journal;

/// <summary>
/// What the journal calls a word: a run of letters and digits, in lower case. Entries are indexed and searched by the same rules:
/// texts and words of JSON values count, numbers, dates and references do not.
/// </summary>
internal static class JournalText
{
    private const int LongestWord = 40;
    private const int DateLength = 18;

    public delegate void WordVisitor(ReadOnlySpan<char> word);

    /// <summary>Hands over every word of a text, cut to a length an index can bear.</summary>
    public static void VisitWords(ReadOnlySpan<char> text, WordVisitor visit)
    {
        Span<char> word = stackalloc char[LongestWord];
        var length = 0;
        foreach (var letter in text)
        {
            if (IsWordLetter(letter))
            {
                if (length < LongestWord)
                    word[length] = char.ToLowerInvariant(letter);
                length++;
            }
            else if (length > 0)
            {
                visit(word[..Math.Min(length, LongestWord)]);
                length = 0;
            }
        }

        if (length > 0)
            visit(word[..Math.Min(length, LongestWord)]);
    }

    /// <summary>Hands over every text in a JSON value that can be searched for.</summary>
    public static void VisitTexts(ReadOnlySpan<byte> json, Action<string> visit)
    {
        // Most values are bare numbers, truths or references.
        if (json.Length < 3 || json[0] is not ((byte)'"' or (byte)'[' or (byte)'{'))
            return;
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && IsSearchable(reader.ValueSpan))
                visit(reader.GetString()!);
    }

    /// <summary>True if the part (in lower case) occurs in the text, in any case, beginning where a word begins.</summary>
    public static bool Contains(string text, string part)
    {
        var lower = ToLower(text);
        for (var at = lower.IndexOf(part, StringComparison.Ordinal); at >= 0; at = lower.IndexOf(part, at + 1, StringComparison.Ordinal))
            if (at == 0 || !IsWordLetter(lower[at]) || !IsWordLetter(lower[at - 1]))
                return true;
        return false;
    }

    /// <summary>The parts of a search that hold at least one letter or digit, in lower case.</summary>
    public static string[] Parts(string? search) =>
        [.. (search ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(p => p.Any(IsWordLetter)).Select(ToLower).Distinct(StringComparer.Ordinal)];

    /// <summary>True if the part reads like the beginning of a uuid, at least its first group.</summary>
    public static bool IsUuidBeginning(string part) =>
        part.Length is >= 8 and <= 36 && part.All(c => char.IsAsciiHexDigit(c) || c == '-') && part.AsSpan(0, 8).IndexOf('-') < 0;

    public static bool IsWordLetter(char letter) => char.IsLetterOrDigit(letter) || char.IsSurrogate(letter);

    // Letter by letter, as the index does.
    private static string ToLower(string text) => string.Create(text.Length, text, static (lower, text) =>
    {
        for (var i = 0; i < text.Length; i++)
            lower[i] = char.ToLowerInvariant(text[i]);
    });

    private static bool IsSearchable(ReadOnlySpan<byte> text) =>
        !text.IsEmpty && !text.StartsWith("OpaqueRef:"u8) && !(text.Length == DateLength && text[8] == 'T' && text[17] == 'Z');
}
