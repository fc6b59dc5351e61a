using XoBlazor.Core.Patching;

namespace XoBlazor.Core.Operations.Updates;

/// <summary>In which form hosts take the updates that we bring them, and what pools call one that was brought.</summary>
/// <param name="Class">The class in the pool, of which calls are; both have the same ones.</param>
/// <param name="Extension">How the file ends that is in an update's zip.</param>
internal sealed record UpdateForm(string Class, string Extension)
{
    /// <summary>Up to XenServer 7.0: a file, uploaded to the coordinator.</summary>
    public static UpdateForm Patch { get; } = new("pool_patch", ".xsupdate");

    /// <summary>XenServer and Citrix Hypervisor 7.1 to 8.2: an image, on a disk that is there for the time of the installation.</summary>
    public static UpdateForm Image { get; } = new("pool_update", ".iso");

    public static UpdateForm Of(HostGeneration generation) => generation == HostGeneration.Patches ? Patch : Image;
}
