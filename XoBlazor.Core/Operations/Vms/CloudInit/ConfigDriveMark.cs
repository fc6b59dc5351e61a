using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Operations.Vms.CloudInit;

/// <summary>What a VM's <c>other_config</c> says of its configuration drive. It names the disk, so that a copy of the VM, which has another disk, has no mark that counts.</summary>
internal static class ConfigDriveMark
{
    private const string DriveKey = "xo-blazor:cloud_config";
    private const string OnceKey = "xo-blazor:cloud_config_once";

    public static bool IsOn(Vm vm) => vm.OtherConfig.ContainsKey(DriveKey);

    /// <summary>It is to go once the guest has read it.</summary>
    public static bool IsOnce(Vm vm) => IsOn(vm) && vm.OtherConfig.ContainsKey(OnceKey);

    /// <summary>The drive, where it is still attached.</summary>
    public static Vbd? DriveOf(PoolPicture pool, Vm vm) =>
        vm.OtherConfig.TryGetValue(DriveKey, out var uuid) ? pool.DisksOf(vm).FirstOrDefault(disk => disk.Vdi?.Uuid == uuid)?.Vbd : null;

    public static async Task SetAsync(OperationWork work, XenRef<Vm> vm, string disk, bool isOnce)
    {
        await PutAsync(DriveKey, disk);
        await PutAsync(OnceKey, isOnce ? "true" : null);

        // A template that was a VM may bring its own; XAPI refuses to add a key that is there.
        async Task PutAsync(string key, string? value)
        {
            await work.CallAsync("VM.remove_from_other_config", XapiValue.Ref(vm), key);
            if (value is not null)
                await work.CallAsync("VM.add_to_other_config", XapiValue.Ref(vm), key, value);
        }
    }

    public static async Task ClearAsync(OperationWork work, Vm vm)
    {
        await work.CallAsync("VM.remove_from_other_config", vm.Ref, DriveKey);
        await work.CallAsync("VM.remove_from_other_config", vm.Ref, OnceKey);
    }
}
