using System.Collections.Immutable;
using XoBlazor.Core.Model;

namespace XoBlazor.Core.Store.Facts;

/// <summary>A snapshot and those taken after it.</summary>
/// <param name="IsCurrent">The VM's present state goes on from here.</param>
public sealed record SnapshotNode(Vm Snapshot, ImmutableArray<SnapshotNode> Children, bool IsCurrent);
