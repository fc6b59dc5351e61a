using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Behaviour;

/// <summary>The disk that a suspended VM's memory is written to.</summary>
internal static class SuspendImage
{
    private const long Overhead = 100L << 20;

    /// <exception cref="XapiException">VM_NO_SUSPEND_SR: no storage that the VM's host can see is meant for it.</exception>
    public static void Create(CallContext call, DbObject vm)
    {
        var sr = Storage(vm) ?? throw new XapiException("VM_NO_SUSPEND_SR", vm.Ref);
        var size = (long)(vm.Int("memory_static_max") * 1.2 * 1.05) + Overhead;
        var vdi = Disks.Introduce(call.Db, sr,
        [
            ("name_label", "Suspend image"), ("name_description", $"Suspend image for {vm.Text("name_label")}"), ("type", "suspend"),
            ("virtual_size", size),
            ("physical_utilisation", size), ("sharable", false),
        ]);
        vm["suspend_VDI"] = vdi.Ref;
    }

    private static DbObject? Storage(DbObject vm)
    {
        if (vm.Follow("resident_on", "host") is not { } host) return null;
        DbObject?[] candidates =
            [vm.Follow("suspend_SR", "SR"), vm.Db.Pool.Follow("suspend_image_SR", "SR"), host.Follow("suspend_image_sr", "SR"), vm.Db.Pool.Follow("default_SR", "SR")];
        return candidates.FirstOrDefault(sr =>
            sr is { } found && found.FollowAll("PBDs", "PBD").Any(pbd => pbd.Text("host") == host.Ref && pbd.Bool("currently_attached")));
    }
}
