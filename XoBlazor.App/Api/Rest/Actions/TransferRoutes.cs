using System.Text.Json.Nodes;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Api.Rest.Collections;
using XoBlazor.App.Api.Transfers;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using static XoBlazor.App.Api.Catalogue.ApiParameter;

namespace XoBlazor.App.Api.Rest.Actions;

/// <summary>VMs, disks and updates as files, and what hosts have written down.</summary>
internal sealed class TransferRoutes(ApiTransfers transfers, ActionRoute actions) : IRestRoutes
{
    public IEnumerable<RestRoute> Routes =>
    [
        .. from name in (string[])["vms", "vm-templates", "vm-snapshots"]
           select new RestRoute("GET", $"/{name}/{{id}}.{{format:regex(^(xva|ova)$)}}", transfers.Operation("vm.export").Description, ExportVmAsync)
           {
               Query = [Of("compress", "boolean", "string").Optional.Described("true or gzip, or zstd; not at all when left out")],
               Outcomes = [RestOutcome.Bytes],
           },
        .. from name in (string[])["vdis", "vdi-snapshots"]
           select new RestRoute("GET", $"/{name}/{{id}}.{{format:regex(^(raw|vhd|qcow2)$)}}", transfers.Operation("vdi.export").Description, ExportDiskAsync) { Outcomes = [RestOutcome.Bytes] },
        new("PUT", "/vdis/{id}.{format:regex(^(raw|vhd|qcow2)$)}", transfers.Operation("vdi.import").Description, ImportDiskAsync) { TakesBytes = true, Outcomes = [RestOutcome.Nothing] },
        new("PUT", "/pools/{id}/update_file", transfers.Operation("pool.install_update_file").Description, InstallUpdateAsync) { TakesBytes = true, Outcomes = [RestOutcome.Nothing] },
        OfHost("logs.tgz", "host.download_logs"),
        OfHost("audit.txt", "host.download_audit"),
        new("POST", "/pools/{id}/vms", transfers.Operation("sr.import_vm").Description, ImportVmAsync)
        {
            Query = [Text("sr").Optional.Described("where its disks go; the pool's default storage when left out")],
            TakesBytes = true,
            Outcomes = [RestOutcome.Made],
        },
        new("POST", "/srs/{id}/vdis", transfers.Operation("sr.import_disk").Description, ImportNewDiskAsync)
        {
            Query =
            [
                Text("name_label").Optional, Text("name_description").OrEmpty.Optional,
                Flag("raw").Optional.Described("what is sent is the disk itself, byte for byte; else a VHD"),
            ],
            TakesBytes = true,
            Outcomes = [RestOutcome.Made],
        },
        actions.On("srs", "import_vm", transfers.Operation("sr.import_vm_from").Description, [Text("url")], "vms",
            (call, caller, closed) => call.RunAsync(caller, "vm.import", new() { ["sr"] = call.Id, ["url"] = call.Sent("url") }, closed)),
        actions.On("srs", "import_disk", transfers.Operation("sr.import_disk_from").Description, [Text("url"), Text("name_label"), Choice("format", "raw", "vhd", "qcow2")], "vdis",
            (call, caller, closed) => call.RunAsync(caller, "disk.import", new() { ["sr"] = call.Id, ["url"] = call.Sent("url"), ["name"] = call.Sent("name_label"), ["type"] = call.Sent("format") }, closed)),
    ];

    private RestRoute OfHost(string file, string operation) => new("GET", $"/hosts/{{id}}/{file}", transfers.Operation(operation).Description, call =>
        transfers.SendAsync(call.Http, call.Self, call.Find(RestCollection.Of("hosts")), transfers.Operation(operation), [], call.Route.Name, call.Begun))
    { Outcomes = [RestOutcome.Bytes] };

    private Task ExportVmAsync(RestCall call)
    {
        var on = call.Find(RestCollection.Of(call.Route.Area));
        if (call.Part("format") == "ova")
            throw ApiException.NotImplemented("VMs are exported as XVA; OVA is not there yet.");
        return transfers.SendAsync(call.Http, call.Self, on, transfers.Operation("vm.export"), ApiTransfers.Compression(call.Flag("compress"), call.Text("compress")), call.Route.Name, call.Begun);
    }

    private Task ExportDiskAsync(RestCall call) => transfers.SendAsync(
        call.Http, call.Self, call.Find(RestCollection.Of(call.Route.Area)), transfers.Operation("vdi.export"), new() { ["format"] = call.Part("format") }, call.Route.Name, call.Begun);

    private async Task ImportDiskAsync(RestCall call)
    {
        await transfers.TakeAsync(
            call.Http, call.Self, call.Find(RestCollection.Of("vdis")), transfers.Operation("vdi.import"), new() { ["format"] = call.Part("format") }, call.Route.Name, call.Begun);
        await call.NothingAsync();
    }

    private async Task InstallUpdateAsync(RestCall call)
    {
        await transfers.TakeAsync(call.Http, call.Self, call.Find(RestCollection.Of("pools")), transfers.Operation("pool.install_update_file"), [], call.Route.Name, call.Begun);
        await call.NothingAsync();
    }

    private async Task ImportVmAsync(RestCall call)
    {
        var pool = call.Find(RestCollection.Of("pools")).Pool;
        var on = call.Text("sr") is { Length: > 0 } id ? call.Find(RestCollection.Of("srs"), id)
            : pool.Get(pool.Pool?.DefaultSr ?? default) is { } usual ? new Located<XapiObject>(pool, usual)
            : throw new RestInvalidException(new() { ["query.sr"] = new JsonObject { ["message"] = "'sr' is required: the pool has no default storage" } });
        if (on.Pool.Uuid != pool.Uuid)
            throw ApiException.NoSuchObject(call.Text("sr")!, "SR");
        await MadeAsync(call, on, "sr.import_vm", [], "vms");
    }

    private Task ImportNewDiskAsync(RestCall call) => MadeAsync(call, call.Find(RestCollection.Of("srs")), "sr.import_disk", new()
    {
        ["name"] = call.Text("name_label") is { Length: > 0 } name ? name : "Imported disk",
        ["description"] = call.Text("name_description"),
        ["format"] = call.Flag("raw") ? "raw" : "vhd",
    }, "vdis");

    private async Task MadeAsync(RestCall call, Located<XapiObject> on, string operation, JsonObject arguments, string collection)
    {
        var result = await transfers.TakeAsync(call.Http, call.Self, on, transfers.Operation(operation), arguments, call.Route.Name, call.Begun);
        await call.MadeAsync(result.Made!.Value.Uuid, collection);
    }
}
