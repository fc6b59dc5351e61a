using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Behaviour;

/// <summary>What a virtual drive takes in which state (xapi-behaviour.md §5).</summary>
internal static class VbdOperations
{
    /// <summary>The order in which a real host was seen to list them.</summary>
    public static IReadOnlyList<string> Order { get; } = ["attach", "eject", "unpause", "insert", "plug", "unplug", "unplug_force", "pause"];

    public static XapiException? Check(DbObject vbd, string operation)
    {
        if (vbd.Follow("VM", "VM") is not { } vm) return null;
        var state = vm.Text("power_state");
        var running = AllowedOperations.Running(vbd);
        var isAttached = vbd.Bool("currently_attached");
        if (running.Count > 0 && !(operation == "unpause" && state == "Running" && running.All(other => other == "attach"))) return AllowedOperations.InProgress(vbd);
        return CheckDrive(vbd, operation)
            ?? CheckPower(vbd, vm, operation, state, isAttached)
            ?? CheckDisc(vbd, vm, operation, state)
            ?? (vbd.Follow("VDI", "VDI") is { } vdi ? CheckDisk(vbd, vdi, operation, isAttached) : null);
    }

    private static XapiException? CheckDrive(DbObject vbd, string operation)
    {
        var isDisc = vbd.Text("type") == "CD";
        return operation switch
        {
            "unplug" or "unplug_force" when !vbd.Bool("unpluggable") => new XapiException("VBD_NOT_UNPLUGGABLE", vbd.Ref),
            "insert" or "eject" when !isDisc => new XapiException("VBD_NOT_REMOVABLE_MEDIA", vbd.Ref),
            "eject" when vbd.Bool("empty") => new XapiException("VBD_IS_EMPTY", vbd.Ref),
            "insert" when !vbd.Bool("empty") => new XapiException("VBD_NOT_EMPTY", vbd.Ref),
            _ => null,
        };
    }

    private static XapiException? CheckPower(DbObject vbd, DbObject vm, string operation, string state, bool isAttached)
    {
        if (operation is not ("plug" or "unplug" or "unplug_force" or "pause" or "unpause")) return null;
        if (state != "Running")
        {
            return operation is "pause" or "unpause" && state == "Paused"
                ? null
                : new XapiException("VM_BAD_POWER_STATE", vm.Ref, "running", state.ToLowerInvariant());
        }

        if (operation == "plug" && isAttached) return new XapiException("DEVICE_ALREADY_ATTACHED", vbd.Ref);
        if (operation is "unplug" or "unplug_force" && !isAttached) return new XapiException("DEVICE_ALREADY_DETACHED", vbd.Ref);
        if (operation is "pause" or "unpause") return null;
        if (AllowedOperations.Running(vm).FirstOrDefault(other => other is "clean_shutdown" or "hard_shutdown" or "suspend" or "pause") is { } ending)
            return new XapiException("OPERATION_NOT_ALLOWED", $"VM {vm.Ref} is busy with {ending}");
        if (!VmOperations.IsHvm(vm)) return null;
        if (vbd.Text("type") == "CD") return new XapiException("OPERATION_NOT_ALLOWED", "A drive for discs cannot be plugged into or out of a running HVM VM");
        var guest = vm.Follow("guest_metrics", "VM_guest_metrics");
        return guest?.Text("can_use_hotplug_vbd") switch
        {
            "yes" => null,
            "no" => new XapiException("OPERATION_NOT_ALLOWED", "VM states it does not support VBD hotplug."),
            _ => VmOperations.HasDrivers(vm) ? null : new XapiException("VM_MISSING_PV_DRIVERS", vm.Ref),
        };
    }

    private static XapiException? CheckDisc(DbObject vbd, DbObject vm, string operation, string state) =>
        operation is "insert" or "eject" && state == "Suspended" && vbd.Text("type") == "CD"
            ? new XapiException("VM_BAD_POWER_STATE", vm.Ref, "halted, running", "suspended")
            : null;

    private static XapiException? CheckDisk(DbObject vbd, DbObject vdi, string operation, bool isAttached)
    {
        if (!vdi.Bool("managed")) return new XapiException("VDI_NOT_MANAGED", vdi.Ref);
        if (operation is "attach" or "plug" or "insert" && AllowedOperations.Running(vdi).Any(other => other is not ("mirror" or "copy")))
            return AllowedOperations.InProgress(vdi);
        if (isAttached || vdi.Bool("sharable")) return null;
        var wantsToWrite = vbd.Text("mode") == "RW";
        if (wantsToWrite && vdi.Bool("read_only")) return new XapiException("VDI_READONLY", vdi.Ref);
        var users = vdi.FollowAll("VBDs", "VBD").Where(other => other.Ref != vbd.Ref && IsInUse(other));
        return users.Any(other => wantsToWrite || other.Text("mode") == "RW") ? new XapiException("VDI_IN_USE", vdi.Ref, operation) : null;
    }

    /// <summary>Whether a drive holds its disk: attached, or about to be, and its VM not suspended.</summary>
    public static bool IsInUse(DbObject vbd) =>
        (vbd.Bool("currently_attached") || vbd.Bool("reserved") || AllowedOperations.Running(vbd).Count > 0)
        && vbd.Follow("VM", "VM")?.Text("power_state") != "Suspended";
}
