using System.Buffers;
using System.Text;

namespace XoBlazor.Core.Model;

/// <summary>
/// Words of hosts, guests and their users among words of ours. What cannot be seen is made visible, what turns the direction of reading is
/// taken out, and letters that are read from right to left are set apart, so that nothing around them moves. Ordinary text is returned as it is.
/// </summary>
public static class ForeignText
{
    private const char Unseen = '\uFFFD';
    private const char Isolate = '\u2068';
    private const char EndOfIsolate = '\u2069';

    // All that is printed and read from left to right, as far as nearly every name goes; the rest is looked at letter by letter.
    private static readonly SearchValues<char> s_ordinary = SearchValues.Create(
        string.Concat(Enumerable.Range(0, 0x0590).Select(c => (char)c).Where(c => !char.IsControl(c) || IsSpace(c))));

    /// <summary>The text as it may stand in a sentence, a row or a tooltip.</summary>
    public static string Shown(string text)
    {
        var at = text.AsSpan().IndexOfAnyExcept(s_ordinary);
        if (at < 0)
            return text;

        // What has been through here before comes out the same.
        if (text[0] == Isolate && text[^1] == EndOfIsolate)
            (text, at) = (text[1..^1], 0);
        var shown = new StringBuilder(text.Length + 2).Append(text, 0, at);
        var (isTurned, isHarmful) = (false, false);
        foreach (var letter in text.AsSpan(at))
        {
            isTurned |= IsRightToLeft(letter);
            isHarmful |= IsHarmful(letter);
            shown.Append(IsHarmful(letter) ? Visible(letter) : letter);
        }

        return isTurned ? shown.Insert(0, Isolate).Append(EndOfIsolate).ToString() : isHarmful ? shown.ToString() : text;
    }

    /// <summary>Whether a person who typed or copied one of them meant the other: what <see cref="Shown"/> changes does not count.</summary>
    public static bool IsMeant(string typed, string text) => string.Equals(Bare(typed), Bare(text), StringComparison.Ordinal);

    private static string Bare(string text) => Shown(text).Trim(Isolate, EndOfIsolate, ' ');

    private static bool IsSpace(char letter) => letter is '\t' or '\n' or '\r';

    // Embeddings, overrides and isolates reach beyond the word they stand in; marks of direction do not.
    private static bool IsHarmful(char letter) =>
        (char.IsControl(letter) && !IsSpace(letter)) || letter is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u2028' or '\u2029';

    private static char Visible(char letter) => letter switch
    {
        < ' ' => (char)(0x2400 + letter),
        '\u007F' => '\u2421',
        _ => Unseen,
    };

    // Hebrew to Arabic Extended-A, their presentation forms, and the first halves of the pairs for the scripts beyond.
    private static bool IsRightToLeft(char letter) =>
        letter is (>= '\u0590' and <= '\u08FF') or (>= '\uFB1D' and <= '\uFDFF') or (>= '\uFE70' and <= '\uFEFC') or '\u200F' or (>= '\uD802' and <= '\uD803') or (>= '\uD83A' and <= '\uD83B');
}
