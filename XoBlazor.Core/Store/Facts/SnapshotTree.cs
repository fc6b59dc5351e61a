using System.Collections.Immutable;
using XoBlazor.Core.Model;

namespace XoBlazor.Core.Store.Facts;

/// <summary>A line of a VM's snapshot tree.</summary>
/// <param name="Snapshot">The snapshot, or null for the line "you are here".</param>
/// <param name="Depth">0 for a snapshot of the VM's beginnings.</param>
public readonly record struct SnapshotTreeLine(Vm? Snapshot, int Depth);

/// <summary>
/// A VM's snapshots as XAPI's parent links order them, each followed by what was made from it; the present state stands under the snapshot
/// it grew from. A snapshot whose parent is gone, or in a circle, counts as a beginning, so that none is lost.
/// </summary>
public static class SnapshotTree
{
    public static ImmutableArray<SnapshotTreeLine> Of(PoolPicture pool, Vm vm)
    {
        var snapshots = pool.Get(vm.Snapshots).DistinctBy(s => s.Ref).ToDictionary(s => s.Ref, StringComparer.Ordinal);
        if (snapshots.Count == 0)
            return [];
        var children = snapshots.Values.ToLookup(s => s.Parent.Value is { } parent && parent != s.Ref && snapshots.ContainsKey(parent) ? parent : "");
        var here = vm.Parent.Value is { } from && snapshots.ContainsKey(from) ? from : "";

        var lines = ImmutableArray.CreateBuilder<SnapshotTreeLine>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        Grow("", 0);
        foreach (var circling in InOrder(snapshots.Values.Where(s => !seen.Contains(s.Ref)).ToList()))
            if (seen.Add(circling.Ref))
            {
                lines.Add(new(circling, 0));
                Grow(circling.Ref, 1);
            }

        return lines.ToImmutable();

        void Grow(string parent, int depth)
        {
            // A stack of our own: a chain may be long, and the depth comes from outside.
            var waiting = new Stack<(Vm? Snapshot, int Depth)>();
            Push(parent, depth);
            while (waiting.TryPop(out var next))
            {
                lines.Add(new(next.Snapshot, next.Depth));
                if (next.Snapshot is { } snapshot)
                    Push(snapshot.Ref, next.Depth + 1);
            }

            void Push(string of, int at)
            {
                if (of == here)
                    waiting.Push((null, at));
                foreach (var child in InOrder(children[of]).Reverse())
                    if (seen.Add(child.Ref))
                        waiting.Push((child, at));
            }
        }
    }

    private static IEnumerable<Vm> InOrder(IEnumerable<Vm> snapshots) =>
        snapshots.OrderBy(s => s.SnapshotTime).ThenBy(s => s.NameLabel, StringComparer.Ordinal);
}
