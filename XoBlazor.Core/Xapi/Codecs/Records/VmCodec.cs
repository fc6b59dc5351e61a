// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="Vm"/>'s fields.</summary>
public static class VmFields
{
    public const int Uuid = 0;
    public const int AllowedOperations = 1;
    public const int CurrentOperations = 2;
    public const int NameLabel = 3;
    public const int NameDescription = 4;
    public const int PowerState = 5;
    public const int UserVersion = 6;
    public const int IsATemplate = 7;
    public const int IsDefaultTemplate = 8;
    public const int SuspendVdi = 9;
    public const int ResidentOn = 10;
    public const int ScheduledToBeResidentOn = 11;
    public const int Affinity = 12;
    public const int MemoryOverhead = 13;
    public const int MemoryTarget = 14;
    public const int MemoryStaticMax = 15;
    public const int MemoryDynamicMax = 16;
    public const int MemoryDynamicMin = 17;
    public const int MemoryStaticMin = 18;
    public const int VcpusParams = 19;
    public const int VcpusMax = 20;
    public const int VcpusAtStartup = 21;
    public const int ActionsAfterSoftreboot = 22;
    public const int ActionsAfterShutdown = 23;
    public const int ActionsAfterReboot = 24;
    public const int ActionsAfterCrash = 25;
    public const int Consoles = 26;
    public const int Vifs = 27;
    public const int Vbds = 28;
    public const int Vusbs = 29;
    public const int CrashDumps = 30;
    public const int Vtpms = 31;
    public const int PvBootloader = 32;
    public const int PvKernel = 33;
    public const int PvRamdisk = 34;
    public const int PvArgs = 35;
    public const int PvBootloaderArgs = 36;
    public const int PvLegacyArgs = 37;
    public const int HvmBootPolicy = 38;
    public const int HvmBootParams = 39;
    public const int HvmShadowMultiplier = 40;
    public const int Platform = 41;
    public const int PciBus = 42;
    public const int OtherConfig = 43;
    public const int Domid = 44;
    public const int Domarch = 45;
    public const int LastBootCpuFlags = 46;
    public const int IsControlDomain = 47;
    public const int Metrics = 48;
    public const int GuestMetrics = 49;
    public const int LastBootedRecord = 50;
    public const int Recommendations = 51;
    public const int XenstoreData = 52;
    public const int HaAlwaysRun = 53;
    public const int HaRestartPriority = 54;
    public const int IsASnapshot = 55;
    public const int SnapshotOf = 56;
    public const int Snapshots = 57;
    public const int SnapshotTime = 58;
    public const int TransportableSnapshotId = 59;
    public const int Blobs = 60;
    public const int Tags = 61;
    public const int BlockedOperations = 62;
    public const int SnapshotInfo = 63;
    public const int SnapshotMetadata = 64;
    public const int Parent = 65;
    public const int Children = 66;
    public const int BiosStrings = 67;
    public const int ProtectionPolicy = 68;
    public const int IsSnapshotFromVmpp = 69;
    public const int SnapshotSchedule = 70;
    public const int IsVmssSnapshot = 71;
    public const int Appliance = 72;
    public const int StartDelay = 73;
    public const int ShutdownDelay = 74;
    public const int Order = 75;
    public const int Vgpus = 76;
    public const int AttachedPcis = 77;
    public const int SuspendSr = 78;
    public const int Version = 79;
    public const int GenerationId = 80;
    public const int HardwarePlatformVersion = 81;
    public const int HasVendorDevice = 82;
    public const int RequiresReboot = 83;
    public const int ReferenceLabel = 84;
    public const int DomainType = 85;
    public const int Nvram = 86;
    public const int PendingGuidances = 87;
    public const int PendingGuidancesRecommended = 88;
    public const int PendingGuidancesFull = 89;
    public const int Groups = 90;
    public const int SecurebootCertificatesState = 91;
}

internal sealed class VmCodec : XapiCodec
{
    private static readonly Vm s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(Vm.Uuid), "string", false),
        new(1, "allowed_operations", nameof(Vm.AllowedOperations), "enum vm_operations set", false),
        new(2, "current_operations", nameof(Vm.CurrentOperations), "(string -> enum vm_operations) map", false),
        new(3, "name_label", nameof(Vm.NameLabel), "string", false),
        new(4, "name_description", nameof(Vm.NameDescription), "string", false),
        new(5, "power_state", nameof(Vm.PowerState), "enum vm_power_state", false),
        new(6, "user_version", nameof(Vm.UserVersion), "int", false),
        new(7, "is_a_template", nameof(Vm.IsATemplate), "bool", false),
        new(8, "is_default_template", nameof(Vm.IsDefaultTemplate), "bool", false),
        new(9, "suspend_VDI", nameof(Vm.SuspendVdi), "VDI ref", false),
        new(10, "resident_on", nameof(Vm.ResidentOn), "host ref", false),
        new(11, "scheduled_to_be_resident_on", nameof(Vm.ScheduledToBeResidentOn), "host ref", false),
        new(12, "affinity", nameof(Vm.Affinity), "host ref", false),
        new(13, "memory_overhead", nameof(Vm.MemoryOverhead), "int", false),
        new(14, "memory_target", nameof(Vm.MemoryTarget), "int", false),
        new(15, "memory_static_max", nameof(Vm.MemoryStaticMax), "int", false),
        new(16, "memory_dynamic_max", nameof(Vm.MemoryDynamicMax), "int", false),
        new(17, "memory_dynamic_min", nameof(Vm.MemoryDynamicMin), "int", false),
        new(18, "memory_static_min", nameof(Vm.MemoryStaticMin), "int", false),
        new(19, "VCPUs_params", nameof(Vm.VcpusParams), "(string -> string) map", false),
        new(20, "VCPUs_max", nameof(Vm.VcpusMax), "int", false),
        new(21, "VCPUs_at_startup", nameof(Vm.VcpusAtStartup), "int", false),
        new(22, "actions_after_softreboot", nameof(Vm.ActionsAfterSoftreboot), "enum on_softreboot_behavior", false),
        new(23, "actions_after_shutdown", nameof(Vm.ActionsAfterShutdown), "enum on_normal_exit", false),
        new(24, "actions_after_reboot", nameof(Vm.ActionsAfterReboot), "enum on_normal_exit", false),
        new(25, "actions_after_crash", nameof(Vm.ActionsAfterCrash), "enum on_crash_behaviour", false),
        new(26, "consoles", nameof(Vm.Consoles), "console ref set", false),
        new(27, "VIFs", nameof(Vm.Vifs), "VIF ref set", false),
        new(28, "VBDs", nameof(Vm.Vbds), "VBD ref set", false),
        new(29, "VUSBs", nameof(Vm.Vusbs), "VUSB ref set", false),
        new(30, "crash_dumps", nameof(Vm.CrashDumps), "crashdump ref set", false),
        new(31, "VTPMs", nameof(Vm.Vtpms), "VTPM ref set", false),
        new(32, "PV_bootloader", nameof(Vm.PvBootloader), "string", false),
        new(33, "PV_kernel", nameof(Vm.PvKernel), "string", false),
        new(34, "PV_ramdisk", nameof(Vm.PvRamdisk), "string", false),
        new(35, "PV_args", nameof(Vm.PvArgs), "string", false),
        new(36, "PV_bootloader_args", nameof(Vm.PvBootloaderArgs), "string", false),
        new(37, "PV_legacy_args", nameof(Vm.PvLegacyArgs), "string", false),
        new(38, "HVM_boot_policy", nameof(Vm.HvmBootPolicy), "string", false),
        new(39, "HVM_boot_params", nameof(Vm.HvmBootParams), "(string -> string) map", false),
        new(40, "HVM_shadow_multiplier", nameof(Vm.HvmShadowMultiplier), "float", false),
        new(41, "platform", nameof(Vm.Platform), "(string -> string) map", false),
        new(42, "PCI_bus", nameof(Vm.PciBus), "string", false),
        new(43, "other_config", nameof(Vm.OtherConfig), "(string -> string) map", false),
        new(44, "domid", nameof(Vm.Domid), "int", false),
        new(45, "domarch", nameof(Vm.Domarch), "string", false),
        new(46, "last_boot_CPU_flags", nameof(Vm.LastBootCpuFlags), "(string -> string) map", false),
        new(47, "is_control_domain", nameof(Vm.IsControlDomain), "bool", false),
        new(48, "metrics", nameof(Vm.Metrics), "VM_metrics ref", false),
        new(49, "guest_metrics", nameof(Vm.GuestMetrics), "VM_guest_metrics ref", false),
        new(50, "last_booted_record", nameof(Vm.LastBootedRecord), "string", false),
        new(51, "recommendations", nameof(Vm.Recommendations), "string", false),
        new(52, "xenstore_data", nameof(Vm.XenstoreData), "(string -> string) map", false),
        new(53, "ha_always_run", nameof(Vm.HaAlwaysRun), "bool", false),
        new(54, "ha_restart_priority", nameof(Vm.HaRestartPriority), "string", false),
        new(55, "is_a_snapshot", nameof(Vm.IsASnapshot), "bool", false),
        new(56, "snapshot_of", nameof(Vm.SnapshotOf), "VM ref", false),
        new(57, "snapshots", nameof(Vm.Snapshots), "VM ref set", false),
        new(58, "snapshot_time", nameof(Vm.SnapshotTime), "datetime", false),
        new(59, "transportable_snapshot_id", nameof(Vm.TransportableSnapshotId), "string", false),
        new(60, "blobs", nameof(Vm.Blobs), "(string -> blob ref) map", false),
        new(61, "tags", nameof(Vm.Tags), "string set", false),
        new(62, "blocked_operations", nameof(Vm.BlockedOperations), "(enum vm_operations -> string) map", false),
        new(63, "snapshot_info", nameof(Vm.SnapshotInfo), "(string -> string) map", false),
        new(64, "snapshot_metadata", nameof(Vm.SnapshotMetadata), "string", false),
        new(65, "parent", nameof(Vm.Parent), "VM ref", false),
        new(66, "children", nameof(Vm.Children), "VM ref set", false),
        new(67, "bios_strings", nameof(Vm.BiosStrings), "(string -> string) map", false),
        new(68, "protection_policy", nameof(Vm.ProtectionPolicy), "VMPP ref", false),
        new(69, "is_snapshot_from_vmpp", nameof(Vm.IsSnapshotFromVmpp), "bool", true),
        new(70, "snapshot_schedule", nameof(Vm.SnapshotSchedule), "VMSS ref", false),
        new(71, "is_vmss_snapshot", nameof(Vm.IsVmssSnapshot), "bool", false),
        new(72, "appliance", nameof(Vm.Appliance), "VM_appliance ref", false),
        new(73, "start_delay", nameof(Vm.StartDelay), "int", false),
        new(74, "shutdown_delay", nameof(Vm.ShutdownDelay), "int", false),
        new(75, "order", nameof(Vm.Order), "int", false),
        new(76, "VGPUs", nameof(Vm.Vgpus), "VGPU ref set", false),
        new(77, "attached_PCIs", nameof(Vm.AttachedPcis), "PCI ref set", false),
        new(78, "suspend_SR", nameof(Vm.SuspendSr), "SR ref", false),
        new(79, "version", nameof(Vm.Version), "int", false),
        new(80, "generation_id", nameof(Vm.GenerationId), "string", false),
        new(81, "hardware_platform_version", nameof(Vm.HardwarePlatformVersion), "int", false),
        new(82, "has_vendor_device", nameof(Vm.HasVendorDevice), "bool", false),
        new(83, "requires_reboot", nameof(Vm.RequiresReboot), "bool", false),
        new(84, "reference_label", nameof(Vm.ReferenceLabel), "string", false),
        new(85, "domain_type", nameof(Vm.DomainType), "enum domain_type", false),
        new(86, "NVRAM", nameof(Vm.Nvram), "(string -> string) map", false),
        new(87, "pending_guidances", nameof(Vm.PendingGuidances), "enum update_guidances set", false),
        new(88, "pending_guidances_recommended", nameof(Vm.PendingGuidancesRecommended), "enum update_guidances set", false),
        new(89, "pending_guidances_full", nameof(Vm.PendingGuidancesFull), "enum update_guidances set", false),
        new(90, "groups", nameof(Vm.Groups), "VM_group ref set", false),
        new(91, "secureboot_certificates_state", nameof(Vm.SecurebootCertificatesState), "enum vm_secureboot_certificates_state", false),
    ]);

    public override XapiClass Class => XapiClass.Vm;

    public override string WireName => "VM";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as Vm ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.Vm);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.AllowedOperations;
        var f2 = s_blank.CurrentOperations;
        var f3 = s_blank.NameLabel;
        var f4 = s_blank.NameDescription;
        var f5 = s_blank.PowerState;
        var f6 = s_blank.UserVersion;
        var f7 = s_blank.IsATemplate;
        var f8 = s_blank.IsDefaultTemplate;
        var f9 = s_blank.SuspendVdi;
        var f10 = s_blank.ResidentOn;
        var f11 = s_blank.ScheduledToBeResidentOn;
        var f12 = s_blank.Affinity;
        var f13 = s_blank.MemoryOverhead;
        var f14 = s_blank.MemoryTarget;
        var f15 = s_blank.MemoryStaticMax;
        var f16 = s_blank.MemoryDynamicMax;
        var f17 = s_blank.MemoryDynamicMin;
        var f18 = s_blank.MemoryStaticMin;
        var f19 = s_blank.VcpusParams;
        var f20 = s_blank.VcpusMax;
        var f21 = s_blank.VcpusAtStartup;
        var f22 = s_blank.ActionsAfterSoftreboot;
        var f23 = s_blank.ActionsAfterShutdown;
        var f24 = s_blank.ActionsAfterReboot;
        var f25 = s_blank.ActionsAfterCrash;
        var f26 = s_blank.Consoles;
        var f27 = s_blank.Vifs;
        var f28 = s_blank.Vbds;
        var f29 = s_blank.Vusbs;
        var f30 = s_blank.CrashDumps;
        var f31 = s_blank.Vtpms;
        var f32 = s_blank.PvBootloader;
        var f33 = s_blank.PvKernel;
        var f34 = s_blank.PvRamdisk;
        var f35 = s_blank.PvArgs;
        var f36 = s_blank.PvBootloaderArgs;
        var f37 = s_blank.PvLegacyArgs;
        var f38 = s_blank.HvmBootPolicy;
        var f39 = s_blank.HvmBootParams;
        var f40 = s_blank.HvmShadowMultiplier;
        var f41 = s_blank.Platform;
        var f42 = s_blank.PciBus;
        var f43 = s_blank.OtherConfig;
        var f44 = s_blank.Domid;
        var f45 = s_blank.Domarch;
        var f46 = s_blank.LastBootCpuFlags;
        var f47 = s_blank.IsControlDomain;
        var f48 = s_blank.Metrics;
        var f49 = s_blank.GuestMetrics;
        var f50 = s_blank.LastBootedRecord;
        var f51 = s_blank.Recommendations;
        var f52 = s_blank.XenstoreData;
        var f53 = s_blank.HaAlwaysRun;
        var f54 = s_blank.HaRestartPriority;
        var f55 = s_blank.IsASnapshot;
        var f56 = s_blank.SnapshotOf;
        var f57 = s_blank.Snapshots;
        var f58 = s_blank.SnapshotTime;
        var f59 = s_blank.TransportableSnapshotId;
        var f60 = s_blank.Blobs;
        var f61 = s_blank.Tags;
        var f62 = s_blank.BlockedOperations;
        var f63 = s_blank.SnapshotInfo;
        var f64 = s_blank.SnapshotMetadata;
        var f65 = s_blank.Parent;
        var f66 = s_blank.Children;
        var f67 = s_blank.BiosStrings;
        var f68 = s_blank.ProtectionPolicy;
        var f69 = s_blank.IsSnapshotFromVmpp;
        var f70 = s_blank.SnapshotSchedule;
        var f71 = s_blank.IsVmssSnapshot;
        var f72 = s_blank.Appliance;
        var f73 = s_blank.StartDelay;
        var f74 = s_blank.ShutdownDelay;
        var f75 = s_blank.Order;
        var f76 = s_blank.Vgpus;
        var f77 = s_blank.AttachedPcis;
        var f78 = s_blank.SuspendSr;
        var f79 = s_blank.Version;
        var f80 = s_blank.GenerationId;
        var f81 = s_blank.HardwarePlatformVersion;
        var f82 = s_blank.HasVendorDevice;
        var f83 = s_blank.RequiresReboot;
        var f84 = s_blank.ReferenceLabel;
        var f85 = s_blank.DomainType;
        var f86 = s_blank.Nvram;
        var f87 = s_blank.PendingGuidances;
        var f88 = s_blank.PendingGuidancesRecommended;
        var f89 = s_blank.PendingGuidancesFull;
        var f90 = s_blank.Groups;
        var f91 = s_blank.SecurebootCertificatesState;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = memo.F1.Read(ref reader, before.AllowedOperations, context); break;
                case 2: f2 = memo.F2.Read(ref reader, before.CurrentOperations, context); break;
                case 3: f3 = memo.F3.Read(ref reader, before.NameLabel, context); break;
                case 4: f4 = memo.F4.Read(ref reader, before.NameDescription, context); break;
                case 5: f5 = memo.F5.Read(ref reader, before.PowerState, context); break;
                case 6: f6 = IntWire.Read(ref reader, before.UserVersion, context); break;
                case 7: f7 = BoolWire.Read(ref reader, before.IsATemplate, context); break;
                case 8: f8 = BoolWire.Read(ref reader, before.IsDefaultTemplate, context); break;
                case 9: f9 = RefWire<Vdi>.Read(ref reader, before.SuspendVdi, context); break;
                case 10: f10 = RefWire<Host>.Read(ref reader, before.ResidentOn, context); break;
                case 11: f11 = RefWire<Host>.Read(ref reader, before.ScheduledToBeResidentOn, context); break;
                case 12: f12 = RefWire<Host>.Read(ref reader, before.Affinity, context); break;
                case 13: f13 = IntWire.Read(ref reader, before.MemoryOverhead, context); break;
                case 14: f14 = IntWire.Read(ref reader, before.MemoryTarget, context); break;
                case 15: f15 = IntWire.Read(ref reader, before.MemoryStaticMax, context); break;
                case 16: f16 = IntWire.Read(ref reader, before.MemoryDynamicMax, context); break;
                case 17: f17 = IntWire.Read(ref reader, before.MemoryDynamicMin, context); break;
                case 18: f18 = IntWire.Read(ref reader, before.MemoryStaticMin, context); break;
                case 19: f19 = memo.F19.Read(ref reader, before.VcpusParams, context); break;
                case 20: f20 = IntWire.Read(ref reader, before.VcpusMax, context); break;
                case 21: f21 = IntWire.Read(ref reader, before.VcpusAtStartup, context); break;
                case 22: f22 = memo.F22.Read(ref reader, before.ActionsAfterSoftreboot, context); break;
                case 23: f23 = memo.F23.Read(ref reader, before.ActionsAfterShutdown, context); break;
                case 24: f24 = memo.F24.Read(ref reader, before.ActionsAfterReboot, context); break;
                case 25: f25 = memo.F25.Read(ref reader, before.ActionsAfterCrash, context); break;
                case 26: f26 = SetWire<XenRef<VmConsole>, RefWire<VmConsole>>.Read(ref reader, before.Consoles, context); break;
                case 27: f27 = SetWire<XenRef<Vif>, RefWire<Vif>>.Read(ref reader, before.Vifs, context); break;
                case 28: f28 = SetWire<XenRef<Vbd>, RefWire<Vbd>>.Read(ref reader, before.Vbds, context); break;
                case 29: f29 = SetWire<XenRef<Vusb>, RefWire<Vusb>>.Read(ref reader, before.Vusbs, context); break;
                case 30: f30 = SetWire<XenRef<CrashDump>, RefWire<CrashDump>>.Read(ref reader, before.CrashDumps, context); break;
                case 31: f31 = SetWire<XenRef<Vtpm>, RefWire<Vtpm>>.Read(ref reader, before.Vtpms, context); break;
                case 32: f32 = memo.F32.Read(ref reader, before.PvBootloader, context); break;
                case 33: f33 = memo.F33.Read(ref reader, before.PvKernel, context); break;
                case 34: f34 = memo.F34.Read(ref reader, before.PvRamdisk, context); break;
                case 35: f35 = memo.F35.Read(ref reader, before.PvArgs, context); break;
                case 36: f36 = memo.F36.Read(ref reader, before.PvBootloaderArgs, context); break;
                case 37: f37 = memo.F37.Read(ref reader, before.PvLegacyArgs, context); break;
                case 38: f38 = memo.F38.Read(ref reader, before.HvmBootPolicy, context); break;
                case 39: f39 = memo.F39.Read(ref reader, before.HvmBootParams, context); break;
                case 40: f40 = FloatWire.Read(ref reader, before.HvmShadowMultiplier, context); break;
                case 41: f41 = memo.F41.Read(ref reader, before.Platform, context); break;
                case 42: f42 = memo.F42.Read(ref reader, before.PciBus, context); break;
                case 43: f43 = memo.F43.Read(ref reader, before.OtherConfig, context); break;
                case 44: f44 = IntWire.Read(ref reader, before.Domid, context); break;
                case 45: f45 = memo.F45.Read(ref reader, before.Domarch, context); break;
                case 46: f46 = memo.F46.Read(ref reader, before.LastBootCpuFlags, context); break;
                case 47: f47 = BoolWire.Read(ref reader, before.IsControlDomain, context); break;
                case 48: f48 = RefWire<VmMetrics>.Read(ref reader, before.Metrics, context); break;
                case 49: f49 = RefWire<VmGuestMetrics>.Read(ref reader, before.GuestMetrics, context); break;
                case 50: f50 = memo.F50.Read(ref reader, before.LastBootedRecord, context); break;
                case 51: f51 = memo.F51.Read(ref reader, before.Recommendations, context); break;
                case 52: f52 = memo.F52.Read(ref reader, before.XenstoreData, context); break;
                case 53: f53 = BoolWire.Read(ref reader, before.HaAlwaysRun, context); break;
                case 54: f54 = memo.F54.Read(ref reader, before.HaRestartPriority, context); break;
                case 55: f55 = BoolWire.Read(ref reader, before.IsASnapshot, context); break;
                case 56: f56 = RefWire<Vm>.Read(ref reader, before.SnapshotOf, context); break;
                case 57: f57 = SetWire<XenRef<Vm>, RefWire<Vm>>.Read(ref reader, before.Snapshots, context); break;
                case 58: f58 = TimeWire.Read(ref reader, before.SnapshotTime, context); break;
                case 59: f59 = memo.F59.Read(ref reader, before.TransportableSnapshotId, context); break;
                case 60: f60 = memo.F60.Read(ref reader, before.Blobs, context); break;
                case 61: f61 = memo.F61.Read(ref reader, before.Tags, context); break;
                case 62: f62 = memo.F62.Read(ref reader, before.BlockedOperations, context); break;
                case 63: f63 = memo.F63.Read(ref reader, before.SnapshotInfo, context); break;
                case 64: f64 = memo.F64.Read(ref reader, before.SnapshotMetadata, context); break;
                case 65: f65 = RefWire<Vm>.Read(ref reader, before.Parent, context); break;
                case 66: f66 = SetWire<XenRef<Vm>, RefWire<Vm>>.Read(ref reader, before.Children, context); break;
                case 67: f67 = memo.F67.Read(ref reader, before.BiosStrings, context); break;
                case 68: f68 = RefWire<Vmpp>.Read(ref reader, before.ProtectionPolicy, context); break;
                case 69: f69 = BoolWire.Read(ref reader, before.IsSnapshotFromVmpp, context); break;
                case 70: f70 = RefWire<Vmss>.Read(ref reader, before.SnapshotSchedule, context); break;
                case 71: f71 = BoolWire.Read(ref reader, before.IsVmssSnapshot, context); break;
                case 72: f72 = RefWire<VmAppliance>.Read(ref reader, before.Appliance, context); break;
                case 73: f73 = IntWire.Read(ref reader, before.StartDelay, context); break;
                case 74: f74 = IntWire.Read(ref reader, before.ShutdownDelay, context); break;
                case 75: f75 = IntWire.Read(ref reader, before.Order, context); break;
                case 76: f76 = SetWire<XenRef<Vgpu>, RefWire<Vgpu>>.Read(ref reader, before.Vgpus, context); break;
                case 77: f77 = SetWire<XenRef<Pci>, RefWire<Pci>>.Read(ref reader, before.AttachedPcis, context); break;
                case 78: f78 = RefWire<Sr>.Read(ref reader, before.SuspendSr, context); break;
                case 79: f79 = IntWire.Read(ref reader, before.Version, context); break;
                case 80: f80 = memo.F80.Read(ref reader, before.GenerationId, context); break;
                case 81: f81 = IntWire.Read(ref reader, before.HardwarePlatformVersion, context); break;
                case 82: f82 = BoolWire.Read(ref reader, before.HasVendorDevice, context); break;
                case 83: f83 = BoolWire.Read(ref reader, before.RequiresReboot, context); break;
                case 84: f84 = memo.F84.Read(ref reader, before.ReferenceLabel, context); break;
                case 85: f85 = memo.F85.Read(ref reader, before.DomainType, context); break;
                case 86: f86 = memo.F86.Read(ref reader, before.Nvram, context); break;
                case 87: f87 = memo.F87.Read(ref reader, before.PendingGuidances, context); break;
                case 88: f88 = memo.F88.Read(ref reader, before.PendingGuidancesRecommended, context); break;
                case 89: f89 = memo.F89.Read(ref reader, before.PendingGuidancesFull, context); break;
                case 90: f90 = SetWire<XenRef<VmGroup>, RefWire<VmGroup>>.Read(ref reader, before.Groups, context); break;
                case 91: f91 = memo.F91.Read(ref reader, before.SecurebootCertificatesState, context); break;
                default: reader.Skip(); break;
            }
        }

        return new Vm
        {
            Ref = reference,
            Uuid = f0,
            AllowedOperations = f1,
            CurrentOperations = f2,
            NameLabel = f3,
            NameDescription = f4,
            PowerState = f5,
            UserVersion = f6,
            IsATemplate = f7,
            IsDefaultTemplate = f8,
            SuspendVdi = f9,
            ResidentOn = f10,
            ScheduledToBeResidentOn = f11,
            Affinity = f12,
            MemoryOverhead = f13,
            MemoryTarget = f14,
            MemoryStaticMax = f15,
            MemoryDynamicMax = f16,
            MemoryDynamicMin = f17,
            MemoryStaticMin = f18,
            VcpusParams = f19,
            VcpusMax = f20,
            VcpusAtStartup = f21,
            ActionsAfterSoftreboot = f22,
            ActionsAfterShutdown = f23,
            ActionsAfterReboot = f24,
            ActionsAfterCrash = f25,
            Consoles = f26,
            Vifs = f27,
            Vbds = f28,
            Vusbs = f29,
            CrashDumps = f30,
            Vtpms = f31,
            PvBootloader = f32,
            PvKernel = f33,
            PvRamdisk = f34,
            PvArgs = f35,
            PvBootloaderArgs = f36,
            PvLegacyArgs = f37,
            HvmBootPolicy = f38,
            HvmBootParams = f39,
            HvmShadowMultiplier = f40,
            Platform = f41,
            PciBus = f42,
            OtherConfig = f43,
            Domid = f44,
            Domarch = f45,
            LastBootCpuFlags = f46,
            IsControlDomain = f47,
            Metrics = f48,
            GuestMetrics = f49,
            LastBootedRecord = f50,
            Recommendations = f51,
            XenstoreData = f52,
            HaAlwaysRun = f53,
            HaRestartPriority = f54,
            IsASnapshot = f55,
            SnapshotOf = f56,
            Snapshots = f57,
            SnapshotTime = f58,
            TransportableSnapshotId = f59,
            Blobs = f60,
            Tags = f61,
            BlockedOperations = f62,
            SnapshotInfo = f63,
            SnapshotMetadata = f64,
            Parent = f65,
            Children = f66,
            BiosStrings = f67,
            ProtectionPolicy = f68,
            IsSnapshotFromVmpp = f69,
            SnapshotSchedule = f70,
            IsVmssSnapshot = f71,
            Appliance = f72,
            StartDelay = f73,
            ShutdownDelay = f74,
            Order = f75,
            Vgpus = f76,
            AttachedPcis = f77,
            SuspendSr = f78,
            Version = f79,
            GenerationId = f80,
            HardwarePlatformVersion = f81,
            HasVendorDevice = f82,
            RequiresReboot = f83,
            ReferenceLabel = f84,
            DomainType = f85,
            Nvram = f86,
            PendingGuidances = f87,
            PendingGuidancesRecommended = f88,
            PendingGuidancesFull = f89,
            Groups = f90,
            SecurebootCertificatesState = f91,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((Vm)a, (Vm)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!EnumSetWire<VmOperation>.Same(x.AllowedOperations, y.AllowedOperations)) changed = changed.With(1);
        if (!MapWire<string, TextWire, VmOperation, EnumWire<VmOperation>>.Same(x.CurrentOperations, y.CurrentOperations)) changed = changed.With(2);
        if (!TextWire.Same(x.NameLabel, y.NameLabel)) changed = changed.With(3);
        if (!TextWire.Same(x.NameDescription, y.NameDescription)) changed = changed.With(4);
        if (!EnumWire<VmPowerState>.Same(x.PowerState, y.PowerState)) changed = changed.With(5);
        if (!IntWire.Same(x.UserVersion, y.UserVersion)) changed = changed.With(6);
        if (!BoolWire.Same(x.IsATemplate, y.IsATemplate)) changed = changed.With(7);
        if (!BoolWire.Same(x.IsDefaultTemplate, y.IsDefaultTemplate)) changed = changed.With(8);
        if (!RefWire<Vdi>.Same(x.SuspendVdi, y.SuspendVdi)) changed = changed.With(9);
        if (!RefWire<Host>.Same(x.ResidentOn, y.ResidentOn)) changed = changed.With(10);
        if (!RefWire<Host>.Same(x.ScheduledToBeResidentOn, y.ScheduledToBeResidentOn)) changed = changed.With(11);
        if (!RefWire<Host>.Same(x.Affinity, y.Affinity)) changed = changed.With(12);
        if (!IntWire.Same(x.MemoryOverhead, y.MemoryOverhead)) changed = changed.With(13);
        if (!IntWire.Same(x.MemoryTarget, y.MemoryTarget)) changed = changed.With(14);
        if (!IntWire.Same(x.MemoryStaticMax, y.MemoryStaticMax)) changed = changed.With(15);
        if (!IntWire.Same(x.MemoryDynamicMax, y.MemoryDynamicMax)) changed = changed.With(16);
        if (!IntWire.Same(x.MemoryDynamicMin, y.MemoryDynamicMin)) changed = changed.With(17);
        if (!IntWire.Same(x.MemoryStaticMin, y.MemoryStaticMin)) changed = changed.With(18);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.VcpusParams, y.VcpusParams)) changed = changed.With(19);
        if (!IntWire.Same(x.VcpusMax, y.VcpusMax)) changed = changed.With(20);
        if (!IntWire.Same(x.VcpusAtStartup, y.VcpusAtStartup)) changed = changed.With(21);
        if (!EnumWire<OnSoftrebootBehavior>.Same(x.ActionsAfterSoftreboot, y.ActionsAfterSoftreboot)) changed = changed.With(22);
        if (!EnumWire<OnNormalExit>.Same(x.ActionsAfterShutdown, y.ActionsAfterShutdown)) changed = changed.With(23);
        if (!EnumWire<OnNormalExit>.Same(x.ActionsAfterReboot, y.ActionsAfterReboot)) changed = changed.With(24);
        if (!EnumWire<OnCrashBehaviour>.Same(x.ActionsAfterCrash, y.ActionsAfterCrash)) changed = changed.With(25);
        if (!SetWire<XenRef<VmConsole>, RefWire<VmConsole>>.Same(x.Consoles, y.Consoles)) changed = changed.With(26);
        if (!SetWire<XenRef<Vif>, RefWire<Vif>>.Same(x.Vifs, y.Vifs)) changed = changed.With(27);
        if (!SetWire<XenRef<Vbd>, RefWire<Vbd>>.Same(x.Vbds, y.Vbds)) changed = changed.With(28);
        if (!SetWire<XenRef<Vusb>, RefWire<Vusb>>.Same(x.Vusbs, y.Vusbs)) changed = changed.With(29);
        if (!SetWire<XenRef<CrashDump>, RefWire<CrashDump>>.Same(x.CrashDumps, y.CrashDumps)) changed = changed.With(30);
        if (!SetWire<XenRef<Vtpm>, RefWire<Vtpm>>.Same(x.Vtpms, y.Vtpms)) changed = changed.With(31);
        if (!TextWire.Same(x.PvBootloader, y.PvBootloader)) changed = changed.With(32);
        if (!TextWire.Same(x.PvKernel, y.PvKernel)) changed = changed.With(33);
        if (!TextWire.Same(x.PvRamdisk, y.PvRamdisk)) changed = changed.With(34);
        if (!TextWire.Same(x.PvArgs, y.PvArgs)) changed = changed.With(35);
        if (!TextWire.Same(x.PvBootloaderArgs, y.PvBootloaderArgs)) changed = changed.With(36);
        if (!TextWire.Same(x.PvLegacyArgs, y.PvLegacyArgs)) changed = changed.With(37);
        if (!TextWire.Same(x.HvmBootPolicy, y.HvmBootPolicy)) changed = changed.With(38);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.HvmBootParams, y.HvmBootParams)) changed = changed.With(39);
        if (!FloatWire.Same(x.HvmShadowMultiplier, y.HvmShadowMultiplier)) changed = changed.With(40);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.Platform, y.Platform)) changed = changed.With(41);
        if (!TextWire.Same(x.PciBus, y.PciBus)) changed = changed.With(42);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.OtherConfig, y.OtherConfig)) changed = changed.With(43);
        if (!IntWire.Same(x.Domid, y.Domid)) changed = changed.With(44);
        if (!TextWire.Same(x.Domarch, y.Domarch)) changed = changed.With(45);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.LastBootCpuFlags, y.LastBootCpuFlags)) changed = changed.With(46);
        if (!BoolWire.Same(x.IsControlDomain, y.IsControlDomain)) changed = changed.With(47);
        if (!RefWire<VmMetrics>.Same(x.Metrics, y.Metrics)) changed = changed.With(48);
        if (!RefWire<VmGuestMetrics>.Same(x.GuestMetrics, y.GuestMetrics)) changed = changed.With(49);
        if (!TextWire.Same(x.LastBootedRecord, y.LastBootedRecord)) changed = changed.With(50);
        if (!TextWire.Same(x.Recommendations, y.Recommendations)) changed = changed.With(51);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.XenstoreData, y.XenstoreData)) changed = changed.With(52);
        if (!BoolWire.Same(x.HaAlwaysRun, y.HaAlwaysRun)) changed = changed.With(53);
        if (!TextWire.Same(x.HaRestartPriority, y.HaRestartPriority)) changed = changed.With(54);
        if (!BoolWire.Same(x.IsASnapshot, y.IsASnapshot)) changed = changed.With(55);
        if (!RefWire<Vm>.Same(x.SnapshotOf, y.SnapshotOf)) changed = changed.With(56);
        if (!SetWire<XenRef<Vm>, RefWire<Vm>>.Same(x.Snapshots, y.Snapshots)) changed = changed.With(57);
        if (!TimeWire.Same(x.SnapshotTime, y.SnapshotTime)) changed = changed.With(58);
        if (!TextWire.Same(x.TransportableSnapshotId, y.TransportableSnapshotId)) changed = changed.With(59);
        if (!MapWire<string, TextWire, XenRef<Blob>, RefWire<Blob>>.Same(x.Blobs, y.Blobs)) changed = changed.With(60);
        if (!SetWire<string, TextWire>.Same(x.Tags, y.Tags)) changed = changed.With(61);
        if (!MapWire<VmOperation, EnumWire<VmOperation>, string, TextWire>.Same(x.BlockedOperations, y.BlockedOperations)) changed = changed.With(62);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.SnapshotInfo, y.SnapshotInfo)) changed = changed.With(63);
        if (!TextWire.Same(x.SnapshotMetadata, y.SnapshotMetadata)) changed = changed.With(64);
        if (!RefWire<Vm>.Same(x.Parent, y.Parent)) changed = changed.With(65);
        if (!SetWire<XenRef<Vm>, RefWire<Vm>>.Same(x.Children, y.Children)) changed = changed.With(66);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.BiosStrings, y.BiosStrings)) changed = changed.With(67);
        if (!RefWire<Vmpp>.Same(x.ProtectionPolicy, y.ProtectionPolicy)) changed = changed.With(68);
        if (!BoolWire.Same(x.IsSnapshotFromVmpp, y.IsSnapshotFromVmpp)) changed = changed.With(69);
        if (!RefWire<Vmss>.Same(x.SnapshotSchedule, y.SnapshotSchedule)) changed = changed.With(70);
        if (!BoolWire.Same(x.IsVmssSnapshot, y.IsVmssSnapshot)) changed = changed.With(71);
        if (!RefWire<VmAppliance>.Same(x.Appliance, y.Appliance)) changed = changed.With(72);
        if (!IntWire.Same(x.StartDelay, y.StartDelay)) changed = changed.With(73);
        if (!IntWire.Same(x.ShutdownDelay, y.ShutdownDelay)) changed = changed.With(74);
        if (!IntWire.Same(x.Order, y.Order)) changed = changed.With(75);
        if (!SetWire<XenRef<Vgpu>, RefWire<Vgpu>>.Same(x.Vgpus, y.Vgpus)) changed = changed.With(76);
        if (!SetWire<XenRef<Pci>, RefWire<Pci>>.Same(x.AttachedPcis, y.AttachedPcis)) changed = changed.With(77);
        if (!RefWire<Sr>.Same(x.SuspendSr, y.SuspendSr)) changed = changed.With(78);
        if (!IntWire.Same(x.Version, y.Version)) changed = changed.With(79);
        if (!TextWire.Same(x.GenerationId, y.GenerationId)) changed = changed.With(80);
        if (!IntWire.Same(x.HardwarePlatformVersion, y.HardwarePlatformVersion)) changed = changed.With(81);
        if (!BoolWire.Same(x.HasVendorDevice, y.HasVendorDevice)) changed = changed.With(82);
        if (!BoolWire.Same(x.RequiresReboot, y.RequiresReboot)) changed = changed.With(83);
        if (!TextWire.Same(x.ReferenceLabel, y.ReferenceLabel)) changed = changed.With(84);
        if (!EnumWire<DomainType>.Same(x.DomainType, y.DomainType)) changed = changed.With(85);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.Nvram, y.Nvram)) changed = changed.With(86);
        if (!EnumSetWire<UpdateGuidances>.Same(x.PendingGuidances, y.PendingGuidances)) changed = changed.With(87);
        if (!EnumSetWire<UpdateGuidances>.Same(x.PendingGuidancesRecommended, y.PendingGuidancesRecommended)) changed = changed.With(88);
        if (!EnumSetWire<UpdateGuidances>.Same(x.PendingGuidancesFull, y.PendingGuidancesFull)) changed = changed.With(89);
        if (!SetWire<XenRef<VmGroup>, RefWire<VmGroup>>.Same(x.Groups, y.Groups)) changed = changed.With(90);
        if (!EnumWire<SecureBootCertificatesState>.Same(x.SecurebootCertificatesState, y.SecurebootCertificatesState)) changed = changed.With(91);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (Vm)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: EnumSetWire<VmOperation>.Write(writer, x.AllowedOperations); break;
            case 2: MapWire<string, TextWire, VmOperation, EnumWire<VmOperation>>.Write(writer, x.CurrentOperations); break;
            case 3: TextWire.Write(writer, x.NameLabel); break;
            case 4: TextWire.Write(writer, x.NameDescription); break;
            case 5: EnumWire<VmPowerState>.Write(writer, x.PowerState); break;
            case 6: IntWire.Write(writer, x.UserVersion); break;
            case 7: BoolWire.Write(writer, x.IsATemplate); break;
            case 8: BoolWire.Write(writer, x.IsDefaultTemplate); break;
            case 9: RefWire<Vdi>.Write(writer, x.SuspendVdi); break;
            case 10: RefWire<Host>.Write(writer, x.ResidentOn); break;
            case 11: RefWire<Host>.Write(writer, x.ScheduledToBeResidentOn); break;
            case 12: RefWire<Host>.Write(writer, x.Affinity); break;
            case 13: IntWire.Write(writer, x.MemoryOverhead); break;
            case 14: IntWire.Write(writer, x.MemoryTarget); break;
            case 15: IntWire.Write(writer, x.MemoryStaticMax); break;
            case 16: IntWire.Write(writer, x.MemoryDynamicMax); break;
            case 17: IntWire.Write(writer, x.MemoryDynamicMin); break;
            case 18: IntWire.Write(writer, x.MemoryStaticMin); break;
            case 19: MapWire<string, TextWire, string, TextWire>.Write(writer, x.VcpusParams); break;
            case 20: IntWire.Write(writer, x.VcpusMax); break;
            case 21: IntWire.Write(writer, x.VcpusAtStartup); break;
            case 22: EnumWire<OnSoftrebootBehavior>.Write(writer, x.ActionsAfterSoftreboot); break;
            case 23: EnumWire<OnNormalExit>.Write(writer, x.ActionsAfterShutdown); break;
            case 24: EnumWire<OnNormalExit>.Write(writer, x.ActionsAfterReboot); break;
            case 25: EnumWire<OnCrashBehaviour>.Write(writer, x.ActionsAfterCrash); break;
            case 26: SetWire<XenRef<VmConsole>, RefWire<VmConsole>>.Write(writer, x.Consoles); break;
            case 27: SetWire<XenRef<Vif>, RefWire<Vif>>.Write(writer, x.Vifs); break;
            case 28: SetWire<XenRef<Vbd>, RefWire<Vbd>>.Write(writer, x.Vbds); break;
            case 29: SetWire<XenRef<Vusb>, RefWire<Vusb>>.Write(writer, x.Vusbs); break;
            case 30: SetWire<XenRef<CrashDump>, RefWire<CrashDump>>.Write(writer, x.CrashDumps); break;
            case 31: SetWire<XenRef<Vtpm>, RefWire<Vtpm>>.Write(writer, x.Vtpms); break;
            case 32: TextWire.Write(writer, x.PvBootloader); break;
            case 33: TextWire.Write(writer, x.PvKernel); break;
            case 34: TextWire.Write(writer, x.PvRamdisk); break;
            case 35: TextWire.Write(writer, x.PvArgs); break;
            case 36: TextWire.Write(writer, x.PvBootloaderArgs); break;
            case 37: TextWire.Write(writer, x.PvLegacyArgs); break;
            case 38: TextWire.Write(writer, x.HvmBootPolicy); break;
            case 39: MapWire<string, TextWire, string, TextWire>.Write(writer, x.HvmBootParams); break;
            case 40: FloatWire.Write(writer, x.HvmShadowMultiplier); break;
            case 41: MapWire<string, TextWire, string, TextWire>.Write(writer, x.Platform); break;
            case 42: TextWire.Write(writer, x.PciBus); break;
            case 43: MapWire<string, TextWire, string, TextWire>.Write(writer, x.OtherConfig); break;
            case 44: IntWire.Write(writer, x.Domid); break;
            case 45: TextWire.Write(writer, x.Domarch); break;
            case 46: MapWire<string, TextWire, string, TextWire>.Write(writer, x.LastBootCpuFlags); break;
            case 47: BoolWire.Write(writer, x.IsControlDomain); break;
            case 48: RefWire<VmMetrics>.Write(writer, x.Metrics); break;
            case 49: RefWire<VmGuestMetrics>.Write(writer, x.GuestMetrics); break;
            case 50: TextWire.Write(writer, x.LastBootedRecord); break;
            case 51: TextWire.Write(writer, x.Recommendations); break;
            case 52: MapWire<string, TextWire, string, TextWire>.Write(writer, x.XenstoreData); break;
            case 53: BoolWire.Write(writer, x.HaAlwaysRun); break;
            case 54: TextWire.Write(writer, x.HaRestartPriority); break;
            case 55: BoolWire.Write(writer, x.IsASnapshot); break;
            case 56: RefWire<Vm>.Write(writer, x.SnapshotOf); break;
            case 57: SetWire<XenRef<Vm>, RefWire<Vm>>.Write(writer, x.Snapshots); break;
            case 58: TimeWire.Write(writer, x.SnapshotTime); break;
            case 59: TextWire.Write(writer, x.TransportableSnapshotId); break;
            case 60: MapWire<string, TextWire, XenRef<Blob>, RefWire<Blob>>.Write(writer, x.Blobs); break;
            case 61: SetWire<string, TextWire>.Write(writer, x.Tags); break;
            case 62: MapWire<VmOperation, EnumWire<VmOperation>, string, TextWire>.Write(writer, x.BlockedOperations); break;
            case 63: MapWire<string, TextWire, string, TextWire>.Write(writer, x.SnapshotInfo); break;
            case 64: TextWire.Write(writer, x.SnapshotMetadata); break;
            case 65: RefWire<Vm>.Write(writer, x.Parent); break;
            case 66: SetWire<XenRef<Vm>, RefWire<Vm>>.Write(writer, x.Children); break;
            case 67: MapWire<string, TextWire, string, TextWire>.Write(writer, x.BiosStrings); break;
            case 68: RefWire<Vmpp>.Write(writer, x.ProtectionPolicy); break;
            case 69: BoolWire.Write(writer, x.IsSnapshotFromVmpp); break;
            case 70: RefWire<Vmss>.Write(writer, x.SnapshotSchedule); break;
            case 71: BoolWire.Write(writer, x.IsVmssSnapshot); break;
            case 72: RefWire<VmAppliance>.Write(writer, x.Appliance); break;
            case 73: IntWire.Write(writer, x.StartDelay); break;
            case 74: IntWire.Write(writer, x.ShutdownDelay); break;
            case 75: IntWire.Write(writer, x.Order); break;
            case 76: SetWire<XenRef<Vgpu>, RefWire<Vgpu>>.Write(writer, x.Vgpus); break;
            case 77: SetWire<XenRef<Pci>, RefWire<Pci>>.Write(writer, x.AttachedPcis); break;
            case 78: RefWire<Sr>.Write(writer, x.SuspendSr); break;
            case 79: IntWire.Write(writer, x.Version); break;
            case 80: TextWire.Write(writer, x.GenerationId); break;
            case 81: IntWire.Write(writer, x.HardwarePlatformVersion); break;
            case 82: BoolWire.Write(writer, x.HasVendorDevice); break;
            case 83: BoolWire.Write(writer, x.RequiresReboot); break;
            case 84: TextWire.Write(writer, x.ReferenceLabel); break;
            case 85: EnumWire<DomainType>.Write(writer, x.DomainType); break;
            case 86: MapWire<string, TextWire, string, TextWire>.Write(writer, x.Nvram); break;
            case 87: EnumSetWire<UpdateGuidances>.Write(writer, x.PendingGuidances); break;
            case 88: EnumSetWire<UpdateGuidances>.Write(writer, x.PendingGuidancesRecommended); break;
            case 89: EnumSetWire<UpdateGuidances>.Write(writer, x.PendingGuidancesFull); break;
            case 90: SetWire<XenRef<VmGroup>, RefWire<VmGroup>>.Write(writer, x.Groups); break;
            case 91: EnumWire<SecureBootCertificatesState>.Write(writer, x.SecurebootCertificatesState); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "VM has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
        var x = (Vm)value;
        RefWire<Vdi>.Visit(x.SuspendVdi, 9, visitor);
        RefWire<Host>.Visit(x.ResidentOn, 10, visitor);
        RefWire<Host>.Visit(x.ScheduledToBeResidentOn, 11, visitor);
        RefWire<Host>.Visit(x.Affinity, 12, visitor);
        SetWire<XenRef<VmConsole>, RefWire<VmConsole>>.Visit(x.Consoles, 26, visitor);
        SetWire<XenRef<Vif>, RefWire<Vif>>.Visit(x.Vifs, 27, visitor);
        SetWire<XenRef<Vbd>, RefWire<Vbd>>.Visit(x.Vbds, 28, visitor);
        SetWire<XenRef<Vusb>, RefWire<Vusb>>.Visit(x.Vusbs, 29, visitor);
        SetWire<XenRef<CrashDump>, RefWire<CrashDump>>.Visit(x.CrashDumps, 30, visitor);
        SetWire<XenRef<Vtpm>, RefWire<Vtpm>>.Visit(x.Vtpms, 31, visitor);
        RefWire<VmMetrics>.Visit(x.Metrics, 48, visitor);
        RefWire<VmGuestMetrics>.Visit(x.GuestMetrics, 49, visitor);
        RefWire<Vm>.Visit(x.SnapshotOf, 56, visitor);
        SetWire<XenRef<Vm>, RefWire<Vm>>.Visit(x.Snapshots, 57, visitor);
        MapWire<string, TextWire, XenRef<Blob>, RefWire<Blob>>.Visit(x.Blobs, 60, visitor);
        RefWire<Vm>.Visit(x.Parent, 65, visitor);
        SetWire<XenRef<Vm>, RefWire<Vm>>.Visit(x.Children, 66, visitor);
        RefWire<Vmpp>.Visit(x.ProtectionPolicy, 68, visitor);
        RefWire<Vmss>.Visit(x.SnapshotSchedule, 70, visitor);
        RefWire<VmAppliance>.Visit(x.Appliance, 72, visitor);
        SetWire<XenRef<Vgpu>, RefWire<Vgpu>>.Visit(x.Vgpus, 76, visitor);
        SetWire<XenRef<Pci>, RefWire<Pci>>.Visit(x.AttachedPcis, 77, visitor);
        RefWire<Sr>.Visit(x.SuspendSr, 78, visitor);
        SetWire<XenRef<VmGroup>, RefWire<VmGroup>>.Visit(x.Groups, 90, visitor);
    }

    private sealed class Memo
    {
        public FieldMemo<EnumSet<VmOperation>, EnumSetWire<VmOperation>> F1;
        public FieldMemo<XenMap<string, VmOperation>, MapWire<string, TextWire, VmOperation, EnumWire<VmOperation>>> F2;
        public FieldMemo<string, TextWire> F3;
        public FieldMemo<string, TextWire> F4;
        public FieldMemo<VmPowerState, EnumWire<VmPowerState>> F5;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F19;
        public FieldMemo<OnSoftrebootBehavior, EnumWire<OnSoftrebootBehavior>> F22;
        public FieldMemo<OnNormalExit, EnumWire<OnNormalExit>> F23;
        public FieldMemo<OnNormalExit, EnumWire<OnNormalExit>> F24;
        public FieldMemo<OnCrashBehaviour, EnumWire<OnCrashBehaviour>> F25;
        public FieldMemo<string, TextWire> F32;
        public FieldMemo<string, TextWire> F33;
        public FieldMemo<string, TextWire> F34;
        public FieldMemo<string, TextWire> F35;
        public FieldMemo<string, TextWire> F36;
        public FieldMemo<string, TextWire> F37;
        public FieldMemo<string, TextWire> F38;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F39;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F41;
        public FieldMemo<string, TextWire> F42;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F43;
        public FieldMemo<string, TextWire> F45;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F46;
        public FieldMemo<string, TextWire> F50;
        public FieldMemo<string, TextWire> F51;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F52;
        public FieldMemo<string, TextWire> F54;
        public FieldMemo<string, TextWire> F59;
        public FieldMemo<XenMap<string, XenRef<Blob>>, MapWire<string, TextWire, XenRef<Blob>, RefWire<Blob>>> F60;
        public FieldMemo<ImmutableArray<string>, SetWire<string, TextWire>> F61;
        public FieldMemo<XenMap<VmOperation, string>, MapWire<VmOperation, EnumWire<VmOperation>, string, TextWire>> F62;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F63;
        public FieldMemo<string, TextWire> F64;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F67;
        public FieldMemo<string, TextWire> F80;
        public FieldMemo<string, TextWire> F84;
        public FieldMemo<DomainType, EnumWire<DomainType>> F85;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F86;
        public FieldMemo<EnumSet<UpdateGuidances>, EnumSetWire<UpdateGuidances>> F87;
        public FieldMemo<EnumSet<UpdateGuidances>, EnumSetWire<UpdateGuidances>> F88;
        public FieldMemo<EnumSet<UpdateGuidances>, EnumSetWire<UpdateGuidances>> F89;
        public FieldMemo<SecureBootCertificatesState, EnumWire<SecureBootCertificatesState>> F91;
    }
}
