namespace XoBlazor.Tests.Simulator.Lifecycle;

/// <summary>Differences from the recordings that are meant, each with its reason. Star stands for anything.</summary>
internal static class LifecycleExcuses
{
    private static readonly (string Operation, string Class, string Field, string Reason)[] s_excuses =
    [
        ("*", "task", "*", "the row of a task depends on time: how far the work was when a batch was cut, which host counted its cancel points"),
        ("*", "*", "(touched)", "changed and changed back within a batch: the recording does not say what"),
        ("*", "console", "*", "the recorded hypervisor was simulated and reported no consoles"),
        ("*", "vm", "consoles", "as above"),
        ("*", "vm", "generation_id", "random"),
        ("*", "vif", "MAC", "made from a random seed"),
        ("*", "vm_guest_metrics", "networks", "the guest was simulated: its addresses are made up"),
        ("*", "vm_guest_metrics", "netbios_name", "as above"),
        ("*", "vm", "snapshot_metadata", "holds random numbers and task references of the moment; its other parts are compared by their fields when it is reverted to"),
        ("*", "vm", "resident_on/host", "the recording's host was chosen at random among equals"),
    ];

    public static string? ReasonFor(Difference difference) => s_excuses
        .Where(excuse => Fits(excuse.Operation, difference.Operation) && Fits(excuse.Class, difference.Class) && Fits(excuse.Field, difference.Field))
        .Select(excuse => excuse.Reason)
        .FirstOrDefault();

    private static bool Fits(string pattern, string text) => pattern == "*" || pattern == text;
}
