using System.Diagnostics;
using XoBlazor.Benchmarks.Store;
using XoBlazor.Core.Store;

namespace XoBlazor.Benchmarks.Objects;

/// <summary>Changes of the made pool's VMs at a steady rate, one after the other, each saying when it was made.</summary>
internal sealed class MadeChanges(ObjectStore store, int vms, TimeSpan tick) : IDisposable
{
    private readonly PoolWriter _writer = store.Open(MadePool.Uuid);
    private int _next;

    /// <summary>Returns how many there were.</summary>
    public async Task<int> MakeAsync(int rate, TimeSpan length)
    {
        var (began, made) = (Stopwatch.GetTimestamp(), 0);
        using var ticks = new PeriodicTimer(tick);
        while (Stopwatch.GetElapsedTime(began) < length && await ticks.WaitForNextTickAsync())
        {
            var due = (int)(Stopwatch.GetElapsedTime(began).TotalSeconds * rate) - made;
            if (due > 0)
                _writer.Apply(Enumerable.Range(0, due).Select(_ => ObjectUpdate.Present(MadeObjects.Vm(_next++ % vms, ChangeAges.Description()))));
            made += Math.Max(due, 0);
        }

        return made;
    }

    public void Dispose() => _writer.Dispose();
}
