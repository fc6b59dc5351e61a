using System.Globalization;

namespace XoBlazor.Benchmarks.WebConsole;

/// <summary>The console's promises on a list of 10 000 VMs: how soon a change is seen, and what many open pages cost.</summary>
internal static class ConsoleBenchmark
{
    public const int Vms = 10_000;

    private static readonly string[] s_parts = ["latency", "circuits"];

    public static async Task<int> RunAsync(string[] parts)
    {
        if (parts is ["serve"])
            return await CircuitServer.RunAsync();

        var length = TimeSpan.FromSeconds(double.Parse(parts.FirstOrDefault(p => p.EndsWith('s') && char.IsAsciiDigit(p[0]))?[..^1] ?? "30", CultureInfo.InvariantCulture));
        var wanted = s_parts.Where(parts.Contains).ToArray() is { Length: > 0 } chosen ? chosen : s_parts;
        var report = new Report("console", "The web console");
        var isWell = true;
        if (wanted.Contains("latency"))
            isWell &= await LatencyRun.RunAsync(report, length);
        if (wanted.Contains("circuits"))
            isWell &= await CircuitsRun.RunAsync(report, length);
        report.Save();
        return isWell ? 0 : 1;
    }
}
