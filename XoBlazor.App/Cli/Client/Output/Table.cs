namespace XoBlazor.App.Cli.Client.Output;

/// <summary>Rows under titles, as aligned columns or as comma-separated values.</summary>
internal static class Table
{
    private const string Gap = "  ";

    /// <param name="rows">As many values as there are titles, each on one line.</param>
    public static void Write(TextWriter output, IReadOnlyList<string> titles, IReadOnlyCollection<IReadOnlyList<string>> rows)
    {
        var widths = titles.Select((title, at) => rows.Select(row => row[at].Length).Append(title.Length).Max()).ToArray();
        WriteLine(titles.Select(title => title.ToUpperInvariant()));
        foreach (var row in rows)
            WriteLine(row);

        void WriteLine(IEnumerable<string> values) => output.WriteLine(string.Join(Gap, values.Select((value, at) => value.PadRight(widths[at]))).TrimEnd());
    }

    /// <summary>RFC 4180.</summary>
    public static void WriteCsv(TextWriter output, IReadOnlyList<string> titles, IEnumerable<IReadOnlyList<string>> rows)
    {
        foreach (var row in rows.Prepend(titles))
            output.Write(string.Join(',', row.Select(Quoted)) + "\r\n");
    }

    private static string Quoted(string value) =>
        value.AsSpan().IndexOfAny(",\"\r\n") < 0 ? value : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
