using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace XoBlazor.Benchmarks;

/// <summary>A benchmark's results as a Markdown table, printed and kept under <c>results/</c>.</summary>
internal sealed class Report(string name, string title)
{
    private readonly StringBuilder _text = new();

    public void Section(string heading, string explanation) => _text.Append(CultureInfo.InvariantCulture, $"\n## {heading}\n{explanation}\n\n");

    public void Table(params ReadOnlySpan<string[]> rows)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            _text.Append("| ").AppendJoin(" | ", rows[i]).Append(" |\n");
            if (i == 0)
                _text.Append('|').Insert(_text.Length, "---|", rows[i].Length).Append('\n');
        }
    }

    public void Line(string line) => _text.Append('\n').Append(line).Append('\n');

    public void Save()
    {
        var head = $"# {title}\n\n{RuntimeInformation.FrameworkDescription}, {Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription}. "
            + $"Made by `dotnet run -c Release --project XoBlazor.Benchmarks -- {name}`.\n";
        Console.WriteLine(head + _text);
        if (Folder() is { } folder)
            File.WriteAllText(Path.Combine(folder, name + ".md"), head + _text);
    }

    private static string? Folder()
    {
        var checkout = new DirectoryInfo(AppContext.BaseDirectory);
        while (checkout is not null && !File.Exists(Path.Combine(checkout.FullName, "XoBlazor.sln")))
            checkout = checkout.Parent;
        return checkout is null ? null : Directory.CreateDirectory(Path.Combine(checkout.FullName, "XoBlazor.Benchmarks", "results")).FullName;
    }
}
