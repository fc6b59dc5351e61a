// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>The indexes of <see cref="Pool"/>'s fields.</summary>
public static class PoolFields
{
    public const int Uuid = 0;
    public const int NameLabel = 1;
    public const int NameDescription = 2;
    public const int Master = 3;
    public const int DefaultSr = 4;
    public const int SuspendImageSr = 5;
    public const int CrashDumpSr = 6;
    public const int OtherConfig = 7;
    public const int HaEnabled = 8;
    public const int HaConfiguration = 9;
    public const int HaStatefiles = 10;
    public const int HaHostFailuresToTolerate = 11;
    public const int HaPlanExistsFor = 12;
    public const int HaAllowOvercommit = 13;
    public const int HaOvercommitted = 14;
    public const int Blobs = 15;
    public const int Tags = 16;
    public const int GuiConfig = 17;
    public const int HealthCheckConfig = 18;
    public const int WlbUrl = 19;
    public const int WlbUsername = 20;
    public const int WlbEnabled = 21;
    public const int WlbVerifyCert = 22;
    public const int RedoLogEnabled = 23;
    public const int RedoLogVdi = 24;
    public const int VswitchController = 25;
    public const int Restrictions = 26;
    public const int MetadataVdis = 27;
    public const int HaClusterStack = 28;
    public const int AllowedOperations = 29;
    public const int CurrentOperations = 30;
    public const int GuestAgentConfig = 31;
    public const int CpuInfo = 32;
    public const int PolicyNoVendorDevice = 33;
    public const int LivePatchingDisabled = 34;
    public const int IgmpSnoopingEnabled = 35;
    public const int UefiCertificates = 36;
    public const int CustomUefiCertificates = 37;
    public const int IsPsrPending = 38;
    public const int TlsVerificationEnabled = 39;
    public const int Repositories = 40;
    public const int ClientCertificateAuthEnabled = 41;
    public const int ClientCertificateAuthName = 42;
    public const int RepositoryProxyUrl = 43;
    public const int RepositoryProxyUsername = 44;
    public const int RepositoryProxyPassword = 45;
    public const int MigrationCompression = 46;
    public const int CoordinatorBias = 47;
    public const int LocalAuthMaxThreads = 48;
    public const int ExtAuthMaxThreads = 49;
    public const int ExtAuthCacheEnabled = 50;
    public const int ExtAuthCacheSize = 51;
    public const int ExtAuthCacheExpiry = 52;
    public const int TelemetryUuid = 53;
    public const int TelemetryFrequency = 54;
    public const int TelemetryNextCollection = 55;
    public const int LastUpdateSync = 56;
    public const int UpdateSyncFrequency = 57;
    public const int UpdateSyncDay = 58;
    public const int UpdateSyncEnabled = 59;
    public const int Recommendations = 60;
    public const int LicenseServer = 61;
    public const int HaRebootVmOnInternalShutdown = 62;
    public const int LimitConsoleSessions = 63;
    public const int VmConsoleIdleTimeout = 64;
    public const int AutoUpdateVmSecurebootCertificates = 65;
}

internal sealed class PoolCodec : XapiCodec
{
    private static readonly Pool s_blank = new();
    private static readonly FieldTable s_table = new(
    [
        new(0, "uuid", nameof(Pool.Uuid), "string", false),
        new(1, "name_label", nameof(Pool.NameLabel), "string", false),
        new(2, "name_description", nameof(Pool.NameDescription), "string", false),
        new(3, "master", nameof(Pool.Master), "host ref", false),
        new(4, "default_SR", nameof(Pool.DefaultSr), "SR ref", false),
        new(5, "suspend_image_SR", nameof(Pool.SuspendImageSr), "SR ref", false),
        new(6, "crash_dump_SR", nameof(Pool.CrashDumpSr), "SR ref", false),
        new(7, "other_config", nameof(Pool.OtherConfig), "(string -> string) map", false),
        new(8, "ha_enabled", nameof(Pool.HaEnabled), "bool", false),
        new(9, "ha_configuration", nameof(Pool.HaConfiguration), "(string -> string) map", false),
        new(10, "ha_statefiles", nameof(Pool.HaStatefiles), "string set", false),
        new(11, "ha_host_failures_to_tolerate", nameof(Pool.HaHostFailuresToTolerate), "int", false),
        new(12, "ha_plan_exists_for", nameof(Pool.HaPlanExistsFor), "int", false),
        new(13, "ha_allow_overcommit", nameof(Pool.HaAllowOvercommit), "bool", false),
        new(14, "ha_overcommitted", nameof(Pool.HaOvercommitted), "bool", false),
        new(15, "blobs", nameof(Pool.Blobs), "(string -> blob ref) map", false),
        new(16, "tags", nameof(Pool.Tags), "string set", false),
        new(17, "gui_config", nameof(Pool.GuiConfig), "(string -> string) map", false),
        new(18, "health_check_config", nameof(Pool.HealthCheckConfig), "(string -> string) map", false),
        new(19, "wlb_url", nameof(Pool.WlbUrl), "string", false),
        new(20, "wlb_username", nameof(Pool.WlbUsername), "string", false),
        new(21, "wlb_enabled", nameof(Pool.WlbEnabled), "bool", false),
        new(22, "wlb_verify_cert", nameof(Pool.WlbVerifyCert), "bool", false),
        new(23, "redo_log_enabled", nameof(Pool.RedoLogEnabled), "bool", false),
        new(24, "redo_log_vdi", nameof(Pool.RedoLogVdi), "VDI ref", false),
        new(25, "vswitch_controller", nameof(Pool.VswitchController), "string", false),
        new(26, "restrictions", nameof(Pool.Restrictions), "(string -> string) map", false),
        new(27, "metadata_VDIs", nameof(Pool.MetadataVdis), "VDI ref set", false),
        new(28, "ha_cluster_stack", nameof(Pool.HaClusterStack), "string", false),
        new(29, "allowed_operations", nameof(Pool.AllowedOperations), "enum pool_allowed_operations set", false),
        new(30, "current_operations", nameof(Pool.CurrentOperations), "(string -> enum pool_allowed_operations) map", false),
        new(31, "guest_agent_config", nameof(Pool.GuestAgentConfig), "(string -> string) map", false),
        new(32, "cpu_info", nameof(Pool.CpuInfo), "(string -> string) map", false),
        new(33, "policy_no_vendor_device", nameof(Pool.PolicyNoVendorDevice), "bool", false),
        new(34, "live_patching_disabled", nameof(Pool.LivePatchingDisabled), "bool", false),
        new(35, "igmp_snooping_enabled", nameof(Pool.IgmpSnoopingEnabled), "bool", false),
        new(36, "uefi_certificates", nameof(Pool.UefiCertificates), "string", false),
        new(37, "custom_uefi_certificates", nameof(Pool.CustomUefiCertificates), "string", false),
        new(38, "is_psr_pending", nameof(Pool.IsPsrPending), "bool", false),
        new(39, "tls_verification_enabled", nameof(Pool.TlsVerificationEnabled), "bool", false),
        new(40, "repositories", nameof(Pool.Repositories), "Repository ref set", false),
        new(41, "client_certificate_auth_enabled", nameof(Pool.ClientCertificateAuthEnabled), "bool", false),
        new(42, "client_certificate_auth_name", nameof(Pool.ClientCertificateAuthName), "string", false),
        new(43, "repository_proxy_url", nameof(Pool.RepositoryProxyUrl), "string", false),
        new(44, "repository_proxy_username", nameof(Pool.RepositoryProxyUsername), "string", false),
        new(45, "repository_proxy_password", nameof(Pool.RepositoryProxyPassword), "secret ref", false),
        new(46, "migration_compression", nameof(Pool.MigrationCompression), "bool", false),
        new(47, "coordinator_bias", nameof(Pool.CoordinatorBias), "bool", false),
        new(48, "local_auth_max_threads", nameof(Pool.LocalAuthMaxThreads), "int", false),
        new(49, "ext_auth_max_threads", nameof(Pool.ExtAuthMaxThreads), "int", false),
        new(50, "ext_auth_cache_enabled", nameof(Pool.ExtAuthCacheEnabled), "bool", false),
        new(51, "ext_auth_cache_size", nameof(Pool.ExtAuthCacheSize), "int", false),
        new(52, "ext_auth_cache_expiry", nameof(Pool.ExtAuthCacheExpiry), "int", false),
        new(53, "telemetry_uuid", nameof(Pool.TelemetryUuid), "secret ref", false),
        new(54, "telemetry_frequency", nameof(Pool.TelemetryFrequency), "enum telemetry_frequency", false),
        new(55, "telemetry_next_collection", nameof(Pool.TelemetryNextCollection), "datetime", false),
        new(56, "last_update_sync", nameof(Pool.LastUpdateSync), "datetime", false),
        new(57, "update_sync_frequency", nameof(Pool.UpdateSyncFrequency), "enum update_sync_frequency", false),
        new(58, "update_sync_day", nameof(Pool.UpdateSyncDay), "int", false),
        new(59, "update_sync_enabled", nameof(Pool.UpdateSyncEnabled), "bool", false),
        new(60, "recommendations", nameof(Pool.Recommendations), "(string -> string) map", false),
        new(61, "license_server", nameof(Pool.LicenseServer), "(string -> string) map", false),
        new(62, "ha_reboot_vm_on_internal_shutdown", nameof(Pool.HaRebootVmOnInternalShutdown), "bool", false),
        new(63, "limit_console_sessions", nameof(Pool.LimitConsoleSessions), "bool", false),
        new(64, "vm_console_idle_timeout", nameof(Pool.VmConsoleIdleTimeout), "int", false),
        new(65, "auto_update_vm_secureboot_certificates", nameof(Pool.AutoUpdateVmSecurebootCertificates), "bool", false),
    ]);

    public override XapiClass Class => XapiClass.Pool;

    public override string WireName => "pool";

    public override ImmutableArray<XapiField> Fields => s_table.Fields;

    internal override XapiObject Read(ref WireReader reader, string reference, XapiObject? old, DecodeContext context)
    {
        var before = old as Pool ?? s_blank;
        var memo = context.Memo<Memo>((int)XapiClass.Pool);
        var f0 = s_blank.Uuid;
        var f1 = s_blank.NameLabel;
        var f2 = s_blank.NameDescription;
        var f3 = s_blank.Master;
        var f4 = s_blank.DefaultSr;
        var f5 = s_blank.SuspendImageSr;
        var f6 = s_blank.CrashDumpSr;
        var f7 = s_blank.OtherConfig;
        var f8 = s_blank.HaEnabled;
        var f9 = s_blank.HaConfiguration;
        var f10 = s_blank.HaStatefiles;
        var f11 = s_blank.HaHostFailuresToTolerate;
        var f12 = s_blank.HaPlanExistsFor;
        var f13 = s_blank.HaAllowOvercommit;
        var f14 = s_blank.HaOvercommitted;
        var f15 = s_blank.Blobs;
        var f16 = s_blank.Tags;
        var f17 = s_blank.GuiConfig;
        var f18 = s_blank.HealthCheckConfig;
        var f19 = s_blank.WlbUrl;
        var f20 = s_blank.WlbUsername;
        var f21 = s_blank.WlbEnabled;
        var f22 = s_blank.WlbVerifyCert;
        var f23 = s_blank.RedoLogEnabled;
        var f24 = s_blank.RedoLogVdi;
        var f25 = s_blank.VswitchController;
        var f26 = s_blank.Restrictions;
        var f27 = s_blank.MetadataVdis;
        var f28 = s_blank.HaClusterStack;
        var f29 = s_blank.AllowedOperations;
        var f30 = s_blank.CurrentOperations;
        var f31 = s_blank.GuestAgentConfig;
        var f32 = s_blank.CpuInfo;
        var f33 = s_blank.PolicyNoVendorDevice;
        var f34 = s_blank.LivePatchingDisabled;
        var f35 = s_blank.IgmpSnoopingEnabled;
        var f36 = s_blank.UefiCertificates;
        var f37 = s_blank.CustomUefiCertificates;
        var f38 = s_blank.IsPsrPending;
        var f39 = s_blank.TlsVerificationEnabled;
        var f40 = s_blank.Repositories;
        var f41 = s_blank.ClientCertificateAuthEnabled;
        var f42 = s_blank.ClientCertificateAuthName;
        var f43 = s_blank.RepositoryProxyUrl;
        var f44 = s_blank.RepositoryProxyUsername;
        var f45 = s_blank.RepositoryProxyPassword;
        var f46 = s_blank.MigrationCompression;
        var f47 = s_blank.CoordinatorBias;
        var f48 = s_blank.LocalAuthMaxThreads;
        var f49 = s_blank.ExtAuthMaxThreads;
        var f50 = s_blank.ExtAuthCacheEnabled;
        var f51 = s_blank.ExtAuthCacheSize;
        var f52 = s_blank.ExtAuthCacheExpiry;
        var f53 = s_blank.TelemetryUuid;
        var f54 = s_blank.TelemetryFrequency;
        var f55 = s_blank.TelemetryNextCollection;
        var f56 = s_blank.LastUpdateSync;
        var f57 = s_blank.UpdateSyncFrequency;
        var f58 = s_blank.UpdateSyncDay;
        var f59 = s_blank.UpdateSyncEnabled;
        var f60 = s_blank.Recommendations;
        var f61 = s_blank.LicenseServer;
        var f62 = s_blank.HaRebootVmOnInternalShutdown;
        var f63 = s_blank.LimitConsoleSessions;
        var f64 = s_blank.VmConsoleIdleTimeout;
        var f65 = s_blank.AutoUpdateVmSecurebootCertificates;
        var next = 0;
        reader.OpenObject();
        while (reader.NextMember())
        {
            switch (s_table.Find(ref reader, ref next))
            {
                case 0: f0 = TextWire.Read(ref reader, before.Uuid, context); break;
                case 1: f1 = memo.F1.Read(ref reader, before.NameLabel, context); break;
                case 2: f2 = memo.F2.Read(ref reader, before.NameDescription, context); break;
                case 3: f3 = RefWire<Host>.Read(ref reader, before.Master, context); break;
                case 4: f4 = RefWire<Sr>.Read(ref reader, before.DefaultSr, context); break;
                case 5: f5 = RefWire<Sr>.Read(ref reader, before.SuspendImageSr, context); break;
                case 6: f6 = RefWire<Sr>.Read(ref reader, before.CrashDumpSr, context); break;
                case 7: f7 = memo.F7.Read(ref reader, before.OtherConfig, context); break;
                case 8: f8 = BoolWire.Read(ref reader, before.HaEnabled, context); break;
                case 9: f9 = memo.F9.Read(ref reader, before.HaConfiguration, context); break;
                case 10: f10 = memo.F10.Read(ref reader, before.HaStatefiles, context); break;
                case 11: f11 = IntWire.Read(ref reader, before.HaHostFailuresToTolerate, context); break;
                case 12: f12 = IntWire.Read(ref reader, before.HaPlanExistsFor, context); break;
                case 13: f13 = BoolWire.Read(ref reader, before.HaAllowOvercommit, context); break;
                case 14: f14 = BoolWire.Read(ref reader, before.HaOvercommitted, context); break;
                case 15: f15 = memo.F15.Read(ref reader, before.Blobs, context); break;
                case 16: f16 = memo.F16.Read(ref reader, before.Tags, context); break;
                case 17: f17 = memo.F17.Read(ref reader, before.GuiConfig, context); break;
                case 18: f18 = memo.F18.Read(ref reader, before.HealthCheckConfig, context); break;
                case 19: f19 = memo.F19.Read(ref reader, before.WlbUrl, context); break;
                case 20: f20 = memo.F20.Read(ref reader, before.WlbUsername, context); break;
                case 21: f21 = BoolWire.Read(ref reader, before.WlbEnabled, context); break;
                case 22: f22 = BoolWire.Read(ref reader, before.WlbVerifyCert, context); break;
                case 23: f23 = BoolWire.Read(ref reader, before.RedoLogEnabled, context); break;
                case 24: f24 = RefWire<Vdi>.Read(ref reader, before.RedoLogVdi, context); break;
                case 25: f25 = memo.F25.Read(ref reader, before.VswitchController, context); break;
                case 26: f26 = memo.F26.Read(ref reader, before.Restrictions, context); break;
                case 27: f27 = SetWire<XenRef<Vdi>, RefWire<Vdi>>.Read(ref reader, before.MetadataVdis, context); break;
                case 28: f28 = memo.F28.Read(ref reader, before.HaClusterStack, context); break;
                case 29: f29 = memo.F29.Read(ref reader, before.AllowedOperations, context); break;
                case 30: f30 = memo.F30.Read(ref reader, before.CurrentOperations, context); break;
                case 31: f31 = memo.F31.Read(ref reader, before.GuestAgentConfig, context); break;
                case 32: f32 = memo.F32.Read(ref reader, before.CpuInfo, context); break;
                case 33: f33 = BoolWire.Read(ref reader, before.PolicyNoVendorDevice, context); break;
                case 34: f34 = BoolWire.Read(ref reader, before.LivePatchingDisabled, context); break;
                case 35: f35 = BoolWire.Read(ref reader, before.IgmpSnoopingEnabled, context); break;
                case 36: f36 = memo.F36.Read(ref reader, before.UefiCertificates, context); break;
                case 37: f37 = memo.F37.Read(ref reader, before.CustomUefiCertificates, context); break;
                case 38: f38 = BoolWire.Read(ref reader, before.IsPsrPending, context); break;
                case 39: f39 = BoolWire.Read(ref reader, before.TlsVerificationEnabled, context); break;
                case 40: f40 = SetWire<XenRef<UpdateRepository>, RefWire<UpdateRepository>>.Read(ref reader, before.Repositories, context); break;
                case 41: f41 = BoolWire.Read(ref reader, before.ClientCertificateAuthEnabled, context); break;
                case 42: f42 = memo.F42.Read(ref reader, before.ClientCertificateAuthName, context); break;
                case 43: f43 = memo.F43.Read(ref reader, before.RepositoryProxyUrl, context); break;
                case 44: f44 = memo.F44.Read(ref reader, before.RepositoryProxyUsername, context); break;
                case 45: f45 = RefWire<XapiSecret>.Read(ref reader, before.RepositoryProxyPassword, context); break;
                case 46: f46 = BoolWire.Read(ref reader, before.MigrationCompression, context); break;
                case 47: f47 = BoolWire.Read(ref reader, before.CoordinatorBias, context); break;
                case 48: f48 = IntWire.Read(ref reader, before.LocalAuthMaxThreads, context); break;
                case 49: f49 = IntWire.Read(ref reader, before.ExtAuthMaxThreads, context); break;
                case 50: f50 = BoolWire.Read(ref reader, before.ExtAuthCacheEnabled, context); break;
                case 51: f51 = IntWire.Read(ref reader, before.ExtAuthCacheSize, context); break;
                case 52: f52 = IntWire.Read(ref reader, before.ExtAuthCacheExpiry, context); break;
                case 53: f53 = RefWire<XapiSecret>.Read(ref reader, before.TelemetryUuid, context); break;
                case 54: f54 = memo.F54.Read(ref reader, before.TelemetryFrequency, context); break;
                case 55: f55 = TimeWire.Read(ref reader, before.TelemetryNextCollection, context); break;
                case 56: f56 = TimeWire.Read(ref reader, before.LastUpdateSync, context); break;
                case 57: f57 = memo.F57.Read(ref reader, before.UpdateSyncFrequency, context); break;
                case 58: f58 = IntWire.Read(ref reader, before.UpdateSyncDay, context); break;
                case 59: f59 = BoolWire.Read(ref reader, before.UpdateSyncEnabled, context); break;
                case 60: f60 = memo.F60.Read(ref reader, before.Recommendations, context); break;
                case 61: f61 = memo.F61.Read(ref reader, before.LicenseServer, context); break;
                case 62: f62 = BoolWire.Read(ref reader, before.HaRebootVmOnInternalShutdown, context); break;
                case 63: f63 = BoolWire.Read(ref reader, before.LimitConsoleSessions, context); break;
                case 64: f64 = IntWire.Read(ref reader, before.VmConsoleIdleTimeout, context); break;
                case 65: f65 = BoolWire.Read(ref reader, before.AutoUpdateVmSecurebootCertificates, context); break;
                default: reader.Skip(); break;
            }
        }

        return new Pool
        {
            Ref = reference,
            Uuid = f0,
            NameLabel = f1,
            NameDescription = f2,
            Master = f3,
            DefaultSr = f4,
            SuspendImageSr = f5,
            CrashDumpSr = f6,
            OtherConfig = f7,
            HaEnabled = f8,
            HaConfiguration = f9,
            HaStatefiles = f10,
            HaHostFailuresToTolerate = f11,
            HaPlanExistsFor = f12,
            HaAllowOvercommit = f13,
            HaOvercommitted = f14,
            Blobs = f15,
            Tags = f16,
            GuiConfig = f17,
            HealthCheckConfig = f18,
            WlbUrl = f19,
            WlbUsername = f20,
            WlbEnabled = f21,
            WlbVerifyCert = f22,
            RedoLogEnabled = f23,
            RedoLogVdi = f24,
            VswitchController = f25,
            Restrictions = f26,
            MetadataVdis = f27,
            HaClusterStack = f28,
            AllowedOperations = f29,
            CurrentOperations = f30,
            GuestAgentConfig = f31,
            CpuInfo = f32,
            PolicyNoVendorDevice = f33,
            LivePatchingDisabled = f34,
            IgmpSnoopingEnabled = f35,
            UefiCertificates = f36,
            CustomUefiCertificates = f37,
            IsPsrPending = f38,
            TlsVerificationEnabled = f39,
            Repositories = f40,
            ClientCertificateAuthEnabled = f41,
            ClientCertificateAuthName = f42,
            RepositoryProxyUrl = f43,
            RepositoryProxyUsername = f44,
            RepositoryProxyPassword = f45,
            MigrationCompression = f46,
            CoordinatorBias = f47,
            LocalAuthMaxThreads = f48,
            ExtAuthMaxThreads = f49,
            ExtAuthCacheEnabled = f50,
            ExtAuthCacheSize = f51,
            ExtAuthCacheExpiry = f52,
            TelemetryUuid = f53,
            TelemetryFrequency = f54,
            TelemetryNextCollection = f55,
            LastUpdateSync = f56,
            UpdateSyncFrequency = f57,
            UpdateSyncDay = f58,
            UpdateSyncEnabled = f59,
            Recommendations = f60,
            LicenseServer = f61,
            HaRebootVmOnInternalShutdown = f62,
            LimitConsoleSessions = f63,
            VmConsoleIdleTimeout = f64,
            AutoUpdateVmSecurebootCertificates = f65,
        };
    }

    public override FieldSet Compare(XapiObject a, XapiObject b)
    {
        var (x, y) = ((Pool)a, (Pool)b);
        var changed = FieldSet.None;
        if (!TextWire.Same(x.Uuid, y.Uuid)) changed = changed.With(0);
        if (!TextWire.Same(x.NameLabel, y.NameLabel)) changed = changed.With(1);
        if (!TextWire.Same(x.NameDescription, y.NameDescription)) changed = changed.With(2);
        if (!RefWire<Host>.Same(x.Master, y.Master)) changed = changed.With(3);
        if (!RefWire<Sr>.Same(x.DefaultSr, y.DefaultSr)) changed = changed.With(4);
        if (!RefWire<Sr>.Same(x.SuspendImageSr, y.SuspendImageSr)) changed = changed.With(5);
        if (!RefWire<Sr>.Same(x.CrashDumpSr, y.CrashDumpSr)) changed = changed.With(6);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.OtherConfig, y.OtherConfig)) changed = changed.With(7);
        if (!BoolWire.Same(x.HaEnabled, y.HaEnabled)) changed = changed.With(8);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.HaConfiguration, y.HaConfiguration)) changed = changed.With(9);
        if (!SetWire<string, TextWire>.Same(x.HaStatefiles, y.HaStatefiles)) changed = changed.With(10);
        if (!IntWire.Same(x.HaHostFailuresToTolerate, y.HaHostFailuresToTolerate)) changed = changed.With(11);
        if (!IntWire.Same(x.HaPlanExistsFor, y.HaPlanExistsFor)) changed = changed.With(12);
        if (!BoolWire.Same(x.HaAllowOvercommit, y.HaAllowOvercommit)) changed = changed.With(13);
        if (!BoolWire.Same(x.HaOvercommitted, y.HaOvercommitted)) changed = changed.With(14);
        if (!MapWire<string, TextWire, XenRef<Blob>, RefWire<Blob>>.Same(x.Blobs, y.Blobs)) changed = changed.With(15);
        if (!SetWire<string, TextWire>.Same(x.Tags, y.Tags)) changed = changed.With(16);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.GuiConfig, y.GuiConfig)) changed = changed.With(17);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.HealthCheckConfig, y.HealthCheckConfig)) changed = changed.With(18);
        if (!TextWire.Same(x.WlbUrl, y.WlbUrl)) changed = changed.With(19);
        if (!TextWire.Same(x.WlbUsername, y.WlbUsername)) changed = changed.With(20);
        if (!BoolWire.Same(x.WlbEnabled, y.WlbEnabled)) changed = changed.With(21);
        if (!BoolWire.Same(x.WlbVerifyCert, y.WlbVerifyCert)) changed = changed.With(22);
        if (!BoolWire.Same(x.RedoLogEnabled, y.RedoLogEnabled)) changed = changed.With(23);
        if (!RefWire<Vdi>.Same(x.RedoLogVdi, y.RedoLogVdi)) changed = changed.With(24);
        if (!TextWire.Same(x.VswitchController, y.VswitchController)) changed = changed.With(25);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.Restrictions, y.Restrictions)) changed = changed.With(26);
        if (!SetWire<XenRef<Vdi>, RefWire<Vdi>>.Same(x.MetadataVdis, y.MetadataVdis)) changed = changed.With(27);
        if (!TextWire.Same(x.HaClusterStack, y.HaClusterStack)) changed = changed.With(28);
        if (!EnumSetWire<PoolOperation>.Same(x.AllowedOperations, y.AllowedOperations)) changed = changed.With(29);
        if (!MapWire<string, TextWire, PoolOperation, EnumWire<PoolOperation>>.Same(x.CurrentOperations, y.CurrentOperations)) changed = changed.With(30);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.GuestAgentConfig, y.GuestAgentConfig)) changed = changed.With(31);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.CpuInfo, y.CpuInfo)) changed = changed.With(32);
        if (!BoolWire.Same(x.PolicyNoVendorDevice, y.PolicyNoVendorDevice)) changed = changed.With(33);
        if (!BoolWire.Same(x.LivePatchingDisabled, y.LivePatchingDisabled)) changed = changed.With(34);
        if (!BoolWire.Same(x.IgmpSnoopingEnabled, y.IgmpSnoopingEnabled)) changed = changed.With(35);
        if (!TextWire.Same(x.UefiCertificates, y.UefiCertificates)) changed = changed.With(36);
        if (!TextWire.Same(x.CustomUefiCertificates, y.CustomUefiCertificates)) changed = changed.With(37);
        if (!BoolWire.Same(x.IsPsrPending, y.IsPsrPending)) changed = changed.With(38);
        if (!BoolWire.Same(x.TlsVerificationEnabled, y.TlsVerificationEnabled)) changed = changed.With(39);
        if (!SetWire<XenRef<UpdateRepository>, RefWire<UpdateRepository>>.Same(x.Repositories, y.Repositories)) changed = changed.With(40);
        if (!BoolWire.Same(x.ClientCertificateAuthEnabled, y.ClientCertificateAuthEnabled)) changed = changed.With(41);
        if (!TextWire.Same(x.ClientCertificateAuthName, y.ClientCertificateAuthName)) changed = changed.With(42);
        if (!TextWire.Same(x.RepositoryProxyUrl, y.RepositoryProxyUrl)) changed = changed.With(43);
        if (!TextWire.Same(x.RepositoryProxyUsername, y.RepositoryProxyUsername)) changed = changed.With(44);
        if (!RefWire<XapiSecret>.Same(x.RepositoryProxyPassword, y.RepositoryProxyPassword)) changed = changed.With(45);
        if (!BoolWire.Same(x.MigrationCompression, y.MigrationCompression)) changed = changed.With(46);
        if (!BoolWire.Same(x.CoordinatorBias, y.CoordinatorBias)) changed = changed.With(47);
        if (!IntWire.Same(x.LocalAuthMaxThreads, y.LocalAuthMaxThreads)) changed = changed.With(48);
        if (!IntWire.Same(x.ExtAuthMaxThreads, y.ExtAuthMaxThreads)) changed = changed.With(49);
        if (!BoolWire.Same(x.ExtAuthCacheEnabled, y.ExtAuthCacheEnabled)) changed = changed.With(50);
        if (!IntWire.Same(x.ExtAuthCacheSize, y.ExtAuthCacheSize)) changed = changed.With(51);
        if (!IntWire.Same(x.ExtAuthCacheExpiry, y.ExtAuthCacheExpiry)) changed = changed.With(52);
        if (!RefWire<XapiSecret>.Same(x.TelemetryUuid, y.TelemetryUuid)) changed = changed.With(53);
        if (!EnumWire<TelemetryFrequency>.Same(x.TelemetryFrequency, y.TelemetryFrequency)) changed = changed.With(54);
        if (!TimeWire.Same(x.TelemetryNextCollection, y.TelemetryNextCollection)) changed = changed.With(55);
        if (!TimeWire.Same(x.LastUpdateSync, y.LastUpdateSync)) changed = changed.With(56);
        if (!EnumWire<UpdateSyncFrequency>.Same(x.UpdateSyncFrequency, y.UpdateSyncFrequency)) changed = changed.With(57);
        if (!IntWire.Same(x.UpdateSyncDay, y.UpdateSyncDay)) changed = changed.With(58);
        if (!BoolWire.Same(x.UpdateSyncEnabled, y.UpdateSyncEnabled)) changed = changed.With(59);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.Recommendations, y.Recommendations)) changed = changed.With(60);
        if (!MapWire<string, TextWire, string, TextWire>.Same(x.LicenseServer, y.LicenseServer)) changed = changed.With(61);
        if (!BoolWire.Same(x.HaRebootVmOnInternalShutdown, y.HaRebootVmOnInternalShutdown)) changed = changed.With(62);
        if (!BoolWire.Same(x.LimitConsoleSessions, y.LimitConsoleSessions)) changed = changed.With(63);
        if (!IntWire.Same(x.VmConsoleIdleTimeout, y.VmConsoleIdleTimeout)) changed = changed.With(64);
        if (!BoolWire.Same(x.AutoUpdateVmSecurebootCertificates, y.AutoUpdateVmSecurebootCertificates)) changed = changed.With(65);
        return changed;
    }

    public override void WriteField(Utf8JsonWriter writer, XapiObject value, int field)
    {
        var x = (Pool)value;
        switch (field)
        {
            case 0: TextWire.Write(writer, x.Uuid); break;
            case 1: TextWire.Write(writer, x.NameLabel); break;
            case 2: TextWire.Write(writer, x.NameDescription); break;
            case 3: RefWire<Host>.Write(writer, x.Master); break;
            case 4: RefWire<Sr>.Write(writer, x.DefaultSr); break;
            case 5: RefWire<Sr>.Write(writer, x.SuspendImageSr); break;
            case 6: RefWire<Sr>.Write(writer, x.CrashDumpSr); break;
            case 7: MapWire<string, TextWire, string, TextWire>.Write(writer, x.OtherConfig); break;
            case 8: BoolWire.Write(writer, x.HaEnabled); break;
            case 9: MapWire<string, TextWire, string, TextWire>.Write(writer, x.HaConfiguration); break;
            case 10: SetWire<string, TextWire>.Write(writer, x.HaStatefiles); break;
            case 11: IntWire.Write(writer, x.HaHostFailuresToTolerate); break;
            case 12: IntWire.Write(writer, x.HaPlanExistsFor); break;
            case 13: BoolWire.Write(writer, x.HaAllowOvercommit); break;
            case 14: BoolWire.Write(writer, x.HaOvercommitted); break;
            case 15: MapWire<string, TextWire, XenRef<Blob>, RefWire<Blob>>.Write(writer, x.Blobs); break;
            case 16: SetWire<string, TextWire>.Write(writer, x.Tags); break;
            case 17: MapWire<string, TextWire, string, TextWire>.Write(writer, x.GuiConfig); break;
            case 18: MapWire<string, TextWire, string, TextWire>.Write(writer, x.HealthCheckConfig); break;
            case 19: TextWire.Write(writer, x.WlbUrl); break;
            case 20: TextWire.Write(writer, x.WlbUsername); break;
            case 21: BoolWire.Write(writer, x.WlbEnabled); break;
            case 22: BoolWire.Write(writer, x.WlbVerifyCert); break;
            case 23: BoolWire.Write(writer, x.RedoLogEnabled); break;
            case 24: RefWire<Vdi>.Write(writer, x.RedoLogVdi); break;
            case 25: TextWire.Write(writer, x.VswitchController); break;
            case 26: MapWire<string, TextWire, string, TextWire>.Write(writer, x.Restrictions); break;
            case 27: SetWire<XenRef<Vdi>, RefWire<Vdi>>.Write(writer, x.MetadataVdis); break;
            case 28: TextWire.Write(writer, x.HaClusterStack); break;
            case 29: EnumSetWire<PoolOperation>.Write(writer, x.AllowedOperations); break;
            case 30: MapWire<string, TextWire, PoolOperation, EnumWire<PoolOperation>>.Write(writer, x.CurrentOperations); break;
            case 31: MapWire<string, TextWire, string, TextWire>.Write(writer, x.GuestAgentConfig); break;
            case 32: MapWire<string, TextWire, string, TextWire>.Write(writer, x.CpuInfo); break;
            case 33: BoolWire.Write(writer, x.PolicyNoVendorDevice); break;
            case 34: BoolWire.Write(writer, x.LivePatchingDisabled); break;
            case 35: BoolWire.Write(writer, x.IgmpSnoopingEnabled); break;
            case 36: TextWire.Write(writer, x.UefiCertificates); break;
            case 37: TextWire.Write(writer, x.CustomUefiCertificates); break;
            case 38: BoolWire.Write(writer, x.IsPsrPending); break;
            case 39: BoolWire.Write(writer, x.TlsVerificationEnabled); break;
            case 40: SetWire<XenRef<UpdateRepository>, RefWire<UpdateRepository>>.Write(writer, x.Repositories); break;
            case 41: BoolWire.Write(writer, x.ClientCertificateAuthEnabled); break;
            case 42: TextWire.Write(writer, x.ClientCertificateAuthName); break;
            case 43: TextWire.Write(writer, x.RepositoryProxyUrl); break;
            case 44: TextWire.Write(writer, x.RepositoryProxyUsername); break;
            case 45: RefWire<XapiSecret>.Write(writer, x.RepositoryProxyPassword); break;
            case 46: BoolWire.Write(writer, x.MigrationCompression); break;
            case 47: BoolWire.Write(writer, x.CoordinatorBias); break;
            case 48: IntWire.Write(writer, x.LocalAuthMaxThreads); break;
            case 49: IntWire.Write(writer, x.ExtAuthMaxThreads); break;
            case 50: BoolWire.Write(writer, x.ExtAuthCacheEnabled); break;
            case 51: IntWire.Write(writer, x.ExtAuthCacheSize); break;
            case 52: IntWire.Write(writer, x.ExtAuthCacheExpiry); break;
            case 53: RefWire<XapiSecret>.Write(writer, x.TelemetryUuid); break;
            case 54: EnumWire<TelemetryFrequency>.Write(writer, x.TelemetryFrequency); break;
            case 55: TimeWire.Write(writer, x.TelemetryNextCollection); break;
            case 56: TimeWire.Write(writer, x.LastUpdateSync); break;
            case 57: EnumWire<UpdateSyncFrequency>.Write(writer, x.UpdateSyncFrequency); break;
            case 58: IntWire.Write(writer, x.UpdateSyncDay); break;
            case 59: BoolWire.Write(writer, x.UpdateSyncEnabled); break;
            case 60: MapWire<string, TextWire, string, TextWire>.Write(writer, x.Recommendations); break;
            case 61: MapWire<string, TextWire, string, TextWire>.Write(writer, x.LicenseServer); break;
            case 62: BoolWire.Write(writer, x.HaRebootVmOnInternalShutdown); break;
            case 63: BoolWire.Write(writer, x.LimitConsoleSessions); break;
            case 64: IntWire.Write(writer, x.VmConsoleIdleTimeout); break;
            case 65: BoolWire.Write(writer, x.AutoUpdateVmSecurebootCertificates); break;
            default: throw new ArgumentOutOfRangeException(nameof(field), field, "pool has no such field");
        }
    }

    public override void VisitReferences(XapiObject value, IReferenceVisitor visitor)
    {
        var x = (Pool)value;
        RefWire<Host>.Visit(x.Master, 3, visitor);
        RefWire<Sr>.Visit(x.DefaultSr, 4, visitor);
        RefWire<Sr>.Visit(x.SuspendImageSr, 5, visitor);
        RefWire<Sr>.Visit(x.CrashDumpSr, 6, visitor);
        MapWire<string, TextWire, XenRef<Blob>, RefWire<Blob>>.Visit(x.Blobs, 15, visitor);
        RefWire<Vdi>.Visit(x.RedoLogVdi, 24, visitor);
        SetWire<XenRef<Vdi>, RefWire<Vdi>>.Visit(x.MetadataVdis, 27, visitor);
        SetWire<XenRef<UpdateRepository>, RefWire<UpdateRepository>>.Visit(x.Repositories, 40, visitor);
        RefWire<XapiSecret>.Visit(x.RepositoryProxyPassword, 45, visitor);
        RefWire<XapiSecret>.Visit(x.TelemetryUuid, 53, visitor);
    }

    private sealed class Memo
    {
        public FieldMemo<string, TextWire> F1;
        public FieldMemo<string, TextWire> F2;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F7;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F9;
        public FieldMemo<ImmutableArray<string>, SetWire<string, TextWire>> F10;
        public FieldMemo<XenMap<string, XenRef<Blob>>, MapWire<string, TextWire, XenRef<Blob>, RefWire<Blob>>> F15;
        public FieldMemo<ImmutableArray<string>, SetWire<string, TextWire>> F16;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F17;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F18;
        public FieldMemo<string, TextWire> F19;
        public FieldMemo<string, TextWire> F20;
        public FieldMemo<string, TextWire> F25;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F26;
        public FieldMemo<string, TextWire> F28;
        public FieldMemo<EnumSet<PoolOperation>, EnumSetWire<PoolOperation>> F29;
        public FieldMemo<XenMap<string, PoolOperation>, MapWire<string, TextWire, PoolOperation, EnumWire<PoolOperation>>> F30;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F31;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F32;
        public FieldMemo<string, TextWire> F36;
        public FieldMemo<string, TextWire> F37;
        public FieldMemo<string, TextWire> F42;
        public FieldMemo<string, TextWire> F43;
        public FieldMemo<string, TextWire> F44;
        public FieldMemo<TelemetryFrequency, EnumWire<TelemetryFrequency>> F54;
        public FieldMemo<UpdateSyncFrequency, EnumWire<UpdateSyncFrequency>> F57;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F60;
        public FieldMemo<XenMap<string, string>, MapWire<string, TextWire, string, TextWire>> F61;
    }
}
