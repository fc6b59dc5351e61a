using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace XoBlazor.Benchmarks;

/// <summary>A benchmark's results as a Markdown table, printed and kept under <c>results/</c>.</summary>
internal sealed class Report(string name, string title)
{
    private readonly StringBuilder _text = new();
    private readonly string _loadBefore = Load();

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
            + $"Made by `dotnet run -c Release --project XoBlazor.Benchmarks -- {name}`.\n"
            + $"Load average of the machine before {_loadBefore}, after {Load()}, this benchmark's own work included.\n";
        Console.WriteLine(head + _text);
        if (Checkout.Find("XoBlazor.Benchmarks", "results") is { } folder)
            File.WriteAllText(Path.Combine(Directory.CreateDirectory(folder).FullName, name + ".md"), head + _text);
    }

    // What else the machine did decides how far times can be believed.
    private static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
}
