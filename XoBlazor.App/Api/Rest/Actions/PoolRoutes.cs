using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Api.Rest.Collections;
using XoBlazor.Core.Model;
using static XoBlazor.App.Api.Catalogue.ApiParameter;

namespace XoBlazor.App.Api.Rest.Actions;

/// <summary>What can be done with pools and hosts.</summary>
internal sealed class PoolRoutes(ActionRoute actions) : IRestRoutes
{
    private static readonly ImmutableArray<(string Name, string Parameter)> s_vm =
    [
        ("name_label", "name_label"), ("name_description", "name_description"), ("template", "template"), ("cloud_config", "cloudConfig"), ("network_config", "networkConfig"),
        ("boot", "bootAfterCreate"), ("clone", "clone"), ("memory", "memory"), ("cpus", "CPUs"), ("autoPoweron", "auto_poweron"), ("secureBoot", "secureBoot"),
        ("hvmBootFirmware", "hvmBootFirmware"), ("high_availability", "high_availability"), ("affinity", "affinityHost"), ("gpuGroup", "gpuGroup"), ("vgpuType", "vgpuType"),
        ("copyHostBiosStrings", "copyHostBiosStrings"), ("destroy_cloud_config_vdi", "destroyCloudConfigVdiAfterBoot"), ("createVtpm", "createVtpm"),
    ];

    private static readonly ImmutableArray<ApiParameter> s_vmBody =
    [
        Text("name_label"), Text("template"), Text("name_description").OrEmpty.Optional, Text("cloud_config").OrEmpty.Optional, Text("network_config").OrEmpty.Optional, Flag("boot").Optional,
        Flag("clone").Optional, Number("memory").Optional, Number("cpus").Optional, Flag("autoPoweron").Optional, Flag("secureBoot").Optional, Choice("hvmBootFirmware", "uefi", "bios").Optional,
        Choice("high_availability", "", "best-effort", "restart").Optional, Text("affinity").Optional, Text("gpuGroup").Optional, Text("vgpuType").Optional,
        Flag("copyHostBiosStrings").Optional, Flag("destroy_cloud_config_vdi").Optional, Flag("createVtpm").Optional,
        Object("install", Choice("method", "cdrom", "network"), Text("repository").OrEmpty).Optional,
        List("vifs", ApiSchema.Object with
        {
            Properties = [Text("network").Optional, Text("mac").Optional, Texts("ipv4_allowed").Optional, Texts("ipv6_allowed").Optional, Text("device").Optional, Flag("destroy").Optional],
        }).Optional,
        List("vdis", ApiSchema.Object with
        {
            Properties = [Text("name_label").Optional, Text("name_description").OrEmpty.Optional, Number("size").Optional, Text("sr").Optional, Text("userdevice").Optional, Flag("destroy").Optional],
        }).Optional,
    ];

    public IEnumerable<RestRoute> Routes =>
    [
        actions.On("pools", "create_vm", actions.Method("vm.create").Description!, s_vmBody, "vms", CreateVmAsync),
        actions.On("pools", "create_network", "network.create", target: "pool", makes: "networks",
            takes: [("name", "name"), ("description", "description"), ("mtu", "mtu"), ("nbd", "nbd"), ("pif", "pif"), ("vlan", "vlan")]),
        actions.On("pools", "create_internal_network", "network.create", target: "pool", makes: "networks",
            takes: [("name", "name"), ("description", "description"), ("mtu", "mtu"), ("nbd", "nbd")]),
        actions.On("pools", "create_bonded_network", actions.Method("network.createBonded").Description!,
            [
                Text("name"), Text("description").OrEmpty.Optional, actions.Parameter("network.createBonded", "pifs", "pifIds"), actions.Parameter("network.createBonded", "mtu", "mtu"),
                actions.Parameter("network.createBonded", "bondMode", "bondMode"),
            ], "networks", CreateBondedAsync),
        actions.On("pools", "rolling_reboot", "pool.rollingReboot", target: "pool", takes: [("bypassBackupCheck", "bypassBackupCheck"), ("shutdownPinnedVms", "shutdownPinnedVms")]),
        actions.On("pools", "rolling_update", "pool.rollingUpdate", target: "pool", takes: [.. ((string[])["bypassBackupCheck", "rebootVm", "shutdownPinnedVms"]).Select(name => (name, name))]),
        actions.On("hosts", "start", "host.start"),
        actions.On("hosts", "enable", "host.enable"),
        actions.On("hosts", "disable", "Takes a host out of service, with its VMs moved elsewhere when that is asked for.", [Flag("evacuate").Optional], null, (call, caller, closed) =>
            call.Sent("evacuate")?.GetValue<bool>() == true
                ? call.RunAsync(caller, "host.setMaintenanceMode", new() { ["id"] = call.Id, ["maintenance"] = true }, closed)
                : call.RunAsync(caller, "host.disable", new() { ["id"] = call.Id }, closed)),
        actions.On("hosts", "clean_shutdown", "host.stop", takes: [("bypassEvacuate", "bypassEvacuate"), ("bypassBackupCheck", "bypassBackupCheck")]),
        actions.On("hosts", "clean_reboot", "host.restart", takes: [("force", "force"), ("bypassBackupCheck", "bypassBackupCheck"), ("bypassVersionCheck", "bypassVersionCheck")]),
        actions.On("hosts", "smart_reboot", "host.restart", always: new() { ["suspendResidentVms"] = true }, summary: "Reboots a host with its VMs suspended meanwhile.", takes: [.. ((string[])["bypassBackupCheck", "bypassBlockedSuspend", "bypassCurrentVmCheck", "bypassVersionCheck"]).Select(name => (name, name))]),
        actions.On("hosts", "restart_toolstack", "host.restartAgent", takes: [("bypassBackupCheck", "bypassBackupCheck")]),
        actions.On("hosts", "forget", "host.forget"),
    ];

    private static async Task<JsonElement> CreateBondedAsync(RestCall call, IApiCaller caller, CancellationToken closed)
    {
        var parameters = ActionRoute.Renamed(call, [("name", "name"), ("description", "description"), ("pifIds", "pifs"), ("mtu", "mtu"), ("bondMode", "bondMode")]);
        parameters["pool"] = call.Id;
        return (await call.RunAsync(caller, "network.createBonded", parameters, closed)).GetProperty("uuid");
    }

    private static async Task<JsonElement> CreateVmAsync(RestCall call, IApiCaller caller, CancellationToken closed)
    {
        var template = call.Sent("template")!.GetValue<string>();
        var pool = call.Find(RestCollection.Of("vm-templates"), template).Pool;
        if (pool.Uuid != call.Find(RestCollection.Of("pools"), call.Id).Pool.Uuid)
            throw ApiException.NoSuchObject(template, "VM-template");
        var parameters = ActionRoute.Renamed(call, s_vm);
        if (call.Sent("install") is JsonObject { } install)
            parameters["installation"] = new JsonObject { ["method"] = (string)install["method"]!, ["repository"] = (string)install["repository"]! is { Length: > 0 } from ? from : "pxe" };
        if (call.Sent("vifs") is JsonArray devices)
            parameters["VIFs"] = new JsonArray([.. devices.Select(device => (JsonNode)Device(device!.AsObject()))]);
        var (added, changed) = (new JsonArray(), new JsonObject());
        foreach (var disk in call.Sent("vdis") as JsonArray ?? [])
        {
            var wanted = Disk(disk!.AsObject(), pool.Get(pool.Pool?.DefaultSr ?? default)?.Uuid);
            if (disk["userdevice"] is { } place)
                changed[(string)place!] = wanted;
            else
                added.Add((JsonNode)wanted);
        }
        (parameters["VDIs"], parameters["existingDisks"]) = (added, changed);
        return await call.RunAsync(caller, "vm.create", parameters, closed);
    }

    private static JsonObject Device(JsonObject sent)
    {
        RefuseDestroy(sent, "vifs");
        return sent["network"] is null ? throw Missing("vifs", "network") : Only(sent, ("network", "network"), ("mac", "mac"), ("ipv4_allowed", "allowedIpv4Addresses"), ("ipv6_allowed", "allowedIpv6Addresses"));
    }

    private static JsonObject Disk(JsonObject sent, string? defaultSr)
    {
        RefuseDestroy(sent, "vdis");
        var disk = Only(sent, ("name_label", "name_label"), ("name_description", "name_description"), ("size", "size"), ("sr", "SR"));
        if (sent["userdevice"] is not null)
            return disk;
        if (disk["size"] is null)
            throw Missing("vdis", "size");
        disk["SR"] ??= defaultSr ?? throw Missing("vdis", "sr");
        disk["type"] = "user";
        return disk;
    }

    private static JsonObject Only(JsonObject sent, params ReadOnlySpan<(string Name, string Parameter)> names)
    {
        var only = new JsonObject();
        foreach (var (name, parameter) in names)
            if (sent[name] is { } value)
                only[parameter] = value.DeepClone();
        return only;
    }

    private static void RefuseDestroy(JsonObject sent, string list)
    {
        if (sent["destroy"]?.GetValue<bool>() == true)
            throw ApiException.NotImplemented($"Leaving out what the template has ({list}[].destroy) is not there yet.");
    }

    private static RestInvalidException Missing(string list, string name) => new(new() { [$"body.{list}.{name}"] = new JsonObject { ["message"] = $"'{name}' is required" } });
}
