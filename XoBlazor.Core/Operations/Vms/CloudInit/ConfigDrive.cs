using System.Text;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
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
        await work.FollowAsync(await work.Connection.WriteDiskAsync(EndpointNear(work, sr), disk, image, work.Token));
        await work.MakeAsync<Vbd>("VBD.create", DiskRecords.Vbd(vm, disk, "autodetect", isBootable: false, isReadOnly: false));
        await ConfigDriveMark.SetAsync(work, vm, await work.AskAsync("VDI.get_uuid", XapiValue.Ref(disk)), isOnce);
        if (!isForCoreOs && !IsUnderstood(userData))
            work.Note("The cloud-init configuration does not begin with #cloud-config; most guests will ignore it.");
    }

    /// <summary>Only a host that has the storage can write on it: the coordinator, or another by its own address and certificate. Null for the coordinator.</summary>
    private static XapiEndpoint? EndpointNear(OperationWork work, Sr sr)
    {
        var hosts = work.Pool.HostsOf(sr).ToList();
        if (hosts.Any(work.Pool.IsCoordinator))
            return null;
        var host = hosts.FirstOrDefault(work.Pool.IsHostLive) ?? throw new OperationFailedException($"{work.Pool.NameOf(sr)} is not connected to any host that runs.");
        var pins = work.Pool.All<Certificate>().Where(certificate => certificate.Host.Value == host.Ref && certificate.Type == CertificateType.Host)
            .Select(certificate => CertificateFingerprint.TryParse(certificate.FingerprintSha256.Length > 0 ? certificate.FingerprintSha256 : certificate.Fingerprint, out var pin) ? pin : (CertificateFingerprint?)null)
            .OfType<CertificateFingerprint>();
        return work.Connection.Endpoint.At(host.Address, [.. pins]);
    }
}
