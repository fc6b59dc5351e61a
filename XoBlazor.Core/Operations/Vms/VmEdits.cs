using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Operations.Vms;

/// <summary>What can be changed about a VM, in the order in which it is; names as Xen Orchestra has them.</summary>
internal static class VmEdits
{
    private const string NotesKey = "xo:notes";
    private const string GuestPrefix = "vm-data/";

    private static readonly ImmutableArray<Edit<Vm>> s_start =
    [
        new(OperationParameter.Object<Host>("affinityHost", "Home host", UseRights.Host) with { IsClearable = true, Present = (pool, vm) => pool.Get(((Vm)vm).Affinity)?.Uuid },
            (work, vm) => work.CallAsync("VM.set_affinity", vm.Ref, work.Arguments.Object<Host>("affinityHost")?.Ref ?? XenRefText.Null)),
        new(OperationParameter.Flag("auto_poweron", "Start with the pool") with { Present = (_, vm) => ((Vm)vm).OtherConfig.TryGetValue("auto_poweron", out var on) && on == "true" }, SetAutoPowerOnAsync),
        new(OperationParameter.Choice("high_availability", "Restart by HA", "", "best-effort", "restart") with { Present = (_, vm) => ((Vm)vm).HaRestartPriority },
            (work, vm) => work.CallAsync("VM.set_ha_restart_priority", vm.Ref, work.Arguments.Text("high_availability")!)),
        Edit<Vm>.Number("startDelay", "Start delay in seconds", "VM.set_start_delay", vm => vm.StartDelay),
        new(OperationParameter.Text("bootOrder", "Boot order") with { Description = "c is the disk, d the disc, n the network, in the order tried.", MaxLength = 3, Present = (_, vm) => ((Vm)vm).HvmBootParams.TryGetValue("order", out var order) ? order : null },
            (work, vm) => work.SetEntryAsync(vm, "HVM_boot_params", "order", work.Arguments.Text("bootOrder")),
            (_, _, given) => given.Text("bootOrder")!.All("cdn".Contains) ? null : "A boot order is made of the letters c (disk), d (disc) and n (network)."),
        Edit<Vm>.Entry(OperationParameter.Choice("hvmBootFirmware", "Firmware", "bios", "uefi") with { IsClearable = true }, "HVM_boot_params", "firmware", vm => vm.HvmBootParams) with { Unless = (_, vm, _) => NotWhileOn(vm) },
        Edit<Vm>.Entry(OperationParameter.Flag("secureBoot", "Secure boot"), "platform", "secureboot", vm => vm.Platform),
        new(OperationParameter.Choice("uefiMode", "UEFI mode", "setup", "user") with { IsAdvanced = true }, (work, vm) => work.AskAsync("VM.set_uefi_mode", vm.Ref, work.Arguments.Text("uefiMode")!)),
        Edit<Vm>.Text("PV_args", "Kernel arguments", "VM.set_PV_args", vm => vm.PvArgs),
    ];

    private static readonly ImmutableArray<Edit<Vm>> s_devices =
    [
        Edit<Vm>.Entry(OperationParameter.Choice("vga", "Graphics card", "std", "cirrus") with { IsAdvanced = true }, "platform", "vga", vm => vm.Platform),
        Edit<Vm>.Entry(OperationParameter.Number("videoram", "Video memory in MiB", 1, 16) with { IsAdvanced = true }, "platform", "videoram", vm => vm.Platform),
        Edit<Vm>.Entry(OperationParameter.Choice("nicType", "Emulated NIC", "e1000", "rtl8139") with { IsClearable = true, IsAdvanced = true }, "platform", "nic_type", vm => vm.Platform),
        Edit<Vm>.Flag("hasVendorDevice", "Windows Update tools", "VM.set_has_vendor_device", vm => vm.HasVendorDevice) with { Unless = (_, vm, _) => NotWhileOn(vm) },
    ];

    private static readonly ImmutableArray<Edit<Vm>> s_guest =
    [
        Edit<Vm>.Entry(OperationParameter.Flag("viridian", "Windows enlightenments") with { IsAdvanced = true }, "platform", "viridian", vm => vm.Platform),
        Edit<Vm>.Entry(OperationParameter.Flag("expNestedHvm", "Nested virtualisation (XenServer 7 and 8.2)") with { IsAdvanced = true }, "platform", "exp-nested-hvm", vm => vm.Platform),
        Edit<Vm>.Entry(OperationParameter.Flag("nestedVirt", "Nested virtualisation") with { IsAdvanced = true }, "platform", "nested-virt", vm => vm.Platform),
        new(OperationParameter.Choice("virtualizationMode", "Virtualisation", "hvm", "pv", "pvh", "pv_in_pvh") with { IsAdvanced = true },
            (work, vm) => work.CallAsync("VM.set_domain_type", vm.Ref, work.Arguments.Text("virtualizationMode")!), (_, vm, _) => NotWhileOn(vm)),
        new(OperationParameter.Object<Sr>("suspendSr", "Suspended to", UseRights.Sr) with { IsClearable = true, IsAdvanced = true, Unsuitable = StorageParameters.NotForDisks, Present = (pool, vm) => pool.Get(((Vm)vm).SuspendSr)?.Uuid },
            (work, vm) => work.CallAsync("VM.set_suspend_SR", vm.Ref, work.Arguments.Object<Sr>("suspendSr")?.Ref ?? XenRefText.Null)),
    ];

    private static readonly ImmutableArray<Edit<Vm>> s_marks =
    [
        new(OperationParameter.Map("blockedOperations", "Blocked operations", OperationParameter.Text("reason", "Reason") with { IsClearable = true }) with { KeyTitle = "Operation", IsAdvanced = true, Description = "An operation's name and why it is blocked; null lifts it." },
            (work, vm) => SetEntriesAsync(work, vm, "blockedOperations", "blocked_operations", ""),
            (_, _, given) => given.Map<string?>("blockedOperations").Keys.FirstOrDefault(name => EnumText<VmOperation>.Parse(name) is VmOperation.Unrecognised) is { } unknown
                ? $"There is no operation '{ForeignText.Shown(unknown)}' that could be blocked." : null),
        new(OperationParameter.Map("xenStoreData", "Data for the guest", OperationParameter.Text("value", "Value") with { IsClearable = true, HasLines = true, MaxLength = 65536 }) with { IsAdvanced = true, IsSecret = true, Description = "What the guest reads below vm-data; null takes an entry away." },
            (work, vm) => SetEntriesAsync(work, vm, "xenStoreData", "xenstore_data", GuestPrefix)),
    ];

    /// <summary>What it is called.</summary>
    public static ImmutableArray<Edit<Vm>> Names { get; } =
    [
        Edit<Vm>.Text("name_label", "Name", "VM.set_name_label", vm => vm.NameLabel),
        Edit<Vm>.Text("name_description", "Description", "VM.set_name_description", vm => vm.NameDescription, longest: 4096),
    ];

    /// <summary>Everything else, for a VM that is there and for one that is being made.</summary>
    public static ImmutableArray<Edit<Vm>> Settings { get; } =
    [
        .. By(VmRights.EditProcessors, VmProcessors.Edits),
        .. By(VmRights.EditMemory, VmMemory.Edits),
        .. By(VmRights.EditBoot, s_start),
        .. By(VmRights.EditDevices, s_devices),
        .. By(VmRights.EditAdvanced, s_guest),
        Edit<Vm>.Entry(OperationParameter.Text("notes", "Notes") with { HasLines = true, MaxLength = 65536, IsClearable = true }, "other_config", NotesKey, vm => vm.OtherConfig),
        .. By(VmRights.EditAdvanced, s_marks),
    ];

    /// <summary>What a VM that is being made may be given of it: whoever makes it needs no right to change it.</summary>
    public static IEnumerable<OperationParameter> OfNew => Settings.Select(edit => edit.Parameter with { OnTarget = null });

    public static string? NotWhileOn(Vm vm) => vm.PowerState == VmPowerState.Halted ? null : $"This can be changed only while {ForeignText.Shown(vm.NameLabel)} is shut down.";

    /// <summary>The same for a part of a VM.</summary>
    public static string? NotWhileOn(PoolPicture pool, XenRef<Vm> of) => pool.Get(of) is { } vm ? NotWhileOn(vm) : null;

    private static IEnumerable<Edit<Vm>> By(Right right, ImmutableArray<Edit<Vm>> edits) => edits.Select(edit => edit with { Parameter = edit.Parameter with { OnTarget = right } });

    private static async Task SetAutoPowerOnAsync(OperationWork work, Vm vm)
    {
        var isOn = work.Arguments.Flag("auto_poweron")!.Value;
        await work.SetEntryAsync(vm, "other_config", "auto_poweron", isOn ? "true" : null);
        if (isOn && work.Pool.Pool?.OtherConfig.GetValueOrDefault("auto_poweron") != "true")
            work.Note("The pool does not start VMs by itself yet; that is switched on at the pool.");
    }

    private static async Task SetEntriesAsync(OperationWork work, Vm vm, string parameter, string field, string prefix)
    {
        foreach (var (name, value) in work.Arguments.Map<string?>(parameter))
            await work.SetEntryAsync(vm, field, name.StartsWith(prefix, StringComparison.Ordinal) ? name : prefix + name, value);
    }
}
