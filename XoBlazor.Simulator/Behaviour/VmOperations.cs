using System.Collections.Frozen;
using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Behaviour;

/// <summary>Which operation a VM takes in which state, and the first reason against it in xapi's order (xapi-behaviour.md §3.1–3.3).</summary>
internal static class VmOperations
{
    private static readonly string[] s_halted = ["Halted"];
    private static readonly string[] s_running = ["Running"];
    private static readonly string[] s_alive = ["Paused", "Suspended", "Running"];

    /// <summary>The states an operation needs; an operation that is missing here is possible in any.</summary>
    private static readonly FrozenDictionary<string, string[]> s_states = new Dictionary<string, string[]>
    {
        ["start"] = s_halted,
        ["start_on"] = s_halted,
        ["provision"] = s_halted,
        ["make_into_template"] = s_halted,
        ["changing_shadow_memory"] = s_halted,
        ["changing_NVRAM"] = s_halted,
        ["create_vtpm"] = s_halted,
        ["changing_VCPUs"] = s_halted,
        ["changing_static_range"] = s_halted,
        ["changing_memory_limits"] = s_halted,
        ["clone"] = s_halted,
        ["copy"] = s_halted,
        ["changing_dynamic_range"] = ["Halted", "Running"],
        ["create_template"] = ["Halted", "Suspended"],
        ["destroy"] = ["Halted", "Suspended"],
        ["export"] = ["Halted", "Suspended"],
        ["unpause"] = ["Paused"],
        ["resume"] = ["Suspended"],
        ["resume_on"] = ["Suspended"],
        ["csvm"] = ["Suspended"],
        ["clean_shutdown"] = s_running,
        ["clean_reboot"] = s_running,
        ["pause"] = s_running,
        ["suspend"] = s_running,
        ["pool_migrate"] = s_running,
        ["call_plugin"] = s_running,
        ["send_sysrq"] = s_running,
        ["send_trigger"] = s_running,
        ["changing_VCPUs_live"] = s_running,
        ["changing_memory_live"] = s_running,
        ["awaiting_memory_live"] = s_running,
        ["changing_shadow_memory_live"] = s_running,
        ["data_source_op"] = s_running,
        ["snapshot_with_quiesce"] = s_running,
        ["sysprep"] = s_running,
        ["hard_reboot"] = ["Paused", "Running"],
        ["shutdown"] = s_alive,
        ["hard_shutdown"] = s_alive,
        ["checkpoint"] = s_alive,
        ["get_boot_record"] = s_alive,
        ["migrate_send"] = ["Halted", "Suspended", "Running"],
    }.ToFrozenDictionary();

    /// <summary>Never stored in <c>allowed_operations</c>, possible or not.</summary>
    private static readonly FrozenSet<string> s_unlisted = new[]
    {
        "create_template", "power_state_reset", "csvm", "get_boot_record", "send_sysrq", "send_trigger", "query_services", "shutdown", "call_plugin",
        "changing_memory_live", "awaiting_memory_live", "changing_memory_limits", "changing_shadow_memory_live", "changing_VCPUs",
        "assert_operation_valid",
        "data_source_op", "update_allowed_operations", "import", "reverting",
    }.ToFrozenSet();

    private static readonly FrozenSet<string> s_ofTemplates = new[]
    {
        "changing_dynamic_range", "changing_static_range", "changing_memory_limits", "changing_shadow_memory", "changing_VCPUs", "changing_NVRAM",
        "clone",
        "copy", "export", "metadata_export", "provision",
    }.ToFrozenSet();

    private static readonly FrozenSet<string> s_ofSnapshots =
        new[] { "revert", "clone", "copy", "export", "destroy", "hard_shutdown", "metadata_export" }.ToFrozenSet();

    private static readonly FrozenSet<string> s_ofControlDomains = new[]
    {
        "data_source_op", "changing_memory_live", "awaiting_memory_live", "metadata_export", "changing_dynamic_range", "changing_memory_limits",
        "changing_static_range", "start", "start_on", "changing_VCPUs", "destroy",
    }.ToFrozenSet();

    private static readonly FrozenSet<string> s_movesMemory = new[] { "suspend", "checkpoint", "pool_migrate", "migrate_send" }.ToFrozenSet();

    /// <summary>What a VM takes while its pool is upgraded host by host.</summary>
    private static readonly FrozenSet<string> s_duringUpgrade = new[]
    {
        "assert_operation_valid", "changing_memory_live", "changing_shadow_memory_live", "changing_VCPUs_live", "clean_reboot", "clean_shutdown", "clone", "copy", "csvm", "destroy",
        "export", "get_boot_record", "hard_reboot", "hard_shutdown", "import", "make_into_template", "pause", "pool_migrate", "power_state_reset", "provision", "resume", "resume_on",
        "send_sysrq", "send_trigger", "start", "start_on", "suspend", "unpause", "update_allowed_operations",
    }.ToFrozenSet();

    /// <summary>What <c>allowed_operations</c> holds: the enum backwards, as xapi writes it.</summary>
    public static IEnumerable<string> Allowed(DbObject vm) =>
        from operation in vm.Db.Schema.Datamodel.Enums["vm_operations"].Reverse()
        where !s_unlisted.Contains(operation) && IsKnown(vm.Db, operation) && Check(vm, operation, isStrict: true) is null
        select operation;

    /// <summary>
    /// The first reason against the operation, or null. Strict is how <c>allowed_operations</c> are computed: there the guest's abilities
    /// count too, while a real call finds out by trying.
    /// </summary>
    public static XapiException? Check(DbObject vm, string operation, bool isStrict = false)
    {
        if (vm["blocked_operations"].AsMap[operation] is { } blocked) return new XapiException("OPERATION_BLOCKED", vm.Ref, blocked.AsText);
        var state = vm.Text("power_state");
        var isSnapshot = vm.Bool("is_a_snapshot");
        var isControlDomain = vm.Bool("is_control_domain");
        if (ExpectedStates(vm, operation, isSnapshot, isControlDomain) is { } expected && !expected.Contains(state))
            return new XapiException("VM_BAD_POWER_STATE", vm.Ref, string.Join(", ", expected).ToLowerInvariant(), state.ToLowerInvariant());
        if (!MayRunBeside(operation, AllowedOperations.Running(vm))) return AllowedOperations.InProgress(vm);
        var isTemplate = vm.Bool("is_a_template") && !isSnapshot;
        if (isTemplate && !s_ofTemplates.Contains(operation) && (operation is not ("destroy" or "migrate_send") || IsDefaultTemplate(vm)))
            return new XapiException("VM_IS_TEMPLATE", vm.Ref, operation);
        if (isSnapshot && !s_ofSnapshots.Contains(operation)) return new XapiException("VM_IS_SNAPSHOT", vm.Ref, operation);
        if (operation == "provision" && !isTemplate) return new XapiException("PROVISION_ONLY_ALLOWED_ON_TEMPLATE");
        if (operation == "revert" && !isSnapshot) return new XapiException("REVERT_ONLY_ALLOWED_ON_SNAPSHOT");
        if (isControlDomain && !s_ofControlDomains.Contains(operation)) return NotAllowed(operation, "a control domain");
        if (isControlDomain && vm.Int("domid") == 0 && operation is ("changing_VCPUs" or "destroy")) return NotAllowed(operation, "domain 0");
        return CheckGuest(vm, operation, state, isStrict) ?? CheckDevices(vm, operation) ?? CheckMembership(vm, operation)
            ?? (PoolUpgrade.IsUnderWay(vm.Db) && !s_duringUpgrade.Contains(operation) ? PoolUpgrade.Refusal : null);
    }

    /// <summary>Whether the template came with the product and cannot go away; old databases only say so in other_config.</summary>
    public static bool IsDefaultTemplate(DbObject vm) =>
        vm.Bool("is_default_template") || (vm.Bool("is_a_template") && vm["other_config"].AsMap["default_template"]?.AsText == "true");

    /// <summary>Whether the guest has hardware emulated for it: such a guest lacks some abilities until its drivers run.</summary>
    public static bool IsHvm(DbObject vm) => vm.Text("domain_type") switch
    {
        "hvm" => true,
        "unspecified" => vm.Text("HVM_boot_policy").Length > 0,
        _ => false,
    };

    /// <summary>Whether the guest's drivers have been seen.</summary>
    public static bool HasDrivers(DbObject vm) =>
        vm.Follow("guest_metrics", "VM_guest_metrics") is { } guest && (guest.Bool("PV_drivers_detected") || guest["PV_drivers_version"].AsMap.Entries.Length > 0);

    private static string[]? ExpectedStates(DbObject vm, string operation, bool isSnapshot, bool isControlDomain) => operation switch
    {
        "clone" or "copy" when isSnapshot || vm.Db.Pool["other_config"].AsMap["allow_clone_suspended_vm"]?.AsText == "true" => ["Halted", "Suspended"],
        "changing_VCPUs" or "changing_static_range" or "changing_memory_limits" when isControlDomain => ["Halted", "Running"],
        _ => s_states.GetValueOrDefault(operation),
    };

    private static bool MayRunBeside(string operation, IReadOnlyList<string> running) =>
        running.Count == 0
        || (operation is "clone" or "copy" or "export" && running.All(other => other is "clone" or "copy" or "export"))
        || (operation is "snapshot" or "checkpoint" && running.All(other => other is "snapshot" or "checkpoint"))
        || (operation == "snapshot" && running.All(other => other == "snapshot_with_quiesce"))
        || (operation is "metadata_export" or "clean_shutdown" or "clean_reboot" && running.All(other => other == "migrate_send"))
        || (operation == "get_boot_record" && running.All(other => other == "get_boot_record"))
        || (operation == "hard_shutdown" && !running.Contains("hard_shutdown") && !running.Contains("reverting"))
        || (operation == "hard_reboot" && !running.Contains("hard_shutdown") && !running.Contains("hard_reboot") && !running.Contains("reverting"));

    private static XapiException? CheckGuest(DbObject vm, string operation, string state, bool isStrict)
    {
        var metrics = vm.Follow("metrics", "VM_metrics");
        if (isStrict && s_movesMemory.Contains(operation) && metrics is { } facts && (facts.Bool("nomigrate") || facts.Bool("nested_virt")))
            return new XapiException("VM_IS_IMMOBILE", vm.Ref);
        var other = vm.Follow("guest_metrics", "VM_guest_metrics")?["other"].AsMap ?? XapiValue.EmptyMap;
        if (s_movesMemory.Contains(operation) && other["data-cant-suspend-reason"] is { } reason)
            return new XapiException("VM_NON_SUSPENDABLE", vm.Ref, reason.AsText);
        if (state is not ("Running" or "Paused") || !IsHvm(vm) || HasDrivers(vm)) return null;
        var lacks = operation switch
        {
            "clean_shutdown" => isStrict && !Has("feature-shutdown") && !Has("feature-poweroff"),
            "clean_reboot" => isStrict && !Has("feature-shutdown") && !Has("feature-reboot"),
            "suspend" or "checkpoint" or "pool_migrate" or "migrate_send" => isStrict && !Has("feature-suspend"),
            "changing_VCPUs_live" => !Has("feature-vcpu-hotplug"),
            _ => false,
        };
        return lacks ? new XapiException("VM_LACKS_FEATURE", vm.Ref) : null;

        bool Has(string feature) => other[feature]?.AsText == "1";
    }

    private static XapiException? CheckDevices(DbObject vm, string operation)
    {
        if (operation == "snapshot_with_quiesce") return new XapiException("VM_SNAPSHOT_WITH_QUIESCE_NOT_SUPPORTED", vm.Ref);
        if (operation is "checkpoint" or "snapshot" or "suspend"
            && vm.FollowAll("VBDs", "VBD").Any(vbd => vbd.Follow("VDI", "VDI") is { } vdi && vdi.Text("on_boot") == "reset"))
            return new XapiException("VDI_ON_BOOT_MODE_INCOMPATIBLE_WITH_OPERATION");
        if (s_movesMemory.Contains(operation) && vm["attached_PCIs"].AsSet.Length > 0) return new XapiException("VM_HAS_PCI_ATTACHED", vm.Ref);
        if (s_movesMemory.Contains(operation) && HasVirtualFunction(vm)) return new XapiException("VM_HAS_SRIOV_VIF", vm.Ref);
        if (operation is "suspend" or "checkpoint" or "pool_migrate" && vm["VGPUs"].AsSet.Length > 0) return new XapiException("VM_HAS_VGPU", vm.Ref);
        if ((operation == "snapshot" || s_movesMemory.Contains(operation)) && vm["VUSBs"].AsSet.Length > 0) return new XapiException("VM_HAS_VUSBS", vm.Ref);
        return operation == "create_vtpm" && vm["VTPMs"].AsSet.Length > 0 ? new XapiException("VTPM_MAX_AMOUNT_REACHED", "1") : null;
    }

    /// <summary>Whether a piece of a network card is given to the VM. Most pools have no such card, and are not searched for one.</summary>
    private static bool HasVirtualFunction(DbObject vm) => vm.Db.FindTable("network_sriov") is { Count: > 0 }
        && vm.FollowAll("VIFs", "VIF").Any(vif => vif.Follow("network", "network")?.FollowAll("PIFs", "PIF").Any(pif => pif["sriov_logical_PIF_of"].AsSet.Length > 0) == true);

    private static XapiException? CheckMembership(DbObject vm, string operation) => operation switch
    {
        "make_into_template" when vm.Follow("appliance", "VM_appliance") is { } appliance => new XapiException("VM_IS_PART_OF_AN_APPLIANCE", vm.Ref, appliance.Ref),
        "make_into_template" when vm.Follow("snapshot_schedule", "VMSS") is { } schedule => new XapiException("VM_ASSIGNED_TO_SNAPSHOT_SCHEDULE", vm.Ref, schedule.Ref),
        "query_services" when vm["other_config"].AsMap["is_system_domain"]?.AsText != "true" => new XapiException("NOT_SYSTEM_DOMAIN", vm.Ref),
        _ => null,
    };

    private static XapiException NotAllowed(string operation, string what) => new("OPERATION_NOT_ALLOWED", $"{operation} is not allowed on {what}");

    /// <summary>An old pool does not know the younger operations; most are as old as the call or field that they guard.</summary>
    private static bool IsKnown(Database db, string operation) => operation switch
    {
        "changing_NVRAM" => db.Schema.FindClass("VM")?.Find("NVRAM") is not null,
        "create_vtpm" => db.Schema.FindClass("VTPM") is not null && db.Schema.FindClass("VM")?.Find("VTPMs") is not null && db.Schema.FindCall("VTPM.create") is not null,
        "sysprep" or "migrate_send" or "checkpoint" or "revert" or "call_plugin" or "query_services" or "snapshot" => db.Schema.FindCall($"VM.{operation}") is not null,
        _ => true,
    };
}
