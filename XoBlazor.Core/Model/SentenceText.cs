namespace XoBlazor.Core.Model;

/// <summary>Words as sentences and headings begin.</summary>
public static class SentenceText
{
    /// <summary>With a capital letter first.</summary>
    public static string Capital(string words) => words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];
}
