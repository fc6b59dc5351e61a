using XoBlazor.Core.Access;

namespace XoBlazor.Core.Operations;

/// <summary>Rights on objects that an operation on something else makes use of: the host a VM goes to, the storage of a new disk, the network of a device.</summary>
public static class UseRights
{
    public static Right Host { get; } = new("host.use", "Run VMs on hosts", RightLevel.Operate);

    public static Right Sr { get; } = new("sr.use", "Put disks on storage", RightLevel.Manage);

    public static Right Network { get; } = new("network.use", "Connect VMs to networks", RightLevel.Manage);

    /// <summary>A disc in a drive is for reading: who may see an ISO may insert it.</summary>
    public static Right Disc => Right.View;
}
