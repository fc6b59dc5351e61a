using System.Text.Json.Nodes;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.Core.Model;
using static XoBlazor.App.Api.Catalogue.ApiParameter;

namespace XoBlazor.App.Api.Methods;

/// <summary>Tags, tasks and messages.</summary>
internal sealed class ObjectMethods(OperationVerbs verbs) : IApiMethods
{
    public IEnumerable<ApiMethod> Methods =>
    [
        new("tag.add", ApiPermission.SignedIn, call => TagAsync(call, "add_tag")) { Description = "Adds a tag to an object.", Parameters = [Text("id"), Text("tag")] },
        new("tag.remove", ApiPermission.SignedIn, call => TagAsync(call, "remove_tag")) { Description = "Takes a tag off an object.", Parameters = [Text("id"), Text("tag").OrEmpty] },
        verbs.Verb("task.cancel", "task.cancel", "id", ["task"], [Text("id")]),
        verbs.Verb("task.destroy", "task.destroy", "id", ["task"], [Text("id")]),
        verbs.Verb("message.delete", "message.dismiss", "id", ["message"], [Text("id")]),
    ];

    private async ValueTask<ApiResult> TagAsync(ApiCall call, string verb)
    {
        var on = call.Find("id");
        var area = on.Object.Class switch
        {
            XapiClass.Vm => "vm",
            XapiClass.Vdi => "vdi",
            XapiClass.Sr => "sr",
            XapiClass.Network => "network",
            XapiClass.Host => "host",
            XapiClass.Pool => "pool",
            _ => throw ApiException.InvalidParameter("id", "objects of this type have no tags"),
        };
        await verbs.RunAsync(call, on, $"{area}.{verb}", new JsonObject { ["tag"] = call.Text("tag") });
        return ApiResult.Done;
    }
}
