namespace XoBlazor.Simulator.Faults;

/// <summary>
/// The standing faults of one simulated host: those that wait for a call to hit. Safe for concurrent use; the oldest fault that fits is
/// taken, and one with a count goes away when it is used up.
/// </summary>
public sealed class FaultList
{
    private readonly Lock _gate = new();
    private readonly List<Fault> _faults = [];

    /// <summary>What still stands, oldest first.</summary>
    public IReadOnlyList<Fault> Standing
    {
        get
        {
            lock (_gate) return [.. _faults];
        }
    }

    public void Add(Fault fault)
    {
        lock (_gate) _faults.Add(fault);
    }

    public void Clear()
    {
        lock (_gate) _faults.Clear();
    }

    /// <summary>Whether a fault of this kind stands, whatever its calls; takes nothing.</summary>
    public bool Has(FaultKind kind)
    {
        lock (_gate) return _faults.Exists(fault => fault.Kind == kind);
    }

    /// <summary>The oldest of these kinds that hits this call, or null; one answer of its count is spent.</summary>
    public Fault? Take(string method, params ReadOnlySpan<FaultKind> kinds)
    {
        lock (_gate)
        {
            for (var index = 0; index < _faults.Count; index++)
            {
                var fault = _faults[index];
                if (!kinds.Contains(fault.Kind) || (fault.Method is { } only && only != method)) continue;
                Spend(index);
                return fault;
            }

            return null;
        }
    }

    /// <summary>The oldest fault of this kind that hits this call on one of these hosts, or null; a fault that lets some pass counts this one.</summary>
    /// <param name="kind">Which faults are meant.</param>
    /// <param name="method">The call, or what else can be hit by name.</param>
    /// <param name="hosts">The uuids of the hosts that the call is about.</param>
    public Fault? TakeFor(FaultKind kind, string method, params ReadOnlySpan<string> hosts)
    {
        lock (_gate)
        {
            for (var index = 0; index < _faults.Count; index++)
            {
                var fault = _faults[index];
                if (fault.Kind != kind || (fault.Method is { } only && only != method) || (fault.Host is { } host && !hosts.Contains(host))) continue;
                if (fault.Skip > 0)
                {
                    _faults[index] = fault with { Skip = fault.Skip - 1 };
                    continue;
                }

                Spend(index);
                return fault;
            }

            return null;
        }
    }

    /// <summary>Counts one answer of a fault. To be called under the lock.</summary>
    private void Spend(int index)
    {
        if (_faults[index].Times is 1) _faults.RemoveAt(index);
        else if (_faults[index].Times is { } times) _faults[index] = _faults[index] with { Times = times - 1 };
    }
}
