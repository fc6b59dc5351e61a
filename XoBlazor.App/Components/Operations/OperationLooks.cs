using XoBlazor.Core.Operations;
using XoBlazor.Core.Operations.Vms;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Components.Operations;

/// <summary>The icons of operations, and which of them stand on the page itself.</summary>
internal static class OperationLooks
{
    /// <summary>Stands on the page of its object as a button of its own, where that is no VM, whose buttons follow its state.</summary>
    public static bool IsPrimary(Operation operation) => operation.Name is "message.dismiss" or "task.cancel" or "vm.create" or "snapshot.revert" or "host.enter_maintenance" or "host.enable" or "sr.scan" or "sr.create_disk" or "sr.import_iso" or "network.set" or "vdi.set" or "vdi.insert" or "network.create" or "pool.set";

    /// <summary>Where it is asked for what needs more room than a dialog has. Null for all others.</summary>
    public static string? PageOf(Operation operation, ObjectKey target) => operation == VmCreation.Create ? $"/vms/new?template={Uri.EscapeDataString(target.ToString())}"
        : operation.Name is "pool.rolling_reboot" or "pool.rolling_update" ? $"/pools/{Uri.EscapeDataString(target.Pool)}/rolling{(operation.Name == "pool.rolling_update" ? "?kind=update" : "")}" : null;

    /// <summary>Belongs to the page of a rolling reboot or update, or to the Updates tab, and would only fill the pool's menu.</summary>
    public static bool IsElsewhere(Operation operation) => operation.Name is "pool.rehearse_rolling_reboot" or "pool.rehearse_rolling_update" or "pool.rolling_pause" or "pool.rolling_resume" or "pool.rolling_cancel" or "pool.rolling_skip" or "pool.rolling_report"
        or "pool.sync_updates" or "pool.set_update_sources" or "pool.set_update_proxy" or "pool.add_update_repository" or "pool.forget_update_repository";

    public static string Icon(Operation operation) => operation.Name switch
    {
        "vm.start" or "vm.start_on" or "vm.recovery_start" => "start",
        "vm.clean_shutdown" => "shutdown",
        "vm.clean_reboot" => "reboot",
        "vm.hard_shutdown" or "vm.hard_reboot" => "force",
        "vm.suspend" => "suspend",
        "vm.resume" or "vm.unpause" => "resume",
        "vm.pause" => "pause",
        "message.dismiss" => "check",
        "task.cancel" => "cancelled",
        "vm.snapshot" => "snapshot",
        "vm.insert_cd" or "vm.eject_cd" or "vdi.insert" => "disc",
        "vm.clone" or "vm.copy" => "copy",
        "vm.convert_to_template" or "snapshot.copy_to_template" => "template",
        "template.convert_to_vm" => "vm",
        "vm.create_disk" or "vm.attach_disk" or "sr.create_disk" => "vdi",
        "vm.create_interface" or "network.create" or "network.create_bonded" => "network",
        "host.enter_maintenance" or "host.disable" => "maintenance",
        "host.enable" or "host.power_on" => "start",
        "host.reboot" or "host.restart_toolstack" or "vm.restart_device_models" => "reboot",
        "host.shutdown" or "host.emergency_shutdown" => "shutdown",
        "host.scan_pifs" or "host.check_updates" or "pool.sync_updates" => "refresh",
        "host.install_updates" or "pool.install_updates" or "pool.install_update_file" => "import",
        "pool.rolling_reboot" or "pool.rolling_update" => "reboot",
        "pool.rolling_pause" => "pause",
        "pool.rolling_resume" => "resume",
        "pool.rolling_skip" => "right",
        "pool.rolling_cancel" => "cancelled",
        "pool.set_coordinator" => "coordinator",
        "vm.export" or "vdi.export" or "host.download_logs" or "host.download_audit" => "export",
        "vdi.import" or "sr.import_vm" or "sr.import_disk" or "sr.import_iso" or "sr.import_vm_from" or "sr.import_disk_from" or "sr.import_iso_from" => "import",
        "sr.set_default" => "star",
        "sr.scan" or "snapshot.revert" => "refresh",
        "vbd.connect" or "vif.connect" or "pbd.connect" or "pif.connect" or "sr.connect_all" => "link",
        "vbd.disconnect" or "vif.disconnect" or "pbd.disconnect" or "pif.disconnect" or "sr.disconnect_all" => "silent",
        _ when operation.Name.StartsWith("sr.probe_", StringComparison.Ordinal) => "search",
        _ when operation.Name.EndsWith("_tag", StringComparison.Ordinal) => "tag",
        _ => operation.Group switch
        {
            OperationGroup.Run => "right",
            OperationGroup.Change => "edit",
            OperationGroup.Make => "plus",
            OperationGroup.Move => "move",
            OperationGroup.Delete => "remove",
        },
    };
}
