using System.Text.Json.Nodes;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Api.HandOffs;
using XoBlazor.App.Api.Transfers;
using XoBlazor.App.Api.XoObjects;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Store;
using static XoBlazor.App.Api.Catalogue.ApiParameter;

namespace XoBlazor.App.Api.Methods;

/// <summary>VMs and disks as files: a call answers with the address from which one is fetched, or to which it is sent.</summary>
internal sealed class TransferMethods(ApiTransfers transfers, OperationVerbs verbs, HandOffDesk desk) : IApiMethods
{
    private const string OverHttp = "disks come over HTTP, whatever else the host has";

    private static readonly string[] s_vms = ["VM", "VM-snapshot", "VM-template"];
    private static readonly string[] s_disks = ["VDI", "VDI-snapshot"];
    private static readonly ApiParameter s_url = Text("url").Optional.Described("where the server fetches it, in place of an address to send it to");

    public IEnumerable<ApiMethod> Methods =>
    [
        new("vm.export", ApiPermission.SignedIn, call => Fetch(call, call.Find("vm", s_vms), "vm.export", ApiTransfers.Compression(call.Flag("compress"), call.TextOrNull("compress")), NotImplementedUnless(call, "format", "xva")))
        {
            Description = transfers.Operation("vm.export").Description,
            Parameters = [Of("compress", "boolean", "string").Optional, Choice("format", "xva", "ova").Optional, Text("vm")],
        },
        new("vm.import", ApiPermission.SignedIn, call => SendOrFetch(call, "sr.import_vm", [], NotImplementedUnless(call, "type", "xva")))
        {
            Description = transfers.Operation("sr.import_vm").Description,
            Parameters = [Object("data").Optional.Later("OVA files are not taken; send an XVA."), Text("sr"), Text("type").Optional, s_url],
        },
        new("disk.exportContent", ApiPermission.SignedIn, call => Fetch(call, call.Find("id", s_disks), "vdi.export", Format(call), NotImplementedUnless(call, "format", "raw", "vhd", "qcow2")))
        {
            Description = transfers.Operation("vdi.export").Description,
            Parameters = [Choice("format", "vmdk", "vhd", "qcow2", "raw").Optional, Text("id"), Number("nbdConcurrency").Optional.Without(OverHttp), Flag("preferNbd").Optional.Without(OverHttp)],
        },
        new("disk.importContent", ApiPermission.SignedIn, call => Send(call, call.Find("id", "VDI"), "vdi.import", Format(call), NotImplementedUnless(call, "format", "raw", "vhd", "qcow2")))
        {
            Description = transfers.Operation("vdi.import").Description,
            Parameters = [Text("format").Optional, Text("id")],
        },
        new("disk.import", ApiPermission.SignedIn, call => SendOrFetch(call, "sr.import_disk",
            new() { ["name"] = call.Text("name"), ["description"] = call.TextOrNull("description"), ["format"] = call.Text("type") },
            NotImplementedUnless(call, "type", "raw", "vhd", "qcow2")))
        {
            Description = transfers.Operation("sr.import_disk").Description,
            Parameters = [Text("description").OrEmpty.Optional, Text("name"), Text("sr"), Text("type"), s_url, Object("vmdkData").Optional.Later("VMDK files are not taken; convert the disk first, to raw or VHD.")],
        },
    ];

    // What XO's clients mean when they name none.
    private static JsonObject Format(ApiCall call) => new() { ["format"] = call.TextOrNull("format") ?? "vhd" };

    private ValueTask<ApiResult> Fetch(ApiCall call, Located<XapiObject> on, string operation, JsonObject arguments, string whyNot)
    {
        var (what, method) = Begin(call, on, operation, arguments, whyNot);
        return new(desk.Offer(call.Session!, new HandOff.Fetch(null, (http, _, _) => transfers.SendAsync(http, call.Session!, on, what, arguments, method))));
    }

    private ValueTask<ApiResult> Send(ApiCall call, Located<XapiObject> on, string operation, JsonObject arguments, string whyNot)
    {
        var (what, method) = Begin(call, on, operation, arguments, whyNot);
        return new(desk.Offer(call.Session!, new HandOff.Send(async (http, _, _) => OperationVerbs.ResultOf(await transfers.TakeAsync(http, call.Session!, on, what, arguments, method)))));
    }

    /// <summary>With an address the server fetches it, and the call ends with what was made.</summary>
    private async ValueTask<ApiResult> SendOrFetch(ApiCall call, string operation, JsonObject arguments, string whyNot)
    {
        var on = call.Find("sr", "SR");
        if (call.TextOrNull("url") is not { Length: > 0 } url)
            return await Send(call, on, operation, arguments, whyNot);
        if (whyNot.Length > 0)
            throw ApiException.NotImplemented($"{call.Method.Name}: {whyNot.TrimEnd()}");
        arguments["url"] = url;
        return OperationVerbs.ResultOf(await verbs.RunAsync(call, on, operation + "_from", arguments));
    }

    private (Operation What, string Method) Begin(ApiCall call, Located<XapiObject> on, string operation, JsonObject arguments, string whyNot)
    {
        if (whyNot.Length > 0)
            throw ApiException.NotImplemented($"{call.Method.Name}: {whyNot.TrimEnd()}");
        var what = transfers.Operation(operation);
        transfers.Review(call.Requester, on, what, arguments, call.Method.Name);
        return (what, call.Method.Name);
    }

    private static string NotImplementedUnless(ApiCall call, string name, params ReadOnlySpan<string> known) =>
        call.Value(name) is not { } value || known.Contains(value.ToString()) ? "" : $"'{name}' can be {string.Join(" or ", known.ToArray())} so far. ";
}
