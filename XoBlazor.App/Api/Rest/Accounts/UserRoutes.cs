using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.App.Administration;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Api.Rest.Actions;
using XoBlazor.App.Api.Rest.Collections;
using XoBlazor.Core.Access;
using static XoBlazor.App.Api.Catalogue.ApiParameter;

namespace XoBlazor.App.Api.Rest.Accounts;

/// <summary>Users and their tokens. Who is there is for administrators to know; everybody else knows of themselves.</summary>
internal sealed class UserRoutes(ActionRoute actions, AccessEngine access) : IRestRoutes
{
    private const string Me = "me";

    public IEnumerable<RestRoute> Routes =>
    [
        new("GET", "/users", "All users; yourself alone when you may not administer them.", async call => await RowList.WriteAsync(call, "users", await UsersAsync(call)))
        {
            Query = ListForm.Parameters,
            Outcomes = [RestOutcome.List],
        },
        new("POST", "/users", actions.Method("user.create").Description!, CreateAsync)
        {
            Body = [Text("name"), Text("password"), Choice("permission", "none", "admin").Optional],
            Outcomes = [RestOutcome.Made],
        },
        new("GET", "/users/{id}", "One user; me is yourself.", GetAsync),
        new("PATCH", "/users/{id}", actions.Method("user.set").Description!, SetAsync)
        {
            Body = [Text("name").Optional, Text("password").Optional, Choice("permission", "none", "admin").Optional, Object("preferences").Optional],
            IsStrict = true,
            Outcomes = [RestOutcome.Nothing],
        },
        new("DELETE", "/users/{id}", actions.Method("user.delete").Description!, async call =>
        {
            await FindAsync(call);
            await call.RunAsync("user.delete", new() { ["id"] = call.Id });
            await call.NothingAsync();
        })
        {
            Outcomes = [RestOutcome.Nothing],
        },
        new("GET", "/users/{id}/groups", "The groups of a user.", GroupsAsync) { Query = ListForm.Parameters, Outcomes = [RestOutcome.List] },
        new("GET", "/users/{id}/authentication_tokens", "Your API tokens. What they are used with was told once, when they were made.", async call =>
        {
            OnlySelf(call);
            await RowList.WriteAsync(call, "users/me/authentication_tokens", (await call.RunAsync("user.getAuthenticationTokens", [])).EnumerateArray().Select(token => JsonObject.Create(token)!), ListForm.All);
        })
        {
            Query = ListForm.Parameters,
            Outcomes = [RestOutcome.List],
        },
        new("POST", "/users/{id}/authentication_tokens", "Makes an API token of yours.", call =>
        {
            OnlySelf(call);
            return MakeTokenAsync(call);
        })
        {
            Body = actions.Method("token.create").Parameters,
            Outcomes = [RestOutcome.Made],
        },
        new("POST", "/users/authentication_tokens", "Makes an API token of yours.", MakeTokenAsync) { Body = actions.Method("token.create").Parameters, Outcomes = [RestOutcome.Made] },
    ];

    private async Task CreateAsync(RestCall call) => await call.MadeAsync(
        (await call.RunAsync("user.create", ActionRoute.Renamed(call, [("name", "email"), ("password", "password"), ("permission", "permission")]))).GetString()!, "users");

    private async Task GetAsync(RestCall call)
    {
        if (call.Id == Me)
        {
            call.Http.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
            call.Http.Response.Headers.Location = $"{RestEndpoints.Root}/users/{OwnId(call)}";
            return;
        }
        await call.JsonAsync(await FindAsync(call));
    }

    private async Task SetAsync(RestCall call)
    {
        await FindAsync(call);
        var parameters = ActionRoute.Renamed(call, [("name", "email"), ("password", "password"), ("permission", "permission"), ("preferences", "preferences")]);
        parameters["id"] = call.Id;
        await call.RunAsync("user.set", parameters);
        await call.NothingAsync();
    }

    private async Task GroupsAsync(RestCall call)
    {
        var ids = (call.Id == Me ? await OwnAsync(call) : await FindAsync(call))["groups"]!.AsArray().Select(id => (string)id!).ToHashSet();
        // Whoever may not know the groups knows the ids of their own.
        var groups = access.Refusal(call.Self.Requester.Actor, AdministrationRights.Groups, null) is null
            ? (await call.RunAsync("group.getAll", [])).EnumerateArray().Select(group => JsonObject.Create(group)!).Where(group => ids.Contains((string)group["id"]!))
            : ids.Select(id => new JsonObject { ["id"] = id });
        await RowList.WriteAsync(call, "groups", groups);
    }

    // The token itself is its id here: it is what clients keep.
    private static async Task MakeTokenAsync(RestCall call)
    {
        var text = (await call.RunAsync("token.create", ActionRoute.Renamed(call, [("description", "description"), ("client", "client"), ("expiresIn", "expiresIn")]))).GetString()!;
        var made = (await call.RunAsync("user.getAuthenticationTokens", [])).EnumerateArray().Select(token => JsonObject.Create(token)!).First(token => Guid.Parse((string)token["id"]!) == ApiTokens.IdOf(text));
        made["id"] = text;
        await call.JsonAsync(new JsonObject { ["token"] = made }, StatusCodes.Status201Created);
    }

    private async Task<JsonObject> FindAsync(RestCall call) =>
        (await UsersAsync(call)).FirstOrDefault(user => (string)user["id"]! == call.Id) ?? throw ApiException.NoSuchObject(call.Id, "user");

    private async Task<IReadOnlyList<JsonObject>> UsersAsync(RestCall call) => access.Refusal(call.Self.Requester.Actor, AdministrationRights.Users, null) is null
        ? [.. (await call.RunAsync("user.getAll", [])).EnumerateArray().Select(Shape)] : [await OwnAsync(call)];

    private static async Task<JsonObject> OwnAsync(RestCall call) => Shape(await call.RunAsync("session.getUser", []));

    // XO's answers name users twice.
    private static JsonObject Shape(JsonElement user)
    {
        var shape = JsonObject.Create(user)!;
        shape["name"] = shape["email"]!.DeepClone();
        return shape;
    }

    private static void OnlySelf(RestCall call)
    {
        if (call.Id != Me && call.Id != OwnId(call))
            throw ApiException.Unauthorized("admin", call.Id, "user", "Everybody looks after their own tokens here. In the console, a user's page has them.");
    }

    private static string OwnId(RestCall call) => call.Self.Requester.Actor.Id;
}
