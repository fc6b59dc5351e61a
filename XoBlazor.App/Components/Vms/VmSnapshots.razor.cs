using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.App.Components.Vms;

/// <summary>A VM's snapshots as a tree, and where in it the VM is now.</summary>
public sealed partial class VmSnapshots
{
    [Parameter, EditorRequired]
    public PoolPicture Picture { get; set; } = default!;

    [Parameter, EditorRequired]
    public Vm Vm { get; set; } = default!;

    private ImmutableArray<SnapshotTreeLine> Lines => SnapshotTree.Of(Picture, Vm);
}
