using System.Text.Json.Nodes;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Api.Rest.Collections;
using static XoBlazor.App.Api.Catalogue.ApiParameter;

namespace XoBlazor.App.Api.Rest.Actions;

/// <summary>What can be done with storage, disks and drives.</summary>
internal sealed class StorageRoutes(ActionRoute actions) : IRestRoutes
{
    public IEnumerable<RestRoute> Routes =>
    [
        actions.On("srs", "scan", "sr.scan"),
        actions.On("srs", "forget", "sr.forget"),
        actions.Delete("srs", "sr.destroy"),
        actions.On("pbds", "plug", "pbd.connect"),
        actions.On("pbds", "unplug", "pbd.disconnect"),
        new("POST", "/vdis", actions.Method("disk.create").Description!, CreateDiskAsync)
        {
            Body = [Text("srId"), Number("virtual_size"), Text("name_label").OrEmpty.Optional, Text("name_description").OrEmpty.Optional, Texts("tags").Optional],
            Outcomes = [RestOutcome.Made],
        },
        actions.Patch("vdis", "vdi.set", ("name_label", "name_label"), ("name_description", "name_description"), ("size", "size")),
        actions.Delete("vdis", "vdi.delete"),
        actions.Delete("vdi-snapshots", "vdi.delete"),
        actions.On("vdis", "migrate", "vdi.migrate", makes: "vdis", takes: [("srId", "sr_id")]),
        new("POST", "/vbds", actions.Method("vm.attachDisk").Description!, AttachAsync)
        {
            Body = [Text("VM"), Text("VDI"), Flag("bootable").Optional, Choice("mode", "RO", "RW").Optional, Text("userdevice").Optional],
            Outcomes = [RestOutcome.Made],
        },
        actions.On("vbds", "connect", "vbd.connect"),
        actions.On("vbds", "disconnect", "vbd.disconnect"),
        actions.Delete("vbds", "vbd.delete"),
    ];

    private static async Task CreateDiskAsync(RestCall call)
    {
        ActionRoute.Refuse(call, ("type", "user"), ("read_only", false), ("sharable", false), ("other_config", null), ("xenstore_data", null), ("sm_config", null));
        var sr = call.Find(RestCollection.Of("srs"), call.Sent("srId")!.GetValue<string>());
        var made = (await call.RunAsync("disk.create", new()
        {
            ["sr"] = sr.Object.Uuid,
            ["name"] = call.Sent("name_label")?.GetValue<string>() is { Length: > 0 } name ? name : "disk",
            ["size"] = call.Sent("virtual_size"),
        })).GetString()!;
        if (call.Sent("name_description")?.GetValue<string>() is { Length: > 0 } words)
            await call.RunAsync("vdi.set", new() { ["id"] = made, ["name_description"] = words });
        foreach (var tag in call.Sent("tags") as JsonArray ?? [])
            await call.RunAsync("tag.add", new() { ["id"] = made, ["tag"] = tag!.DeepClone() });
        await call.MadeAsync(made, "vdis");
    }

    // The method tells that it was done; the drive that was made is the operation's.
    private static async Task AttachAsync(RestCall call)
    {
        ActionRoute.Refuse(call, ("type", "Disk"), ("empty", false), ("unpluggable", true), ("other_config", null), ("qos_algorithm_type", ""), ("qos_algorithm_params", null));
        var (vm, disk) = (call.Sent("VM")!.GetValue<string>(), call.Sent("VDI")!.GetValue<string>());
        var parameters = new JsonObject { ["vm"] = vm, ["vdi"] = disk };
        foreach (var (name, parameter) in ((string, string)[])[("bootable", "bootable"), ("mode", "mode"), ("userdevice", "position")])
            if (call.Sent(name) is { } value)
                parameters[parameter] = value;
        await call.RunAsync("vm.attachDisk", parameters);
        await call.MadeAsync(call.LastRun!.Result!.Made!.Value.Uuid, "vbds");
    }
}
