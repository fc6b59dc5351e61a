using XoBlazor.Core.Model;

namespace XoBlazor.Core.Operations.Vms;

/// <summary>What a VM boots from.</summary>
internal static class VmBoot
{
    private const string OrderKey = "order";
    private const string DiscThenNetwork = "dn";

    /// <summary>Starts the VM once from its disc or the network. The boot order counts when the VM starts, so it is put back as soon as it has.</summary>
    public static async Task RecoverAsync(OperationWork work, Vm vm)
    {
        var (policy, parameters) = (vm.HvmBootPolicy, vm.HvmBootParams.ToDictionary(one => one.Key, one => one.Value));
        await work.CallAsync("VM.set_HVM_boot_policy", vm.Ref, "BIOS order");
        work.Undo($"the boot order of {vm.NameLabel}", PutBackAsync);
        await work.CallAsync("VM.set_HVM_boot_params", vm.Ref, new Dictionary<string, string>(parameters) { [OrderKey] = DiscThenNetwork });
        await work.RunAsync("VM.start", vm.Ref, false, false);
        await PutBackAsync();

        async Task PutBackAsync()
        {
            await work.CallAsync("VM.set_HVM_boot_params", vm.Ref, parameters);
            await work.CallAsync("VM.set_HVM_boot_policy", vm.Ref, policy);
        }
    }
}
