using XoBlazor.Simulator.Data;

namespace XoBlazor.Tests.Simulator.Behaviour;

/// <summary>What must be true of any pool at any moment, whatever was done to it. To be asked inside an update.</summary>
internal static class Soundness
{
    public static IReadOnlyList<string> Faults(Database db) => [.. db.All("VM").SelectMany(VmFaults), .. db.All("VBD").SelectMany(VbdFaults), .. db.All("SR").SelectMany(SrFaults)];

    private static IEnumerable<string> VmFaults(DbObject vm)
    {
        var (name, state) = (vm.Text("name_label"), vm.Text("power_state"));
        var resident = vm.Follow("resident_on", "host");
        var isBusy = vm["current_operations"].AsMap.Entries.Length > 0;
        if (isBusy) yield break;
        if (state is "Running" or "Paused" && resident is null) yield return $"{name} is {state} nowhere";
        if (state is "Halted" or "Suspended" && resident is not null) yield return $"{name} is {state} on a host";
        if (state is "Halted" or "Suspended" && vm.Int("domid") >= 0) yield return $"{name} is {state} and has domain {vm.Int("domid")}";
        if (state is "Halted" && vm["consoles"].AsSet.Length > 0) yield return $"{name} is Halted and has consoles";
        if (state == "Suspended" && !vm.Bool("is_a_snapshot") && vm.Follow("suspend_VDI", "VDI") is null) yield return $"{name} is Suspended without its memory";
        if (vm.Follow("metrics", "VM_metrics") is null) yield return $"{name} has no metrics";
        foreach (var device in vm.FollowAll("VBDs", "VBD").Concat(vm.FollowAll("VIFs", "VIF")))
        {
            if (state == "Halted" && device.Bool("currently_attached")) yield return $"{name} is Halted with a {device.Class} attached";
        }
    }

    private static IEnumerable<string> VbdFaults(DbObject vbd)
    {
        if (vbd.Bool("empty") != vbd["VDI"].IsNullRef) yield return $"VBD {vbd.Uuid} is empty and full";
        if (vbd.Follow("VM", "VM") is null) yield return $"VBD {vbd.Uuid} belongs to no VM";
        if (!vbd["VDI"].IsNullRef && vbd.Follow("VDI", "VDI") is null) yield return $"VBD {vbd.Uuid} points to a disk that is gone";
    }

    private static IEnumerable<string> SrFaults(DbObject sr)
    {
        var given = sr.FollowAll("VDIs", "VDI").Sum(vdi => vdi.Int("virtual_size"));
        if (sr.Int("virtual_allocation") != given) yield return $"SR {sr.Text("name_label")} has given out {given}, not {sr.Int("virtual_allocation")}";
    }
}
