using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Behaviour;

/// <summary>What a host takes in which state (xapi-behaviour.md §10).</summary>
internal static class HostOperations
{
    private static readonly string[] s_bringing = ["provision", "vm_resume", "vm_migrate"];
    private static readonly string[] s_emptying = ["evacuate", "reboot", "shutdown"];

    /// <summary>The order in which a real host was seen to list them.</summary>
    public static IReadOnlyList<string> Order { get; } =
        ["vm_migrate", "provision", "vm_resume", "power_on", "apply_updates", "enable", "reboot", "evacuate", "vm_start", "shutdown"];

    public static bool IsLive(DbObject host) => host.Follow("metrics", "host_metrics")?.Bool("live") == true;

    /// <summary>The VMs that run there, but for its control domain.</summary>
    public static IReadOnlyList<DbObject> Guests(DbObject host) => [.. host.FollowAll("resident_VMs", "VM").Where(vm => !vm.Bool("is_control_domain"))];

    public static XapiException? Check(DbObject host, string operation)
    {
        var running = AllowedOperations.Running(host);
        if (s_bringing.Contains(operation) && running.Any(s_emptying.Contains)) return AllowedOperations.InProgress(host);
        if (s_emptying.Contains(operation) && running.Any(s_bringing.Contains)) return AllowedOperations.InProgress(host);
        if (operation == "provision" && running.Contains("provision")) return AllowedOperations.InProgress(host);
        if (operation is "shutdown" or "apply_updates" && running.Contains("reboot")) return AllowedOperations.InProgress(host);
        if (operation is "reboot" or "apply_updates" && running.Contains("shutdown")) return AllowedOperations.InProgress(host);
        if (operation is "reboot" or "shutdown" or "enable" && running.Contains("apply_updates")) return AllowedOperations.InProgress(host);
        if (operation is "reboot" or "shutdown" or "apply_updates" && host.Bool("enabled")) return new XapiException("HOST_NOT_DISABLED");
        if (operation == "power_on" && IsLive(host)) return new XapiException("HOST_IS_LIVE", host.Ref);
        return operation == "power_on" && host.Text("power_on_mode").Length == 0 ? new XapiException("HOST_POWER_ON_MODE_DISABLED") : null;
    }
}
