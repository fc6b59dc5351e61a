using System.Text.Json.Nodes;
using XoBlazor.App.Api.Catalogue;
using static XoBlazor.App.Api.Catalogue.ApiParameter;

namespace XoBlazor.App.Api.Methods;

/// <summary>What VMs have beside disks and network devices, and what hosts know of their machine.</summary>
internal sealed class HardwareMethods(OperationVerbs verbs) : IApiMethods
{
    public IEnumerable<ApiMethod> Methods =>
    [
        verbs.Verb("vtpm.create", "vm.create_vtpm", "id", ["VM", "VM-template"], [Text("id")]),
        verbs.Verb("vtpm.destroy", "vtpm.destroy", "id", ["VTPM"], [Text("id")]),
        verbs.Verb("vm.createVgpu", "vm.create_vgpu", "vm", ["VM", "VM-template"], [Text("gpuGroup"), Text("vgpuType"), Text("vm")]),
        verbs.Verb("vm.deleteVgpu", "vgpu.destroy", "vgpu", ["vgpu"], [Text("vgpu")]),
        verbs.Verb("vusb.create", "vm.create_vusb", "vm", ["VM"], [Text("usbGroup"), Text("vm")]),
        verbs.Verb("vusb.unplug", "vusb.unplug", "id", ["VUSB"], [Text("id")]),
        verbs.Verb("vusb.destroy", "vusb.destroy", "id", ["VUSB"], [Text("id")]),
        verbs.Verb("pusb.scan", "host.scan_pusbs", "host", ["host"], [Text("host")]),
        verbs.Verb("pusb.set", "pusb.set", "id", ["PUSB"], [Flag("enabled").Optional, Text("id")]),
        Question("host.getSmartctlHealth", "host.check_disks"),
        Question("host.getMdadmHealth", "host.check_raid"),
        Question("host.isHyperThreadingEnabled", "host.check_hyperthreading"),
        Question("host.getSmartctlInformation", "host.disk_details", Texts("deviceNames").Optional) with { Handler = DetailsAsync },
        Question("host.getBlockdevices", "host.list_block_devices") with { Handler = DevicesAsync },
        verbs.Verb("vm.createCloudInitConfigDrive", "vm.create_config_drive", "vm", ["VM"], [Text("config"), Text("networkConfig").Optional, Text("sr"), Text("vm")],
            call => new() { ["cloudConfig"] = call.Text("config"), ["networkConfig"] = call.TextOrNull("networkConfig"), ["sr"] = call.Text("sr") }),
    ];

    private ApiMethod Question(string method, string operation, params ReadOnlySpan<ApiParameter> parameters) => verbs.Verb(method, operation, "id", ["host"], [Text("id"), .. parameters], static _ => []);

    // All disks, or those that were asked for.
    private async ValueTask<ApiResult> DetailsAsync(ApiCall call)
    {
        var answer = await AnswerAsync(call, "host.disk_details");
        return call.Has("deviceNames") && answer is JsonObject disks
            ? new JsonObject(disks.Where(disk => call.Texts("deviceNames").Contains(disk.Key)).Select(disk => KeyValuePair.Create(disk.Key, disk.Value?.DeepClone()))) : answer;
    }

    private async ValueTask<ApiResult> DevicesAsync(ApiCall call) =>
        await AnswerAsync(call, "host.list_block_devices") is var answer && answer is JsonObject named && named["blockdevices"] is { } devices ? devices : answer;

    private async Task<JsonNode> AnswerAsync(ApiCall call, string operation) => (await verbs.RunAsync(call, call.Find("id", "host"), operation)).Answer!;
}
