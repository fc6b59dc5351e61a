using System.Text.Json.Nodes;
using XoBlazor.App.Administration;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations.CustomFields;
using XoBlazor.Core.Store;
using static XoBlazor.App.Api.Catalogue.ApiParameter;

namespace XoBlazor.App.Api.Methods;

/// <summary>Tags, custom fields, tasks and messages.</summary>
internal sealed class ObjectMethods(OperationVerbs verbs, TagColours colours) : IApiMethods
{
    public IEnumerable<ApiMethod> Methods =>
    [
        new("tag.add", ApiPermission.SignedIn, call => TagAsync(call, "add_tag")) { Description = "Adds a tag to an object.", Parameters = [Text("id"), Text("tag")] },
        new("tag.remove", ApiPermission.SignedIn, call => TagAsync(call, "remove_tag")) { Description = "Takes a tag off an object.", Parameters = [Text("id"), Text("tag").OrEmpty] },
        new("tag.set", ApiPermission.Of(AdministrationRights.TagColours), SetColourAsync) { Description = "Chooses the colour that clients show a tag in; none takes it away.", Parameters = [Text("id"), Text("color").Optional] },
        new("tag.getAllConfigured", ApiPermission.SignedIn, AllColoursAsync) { Description = "Lists the tags that have a colour." },
        new("customField.add", ApiPermission.SignedIn, call => FieldAsync(call, isNew: true)) { Description = "Notes something of an object under a name of one's own.", Parameters = [Text("id"), Text("name"), Text("value")] },
        new("customField.set", ApiPermission.SignedIn, call => FieldAsync(call)) { Description = "Changes what is noted of an object.", Parameters = [Text("id"), Text("name"), Text("value")] },
        new("customField.remove", ApiPermission.SignedIn, call => FieldAsync(call)) { Description = "Takes a note of an object away.", Parameters = [Text("id"), Text("name")] },
        verbs.Verb("task.cancel", "task.cancel", "id", ["task"], [Text("id")]),
        verbs.Verb("task.destroy", "task.destroy", "id", ["task"], [Text("id")]),
        verbs.Verb("message.delete", "message.dismiss", "id", ["message"], [Text("id")]),
    ];

    private async ValueTask<ApiResult> TagAsync(ApiCall call, string verb)
    {
        var on = call.Find("id");
        await verbs.RunAsync(call, on, $"{AreaOf(on, "tags")}.{verb}", new JsonObject { ["tag"] = call.Text("tag") });
        return ApiResult.Done;
    }

    private async ValueTask<ApiResult> SetColourAsync(ApiCall call)
    {
        await colours.SetAsync(call.Requester, call.Text("id"), call.TextOrNull("color"), CancellationToken.None);
        return ApiResult.Done;
    }

    // A tag may name what is not the requester's to know: only those that stand on something in view are told.
    private async ValueTask<ApiResult> AllColoursAsync(ApiCall call)
    {
        var chosen = await colours.AllAsync(call.Closed);
        var seen = chosen.Count == 0 ? [] : call.Objects.Pools.SelectMany(pool => (IEnumerable<IEnumerable<string>>)
            [pool.All<Vm>().SelectMany(vm => vm.Tags), pool.All<Vdi>().SelectMany(disk => disk.Tags), pool.All<Sr>().SelectMany(sr => sr.Tags),
                pool.All<Network>().SelectMany(network => network.Tags), pool.All<Host>().SelectMany(host => host.Tags), pool.All<Pool>().SelectMany(own => own.Tags)]).SelectMany(tags => tags).ToHashSet();
        return new JsonArray([.. chosen.Where(one => seen.Contains(one.Key)).Select(one => (JsonNode)new JsonObject { ["id"] = one.Key, ["color"] = one.Value })]);
    }

    private async ValueTask<ApiResult> FieldAsync(ApiCall call, bool isNew = false)
    {
        var (on, name) = (call.Find("id"), call.Text("name"));
        var area = AreaOf(on, "custom fields");
        if (isNew && CustomFieldOperations.Find(on.Object, name) is not null)
            throw new ApiException(ApiErrorCode.ObjectAlreadyExists, $"There is a custom field '{name}' already.", new JsonObject { ["objectId"] = call.Text("id"), ["objectType"] = "customField" });
        await verbs.RunAsync(call, on, $"{area}.set_custom_field", new JsonObject { ["name"] = name, ["value"] = call.TextOrNull("value") });
        return ApiResult.Done;
    }

    private static string AreaOf(Located<XapiObject> on, string what) => on.Object.Class switch
    {
        XapiClass.Vm => "vm",
        XapiClass.Vdi => "vdi",
        XapiClass.Sr => "sr",
        XapiClass.Network => "network",
        XapiClass.Host => "host",
        XapiClass.Pool => "pool",
        _ => throw ApiException.InvalidParameter("id", $"objects of this type have no {what}"),
    };
}
