using XoBlazor.Core.Operations;

namespace XoBlazor.App.Components.Operations;

/// <summary>The icons of operations, and which of them stand on the page itself.</summary>
internal static class OperationLooks
{
    public static string Icon(Operation operation) => operation.Name switch
    {
        "vm.start" => "start",
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
