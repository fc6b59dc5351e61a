using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.Core.Operations;

/// <summary>Parameters that name storage, and what suits them.</summary>
internal static class StorageParameters
{
    /// <summary>An SR that disks can be made on.</summary>
    public static OperationParameter ForDisks(string name, string title) => OperationParameter.Object<Sr>(name, title, UseRights.Sr) with { Unsuitable = NotForDisks };

    /// <summary>Why no disk can be made on an SR; null when it can.</summary>
    public static string? NotForDisks(PoolPicture pool, XapiObject target, XapiObject candidate)
    {
        var sr = (Sr)candidate;
        return sr.ContentType == "iso" ? $"{pool.NameOf(sr)} is for ISOs."
            : sr.Type is "udev" || sr.IsToolsSr ? $"{pool.NameOf(sr)} takes no disks."
            : !pool.HostsOf(sr).Any() ? $"{pool.NameOf(sr)} is not connected to any host."
            : null;
    }

    /// <summary>Why no ISO can be put into a library; null when it can.</summary>
    public static string? NotForIsos(PoolPicture pool, Sr sr) => sr.ContentType != "iso" ? $"{pool.NameOf(sr)} is no ISO library."
        : sr.Type is "udev" ? $"{pool.NameOf(sr)} is a drive of the host's."
        : sr.IsToolsSr ? $"{pool.NameOf(sr)} holds what came with the hosts."
        : !pool.HostsOf(sr).Any() ? $"{pool.NameOf(sr)} is not connected to any host."
        : null;
}
