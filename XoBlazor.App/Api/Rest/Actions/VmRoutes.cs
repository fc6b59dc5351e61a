using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Api.Rest.Collections;
using XoBlazor.App.Api.XoObjects;
using XoBlazor.Core.Model;

namespace XoBlazor.App.Api.Rest.Actions;

/// <summary>What can be done with VMs, their snapshots and templates.</summary>
internal sealed class VmRoutes(ActionRoute actions) : IRestRoutes
{
    // Under their own names.
    private static readonly string[] s_same =
    [
        "affinityHost", "blockedOperations", "coresPerSocket", "cpuCap", "cpuMask", "cpuWeight", "creation", "expNestedHvm", "hasVendorDevice", "hvmBootFirmware", "memory", "memoryMax",
        "memoryMin", "memoryStaticMax", "nestedVirt", "nicType", "notes", "PV_args", "resourceSet", "secureBoot", "share", "startDelay", "suspendSr", "uefiMode", "vga", "videoram",
        "viridian", "virtualizationMode", "xenStoreData",
    ];

    public IEnumerable<RestRoute> Routes =>
    [
        actions.On("vms", "start", "vm.start", takes: [("hostId", "host")]),
        actions.On("vms", "clean_shutdown", "vm.stop"),
        actions.On("vms", "hard_shutdown", "vm.stop", always: new() { ["force"] = true }, summary: "Turns the VM off at once."),
        actions.On("vms", "clean_reboot", "vm.restart"),
        actions.On("vms", "hard_reboot", "vm.restart", always: new() { ["force"] = true }, summary: "Turns the VM off and on at once."),
        actions.On("vms", "pause", "vm.pause"),
        actions.On("vms", "unpause", "vm.unpause"),
        actions.On("vms", "suspend", "vm.suspend"),
        actions.On("vms", "resume", "vm.resume"),
        actions.On("vms", "snapshot", "vm.snapshot", makes: "vm-snapshots", takes: [("name_label", "name")]),
        actions.On("vms", "revert_snapshot", "Makes the VM what it was when the snapshot was taken.",
            [actions.Parameter("vm.revert", "snapshot", "snapshotId"), ApiParameter.Flag("snapshotBefore").Optional], null, RevertAsync),
        actions.On("vms", "clone", "Makes another like it: at once, or with disks of its own on the storage that is named.",
            [actions.Parameter("vm.clone", "name", "name_label").Optional, ApiParameter.Flag("fast").Optional, actions.Parameter("vm.copy", "sr", "srId").Optional], "vms", CloneAsync),
        actions.On("vms", "migrate", "vm.migrate", target: "vm",
            takes: [("hostId", "targetHost"), ("srId", "sr"), ("migrationNetworkId", "migrationNetwork"), ("srIdByVdiId", "mapVdisSrs"), ("networkIdByVifId", "mapVifsNetworks")]),
        Patch(),
        actions.Delete("vms", "vm.delete"),
        actions.Delete("vm-snapshots", "vm.delete"),
        actions.Delete("vm-templates", "vm.delete"),
    ];

    // Tags are no property of the method's.
    private RestRoute Patch()
    {
        var set = actions.Patch("vms", "vm.set",
            [
                ("nameLabel", "name_label"), ("nameDescription", "name_description"), ("autoPoweron", "auto_poweron"), ("cpus", "CPUs"), ("cpusStaticMax", "cpusMax"),
                ("highAvailability", "high_availability"), .. s_same.Select(name => (name, name)),
            ]);
        return set with
        {
            Body = set.Body!.Value.Add(ApiParameter.Texts("tags").Optional),
            Handler = async call =>
            {
                var vm = (Vm)call.Find(RestCollection.Of("vms")).Object;
                if (call.Body.Keys.Any(name => name != "tags"))
                    await set.Handler(call);
                if (call.Sent("tags") is JsonArray tags)
                    await TagAsync(call, vm.Tags, [.. tags.Select(tag => (string)tag!)]);
                await call.NothingAsync();
            },
        };
    }

    private static async Task TagAsync(RestCall call, ImmutableArray<string> present, ImmutableArray<string> wanted)
    {
        foreach (var tag in wanted.Except(present))
            await call.RunAsync("tag.add", new() { ["id"] = call.Id, ["tag"] = tag });
        foreach (var tag in present.Except(wanted))
            await call.RunAsync("tag.remove", new() { ["id"] = call.Id, ["tag"] = tag });
    }

    private static async Task<JsonElement> RevertAsync(RestCall call, IApiCaller caller, CancellationToken closed)
    {
        var snapshot = call.Sent("snapshotId")!.GetValue<string>();
        if (XoIds.Find<Vm>(call.Objects, snapshot) is not { } found || found.Pool.Get(found.Object.SnapshotOf) is not { } of || XoIds.Of(found.Pool, of) != call.Id)
            throw ApiException.NoSuchObject(snapshot, "VM-snapshot");
        if (call.Sent("snapshotBefore")?.GetValue<bool>() == true)
            await call.RunAsync(caller, "vm.snapshot", new() { ["id"] = call.Id }, closed);
        return await call.RunAsync(caller, "vm.revert", new() { ["snapshot"] = snapshot }, closed);
    }

    private static Task<JsonElement> CloneAsync(RestCall call, IApiCaller caller, CancellationToken closed)
    {
        var vm = XoIds.Find<Vm>(call.Objects, call.Id)!.Value.Object;
        var name = call.Sent("name_label")?.GetValue<string>() ?? $"{vm.NameLabel}_CLONE";
        return call.Sent("srId") is { } storage
            ? call.RunAsync(caller, "vm.copy", new() { ["vm"] = call.Id, ["sr"] = storage, ["name"] = name }, closed)
            : call.RunAsync(caller, "vm.clone", new() { ["id"] = call.Id, ["name"] = name, ["full_copy"] = call.Sent("fast")?.GetValue<bool>() == false }, closed);
    }
}
