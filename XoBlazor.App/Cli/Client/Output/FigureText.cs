using System.Globalization;
using System.Text.Json.Nodes;
using XoBlazor.App.Components.Ui;

namespace XoBlazor.App.Cli.Client.Output;

/// <summary>Figures over time in a line of a terminal: numbers with their units, and how they went.</summary>
internal static class FigureText
{
    private const string Steps = "▁▂▃▄▅▆▇█";
    private const int Width = 24;

    /// <param name="path">Where the figure stands in Xen Orchestra's shape, such as <c>vifs.rx.0</c>: tells the unit.</param>
    public static string Number(string path, double? value) => value is not { } number ? "" : path.Split('.')[0] switch
    {
        "cpus" or "cpu" or "cpuUsage" => $"{Rounded(number)} %",
        var part when part.StartsWith("runstate", StringComparison.Ordinal) => $"{Rounded(number)} %",
        "memory" or "memoryFree" or "memoryTarget" or "memoryUsed" or "used" or "size" => Format.Bytes((long)number),
        "vifs" or "pifs" or "xvds" or "ioThroughput" or "diskRead" or "diskWrite" or "networkReceived" or "networkSent" => $"{Format.Bytes((long)number)}/s",
        "latency" or "vbdLatency" => $"{Rounded(number)} ms",
        "iops" => $"{Rounded(number)}/s",
        "iowait" or "vbdIowait" => $"{Rounded(number * 100)} %",
        _ => Rounded(number),
    };

    /// <summary>Every series of an answer, with its path.</summary>
    public static IEnumerable<(string Path, IReadOnlyList<double?> Values)> Series(JsonNode? stats, string above = "") => stats switch
    {
        JsonObject group => group.SelectMany(one => Series(one.Value, above.Length > 0 ? $"{above}.{one.Key}" : one.Key)),
        JsonArray values => [(above, [.. values.Select(value => (double?)value)])],
        _ => [],
    };

    /// <summary>A line of small bars from nothing to the largest; a blank where nothing is known.</summary>
    public static string Trend(IReadOnlyList<double?> values)
    {
        var most = values.Max() is { } largest and > 0 ? largest : 1;
        var width = Math.Min(Width, values.Count);
        return string.Concat(Enumerable.Range(0, width).Select(at =>
        {
            var part = values.Skip(at * values.Count / width).Take(((at + 1) * values.Count / width) - (at * values.Count / width)).OfType<double>().ToList();
            return part.Count == 0 ? ' ' : Steps[(int)Math.Clamp(part.Average() / most * (Steps.Length - 1), 0, Steps.Length - 1)];
        })).TrimEnd();
    }

    private static string Rounded(double number) => number.ToString(Math.Abs(number) >= 100 ? "0" : "0.##", CultureInfo.InvariantCulture);
}
