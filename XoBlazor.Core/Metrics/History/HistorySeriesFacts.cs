using System.Collections.Immutable;

namespace XoBlazor.Core.Metrics.History;

/// <summary>What is kept of which kind of object, by what name, and how exactly.</summary>
public static class HistorySeriesFacts
{
    private static readonly ImmutableArray<HistorySeries> s_busy =
        [HistorySeries.Cpu, HistorySeries.Memory, HistorySeries.MemoryUsed, HistorySeries.DiskRead, HistorySeries.DiskWrite, HistorySeries.NetworkReceived, HistorySeries.NetworkSent];

    private static readonly ImmutableArray<HistorySeries> s_space = [HistorySeries.Used, HistorySeries.Size];

    /// <summary>All that is kept of an object, in the order of the file.</summary>
    public static ImmutableArray<HistorySeries> KeptOf(MetricsOwner owner) => owner == MetricsOwner.Sr ? s_space : s_busy;

    /// <summary>As it stands in answers and in <see cref="ObjectMetrics.Series"/>.</summary>
    public static string Name(this HistorySeries series) => series switch
    {
        HistorySeries.Cpu => "cpu",
        HistorySeries.Memory => "memory",
        HistorySeries.MemoryUsed => "memoryUsed",
        HistorySeries.DiskRead => "diskRead",
        HistorySeries.DiskWrite => "diskWrite",
        HistorySeries.NetworkReceived => "networkReceived",
        HistorySeries.NetworkSent => "networkSent",
        HistorySeries.Used => "used",
        HistorySeries.Size => "size",
    };

    /// <summary>Bits of the mantissa that are kept: 8 are exact to 0.2 %, 10 to 0.05 %, 16 to a hundred-thousandth.</summary>
    internal static int Precision(this HistorySeries series) => series switch
    {
        HistorySeries.Memory or HistorySeries.Used or HistorySeries.Size => 16,
        HistorySeries.MemoryUsed => 10,
        HistorySeries.Cpu or HistorySeries.DiskRead or HistorySeries.DiskWrite or HistorySeries.NetworkReceived or HistorySeries.NetworkSent => 8,
    };

    /// <summary>What is less is nothing.</summary>
    internal static float Least(this HistorySeries series) => series == HistorySeries.Cpu ? 1e-4f : 1;
}
