namespace XoBlazor.Core.Patching;

/// <summary>Foreign text within a Markdown document: names are the hosts' and may hold anything.</summary>
internal static class MarkdownLine
{
    private const string Markup = "\\`*_<[#";

    /// <summary>The text on one line, without any markup of its own.</summary>
    public static string Of(string text) => string.Concat(text.Select(c => char.IsControl(c) ? " " : Markup.Contains(c, StringComparison.Ordinal) ? $"\\{c}" : $"{c}"));
}
