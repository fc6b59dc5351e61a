using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Behaviour;

/// <summary>What a virtual network interface takes in which state (xapi-behaviour.md §6).</summary>
internal static class VifOperations
{
    public static IReadOnlyList<string> Order { get; } = ["attach", "unplug", "plug"];

    public static XapiException? Check(DbObject vif, string operation)
    {
        if (vif.Follow("VM", "VM") is not { } vm) return null;
        if (AllowedOperations.Running(vif).Count > 0) return AllowedOperations.InProgress(vif);
        if (operation == "attach") return null;
        var state = vm.Text("power_state");
        if (vm.Bool("is_control_domain")) return new XapiException("OPERATION_NOT_ALLOWED", "A control domain has no interfaces to plug");
        if (state != "Running") return new XapiException("VM_BAD_POWER_STATE", vm.Ref, "running", state.ToLowerInvariant());
        var isAttached = vif.Bool("currently_attached");
        if (operation == "plug" && isAttached) return new XapiException("DEVICE_ALREADY_ATTACHED", vif.Ref);
        if (operation == "unplug" && !isAttached) return new XapiException("DEVICE_ALREADY_DETACHED", vif.Ref);
        if (AllowedOperations.Running(vm).FirstOrDefault(other => other is "clean_shutdown" or "hard_shutdown" or "suspend" or "pause") is { } ending)
            return new XapiException("OPERATION_NOT_ALLOWED", $"VM {vm.Ref} is busy with {ending}");
        if (!VmOperations.IsHvm(vm) || VmOperations.HasDrivers(vm)) return null;
        return vm.Follow("guest_metrics", "VM_guest_metrics")?.Text("can_use_hotplug_vif") == "yes" ? null : new XapiException("VM_MISSING_PV_DRIVERS", vm.Ref);
    }
}
