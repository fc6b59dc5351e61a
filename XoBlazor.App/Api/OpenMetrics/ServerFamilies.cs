using System.Collections.Immutable;
using System.Diagnostics;
using XoBlazor.App.Api.JsonRpc;
using XoBlazor.App.Hosting;
using XoBlazor.Core.Consoles;
using XoBlazor.Core.Journal;
using XoBlazor.Core.Metrics.History;
using XoBlazor.Core.Operations.Transfers.Queue;
using XoBlazor.Core.Pools;

namespace XoBlazor.App.Api.OpenMetrics;

/// <summary>How the server itself is doing; processes have the names that Prometheus gives them everywhere.</summary>
internal sealed class ServerFamilies(PoolFleet fleet, JournalRecorder journal, OpenCircuits circuits, RpcConnections connections, ConsoleDesk consoles, TransferQueue transfers, MetricsHistory history)
{
    public IReadOnlyList<MetricFamily<JournalState>> All { get; } =
    [
        new("xoblazor_build_info", "", "Always 1; the label says which version runs.", (_, samples) => samples.Add(1, "version", ProductVersion.Text)),
        new("process_cpu_seconds", "seconds", "Processor time of the process.", _ => Environment.CpuUsage.TotalTime.TotalSeconds) { IsCounter = true },
        new("process_resident_memory_bytes", "bytes", "Memory of the process.", _ => Environment.WorkingSet),
        new("process_start_time_seconds", "seconds", "When the process began, in Unix time.", _ => Started),
        new("xoblazor_heap_bytes", "bytes", "Managed memory in use, what nobody needs any more included.", _ => GC.GetTotalMemory(false)),
        new("xoblazor_pools", "", "Pools by how we stand with them.", (_, samples) => AddCounts(samples, fleet.States.Select(state => state.Status))),
        new("xoblazor_circuits", "", "Pages that are open in browsers.", _ => circuits.Count),
        new("xoblazor_api_connections", "", "Open connections of the JSON-RPC API.", _ => connections.Count),
        new("xoblazor_consoles", "", "Consoles that are open.", _ => consoles.Count),
        new("xoblazor_transfers", "", "Transfers in the queue and its history, by state.", (_, samples) => AddCounts(samples, transfers.All.Select(transfer => transfer.Record.State))),
        new("xoblazor_journal_rows", "", "Entries that the journal keeps.", state => state.Rows),
        new("xoblazor_journal_size_bytes", "bytes", "What the journal takes on the disk.", state => state.Size),
        new("xoblazor_journal_waiting", "", "Changes that are seen and not written yet.", state => state.Waiting),
        new("xoblazor_journal_behind_seconds", "seconds", "How long the oldest of them has been waiting.", state => state.Behind.TotalSeconds),
        new("xoblazor_journal_dropped_changes", "", "Changes that were not recorded because the disk could not keep up.", state => state.Dropped) { IsCounter = true },
        new("xoblazor_journal_writable", "", "0 when nothing can be written to the journal.", state => state.IsWritable ? 1 : 0),
        new("xoblazor_history_size_bytes", "bytes", "What the history of figures takes on the disk.", _ => history.State.Size),
        new("xoblazor_history_waiting", "", "Moments of objects that are seen and not written to it yet.", _ => history.State.Waiting),
        new("xoblazor_history_dropped_moments", "", "Moments of objects that were not recorded because the disk could not keep up.", _ => history.State.Dropped) { IsCounter = true },
        new("xoblazor_history_writable", "", "0 when nothing can be written to the history of figures.", _ => history.State.IsWritable ? 1 : 0),
    ];

    private static double Started { get; } = new DateTimeOffset(Process.GetCurrentProcess().StartTime).ToUnixTimeMilliseconds() / 1000.0;

    public JournalState Now => journal.State;

    private static void AddCounts<T>(MetricSamples samples, IEnumerable<T> states) where T : struct, Enum
    {
        var counts = states.CountBy(state => state).ToDictionary();
        foreach (var state in Enum.GetValues<T>())
            samples.Add(counts.GetValueOrDefault(state), "state", state.ToString().ToLowerInvariant());
    }
}
