using System.Text.Json.Nodes;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using static XoBlazor.App.Api.Catalogue.ApiParameter;

namespace XoBlazor.App.Api.Methods;

/// <summary>What becomes of VMs, their snapshots and templates.</summary>
internal sealed class VmMethods(OperationVerbs verbs) : IApiMethods
{
    private const string Vm = "VM";
    private const string Snapshot = "VM-snapshot";
    private const string Template = "VM-template";

    public IEnumerable<ApiMethod> Methods =>
    [
        verbs.Verb("vm.recoveryStart", "vm.recovery_start", "id", [Vm], [Text("id")]),
        new("vm.clone", ApiPermission.SignedIn, CloneAsync) { Description = "Makes another like it.", Parameters = [Text("id"), Text("name"), Flag("full_copy")] },
        verbs.Verb("vm.copy", "vm.copy", "vm", [Vm, Snapshot, Template], [Of("compress", "boolean", "string").Optional, Text("name").Optional, Text("sr"), Text("vm")], CopyArguments),
        verbs.Verb("vm.snapshot", "vm.snapshot", "id", [Vm], [Text("description").OrEmpty.Optional, Text("id"), Text("name").Optional, Flag("saveMemory").Optional]),
        verbs.Verb("vm.revert", "snapshot.revert", "snapshot", [Snapshot], [Text("snapshot")]),
        new("vm.delete", ApiPermission.SignedIn, DeleteAsync)
        {
            Description = "Deletes a VM, snapshot or template, with the disks that are its alone.",
            Parameters =
            [
                Flag("deleteDisks").Optional, Flag("force").Optional, Flag("forceBlockedOperation").Optional, Flag("forceDeleteDefaultTemplate").Optional.Later("templates that came with the pool stay."), Text("id"),
            ],
        },
        new("vm.migrate", ApiPermission.SignedIn, MigrateAsync)
        {
            Description = verbs.Operation("vm.migrate").Description,
            Parameters =
            [
                Flag("bypassAssert").Optional.Without("the hosts check it, nobody else"), Flag("force").Optional.Later("a VM is not moved against the host's advice."), Object("mapVdisSrs").Optional,
                Object("mapVifsNetworks").Optional, Text("migrationNetwork").Optional,
                Text("sr").Optional, Text("targetHost"), Text("vm"),
            ],
        },
        verbs.Verb("vm.insertCd", "vm.insert_cd", "id", [Vm], [Text("cd_id"), Flag("force").Optional.Without("a disc that is in the drive makes room"), Text("id")]),
        verbs.Verb("vm.ejectCd", "vm.eject_cd", "id", [Vm], [Text("id")]),
        new("vm.convertToTemplate", ApiPermission.SignedIn, ToTemplateAsync) { Description = "Turns a VM into a template; of a snapshot, makes one.", Parameters = [Text("id")] },
        new("vm.convert", ApiPermission.SignedIn, ToTemplateAsync) { Description = "The same as vm.convertToTemplate.", Parameters = [Text("id")] },
        new("vm.copyToTemplate", ApiPermission.SignedIn, ToTemplateAsync) { Description = "Makes a template from a snapshot.", Parameters = [Text("id")] },
        verbs.Verb("vm.coalesceLeaf", "vm.coalesce_leaf", "id", [Vm], [Text("id")]),
        verbs.Verb("vm.setBootOrder", "vm.set", "vm", [Vm, Template], [Text("order"), Text("vm")], call => new() { ["bootOrder"] = call.Text("order") }),
        verbs.Verb("vm.attachDisk", "vm.attach_disk", "vm", [Vm, Template], [Flag("bootable").Optional, Text("mode").Optional, Text("position").Optional, Text("vdi"), Text("vm")])
            with { Handler = AttachAsync },
        verbs.Verb("vm.createInterface", "vm.create_interface", "vm", [Vm, Template],
            [Texts("allowedIpv4Addresses").Optional, Texts("allowedIpv6Addresses").Optional, Text("mac").Optional, Text("network"), Of("position", "integer", "string").Optional, Text("vm")]),
        new("vm.getHaValues", ApiPermission.SignedIn, static _ => ValueTask.FromResult<ApiResult>(new JsonArray("best-effort", "restart", ""))) { Description = "Lists the priorities that HA knows." },
    ];

    private async ValueTask<ApiResult> CloneAsync(ApiCall call)
    {
        var on = call.Find("id", Vm, Snapshot, Template);
        if (!call.Flag("full_copy"))
            return OperationVerbs.ResultOf(await verbs.RunAsync(call, on, "vm.clone", new() { ["name"] = call.Text("name") }));
        // A full copy lies where the disks lie.
        var sr = on.Pool.UsualSrOf((Vm)on.Object)?.Uuid
            ?? throw ApiException.Forbidden(call.Method.Name, "There is no storage that a copy could be made on. Use vm.copy and name one.");
        return OperationVerbs.ResultOf(await verbs.RunAsync(call, on, "vm.copy", new() { ["name"] = call.Text("name"), ["sr"] = sr }));
    }

    private static JsonObject CopyArguments(ApiCall call) => new()
    {
        ["name"] = call.TextOrNull("name") ?? $"{((Vm)call.Find("vm", Vm, Snapshot, Template).Object).NameLabel}_COPY",
        // It may be of another pool.
        ["sr"] = call.Find("sr", "SR").Key.ToString(),
        ["compression"] = call.Value("compress") is null ? "auto" : call.Flag("compress") ? "gzip" : call.TextOrNull("compress") is { Length: > 0 } named ? named : "none",
    };

    private async ValueTask<ApiResult> DeleteAsync(ApiCall call)
    {
        var on = call.Find("id", Vm, Snapshot, Template);
        if (((Vm)on.Object).IsASnapshot)
            await verbs.RunAsync(call, on, "snapshot.delete");
        else
            await verbs.RunAsync(call, on, "vm.delete", new() { ["deleteDisks"] = call.FlagOrNull("deleteDisks") ?? true, ["force"] = call.Flag("forceBlockedOperation") || call.Flag("force") });
        return ApiResult.Done;
    }

    private async ValueTask<ApiResult> MigrateAsync(ApiCall call)
    {
        var on = call.Find("vm", Vm);
        var to = call.Find("targetHost", "host");
        if (to.Pool.Uuid != on.Pool.Uuid)
            await verbs.RunAsync(call, on, "vm.move", MoveArguments(call, to.Pool));
        else if (call.Value("mapVifsNetworks") is not null)
            throw ApiException.NotImplemented("Within a pool a VM keeps its networks; change those of its devices with vif.set.");
        else
            await verbs.RunAsync(call, on, "vm.migrate", call.Given("vm"));
        return ApiResult.Done;
    }

    /// <summary>The disks go to one storage there, the pool's own when none is named.</summary>
    private static JsonObject MoveArguments(ApiCall call, PoolPicture to)
    {
        if (call.Value("mapVdisSrs") is not null)
            throw ApiException.NotImplemented("The disks of a VM that goes to another pool go to one storage, 'sr'.");
        var sr = call.TextOrNull("sr") is { } id ? call.FindById(id, "SR").Key.ToString() : to.Pool is { } pool && to.Get(pool.DefaultSr) is { } usual ? to.Key(usual).ToString() : null;
        return new()
        {
            ["sr"] = sr ?? throw ApiException.NotImplemented("The other pool has no default storage; name one with 'sr'."),
            ["mapVifsNetworks"] = call.Value("mapVifsNetworks") is { } map ? ApiCall.Node(map) : null,
        };
    }

    private async ValueTask<ApiResult> ToTemplateAsync(ApiCall call)
    {
        var on = call.Find("id", Vm, Snapshot);
        if (((Vm)on.Object).IsASnapshot)
            return OperationVerbs.ResultOf(await verbs.RunAsync(call, on, "snapshot.copy_to_template", new() { ["name"] = ((Vm)on.Object).NameLabel }));
        await verbs.RunAsync(call, on, "vm.convert_to_template");
        return ApiResult.Done;
    }

    // The drive that is made is not told: clients read true here.
    private async ValueTask<ApiResult> AttachAsync(ApiCall call)
    {
        await verbs.RunAsync(call, call.Find("vm", Vm, Template), "vm.attach_disk", call.Given("vm"));
        return ApiResult.Done;
    }
}
