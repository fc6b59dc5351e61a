using System.Diagnostics;
using System.Globalization;

namespace XoBlazor.Benchmarks.Mirror;

/// <summary>What a process costs, read from the system.</summary>
internal static class OwnProcess
{
    public static TimeSpan Processor => Process.GetCurrentProcess().TotalProcessorTime;

    /// <summary>Resident memory of this process in MiB.</summary>
    public static double ResidentMiB => ResidentMiBOf(Environment.ProcessId);

    public static double ResidentMiBOf(int process)
    {
        foreach (var line in File.ReadLines($"/proc/{process}/status"))
            if (line.StartsWith("VmRSS:", StringComparison.Ordinal))
                return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024;
        return double.NaN;
    }
}
