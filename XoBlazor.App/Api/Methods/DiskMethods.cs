using System.Text.Json.Nodes;
using XoBlazor.App.Api.Catalogue;
using static XoBlazor.App.Api.Catalogue.ApiParameter;

namespace XoBlazor.App.Api.Methods;

/// <summary>Disks, and the drives of VMs that they are in.</summary>
internal sealed class DiskMethods(OperationVerbs verbs) : IApiMethods
{
    public IEnumerable<ApiMethod> Methods =>
    [
        verbs.Verb("disk.create", "sr.create_disk", "sr", ["SR"],
            [Flag("bootable").Optional, Text("mode").Optional, Text("name"), Text("position").Optional, Of("size", "integer", "string"), Text("sr"), Text("vm").Optional]),
        verbs.Verb("vdi.set", "vdi.set", "id", ["VDI", "VDI-snapshot"],
            [Text("id"), Text("name_label").Optional, Text("name_description").OrEmpty.Optional, Of("size", "integer", "string").Optional, Flag("cbt").Optional]),
        verbs.Verb("vdi.delete", "vdi.delete", "id", ["VDI", "VDI-snapshot", "VDI-unmanaged"], [Text("id")]),
        verbs.Verb("vdi.migrate", "vdi.migrate", "id", ["VDI"], [Text("id"), Absent.ResourceSet, Text("sr_id")]),
        verbs.Verb("vbd.connect", "vbd.connect", "id", ["VBD"], [Text("id")]),
        verbs.Verb("vbd.disconnect", "vbd.disconnect", "id", ["VBD"], [Text("id")]),
        verbs.Verb("vbd.delete", "vbd.delete", "id", ["VBD"], [Text("id")]),
        verbs.Verb("vbd.set", "vbd.set", "id", ["VBD"], [Text("id"), Of("position", "string", "number").Optional], PlaceOf),
        verbs.Verb("vbd.setBootable", "vbd.set", "vbd", ["VBD"], [Text("vbd"), Flag("bootable")]),
    ];

    private static JsonObject PlaceOf(ApiCall call) => call.Value("position") is { } place ? new() { ["position"] = place.ToString() } : [];
}
