using Microsoft.AspNetCore.Components;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Components.Vms;

/// <summary>A VM's disks and drives.</summary>
public sealed partial class VmDisks
{
    [Parameter, EditorRequired]
    public PoolPicture Picture { get; set; } = default!;

    [Parameter, EditorRequired]
    public Vm Vm { get; set; } = default!;

    private static string KindText(VbdType type) => type switch
    {
        VbdType.Cd => "DVD drive",
        VbdType.Disk => "Disk",
        VbdType.Floppy => "Floppy drive",
        VbdType.Unrecognised => "Unknown",
    };
}
