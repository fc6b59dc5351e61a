using System.Text.Json.Nodes;
using XoBlazor.App.Administration;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Api.Rest.Actions;
using XoBlazor.App.Api.Rest.Collections;
using XoBlazor.Core.Access;
using static XoBlazor.App.Api.Catalogue.ApiParameter;

namespace XoBlazor.App.Api.Rest.Accounts;

/// <summary>Groups and who is in them, for those who administer groups; for others there are none.</summary>
internal sealed class GroupRoutes(ActionRoute actions, AccessEngine access) : IRestRoutes
{
    public IEnumerable<RestRoute> Routes =>
    [
        new("GET", "/groups", "All groups; none when you may not administer them.", async call => await RowList.WriteAsync(call, "groups", await GroupsAsync(call)))
        {
            Query = ListForm.Parameters,
            Outcomes = [RestOutcome.List],
        },
        new("POST", "/groups", actions.Method("group.create").Description!, async call =>
            await call.MadeAsync((await call.RunAsync("group.create", new() { ["name"] = call.Sent("name") })).GetString()!, "groups"))
        {
            Body = [Text("name")],
            Outcomes = [RestOutcome.Made],
        },
        new("GET", "/groups/{id}", "One group.", async call => await call.JsonAsync(await FindAsync(call))),
        new("PATCH", "/groups/{id}", actions.Method("group.set").Description!, call => ChangeAsync(call, "group.set", ("name", call.Sent("name"))))
        {
            Body = [Text("name").Optional],
            IsStrict = true,
            Outcomes = [RestOutcome.Nothing],
        },
        new("DELETE", "/groups/{id}", actions.Method("group.delete").Description!, call => ChangeAsync(call, "group.delete")) { Outcomes = [RestOutcome.Nothing] },
        new("GET", "/groups/{id}/users", "Who is in a group.", MembersAsync) { Query = ListForm.Parameters, Outcomes = [RestOutcome.List] },
        new("PUT", "/groups/{id}/users/{userId}", actions.Method("group.addUser").Description!, call => ChangeAsync(call, "group.addUser", ("userId", call.Part("userId")))) { Outcomes = [RestOutcome.Nothing] },
        new("DELETE", "/groups/{id}/users/{userId}", actions.Method("group.removeUser").Description!, call => ChangeAsync(call, "group.removeUser", ("userId", call.Part("userId")))) { Outcomes = [RestOutcome.Nothing] },
    ];

    private async Task ChangeAsync(RestCall call, string method, params (string Name, JsonNode? Value)[] more)
    {
        await FindAsync(call);
        var parameters = new JsonObject { ["id"] = call.Id };
        foreach (var (name, value) in more)
            if (value is not null)
                parameters[name] = value;
        await call.RunAsync(method, parameters);
        await call.NothingAsync();
    }

    private async Task MembersAsync(RestCall call)
    {
        var ids = (await FindAsync(call))["users"]!.AsArray().Select(id => (string)id!).ToHashSet();
        await RowList.WriteAsync(call, "users", (await call.RunAsync("user.getAll", [])).EnumerateArray().Select(user => JsonObject.Create(user)!).Where(user => ids.Contains((string)user["id"]!)));
    }

    private async Task<JsonObject> FindAsync(RestCall call) =>
        (await GroupsAsync(call)).FirstOrDefault(group => (string)group["id"]! == call.Id) ?? throw ApiException.NoSuchObject(call.Id, "group");

    private async Task<IReadOnlyList<JsonObject>> GroupsAsync(RestCall call) => access.Refusal(call.Self.Requester.Actor, AdministrationRights.Groups, null) is null
        ? [.. (await call.RunAsync("group.getAll", [])).EnumerateArray().Select(group => JsonObject.Create(group)!)] : [];
}
