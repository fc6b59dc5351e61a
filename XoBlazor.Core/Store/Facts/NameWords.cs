namespace XoBlazor.Core.Store.Facts;

/// <summary>Where names begin and end in texts: at letters and digits, with whatever stands between them.</summary>
internal static class NameWords
{
    /// <summary>Names with more words are known by their first ones.</summary>
    public const int Most = 12;

    /// <summary>From the first letter or digit to the last one of the twelfth word; a name without any is itself.</summary>
    public static ReadOnlySpan<char> Core(ReadOnlySpan<char> name)
    {
        var start = Next(name, 0);
        if (start >= name.Length)
            return name;
        var end = End(name, start);
        for (var words = 1; words < Most && Next(name, end) is var next && next < name.Length; words++)
            end = End(name, next);
        return name[start..end];
    }

    /// <summary>Where the next word begins, at or behind a place.</summary>
    public static int Next(ReadOnlySpan<char> text, int from)
    {
        while (from < text.Length && !char.IsLetterOrDigit(text[from]))
            from++;
        return from;
    }

    /// <summary>Where the word at a place ends.</summary>
    public static int End(ReadOnlySpan<char> text, int from)
    {
        while (from < text.Length && char.IsLetterOrDigit(text[from]))
            from++;
        return from;
    }
}
