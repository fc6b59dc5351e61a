using System.Text.Json.Nodes;
using XoBlazor.App.Api.Catalogue;
using static XoBlazor.App.Api.Catalogue.ApiParameter;

namespace XoBlazor.App.Api.Methods;

/// <summary>Hosts and pools.</summary>
internal sealed class HostMethods(OperationVerbs verbs) : IApiMethods
{
    public IEnumerable<ApiMethod> Methods =>
    [
        verbs.Verb("host.set", "host.set", "id", ["host"],
            [Text("id"), Text("iscsiIqn").Optional, Flag("multipathing").Optional, Text("name_label").Optional, Text("name_description").OrEmpty.Optional]),
        verbs.Verb("host.restart", "host.reboot", "id", ["host"],
            [
                Text("id"), Flag("force").Optional, Flag("suspendResidentVms").Or(false).Described("suspend the VMs that run there, and resume them when the host is back"), Absent.BypassBackupCheck,
                Flag("bypassBlockedSuspend").Optional.Later("lift the block of suspending these VMs first."),
                Flag("bypassCurrentVmCheck").Optional.Without("in which VM this server runs is not known, and not checked"),
                Flag("bypassVersionCheck").Optional.Without("versions of hosts are not checked"),
            ],
            call => new() { ["force"] = call.Flag("force"), ["suspend"] = call.Flag("suspendResidentVms") }),
        verbs.Verb("host.stop", "host.shutdown", "id", ["host"], [Text("id"), Absent.BypassBackupCheck, Flag("bypassEvacuate").Optional], call => new() { ["force"] = call.Flag("bypassEvacuate") }),
        verbs.Verb("host.emergencyShutdownHost", "host.emergency_shutdown", "host", ["host"], [Text("host")]),
        verbs.Verb("host.start", "host.power_on", "id", ["host"], [Text("id")]),
        verbs.Verb("host.enable", "host.enable", "id", ["host"], [Text("id")]),
        verbs.Verb("host.disable", "host.disable", "id", ["host"], [Text("id"), Flag("transient").Optional.Later("leave it out, and enable the host when it is to serve again.")]),
        verbs.Verb("host.restartAgent", "host.restart_toolstack", "id", ["host"], [Text("id"), Absent.BypassBackupCheck]),
        verbs.Verb("host.restart_agent", "host.restart_toolstack", "id", ["host"], [Text("id"), Absent.BypassBackupCheck]),
        verbs.Verb("host.isHostServerTimeConsistent", "host.check_clock", "host", ["host"], [Text("host")]),
        verbs.Verb("host.setRemoteSyslogHost", "host.set", "id", ["host"], [Text("id"), Of("syslogDestination", "null", "string")]),
        verbs.Verb("host.forget", "host.forget", "id", ["host"], [Text("id")]),
        new("host.setMaintenanceMode", ApiPermission.SignedIn, MaintainAsync)
        {
            Description = "Takes a host out of service with its VMs moved elsewhere, or back in.",
            Parameters = [Text("id"), Flag("maintenance"), Texts("vmsToForceMigrate").Optional.Later("shut down the VMs that cannot move first.")],
        },
        verbs.Verb("pool.set", "pool.set", "id", ["pool"],
            [
                Text("id"), Flag("auto_poweron").Optional, Text("name_label").Optional, Text("name_description").OrEmpty.Optional, Of("backupNetwork", "string", "null").Optional,
                Flag("migrationCompression").Optional, Of("migrationNetwork", "string", "null").Optional, Of("suspendSr", "string", "null").Optional,
                Of("crashDumpSr", "string", "null").Optional,
            ]),
        verbs.Verb("pool.enableHa", "pool.enable_ha", "pool", ["pool"], [Texts("heartbeatSrs"), Text("pool"), Object("configuration")]),
        verbs.Verb("pool.disableHa", "pool.disable_ha", "pool", ["pool"], [Text("pool")]),
        verbs.Verb("pool.getLicenseState", "pool.check_licence", "pool", ["pool"], [Text("pool")]),
        verbs.Verb("pool.rollingReboot", "pool.rolling_reboot", "pool", ["pool"], [Text("pool"), Absent.BypassBackupCheck, Flag("shutdownPinnedVms").Optional],
            call => new() { ["shutdownPinnedVms"] = call.Flag("shutdownPinnedVms") }),
        verbs.Verb("pool.rollingUpdate", "pool.rolling_update", "pool", ["pool"],
            [Text("pool"), Absent.BypassBackupCheck, Flag("rebootVm").Optional.Described("restart VMs for which updates ask that after the last host"), Flag("shutdownPinnedVms").Optional],
            call => new() { ["shutdownPinnedVms"] = call.Flag("shutdownPinnedVms"), ["restartVms"] = call.Flag("rebootVm") }),
        verbs.Verb("pool.setDefaultSr", "sr.set_default", "sr", ["SR"], [Text("sr")]),
        verbs.Verb("pool.setPoolMaster", "pool.set_coordinator", "host", ["host"], [Text("host")]),
    ];

    private async ValueTask<ApiResult> MaintainAsync(ApiCall call)
    {
        await verbs.RunAsync(call, call.Find("id", "host"), call.Flag("maintenance") ? "host.enter_maintenance" : "host.enable");
        return ApiResult.Done;
    }
}
