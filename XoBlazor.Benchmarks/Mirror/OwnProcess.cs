using System.Diagnostics;
using System.Globalization;

namespace XoBlazor.Benchmarks.Mirror;

/// <summary>What a process costs, read from the system.</summary>
internal static class OwnProcess
{
    public static TimeSpan Processor => Process.GetCurrentProcess().TotalProcessorTime;

    /// <summary>Resident memory of this process in MiB.</summary>
    public static double ResidentMiB => ResidentMiBOf(Environment.ProcessId);

    public static double ResidentMiBOf(int process) => MiBOf($"/proc/{process}/status", "VmRSS:");

    /// <summary>The part that no file backs: heaps, stacks, what was written to.</summary>
    public static double AnonymousMiBOf(int process) => MiBOf($"/proc/{process}/status", "RssAnon:");

    private static double MiBOf(string file, string figure)
    {
        foreach (var line in File.ReadLines(file))
            if (line.StartsWith(figure, StringComparison.Ordinal))
                return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024;
        return double.NaN;
    }
}
