// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="Host"/>'s fields.</summary>
public static class HostFields
{
    public const int Uuid = 0;
    public const int NameLabel = 1;
    public const int NameDescription = 2;
    public const int MemoryOverhead = 3;
    public const int AllowedOperations = 4;
    public const int CurrentOperations = 5;
    public const int ApiVersionMajor = 6;
    public const int ApiVersionMinor = 7;
    public const int ApiVersionVendor = 8;
    public const int ApiVersionVendorImplementation = 9;
    public const int Enabled = 10;
    public const int SoftwareVersion = 11;
    public const int OtherConfig = 12;
    public const int Capabilities = 13;
    public const int CpuConfiguration = 14;
    public const int SchedPolicy = 15;
    public const int SupportedBootloaders = 16;
    public const int ResidentVms = 17;
    public const int Logging = 18;
    public const int Pifs = 19;
    public const int SuspendImageSr = 20;
    public const int CrashDumpSr = 21;
    public const int Crashdumps = 22;
    public const int Patches = 23;
    public const int Updates = 24;
    public const int Pbds = 25;
    public const int HostCpus = 26;
    public const int CpuInfo = 27;
    public const int Hostname = 28;
    public const int Address = 29;
    public const int Metrics = 30;
    public const int LicenseParams = 31;
    public const int HaStatefiles = 32;
    public const int HaNetworkPeers = 33;
    public const int Blobs = 34;
    public const int Tags = 35;
    public const int ExternalAuthType = 36;
    public const int ExternalAuthServiceName = 37;
    public const int ExternalAuthConfiguration = 38;
    public const int Edition = 39;
    public const int LicenseServer = 40;
    public const int BiosStrings = 41;
    public const int PowerOnMode = 42;
    public const int PowerOnConfig = 43;
    public const int LocalCacheSr = 44;
    public const int ChipsetInfo = 45;
    public const int Pcis = 46;
    public const int Pgpus = 47;
    public const int Pusbs = 48;
    public const int SslLegacy = 49;
    public const int GuestVcpusParams = 50;
    public const int Display = 51;
    public const int VirtualHardwarePlatformVersions = 52;
    public const int ControlDomain = 53;
    public const int UpdatesRequiringReboot = 54;
    public const int Features = 55;
    public const int IscsiIqn = 56;
    public const int Multipathing = 57;
    public const int UefiCertificates = 58;
    public const int Certificates = 59;
    public const int Editions = 60;
    public const int PendingGuidances = 61;
    public const int TlsVerificationEnabled = 62;
    public const int LastSoftwareUpdate = 63;
    public const int HttpsOnly = 64;
    public const int LatestSyncedUpdatesApplied = 65;
    public const int NumaAffinityPolicy = 66;
    public const int PendingGuidancesRecommended = 67;
    public const int PendingGuidancesFull = 68;
    public const int LastUpdateHash = 69;
    public const int SshEnabled = 70;
    public const int SshEnabledTimeout = 71;
    public const int SshExpiry = 72;
    public const int ConsoleIdleTimeout = 73;
    public const int SshAutoMode = 74;
    public const int MaxCstate = 75;
    public const int SecureBoot = 76;
    public const int NtpMode = 77;
    public const int NtpCustomServers = 78;
    public const int Timezone = 79;
}

internal sealed class HostCodec : XapiCodec
{
    private static readonly Host s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(Host.Uuid), "string", false),
        new(1, "name_label", nameof(Host.NameLabel), "string", false),
        new(2, "name_description", nameof(Host.NameDescription), "string", false),
        new(3, "memory_overhead", nameof(Host.MemoryOverhead), "int", false),
        new(4, "allowed_operations", nameof(Host.AllowedOperations), "enum host_allowed_operations set", false),
        new(5, "current_operations", nameof(Host.CurrentOperations), "(string -> enum host_allowed_operations) map", false),
        new(6, "API_version_major", nameof(Host.ApiVersionMajor), "int", false),
        new(7, "API_version_minor", nameof(Host.ApiVersionMinor), "int", false),
        new(8, "API_version_vendor", nameof(Host.ApiVersionVendor), "string", false),
        new(9, "API_version_vendor_implementation", nameof(Host.ApiVersionVendorImplementation), "(string -> string) map", false),
        new(10, "enabled", nameof(Host.Enabled), "bool", false),
        new(11, "software_version", nameof(Host.SoftwareVersion), "(string -> string) map", false),
        new(12, "other_config", nameof(Host.OtherConfig), "(string -> string) map", false),
        new(13, "capabilities", nameof(Host.Capabilities), "string set", false),
        new(14, "cpu_configuration", nameof(Host.CpuConfiguration), "(string -> string) map", false),
        new(15, "sched_policy", nameof(Host.SchedPolicy), "string", false),
        new(16, "supported_bootloaders", nameof(Host.SupportedBootloaders), "string set", false),
        new(17, "resident_VMs", nameof(Host.ResidentVms), "VM ref set", false),
        new(18, "logging", nameof(Host.Logging), "(string -> string) map", false),
        new(19, "PIFs", nameof(Host.Pifs), "PIF ref set", false),
        new(20, "suspend_image_sr", nameof(Host.SuspendImageSr), "SR ref", false),
        new(21, "crash_dump_sr", nameof(Host.CrashDumpSr), "SR ref", false),
        new(22, "crashdumps", nameof(Host.Crashdumps), "host_crashdump ref set", false),
        new(23, "patches", nameof(Host.Patches), "host_patch ref set", false),
        new(24, "updates", nameof(Host.Updates), "pool_update ref set", false),
        new(25, "PBDs", nameof(Host.Pbds), "PBD ref set", false),
        new(26, "host_CPUs", nameof(Host.HostCpus), "host_cpu ref set", false),
        new(27, "cpu_info", nameof(Host.CpuInfo), "(string -> string) map", false),
        new(28, "hostname", nameof(Host.Hostname), "string", false),
        new(29, "address", nameof(Host.Address), "string", false),
        new(30, "metrics", nameof(Host.Metrics), "host_metrics ref", false),
        new(31, "license_params", nameof(Host.LicenseParams), "(string -> string) map", false),
        new(32, "ha_statefiles", nameof(Host.HaStatefiles), "string set", false),
        new(33, "ha_network_peers", nameof(Host.HaNetworkPeers), "string set", false),
        new(34, "blobs", nameof(Host.Blobs), "(string -> blob ref) map", false),
        new(35, "tags", nameof(Host.Tags), "string set", false),
        new(36, "external_auth_type", nameof(Host.ExternalAuthType), "string", false),
        new(37, "external_auth_service_name", nameof(Host.ExternalAuthServiceName), "string", false),
        new(38, "external_auth_configuration", nameof(Host.ExternalAuthConfiguration), "(string -> string) map", false),
        new(39, "edition", nameof(Host.Edition), "string", false),
        new(40, "license_server", nameof(Host.LicenseServer), "(string -> string) map", false),
        new(41, "bios_strings", nameof(Host.BiosStrings), "(string -> string) map", false),
        new(42, "power_on_mode", nameof(Host.PowerOnMode), "string", false),
        new(43, "power_on_config", nameof(Host.PowerOnConfig), "(string -> string) map", false),
        new(44, "local_cache_sr", nameof(Host.LocalCacheSr), "SR ref", false),
        new(45, "chipset_info", nameof(Host.ChipsetInfo), "(string -> string) map", false),
        new(46, "PCIs", nameof(Host.Pcis), "PCI ref set", false),
        new(47, "PGPUs", nameof(Host.Pgpus), "PGPU ref set", false),
        new(48, "PUSBs", nameof(Host.Pusbs), "PUSB ref set", false),
        new(49, "ssl_legacy", nameof(Host.SslLegacy), "bool", false),
        new(50, "guest_VCPUs_params", nameof(Host.GuestVcpusParams), "(string -> string) map", false),
        new(51, "display", nameof(Host.Display), "enum host_display", false),
        new(52, "virtual_hardware_platform_versions", nameof(Host.VirtualHardwarePlatformVersions), "int set", false),
        new(53, "control_domain", nameof(Host.ControlDomain), "VM ref", false),
        new(54, "updates_requiring_reboot", nameof(Host.UpdatesRequiringReboot), "pool_update ref set", false),
        new(55, "features", nameof(Host.Features), "Feature ref set", false),
        new(56, "iscsi_iqn", nameof(Host.IscsiIqn), "string", false),
        new(57, "multipathing", nameof(Host.Multipathing), "bool", false),
        new(58, "uefi_certificates", nameof(Host.UefiCertificates), "string", false),
        new(59, "certificates", nameof(Host.Certificates), "Certificate ref set", false),
        new(60, "editions", nameof(Host.Editions), "string set", false),
        new(61, "pending_guidances", nameof(Host.PendingGuidances), "enum update_guidances set", false),
        new(62, "tls_verification_enabled", nameof(Host.TlsVerificationEnabled), "bool", false),
        new(63, "last_software_update", nameof(Host.LastSoftwareUpdate), "datetime", false),
        new(64, "https_only", nameof(Host.HttpsOnly), "bool", false),
        new(65, "latest_synced_updates_applied", nameof(Host.LatestSyncedUpdatesApplied), "enum latest_synced_updates_applied_state", false),
        new(66, "numa_affinity_policy", nameof(Host.NumaAffinityPolicy), "enum host_numa_affinity_policy", false),
        new(67, "pending_guidances_recommended", nameof(Host.PendingGuidancesRecommended), "enum update_guidances set", false),
        new(68, "pending_guidances_full", nameof(Host.PendingGuidancesFull), "enum update_guidances set", false),
        new(69, "last_update_hash", nameof(Host.LastUpdateHash), "string", false),
        new(70, "ssh_enabled", nameof(Host.SshEnabled), "bool", false),
        new(71, "ssh_enabled_timeout", nameof(Host.SshEnabledTimeout), "int", false),
        new(72, "ssh_expiry", nameof(Host.SshExpiry), "datetime", false),
        new(73, "console_idle_timeout", nameof(Host.ConsoleIdleTimeout), "int", false),
        new(74, "ssh_auto_mode", nameof(Host.SshAutoMode), "bool", false),
        new(75, "max_cstate", nameof(Host.MaxCstate), "string", false),
        new(76, "secure_boot", nameof(Host.SecureBoot), "bool", false),
        new(77, "ntp_mode", nameof(Host.NtpMode), "enum host_ntp_mode", false),
        new(78, "ntp_custom_servers", nameof(Host.NtpCustomServers), "string set", false),
        new(79, "timezone", nameof(Host.Timezone), "string", false),
    ]);

    public override XapiClass Class => XapiClass.Host;

    public override string WireName => "host";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as Host ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.Host);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.NameLabel;
        var f2 = s_blank.NameDescription;
        var f3 = s_blank.MemoryOverhead;
        var f4 = s_blank.AllowedOperations;
        var f5 = s_blank.CurrentOperations;
        var f6 = s_blank.ApiVersionMajor;
        var f7 = s_blank.ApiVersionMinor;
        var f8 = s_blank.ApiVersionVendor;
        var f9 = s_blank.ApiVersionVendorImplementation;
        var f10 = s_blank.Enabled;
        var f11 = s_blank.SoftwareVersion;
        var f12 = s_blank.OtherConfig;
        var f13 = s_blank.Capabilities;
        var f14 = s_blank.CpuConfiguration;
        var f15 = s_blank.SchedPolicy;
        var f16 = s_blank.SupportedBootloaders;
        var f17 = s_blank.ResidentVms;
        var f18 = s_blank.Logging;
        var f19 = s_blank.Pifs;
        var f20 = s_blank.SuspendImageSr;
        var f21 = s_blank.CrashDumpSr;
        var f22 = s_blank.Crashdumps;
        var f23 = s_blank.Patches;
        var f24 = s_blank.Updates;
        var f25 = s_blank.Pbds;
        var f26 = s_blank.HostCpus;
        var f27 = s_blank.CpuInfo;
        var f28 = s_blank.Hostname;
        var f29 = s_blank.Address;
        var f30 = s_blank.Metrics;
        var f31 = s_blank.LicenseParams;
        var f32 = s_blank.HaStatefiles;
        var f33 = s_blank.HaNetworkPeers;
        var f34 = s_blank.Blobs;
        var f35 = s_blank.Tags;
        var f36 = s_blank.ExternalAuthType;
        var f37 = s_blank.ExternalAuthServiceName;
        var f38 = s_blank.ExternalAuthConfiguration;
        var f39 = s_blank.Edition;
        var f40 = s_blank.LicenseServer;
        var f41 = s_blank.BiosStrings;
        var f42 = s_blank.PowerOnMode;
        var f43 = s_blank.PowerOnConfig;
        var f44 = s_blank.LocalCacheSr;
        var f45 = s_blank.ChipsetInfo;
        var f46 = s_blank.Pcis;
        var f47 = s_blank.Pgpus;
        var f48 = s_blank.Pusbs;
        var f49 = s_blank.SslLegacy;
        var f50 = s_blank.GuestVcpusParams;
        var f51 = s_blank.Display;
        var f52 = s_blank.VirtualHardwarePlatformVersions;
        var f53 = s_blank.ControlDomain;
        var f54 = s_blank.UpdatesRequiringReboot;
        var f55 = s_blank.Features;
        var f56 = s_blank.IscsiIqn;
        var f57 = s_blank.Multipathing;
        var f58 = s_blank.UefiCertificates;
        var f59 = s_blank.Certificates;
        var f60 = s_blank.Editions;
        var f61 = s_blank.PendingGuidances;
        var f62 = s_blank.TlsVerificationEnabled;
        var f63 = s_blank.LastSoftwareUpdate;
        var f64 = s_blank.HttpsOnly;
        var f65 = s_blank.LatestSyncedUpdatesApplied;
        var f66 = s_blank.NumaAffinityPolicy;
        var f67 = s_blank.PendingGuidancesRecommended;
        var f68 = s_blank.PendingGuidancesFull;
        var f69 = s_blank.LastUpdateHash;
        var f70 = s_blank.SshEnabled;
        var f71 = s_blank.SshEnabledTimeout;
        var f72 = s_blank.SshExpiry;
        var f73 = s_blank.ConsoleIdleTimeout;
        var f74 = s_blank.SshAutoMode;
        var f75 = s_blank.MaxCstate;
        var f76 = s_blank.SecureBoot;
        var f77 = s_blank.NtpMode;
        var f78 = s_blank.NtpCustomServers;
        var f79 = s_blank.Timezone;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = memo.F1.Read(ref reader, before.NameLabel, context); break;
                case 2: f2 = memo.F2.Read(ref reader, before.NameDescription, context); break;
                case 3: f3 = IntWire.Read(ref reader, before.MemoryOverhead, context); break;
                case 4: f4 = memo.F4.Read(ref reader, before.AllowedOperations, context); break;
                case 5: f5 = memo.F5.Read(ref reader, before.CurrentOperations, context); break;
                case 6: f6 = IntWire.Read(ref reader, before.ApiVersionMajor, context); break;
                case 7: f7 = IntWire.Read(ref reader, before.ApiVersionMinor, context); break;
                case 8: f8 = memo.F8.Read(ref reader, before.ApiVersionVendor, context); break;
                case 9: f9 = memo.F9.Read(ref reader, before.ApiVersionVendorImplementation, context); break;
                case 10: f10 = BoolWire.Read(ref reader, before.Enabled, context); break;
                case 11: f11 = memo.F11.Read(ref reader, before.SoftwareVersion, context); break;
                case 12: f12 = memo.F12.Read(ref reader, before.OtherConfig, context); break;
                case 13: f13 = memo.F13.Read(ref reader, before.Capabilities, context); break;
                case 14: f14 = memo.F14.Read(ref reader, before.CpuConfiguration, context); break;
                case 15: f15 = memo.F15.Read(ref reader, before.SchedPolicy, context); break;
                case 16: f16 = memo.F16.Read(ref reader, before.SupportedBootloaders, context); break;
                case 17: f17 = SetWire<XenRef<Vm>, RefWire<Vm>>.Read(ref reader, before.ResidentVms, context); break;
                case 18: f18 = memo.F18.Read(ref reader, before.Logging, context); break;
                case 19: f19 = SetWire<XenRef<Pif>, RefWire<Pif>>.Read(ref reader, before.Pifs, context); break;
                case 20: f20 = RefWire<Sr>.Read(ref reader, before.SuspendImageSr, context); break;
                case 21: f21 = RefWire<Sr>.Read(ref reader, before.CrashDumpSr, context); break;
                case 22: f22 = SetWire<XenRef<HostCrashdump>, RefWire<HostCrashdump>>.Read(ref reader, before.Crashdumps, context); break;
                case 23: f23 = SetWire<XenRef<HostPatch>, RefWire<HostPatch>>.Read(ref reader, before.Patches, context); break;
                case 24: f24 = SetWire<XenRef<PoolUpdate>, RefWire<PoolUpdate>>.Read(ref reader, before.Updates, context); break;
                case 25: f25 = SetWire<XenRef<Pbd>, RefWire<Pbd>>.Read(ref reader, before.Pbds, context); break;
                case 26: f26 = SetWire<XenRef<HostCpu>, RefWire<HostCpu>>.Read(ref reader, before.HostCpus, context); break;
                case 27: f27 = memo.F27.Read(ref reader, before.CpuInfo, context); break;
                case 28: f28 = memo.F28.Read(ref reader, before.Hostname, context); break;
                case 29: f29 = memo.F29.Read(ref reader, before.Address, context); break;
                case 30: f30 = RefWire<HostMetrics>.Read(ref reader, before.Metrics, context); break;
                case 31: f31 = memo.F31.Read(ref reader, before.LicenseParams, context); break;
                case 32: f32 = memo.F32.Read(ref reader, before.HaStatefiles, context); break;
                case 33: f33 = memo.F33.Read(ref reader, before.HaNetworkPeers, context); break;
                case 34: f34 = memo.F34.Read(ref reader, before.Blobs, context); break;
                case 35: f35 = memo.F35.Read(ref reader, before.Tags, context); break;
                case 36: f36 = memo.F36.Read(ref reader, before.ExternalAuthType, context); break;
                case 37: f37 = memo.F37.Read(ref reader, before.ExternalAuthServiceName, context); break;
                case 38: f38 = memo.F38.Read(ref reader, before.ExternalAuthConfiguration, context); break;
                case 39: f39 = memo.F39.Read(ref reader, before.Edition, context); break;
                case 40: f40 = memo.F40.Read(ref reader, before.LicenseServer, context); break;
                case 41: f41 = memo.F41.Read(ref reader, before.BiosStrings, context); break;
                case 42: f42 = memo.F42.Read(ref reader, before.PowerOnMode, context); break;
                case 43: f43 = memo.F43.Read(ref reader, before.PowerOnConfig, context); break;
                case 44: f44 = RefWire<Sr>.Read(ref reader, before.LocalCacheSr, context); break;
                case 45: f45 = memo.F45.Read(ref reader, before.ChipsetInfo, context); break;
                case 46: f46 = SetWire<XenRef<Pci>, RefWire<Pci>>.Read(ref reader, before.Pcis, context); break;
                case 47: f47 = SetWire<XenRef<Pgpu>, RefWire<Pgpu>>.Read(ref reader, before.Pgpus, context); break;
                case 48: f48 = SetWire<XenRef<Pusb>, RefWire<Pusb>>.Read(ref reader, before.Pusbs, context); break;
                case 49: f49 = BoolWire.Read(ref reader, before.SslLegacy, context); break;
                case 50: f50 = memo.F50.Read(ref reader, before.GuestVcpusParams, context); break;
                case 51: f51 = memo.F51.Read(ref reader, before.Display, context); break;
                case 52: f52 = SetWire<long, IntWire>.Read(ref reader, before.VirtualHardwarePlatformVersions, context); break;
                case 53: f53 = RefWire<Vm>.Read(ref reader, before.ControlDomain, context); break;
                case 54: f54 = SetWire<XenRef<PoolUpdate>, RefWire<PoolUpdate>>.Read(ref reader, before.UpdatesRequiringReboot, context); break;
                case 55: f55 = SetWire<XenRef<HostFeature>, RefWire<HostFeature>>.Read(ref reader, before.Features, context); break;
                case 56: f56 = memo.F56.Read(ref reader, before.IscsiIqn, context); break;
                case 57: f57 = BoolWire.Read(ref reader, before.Multipathing, context); break;
                case 58: f58 = memo.F58.Read(ref reader, before.UefiCertificates, context); break;
                case 59: f59 = SetWire<XenRef<Certificate>, RefWire<Certificate>>.Read(ref reader, before.Certificates, context); break;
                case 60: f60 = memo.F60.Read(ref reader, before.Editions, context); break;
                case 61: f61 = memo.F61.Read(ref reader, before.PendingGuidances, context); break;
                case 62: f62 = BoolWire.Read(ref reader, before.TlsVerificationEnabled, context); break;
                case 63: f63 = TimeWire.Read(ref reader, before.LastSoftwareUpdate, context); break;
                case 64: f64 = BoolWire.Read(ref reader, before.HttpsOnly, context); break;
                case 65: f65 = memo.F65.Read(ref reader, before.LatestSyncedUpdatesApplied, context); break;
                case 66: f66 = memo.F66.Read(ref reader, before.NumaAffinityPolicy, context); break;
                case 67: f67 = memo.F67.Read(ref reader, before.PendingGuidancesRecommended, context); break;
                case 68: f68 = memo.F68.Read(ref reader, before.PendingGuidancesFull, context); break;
                case 69: f69 = memo.F69.Read(ref reader, before.LastUpdateHash, context); break;
                case 70: f70 = BoolWire.Read(ref reader, before.SshEnabled, context); break;
                case 71: f71 = IntWire.Read(ref reader, before.SshEnabledTimeout, context); break;
                case 72: f72 = TimeWire.Read(ref reader, before.SshExpiry, context); break;
                case 73: f73 = IntWire.Read(ref reader, before.ConsoleIdleTimeout, context); break;
                case 74: f74 = BoolWire.Read(ref reader, before.SshAutoMode, context); break;
                case 75: f75 = memo.F75.Read(ref reader, before.MaxCstate, context); break;
                case 76: f76 = BoolWire.Read(ref reader, before.SecureBoot, context); break;
                case 77: f77 = memo.F77.Read(ref reader, before.NtpMode, context); break;
                case 78: f78 = memo.F78.Read(ref reader, before.NtpCustomServers, context); break;
                case 79: f79 = memo.F79.Read(ref reader, before.Timezone, context); break;
                default: reader.Skip(); break;
            }
        }

        return new Host
        {
            Ref = reference,
            Uuid = f0,
            NameLabel = f1,
            NameDescription = f2,
            MemoryOverhead = f3,
            AllowedOperations = f4,
            CurrentOperations = f5,
            ApiVersionMajor = f6,
            ApiVersionMinor = f7,
            ApiVersionVendor = f8,
            ApiVersionVendorImplementation = f9,
            Enabled = f10,
            SoftwareVersion = f11,
            OtherConfig = f12,
            Capabilities = f13,
            CpuConfiguration = f14,
            SchedPolicy = f15,
            SupportedBootloaders = f16,
            ResidentVms = f17,
            Logging = f18,
            Pifs = f19,
            SuspendImageSr = f20,
            CrashDumpSr = f21,
            Crashdumps = f22,
            Patches = f23,
            Updates = f24,
            Pbds = f25,
            HostCpus = f26,
            CpuInfo = f27,
            Hostname = f28,
            Address = f29,
            Metrics = f30,
            LicenseParams = f31,
            HaStatefiles = f32,
            HaNetworkPeers = f33,
            Blobs = f34,
            Tags = f35,
            ExternalAuthType = f36,
            ExternalAuthServiceName = f37,
            ExternalAuthConfiguration = f38,
            Edition = f39,
            LicenseServer = f40,
            BiosStrings = f41,
            PowerOnMode = f42,
            PowerOnConfig = f43,
            LocalCacheSr = f44,
            ChipsetInfo = f45,
            Pcis = f46,
            Pgpus = f47,
            Pusbs = f48,
            SslLegacy = f49,
            GuestVcpusParams = f50,
            Display = f51,
            VirtualHardwarePlatformVersions = f52,
            ControlDomain = f53,
            UpdatesRequiringReboot = f54,
            Features = f55,
            IscsiIqn = f56,
            Multipathing = f57,
            UefiCertificates = f58,
            Certificates = f59,
            Editions = f60,
            PendingGuidances = f61,
            TlsVerificationEnabled = f62,
            LastSoftwareUpdate = f63,
            HttpsOnly = f64,
            LatestSyncedUpdatesApplied = f65,
            NumaAffinityPolicy = f66,
            PendingGuidancesRecommended = f67,
            PendingGuidancesFull = f68,
            LastUpdateHash = f69,
            SshEnabled = f70,
            SshEnabledTimeout = f71,
            SshExpiry = f72,
            ConsoleIdleTimeout = f73,
            SshAutoMode = f74,
            MaxCstate = f75,
            SecureBoot = f76,
            NtpMode = f77,
            NtpCustomServers = f78,
            Timezone = f79,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((Host)a, (Host)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!TextWire.Same(x.NameLabel, y.NameLabel)) changed = changed.With(1);
        if (!TextWire.Same(x.NameDescription, y.NameDescription)) changed = changed.With(2);
        if (!IntWire.Same(x.MemoryOverhead, y.MemoryOverhead)) changed = changed.With(3);
        if (!EnumSetWire<HostOperation>.Same(x.AllowedOperations, y.AllowedOperations)) changed = changed.With(4);
        if (!MapWire<string, TextWire, HostOperation, EnumWire<HostOperation>>.Same(x.CurrentOperations, y.CurrentOperations)) changed = changed.With(5);
        if (!IntWire.Same(x.ApiVersionMajor, y.ApiVersionMajor)) changed = changed.With(6);
        if (!IntWire.Same(x.ApiVersionMinor, y.ApiVersionMinor)) changed = changed.With(7);
        if (!TextWire.Same(x.ApiVersionVendor, y.ApiVersionVendor)) changed = changed.With(8);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.ApiVersionVendorImplementation, y.ApiVersionVendorImplementation)) changed = changed.With(9);
        if (!BoolWire.Same(x.Enabled, y.Enabled)) changed = changed.With(10);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.SoftwareVersion, y.SoftwareVersion)) changed = changed.With(11);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.OtherConfig, y.OtherConfig)) changed = changed.With(12);
        if (!SetWire<string, TextWire>.Same(x.Capabilities, y.Capabilities)) changed = changed.With(13);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.CpuConfiguration, y.CpuConfiguration)) changed = changed.With(14);
        if (!TextWire.Same(x.SchedPolicy, y.SchedPolicy)) changed = changed.With(15);
        if (!SetWire<string, TextWire>.Same(x.SupportedBootloaders, y.SupportedBootloaders)) changed = changed.With(16);
        if (!SetWire<XenRef<Vm>, RefWire<Vm>>.Same(x.ResidentVms, y.ResidentVms)) changed = changed.With(17);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.Logging, y.Logging)) changed = changed.With(18);
        if (!SetWire<XenRef<Pif>, RefWire<Pif>>.Same(x.Pifs, y.Pifs)) changed = changed.With(19);
        if (!RefWire<Sr>.Same(x.SuspendImageSr, y.SuspendImageSr)) changed = changed.With(20);
        if (!RefWire<Sr>.Same(x.CrashDumpSr, y.CrashDumpSr)) changed = changed.With(21);
        if (!SetWire<XenRef<HostCrashdump>, RefWire<HostCrashdump>>.Same(x.Crashdumps, y.Crashdumps)) changed = changed.With(22);
        if (!SetWire<XenRef<HostPatch>, RefWire<HostPatch>>.Same(x.Patches, y.Patches)) changed = changed.With(23);
        if (!SetWire<XenRef<PoolUpdate>, RefWire<PoolUpdate>>.Same(x.Updates, y.Updates)) changed = changed.With(24);
        if (!SetWire<XenRef<Pbd>, RefWire<Pbd>>.Same(x.Pbds, y.Pbds)) changed = changed.With(25);
        if (!SetWire<XenRef<HostCpu>, RefWire<HostCpu>>.Same(x.HostCpus, y.HostCpus)) changed = changed.With(26);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.CpuInfo, y.CpuInfo)) changed = changed.With(27);
        if (!TextWire.Same(x.Hostname, y.Hostname)) changed = changed.With(28);
        if (!TextWire.Same(x.Address, y.Address)) changed = changed.With(29);
        if (!RefWire<HostMetrics>.Same(x.Metrics, y.Metrics)) changed = changed.With(30);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.LicenseParams, y.LicenseParams)) changed = changed.With(31);
        if (!SetWire<string, TextWire>.Same(x.HaStatefiles, y.HaStatefiles)) changed = changed.With(32);
        if (!SetWire<string, TextWire>.Same(x.HaNetworkPeers, y.HaNetworkPeers)) changed = changed.With(33);
        if (!MapWire<string, TextWire, XenRef<Blob>, RefWire<Blob>>.Same(x.Blobs, y.Blobs)) changed = changed.With(34);
        if (!SetWire<string, TextWire>.Same(x.Tags, y.Tags)) changed = changed.With(35);
        if (!TextWire.Same(x.ExternalAuthType, y.ExternalAuthType)) changed = changed.With(36);
        if (!TextWire.Same(x.ExternalAuthServiceName, y.ExternalAuthServiceName)) changed = changed.With(37);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.ExternalAuthConfiguration, y.ExternalAuthConfiguration)) changed = changed.With(38);
        if (!TextWire.Same(x.Edition, y.Edition)) changed = changed.With(39);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.LicenseServer, y.LicenseServer)) changed = changed.With(40);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.BiosStrings, y.BiosStrings)) changed = changed.With(41);
        if (!TextWire.Same(x.PowerOnMode, y.PowerOnMode)) changed = changed.With(42);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.PowerOnConfig, y.PowerOnConfig)) changed = changed.With(43);
        if (!RefWire<Sr>.Same(x.LocalCacheSr, y.LocalCacheSr)) changed = changed.With(44);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.ChipsetInfo, y.ChipsetInfo)) changed = changed.With(45);
        if (!SetWire<XenRef<Pci>, RefWire<Pci>>.Same(x.Pcis, y.Pcis)) changed = changed.With(46);
        if (!SetWire<XenRef<Pgpu>, RefWire<Pgpu>>.Same(x.Pgpus, y.Pgpus)) changed = changed.With(47);
        if (!SetWire<XenRef<Pusb>, RefWire<Pusb>>.Same(x.Pusbs, y.Pusbs)) changed = changed.With(48);
        if (!BoolWire.Same(x.SslLegacy, y.SslLegacy)) changed = changed.With(49);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.GuestVcpusParams, y.GuestVcpusParams)) changed = changed.With(50);
        if (!EnumWire<HostDisplay>.Same(x.Display, y.Display)) changed = changed.With(51);
        if (!SetWire<long, IntWire>.Same(x.VirtualHardwarePlatformVersions, y.VirtualHardwarePlatformVersions)) changed = changed.With(52);
        if (!RefWire<Vm>.Same(x.ControlDomain, y.ControlDomain)) changed = changed.With(53);
        if (!SetWire<XenRef<PoolUpdate>, RefWire<PoolUpdate>>.Same(x.UpdatesRequiringReboot, y.UpdatesRequiringReboot)) changed = changed.With(54);
        if (!SetWire<XenRef<HostFeature>, RefWire<HostFeature>>.Same(x.Features, y.Features)) changed = changed.With(55);
        if (!TextWire.Same(x.IscsiIqn, y.IscsiIqn)) changed = changed.With(56);
        if (!BoolWire.Same(x.Multipathing, y.Multipathing)) changed = changed.With(57);
        if (!TextWire.Same(x.UefiCertificates, y.UefiCertificates)) changed = changed.With(58);
        if (!SetWire<XenRef<Certificate>, RefWire<Certificate>>.Same(x.Certificates, y.Certificates)) changed = changed.With(59);
        if (!SetWire<string, TextWire>.Same(x.Editions, y.Editions)) changed = changed.With(60);
        if (!EnumSetWire<UpdateGuidances>.Same(x.PendingGuidances, y.PendingGuidances)) changed = changed.With(61);
        if (!BoolWire.Same(x.TlsVerificationEnabled, y.TlsVerificationEnabled)) changed = changed.With(62);
        if (!TimeWire.Same(x.LastSoftwareUpdate, y.LastSoftwareUpdate)) changed = changed.With(63);
        if (!BoolWire.Same(x.HttpsOnly, y.HttpsOnly)) changed = changed.With(64);
        if (!EnumWire<LatestSyncedUpdatesAppliedState>.Same(x.LatestSyncedUpdatesApplied, y.LatestSyncedUpdatesApplied)) changed = changed.With(65);
        if (!EnumWire<HostNumaAffinityPolicy>.Same(x.NumaAffinityPolicy, y.NumaAffinityPolicy)) changed = changed.With(66);
        if (!EnumSetWire<UpdateGuidances>.Same(x.PendingGuidancesRecommended, y.PendingGuidancesRecommended)) changed = changed.With(67);
        if (!EnumSetWire<UpdateGuidances>.Same(x.PendingGuidancesFull, y.PendingGuidancesFull)) changed = changed.With(68);
        if (!TextWire.Same(x.LastUpdateHash, y.LastUpdateHash)) changed = changed.With(69);
        if (!BoolWire.Same(x.SshEnabled, y.SshEnabled)) changed = changed.With(70);
        if (!IntWire.Same(x.SshEnabledTimeout, y.SshEnabledTimeout)) changed = changed.With(71);
        if (!TimeWire.Same(x.SshExpiry, y.SshExpiry)) changed = changed.With(72);
        if (!IntWire.Same(x.ConsoleIdleTimeout, y.ConsoleIdleTimeout)) changed = changed.With(73);
        if (!BoolWire.Same(x.SshAutoMode, y.SshAutoMode)) changed = changed.With(74);
        if (!TextWire.Same(x.MaxCstate, y.MaxCstate)) changed = changed.With(75);
        if (!BoolWire.Same(x.SecureBoot, y.SecureBoot)) changed = changed.With(76);
        if (!EnumWire<HostNtpMode>.Same(x.NtpMode, y.NtpMode)) changed = changed.With(77);
        if (!SetWire<string, TextWire>.Same(x.NtpCustomServers, y.NtpCustomServers)) changed = changed.With(78);
        if (!TextWire.Same(x.Timezone, y.Timezone)) changed = changed.With(79);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (Host)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: TextWire.Write(writer, x.NameLabel); break;
            case 2: TextWire.Write(writer, x.NameDescription); break;
            case 3: IntWire.Write(writer, x.MemoryOverhead); break;
            case 4: EnumSetWire<HostOperation>.Write(writer, x.AllowedOperations); break;
            case 5: MapWire<string, TextWire, HostOperation, EnumWire<HostOperation>>.Write(writer, x.CurrentOperations); break;
            case 6: IntWire.Write(writer, x.ApiVersionMajor); break;
            case 7: IntWire.Write(writer, x.ApiVersionMinor); break;
            case 8: TextWire.Write(writer, x.ApiVersionVendor); break;
            case 9: MapWire<string, TextWire, string, TextWire>.Write(writer, x.ApiVersionVendorImplementation); break;
            case 10: BoolWire.Write(writer, x.Enabled); break;
            case 11: MapWire<string, TextWire, string, TextWire>.Write(writer, x.SoftwareVersion); break;
            case 12: MapWire<string, TextWire, string, TextWire>.Write(writer, x.OtherConfig); break;
            case 13: SetWire<string, TextWire>.Write(writer, x.Capabilities); break;
            case 14: MapWire<string, TextWire, string, TextWire>.Write(writer, x.CpuConfiguration); break;
            case 15: TextWire.Write(writer, x.SchedPolicy); break;
            case 16: SetWire<string, TextWire>.Write(writer, x.SupportedBootloaders); break;
            case 17: SetWire<XenRef<Vm>, RefWire<Vm>>.Write(writer, x.ResidentVms); break;
            case 18: MapWire<string, TextWire, string, TextWire>.Write(writer, x.Logging); break;
            case 19: SetWire<XenRef<Pif>, RefWire<Pif>>.Write(writer, x.Pifs); break;
            case 20: RefWire<Sr>.Write(writer, x.SuspendImageSr); break;
            case 21: RefWire<Sr>.Write(writer, x.CrashDumpSr); break;
            case 22: SetWire<XenRef<HostCrashdump>, RefWire<HostCrashdump>>.Write(writer, x.Crashdumps); break;
            case 23: SetWire<XenRef<HostPatch>, RefWire<HostPatch>>.Write(writer, x.Patches); break;
            case 24: SetWire<XenRef<PoolUpdate>, RefWire<PoolUpdate>>.Write(writer, x.Updates); break;
            case 25: SetWire<XenRef<Pbd>, RefWire<Pbd>>.Write(writer, x.Pbds); break;
            case 26: SetWire<XenRef<HostCpu>, RefWire<HostCpu>>.Write(writer, x.HostCpus); break;
            case 27: MapWire<string, TextWire, string, TextWire>.Write(writer, x.CpuInfo); break;
            case 28: TextWire.Write(writer, x.Hostname); break;
            case 29: TextWire.Write(writer, x.Address); break;
            case 30: RefWire<HostMetrics>.Write(writer, x.Metrics); break;
            case 31: MapWire<string, TextWire, string, TextWire>.Write(writer, x.LicenseParams); break;
            case 32: SetWire<string, TextWire>.Write(writer, x.HaStatefiles); break;
            case 33: SetWire<string, TextWire>.Write(writer, x.HaNetworkPeers); break;
            case 34: MapWire<string, TextWire, XenRef<Blob>, RefWire<Blob>>.Write(writer, x.Blobs); break;
            case 35: SetWire<string, TextWire>.Write(writer, x.Tags); break;
            case 36: TextWire.Write(writer, x.ExternalAuthType); break;
            case 37: TextWire.Write(writer, x.ExternalAuthServiceName); break;
            case 38: MapWire<string, TextWire, string, TextWire>.Write(writer, x.ExternalAuthConfiguration); break;
            case 39: TextWire.Write(writer, x.Edition); break;
            case 40: MapWire<string, TextWire, string, TextWire>.Write(writer, x.LicenseServer); break;
            case 41: MapWire<string, TextWire, string, TextWire>.Write(writer, x.BiosStrings); break;
            case 42: TextWire.Write(writer, x.PowerOnMode); break;
            case 43: MapWire<string, TextWire, string, TextWire>.Write(writer, x.PowerOnConfig); break;
            case 44: RefWire<Sr>.Write(writer, x.LocalCacheSr); break;
            case 45: MapWire<string, TextWire, string, TextWire>.Write(writer, x.ChipsetInfo); break;
            case 46: SetWire<XenRef<Pci>, RefWire<Pci>>.Write(writer, x.Pcis); break;
            case 47: SetWire<XenRef<Pgpu>, RefWire<Pgpu>>.Write(writer, x.Pgpus); break;
            case 48: SetWire<XenRef<Pusb>, RefWire<Pusb>>.Write(writer, x.Pusbs); break;
            case 49: BoolWire.Write(writer, x.SslLegacy); break;
            case 50: MapWire<string, TextWire, string, TextWire>.Write(writer, x.GuestVcpusParams); break;
            case 51: EnumWire<HostDisplay>.Write(writer, x.Display); break;
            case 52: SetWire<long, IntWire>.Write(writer, x.VirtualHardwarePlatformVersions); break;
            case 53: RefWire<Vm>.Write(writer, x.ControlDomain); break;
            case 54: SetWire<XenRef<PoolUpdate>, RefWire<PoolUpdate>>.Write(writer, x.UpdatesRequiringReboot); break;
            case 55: SetWire<XenRef<HostFeature>, RefWire<HostFeature>>.Write(writer, x.Features); break;
            case 56: TextWire.Write(writer, x.IscsiIqn); break;
            case 57: BoolWire.Write(writer, x.Multipathing); break;
            case 58: TextWire.Write(writer, x.UefiCertificates); break;
            case 59: SetWire<XenRef<Certificate>, RefWire<Certificate>>.Write(writer, x.Certificates); break;
            case 60: SetWire<string, TextWire>.Write(writer, x.Editions); break;
            case 61: EnumSetWire<UpdateGuidances>.Write(writer, x.PendingGuidances); break;
            case 62: BoolWire.Write(writer, x.TlsVerificationEnabled); break;
            case 63: TimeWire.Write(writer, x.LastSoftwareUpdate); break;
            case 64: BoolWire.Write(writer, x.HttpsOnly); break;
            case 65: EnumWire<LatestSyncedUpdatesAppliedState>.Write(writer, x.LatestSyncedUpdatesApplied); break;
            case 66: EnumWire<HostNumaAffinityPolicy>.Write(writer, x.NumaAffinityPolicy); break;
            case 67: EnumSetWire<UpdateGuidances>.Write(writer, x.PendingGuidancesRecommended); break;
            case 68: EnumSetWire<UpdateGuidances>.Write(writer, x.PendingGuidancesFull); break;
            case 69: TextWire.Write(writer, x.LastUpdateHash); break;
            case 70: BoolWire.Write(writer, x.SshEnabled); break;
            case 71: IntWire.Write(writer, x.SshEnabledTimeout); break;
            case 72: TimeWire.Write(writer, x.SshExpiry); break;
            case 73: IntWire.Write(writer, x.ConsoleIdleTimeout); break;
            case 74: BoolWire.Write(writer, x.SshAutoMode); break;
            case 75: TextWire.Write(writer, x.MaxCstate); break;
            case 76: BoolWire.Write(writer, x.SecureBoot); break;
            case 77: EnumWire<HostNtpMode>.Write(writer, x.NtpMode); break;
            case 78: SetWire<string, TextWire>.Write(writer, x.NtpCustomServers); break;
            case 79: TextWire.Write(writer, x.Timezone); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "host has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
        var x = (Host)value;
        SetWire<XenRef<Vm>, RefWire<Vm>>.Visit(x.ResidentVms, 17, visitor);
        SetWire<XenRef<Pif>, RefWire<Pif>>.Visit(x.Pifs, 19, visitor);
        RefWire<Sr>.Visit(x.SuspendImageSr, 20, visitor);
        RefWire<Sr>.Visit(x.CrashDumpSr, 21, visitor);
        SetWire<XenRef<HostCrashdump>, RefWire<HostCrashdump>>.Visit(x.Crashdumps, 22, visitor);
        SetWire<XenRef<HostPatch>, RefWire<HostPatch>>.Visit(x.Patches, 23, visitor);
        SetWire<XenRef<PoolUpdate>, RefWire<PoolUpdate>>.Visit(x.Updates, 24, visitor);
        SetWire<XenRef<Pbd>, RefWire<Pbd>>.Visit(x.Pbds, 25, visitor);
        SetWire<XenRef<HostCpu>, RefWire<HostCpu>>.Visit(x.HostCpus, 26, visitor);
        RefWire<HostMetrics>.Visit(x.Metrics, 30, visitor);
        MapWire<string, TextWire, XenRef<Blob>, RefWire<Blob>>.Visit(x.Blobs, 34, visitor);
        RefWire<Sr>.Visit(x.LocalCacheSr, 44, visitor);
        SetWire<XenRef<Pci>, RefWire<Pci>>.Visit(x.Pcis, 46, visitor);
        SetWire<XenRef<Pgpu>, RefWire<Pgpu>>.Visit(x.Pgpus, 47, visitor);
        SetWire<XenRef<Pusb>, RefWire<Pusb>>.Visit(x.Pusbs, 48, visitor);
        RefWire<Vm>.Visit(x.ControlDomain, 53, visitor);
        SetWire<XenRef<PoolUpdate>, RefWire<PoolUpdate>>.Visit(x.UpdatesRequiringReboot, 54, visitor);
        SetWire<XenRef<HostFeature>, RefWire<HostFeature>>.Visit(x.Features, 55, visitor);
        SetWire<XenRef<Certificate>, RefWire<Certificate>>.Visit(x.Certificates, 59, visitor);
    }

    private sealed class Memo
    {
        public FieldMemo<string, TextWire> F1;
        public FieldMemo<string, TextWire> F2;
        public FieldMemo<EnumSet<HostOperation>, EnumSetWire<HostOperation>> F4;
        public FieldMemo<XenMap<string, HostOperation>, MapWire<string, TextWire, HostOperation, EnumWire<HostOperation>>> F5;
        public FieldMemo<string, TextWire> F8;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F9;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F11;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F12;
        public FieldMemo<ImmutableArray<string>, SetWire<string, TextWire>> F13;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F14;
        public FieldMemo<string, TextWire> F15;
        public FieldMemo<ImmutableArray<string>, SetWire<string, TextWire>> F16;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F18;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F27;
        public FieldMemo<string, TextWire> F28;
        public FieldMemo<string, TextWire> F29;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F31;
        public FieldMemo<ImmutableArray<string>, SetWire<string, TextWire>> F32;
        public FieldMemo<ImmutableArray<string>, SetWire<string, TextWire>> F33;
        public FieldMemo<XenMap<string, XenRef<Blob>>, MapWire<string, TextWire, XenRef<Blob>, RefWire<Blob>>> F34;
        public FieldMemo<ImmutableArray<string>, SetWire<string, TextWire>> F35;
        public FieldMemo<string, TextWire> F36;
        public FieldMemo<string, TextWire> F37;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F38;
        public FieldMemo<string, TextWire> F39;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F40;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F41;
        public FieldMemo<string, TextWire> F42;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F43;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F45;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F50;
        public FieldMemo<HostDisplay, EnumWire<HostDisplay>> F51;
        public FieldMemo<string, TextWire> F56;
        public FieldMemo<string, TextWire> F58;
        public FieldMemo<ImmutableArray<string>, SetWire<string, TextWire>> F60;
        public FieldMemo<EnumSet<UpdateGuidances>, EnumSetWire<UpdateGuidances>> F61;
        public FieldMemo<LatestSyncedUpdatesAppliedState, EnumWire<LatestSyncedUpdatesAppliedState>> F65;
        public FieldMemo<HostNumaAffinityPolicy, EnumWire<HostNumaAffinityPolicy>> F66;
        public FieldMemo<EnumSet<UpdateGuidances>, EnumSetWire<UpdateGuidances>> F67;
        public FieldMemo<EnumSet<UpdateGuidances>, EnumSetWire<UpdateGuidances>> F68;
        public FieldMemo<string, TextWire> F69;
        public FieldMemo<string, TextWire> F75;
        public FieldMemo<HostNtpMode, EnumWire<HostNtpMode>> F77;
        public FieldMemo<ImmutableArray<string>, SetWire<string, TextWire>> F78;
        public FieldMemo<string, TextWire> F79;
    }
}
