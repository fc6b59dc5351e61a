using System.Text.Json.Nodes;
using XoBlazor.App.Administration;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Api.Rest.Actions;
using XoBlazor.App.Api.Rest.Collections;
using XoBlazor.App.Api.Rest.Tasks;
using XoBlazor.Core.Access;

namespace XoBlazor.App.Api.Rest.Accounts;

/// <summary>The pools this server is connected to, for those who administer them; for others there are none.</summary>
internal sealed class ServerRoutes(ActionRoute actions, RestTasks tasks, AccessEngine access) : IRestRoutes
{
    private static readonly string[] s_fields = ["host", "username", "password", "label", "httpProxy", "allowUnauthorized", "autoConnect"];

    public IEnumerable<RestRoute> Routes =>
    [
        new("GET", "/servers", "All servers; none when you may not administer pools.", async call => await RowList.WriteAsync(call, "servers", await ServersAsync(call)))
        {
            Query = ListForm.Parameters,
            Outcomes = [RestOutcome.List],
        },
        new("POST", "/servers", actions.Method("server.add").Description!, async call =>
            await call.MadeAsync((await call.RunAsync("server.add", ActionRoute.Renamed(call, [.. s_fields.Select(name => (name, name))]))).GetString()!, "servers"))
        {
            Body = [.. s_fields.Select(name => actions.Parameter("server.add", name, name))],
            IsStrict = true,
            Outcomes = [RestOutcome.Made],
        },
        new("GET", "/servers/{id}", "One server.", async call => await call.JsonAsync(await FindAsync(call))),
        new("DELETE", "/servers/{id}", actions.Method("server.remove").Description!, async call =>
        {
            await FindAsync(call);
            await call.RunAsync("server.remove", new() { ["id"] = call.Id });
            await call.NothingAsync();
        })
        {
            Outcomes = [RestOutcome.Nothing],
        },
        Switch("connect", "server.enable"),
        Switch("disconnect", "server.disable"),
    ];

    private RestRoute Switch(string action, string method) => new("POST", $"/servers/{{id}}/actions/{action}", actions.Method(method).Description!, async call =>
    {
        await FindAsync(call);
        await tasks.RunAsync(call, $"servers.{action}", (call.Id, "server"), null, (caller, closed) => call.RunAsync(caller, method, new() { ["id"] = call.Id }, closed));
    })
    {
        Query = ActionRoute.Query,
        Outcomes = [RestOutcome.Task, RestOutcome.Nothing],
    };

    private async Task<JsonObject> FindAsync(RestCall call) =>
        (await ServersAsync(call)).FirstOrDefault(server => (string)server["id"]! == call.Id) ?? throw ApiException.NoSuchObject(call.Id, "xenServer");

    private async Task<IReadOnlyList<JsonObject>> ServersAsync(RestCall call) => access.Refusal(call.Self.Requester.Actor, AdministrationRights.Pools, null) is null
        ? [.. (await call.RunAsync("server.getAll", [])).EnumerateArray().Select(server => JsonObject.Create(server)!)] : [];
}
