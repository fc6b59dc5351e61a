namespace XoBlazor.Tests.Simulator.Lifecycle;

/// <summary>Differences from the recordings that are meant, each with its reason. Star stands for anything.</summary>
internal static class LifecycleExcuses
{
    private static readonly (string Operation, string Class, string Field, string Reason)[] s_excuses =
    [
        ("*", "task", "-", "the task of a synchronous call lives as long as the call: whether a batch was cut within it is chance"),
        ("*", "task", "allowed_operations", "a task can be cancelled at moments that its work decides; the row of a short one is seen with or without"),
        ("*", "task", "progress", "counts steps of the hypervisor"),
        ("*", "task", "other_config", "counts the moments at which the hypervisor looked whether to stop"),
        ("*", "task", "resident_on", "written when the call is passed on to the host that does the work, which a short task may not live to show"),
        ("*", "task", "backtrace", "names lines of xapi's source"),
        ("*", "*", "(touched)", "changed and changed back within a batch: the recording does not say what"),
        ("*", "console", "*", "the recorded hypervisor was simulated and reported no consoles"),
        ("*", "vm", "consoles", "as above"),
        ("*", "vm", "generation_id", "random"),
        ("*", "vif", "MAC", "made from a random seed"),
        ("*", "vm_guest_metrics", "networks", "the guest was simulated: its addresses are made up"),
        ("*", "vm_guest_metrics", "netbios_name", "as above"),
        ("*", "vm", "snapshot_metadata", "holds random numbers and task references of the moment; its other parts are compared by their fields when it is reverted to"),
    ];

    public static string? ReasonFor(Difference difference) => s_excuses
        .Where(excuse => Fits(excuse.Operation, difference.Operation) && Fits(excuse.Class, difference.Class) && Fits(excuse.Field, difference.Field))
        .Select(excuse => excuse.Reason)
        .FirstOrDefault();

    private static bool Fits(string pattern, string text) => pattern == "*" || pattern == text;
}
