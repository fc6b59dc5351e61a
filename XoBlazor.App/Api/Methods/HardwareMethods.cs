using System.Text.Json.Nodes;
using XoBlazor.App.Api.Catalogue;
using static XoBlazor.App.Api.Catalogue.ApiParameter;

namespace XoBlazor.App.Api.Methods;

/// <summary>Virtual TPMs and GPUs, and configuration drives.</summary>
internal sealed class HardwareMethods(OperationVerbs verbs) : IApiMethods
{
    public IEnumerable<ApiMethod> Methods =>
    [
        verbs.Verb("vtpm.create", "vm.create_vtpm", "id", ["VM", "VM-template"], [Text("id")]),
        verbs.Verb("vtpm.destroy", "vtpm.destroy", "id", ["VTPM"], [Text("id")]),
        verbs.Verb("vm.createVgpu", "vm.create_vgpu", "vm", ["VM", "VM-template"], [Text("gpuGroup"), Text("vgpuType"), Text("vm")]),
        verbs.Verb("vm.deleteVgpu", "vgpu.destroy", "vgpu", ["vgpu"], [Text("vgpu")]),
        verbs.Verb("vm.createCloudInitConfigDrive", "vm.create_config_drive", "vm", ["VM"], [Text("config"), Text("networkConfig").Optional, Text("sr"), Text("vm")],
            call => new() { ["cloudConfig"] = call.Text("config"), ["networkConfig"] = call.TextOrNull("networkConfig"), ["sr"] = call.Text("sr") }),
    ];
}
