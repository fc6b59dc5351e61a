using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.App.Administration;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Api.XoObjects;
using XoBlazor.Core.Access;
using XoBlazor.Core.Operations;
using static XoBlazor.App.Api.Catalogue.ApiParameter;

namespace XoBlazor.App.Api.Methods;

/// <summary>VMs made and changed. As xo-server does, <c>vm.create</c> takes settings that it does not declare, and passes over those that nobody knows.</summary>
internal sealed class VmCreationMethods(OperationVerbs verbs, GrantAdministration grants, Subjects subjects, AccessEngine access) : IApiMethods
{
    private static readonly ImmutableArray<string> s_kinds = ["VM", "VM-snapshot", "VM-template"];

    private static readonly ImmutableArray<ApiParameter> s_settings =
    [
        Text("id"), Flag("auto_poweron").Optional, Text("name_label").Optional, Text("name_description").OrEmpty.Optional, Of("notes", "string", "null").Optional,
        Choice("high_availability", "best-effort", "restart", "").Optional, Whole("CPUs").Optional, Of("cpusMax", "integer", "string").Optional,
        Of("memory", "integer", "string").Optional, Of("memoryMin", "integer", "string").Optional, Of("memoryMax", "integer", "string").Optional,
        Of("memoryStaticMax", "integer", "string").Optional, Text("PV_args").OrEmpty.Optional, List("cpuMask", ApiSchema.Whole).Optional,
        Of("cpuWeight", "integer", "null").Optional, Of("cpuCap", "integer", "null").Optional, Of("affinityHost", "string", "null").Optional, Text("vga").Optional,
        Number("videoram").Optional, Of("coresPerSocket", "string", "number", "null").Optional, Flag("hasVendorDevice").Optional, Flag("expNestedHvm").Optional,
        Flag("nestedVirt").Optional, Absent.ResourceSetOrNull, Absent.Share, Whole("startDelay").Optional, Flag("secureBoot").Optional,
        Of("nicType", "string", "null").Optional, Of("hvmBootFirmware", "string", "null").Optional, Text("virtualizationMode").Optional, Flag("viridian").Optional,
        new("blockedOperations", ApiSchema.Object with { Others = ApiSchema.Of("boolean", "null", "string"), IsOptional = true }),
        Object("creation", Text("user").Optional).Optional.Later("who made a VM is in the audit, and stays."), Of("suspendSr", "string", "null").Optional, Choice("uefiMode", "setup", "user").Optional, Object("xenStoreData").Optional,
    ];

    public IEnumerable<ApiMethod> Methods =>
    [
        new("vm.create", ApiPermission.SignedIn, CreateAsync)
        {
            Description = verbs.Operation("vm.create").Description,
            Parameters =
            [
                List("acls", ApiSchema.Object with { Properties = [Text("subject"), Text("action")] }).Optional,
                Text("affinityHost").Optional, Flag("bootAfterCreate").Optional, Text("cloudConfig").OrEmpty.Optional, Flag("createVtpm").Or(false), Text("networkConfig").OrEmpty.Optional,
                Flag("coreOs").Optional, Flag("clone").Optional, Of("coresPerSocket", "string", "number").Optional, Absent.ResourceSet,
                Flag("destroyCloudConfigVdiAfterBoot").Optional, Object("installation", Text("method"), Text("repository")).Optional, Text("vgpuType").Optional, Text("gpuGroup").Optional,
                Text("name_label"), Text("name_description").OrEmpty.Optional, Text("pv_args").Optional, Absent.Share, Text("template"),
                List("VIFs", ApiSchema.Object with { Properties = [Text("network"), Text("mac").Optional, Texts("allowedIpv4Addresses").Optional, Texts("allowedIpv6Addresses").Optional] }).Optional,
                List("VDIs", ApiSchema.Object with { Properties = [Of("size", "integer", "string"), Text("SR"), Text("type")] }).Optional,
                Object("existingDisks").Optional, Text("hvmBootFirmware").Optional, Flag("copyHostBiosStrings").Optional, Any(Others),
            ],
        },
        verbs.Verb("vm.set", "vm.set", "id", s_kinds, s_settings, SetArguments),
        new("vm.setAndRestart", ApiPermission.SignedIn, SetAndRestartAsync)
        {
            Description = "Shuts a VM down, changes it, and starts it again.",
            Parameters = [Flag("force").Optional, .. s_settings],
        },
    ];

    private async ValueTask<ApiResult> SetAndRestartAsync(ApiCall call)
    {
        var (on, arguments) = (call.Find("id", s_kinds.AsSpan()), SetArguments(call));
        // Nobody's VM is to be down because of a change that was not theirs to make.
        verbs.Permit(call, on, "vm.set", arguments);
        verbs.Permit(call, on, "vm.start");
        await verbs.RunAsync(call, on, call.Flag("force") ? "vm.hard_shutdown" : "vm.clean_shutdown");
        await verbs.RunAsync(call, on, "vm.set", arguments);
        await verbs.RunAsync(call, on, "vm.start");
        return ApiResult.Done;
    }

    private static JsonObject SetArguments(ApiCall call)
    {
        var given = call.Given("id", "force");
        // "true" is how xo-server blocks without a reason.
        if (given["blockedOperations"] is JsonObject blocked)
            foreach (var name in blocked.Select(one => one.Key).ToList())
                blocked[name] = blocked[name] switch
                {
                    { } value when value.GetValueKind() == JsonValueKind.True => "true",
                    { } value when value.GetValueKind() == JsonValueKind.False => null,
                    var same => same?.DeepClone(),
                };
        return given;
    }

    private async ValueTask<ApiResult> CreateAsync(ApiCall call)
    {
        var (on, create) = (call.Find("template", "VM-template"), verbs.Operation("vm.create"));
        var arguments = new JsonObject();
        foreach (var parameter in create.Parameters)
            if (call.Value(parameter.Name) is { } value && ApiCall.Node(value) is { } node && !IsEmpty(node))
                arguments[parameter.Name] = node;
        if (call.TextOrNull("pv_args") is { } kernel)
            arguments["PV_args"] = kernel;
        arguments["VDIs"] = Disks(call);
        if (ExistingDisks(call) is { Count: > 0 } existing)
            arguments["existingDisks"] = existing;
        if (call.Value("VIFs") is { } devices)
            arguments["VIFs"] = new JsonArray([.. devices.EnumerateArray().Select(device => (JsonNode?)Only(device, "network", "mac", "allowedIpv4Addresses", "allowedIpv6Addresses"))]);
        if (call.Value("installation") is { } installation)
            arguments["installation"] = Installation(installation);
        var shares = await SharesAsync(call);
        var result = await verbs.RunAsync(call, on, create, arguments);
        foreach (var (kind, subject, role) in shares)
            await grants.AddAsync(call.Requester, kind, subject, role, new AccessScope.OfObject(result.Made!.Value), CancellationToken.None);
        return OperationVerbs.ResultOf(result);
    }

    /// <summary>Who else is given the VM. That they may be given it is looked at before anything is made.</summary>
    private async Task<IReadOnlyList<(SubjectKind Kind, Guid Subject, string Role)>> SharesAsync(ApiCall call)
    {
        var shares = new List<(SubjectKind, Guid, string)>();
        if (call.Value("acls") is not { } acls || acls.GetArrayLength() == 0)
            return shares;
        if (access.Refusal(call.Requester.Actor, AdministrationRights.Grants, null) is { } refusal)
            throw ApiException.Unauthorized("admin", reason: refusal);
        foreach (var acl in acls.EnumerateArray())
        {
            var (kind, subject) = await subjects.EitherAsync(acl.GetProperty("subject").GetString()!, call.Closed);
            shares.Add((kind, subject, XoRoles.Of(access, acl.GetProperty("action").GetString()!)));
        }

        return shares;
    }

    private static JsonArray Disks(ApiCall call) => new([.. New(call).Where(disk => !IsLeftOut(disk)).Select(disk => (JsonNode?)Disk(disk))]);

    /// <summary>What becomes of the template's disks; those to be left out may stand among the new ones, by their place.</summary>
    private static JsonObject ExistingDisks(ApiCall call)
    {
        var existing = new JsonObject();
        if (call.Value("existingDisks") is { } given)
            foreach (var disk in given.EnumerateObject())
                existing[disk.Name] = IsLeftOut(disk.Value) ? LeftOut() : Disk(disk.Value);
        foreach (var disk in New(call).Where(IsLeftOut))
            existing[Place(disk) ?? throw ApiException.InvalidParameter("VDIs", "a disk of the template that is left out needs its userdevice")] = LeftOut();
        return existing;

        static JsonObject LeftOut() => new() { ["destroy"] = true };
    }

    private static IEnumerable<JsonElement> New(ApiCall call) => call.Value("VDIs") is { } given ? given.EnumerateArray() : [];

    private static bool IsLeftOut(JsonElement disk) => disk.TryGetProperty("destroy", out var destroy) && destroy.ValueKind == JsonValueKind.True;

    private static string? Place(JsonElement disk) =>
        (disk.TryGetProperty("userdevice", out var place) || disk.TryGetProperty("device", out place)) && place.ValueKind is JsonValueKind.String or JsonValueKind.Number && place.ToString() is { Length: > 0 } text
            ? text : null;

    private static JsonObject Disk(JsonElement given)
    {
        var disk = Only(given, "name_label", "name_description", "size");
        if (given.TryGetProperty("$SR", out var sr) || given.TryGetProperty("SR", out sr))
            disk["sr"] = sr.ValueKind == JsonValueKind.String ? sr.GetString() : null;
        return disk;
    }

    private static JsonObject Installation(JsonElement given)
    {
        var (method, repository) = (given.GetProperty("method").GetString()!, given.GetProperty("repository").GetString()!);
        return method == "cdrom" ? new() { ["method"] = method, ["cd"] = repository } : new() { ["method"] = "network", ["repository"] = repository == "pxe" ? null : repository };
    }

    private static JsonObject Only(JsonElement given, params ReadOnlySpan<string> names)
    {
        var only = new JsonObject();
        foreach (var name in names)
            if (given.TryGetProperty(name, out var value) && ApiCall.Node(value) is { } node && !IsEmpty(node))
                only[name] = node;
        return only;
    }

    private static bool IsEmpty(JsonNode value) => value is JsonArray { Count: 0 } || (value.GetValueKind() == JsonValueKind.String && value.GetValue<string>().Length == 0);
}
