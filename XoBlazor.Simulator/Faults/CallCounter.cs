using System.Collections.Concurrent;

namespace XoBlazor.Simulator.Faults;

/// <summary>Counts calls by method: how many came, how many are being answered. Any thread may call.</summary>
internal sealed class CallCounter
{
    private readonly ConcurrentDictionary<string, long> _came = [];
    private readonly ConcurrentDictionary<string, int> _running = [];

    /// <summary>All calls that came, by method.</summary>
    public IReadOnlyDictionary<string, long> Came => _came.ToDictionary(pair => pair.Key, pair => pair.Value);

    /// <summary>The calls that wait for their answer, by method.</summary>
    public IReadOnlyDictionary<string, int> Running => _running.Where(pair => pair.Value > 0).ToDictionary(pair => pair.Key, pair => pair.Value);

    public void Begin(string method)
    {
        _came.AddOrUpdate(method, 1, (_, count) => count + 1);
        _running.AddOrUpdate(method, 1, (_, count) => count + 1);
    }

    public void End(string method) => _running.AddOrUpdate(method, 0, (_, count) => count - 1);
}
