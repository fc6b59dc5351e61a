using XoBlazor.Core.Operations;

namespace XoBlazor.App.Components.Operations;

/// <summary>The icons of operations, and which of them stand on the page itself.</summary>
internal static class OperationLooks
{
    /// <summary>Stands on the page of its object as a button of its own, where that is no VM, whose buttons follow its state.</summary>
    public static bool IsPrimary(Operation operation) => operation.Name is "message.dismiss" or "task.cancel";

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
        _ => "right",
    };
}
