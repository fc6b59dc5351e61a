using System.Text;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations.Transfers;
using XoBlazor.Core.Transfers;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Operations.Vms.CloudInit;

/// <summary>
/// The drive from which a guest configures itself at its first boot. cloud-init reads the NoCloud form: a volume called <c>cidata</c> with the files
/// <c>meta-data</c>, <c>user-data</c> and <c>network-config</c>. CoreOS reads OpenStack's: a volume called <c>config-2</c> with <c>openstack/latest/user_data</c>.
/// </summary>
internal static class ConfigDrive
{
    /// <summary>What cloud-init takes for user data; anything else it ignores.</summary>
    private static readonly string[] s_beginnings = ["#cloud-config", "#!", "#include", "#cloud-boothook", "#part-handler", "#upstart-job", "## template:", "Content-Type:", "From "];

    public static byte[] Image(string instance, string userData, string? networkConfig)
    {
        List<(string, byte[])> files = [("meta-data", Encoding.UTF8.GetBytes($"instance-id: {instance}\n")), ("user-data", Encoding.UTF8.GetBytes(userData))];
        if (networkConfig is not null)
            files.Add(("network-config", Encoding.UTF8.GetBytes(networkConfig)));
        return FatImage.Make("cidata", files);
    }

    public static byte[] CoreOsImage(string instance, string userData) => FatImage.Make("config-2",
    [
        ("openstack/latest/meta_data.json", Encoding.UTF8.GetBytes($$"""{"uuid":"{{instance}}"}""")),
        ("openstack/latest/user_data", Encoding.UTF8.GetBytes(userData)),
    ]);

    public static bool IsUnderstood(string userData) => s_beginnings.Any(beginning => userData.TrimStart('\uFEFF').StartsWith(beginning, StringComparison.Ordinal));

    /// <summary>Makes the drive, and attaches it to the VM, which remembers it.</summary>
    /// <param name="isForCoreOs">In CoreOS's form, which knows no network configuration.</param>
    /// <param name="isOnce">It goes when it has been read: <see cref="ConfigDriveLoop"/>.</param>
    public static async Task CreateAsync(OperationWork work, XenRef<Vm> vm, Sr sr, string userData, string? networkConfig, bool isForCoreOs, bool isOnce)
    {
        var instance = await work.AskAsync("VM.get_uuid", XapiValue.Ref(vm));
        var disk = await work.MakeAsync<Vdi>("VDI.create", DiskRecords.Vdi(sr, "Cloud-init configuration", "What configures the guest at its first boot", FatImage.Size));
        work.Undo("the configuration drive", () => work.CallAsync("VDI.destroy", XapiValue.Ref(disk)));
        var image = isForCoreOs ? CoreOsImage(instance, userData) : Image(instance, userData, networkConfig);
        using var bytes = new MemoryStream(image);
        await HostTransfer.InAsync(work, DiskTransfers.Writing(work, sr, disk, "raw"), new(bytes, image.Length, CancellationToken.None));
        await work.MakeAsync<Vbd>("VBD.create", DiskRecords.Vbd(vm, disk, "autodetect", isBootable: false, isReadOnly: false));
        await ConfigDriveMark.SetAsync(work, vm, await work.AskAsync("VDI.get_uuid", XapiValue.Ref(disk)), isOnce);
        if (!isForCoreOs && !IsUnderstood(userData))
            work.Note("The cloud-init configuration does not begin with #cloud-config; most guests will ignore it.");
    }
}
