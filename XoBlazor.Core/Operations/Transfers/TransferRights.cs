using XoBlazor.Core.Access;

namespace XoBlazor.Core.Operations.Transfers;

/// <summary>What somebody may be allowed to take out of a pool, or bring into it.</summary>
public static class TransferRights
{
    public static Right ExportVm { get; } = new("vm.export", "Export VMs", RightLevel.Manage);

    /// <summary>Needed on the storage that the VM's disks go to.</summary>
    public static Right ImportVm { get; } = new("vm.import", "Import VMs", RightLevel.Manage);

    /// <summary>Has the server fetch files from other servers, and so reach what it reaches; besides, the import's own right is needed.</summary>
    public static Right Fetch { get; } = new("sr.fetch", "Import from addresses", RightLevel.Manage);

    /// <summary>Everybody's place in the queue of transfers, and its pause.</summary>
    public static Right Order { get; } = new("transfer.order", "Order and pause everybody's transfers", RightLevel.Administer);

    public static Right ExportDisk { get; } = new("vdi.export", "Export disks", RightLevel.Manage);

    public static Right ImportDisk { get; } = new("vdi.import", "Overwrite disks", RightLevel.Manage);
}
