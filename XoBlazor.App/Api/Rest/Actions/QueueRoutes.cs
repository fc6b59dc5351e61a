using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Api.Rest.Collections;
using XoBlazor.App.Api.Rest.Tasks;
using XoBlazor.Core.Operations.Transfers.Queue;
using static XoBlazor.App.Api.Catalogue.ApiParameter;

namespace XoBlazor.App.Api.Rest.Actions;

/// <summary>The queue of transfers and what has become of those before, as <c>transfer.*</c> of the JSON-RPC API tells and changes them. Of our own.</summary>
internal sealed class QueueRoutes(ActionRoute actions, RestTasks tasks, TransferQueue queue) : IRestRoutes
{
    private const string Collection = "transfers";

    public IEnumerable<RestRoute> Routes =>
    [
        new("GET", $"/{Collection}", "The transfers that wait, run and have ended, newest first, of objects that you see.", async call => await RowList.WriteAsync(call, Collection, await AllAsync(call)))
        {
            Query = ListForm.Parameters,
            Outcomes = [RestOutcome.List],
        },
        new("GET", $"/{Collection}/{{id}}", "One transfer.", GetAsync) { Query = [Flag("wait").Optional.Described("answer only when it has ended")] },
        Act("hold"),
        Act("release"),
        Act("move", actions.Parameter("transfer.move", "to", "to")),
        Act("cancel"),
        new("POST", $"/{Collection}/{{id}}/actions/retry", actions.Method("transfer.retry").Description!, async call =>
        {
            await FindAsync(call);
            await tasks.RunAsync(call, "transfers.retry", (call.Id, "transfer"), Collection,
                async (caller, closed) => (await call.RunAsync(caller, "transfer.retry", new() { ["run"] = call.Id }, closed)).GetProperty("run"));
        })
        {
            Query = ActionRoute.Query,
            Outcomes = [RestOutcome.Task, RestOutcome.Made],
        },
        OfAll("pause"),
        OfAll("resume"),
    ];

    private RestRoute Act(string action, params ApiParameter[] takes) => new("POST", $"/{Collection}/{{id}}/actions/{action}", actions.Method($"transfer.{action}").Description!, async call =>
    {
        await FindAsync(call);
        var parameters = ActionRoute.Renamed(call, [.. takes.Select(one => (one.Name, one.Name))]);
        parameters["run"] = call.Id;
        await tasks.RunAsync(call, $"transfers.{action}", (call.Id, "transfer"), null, (caller, closed) => call.RunAsync(caller, $"transfer.{action}", parameters, closed));
    })
    {
        Query = ActionRoute.Query,
        Body = takes.Length > 0 ? ImmutableArray.Create(takes) : null,
        Outcomes = [RestOutcome.Task, RestOutcome.Nothing],
    };

    private RestRoute OfAll(string action) => new("POST", $"/{Collection}/actions/{action}", actions.Method($"transfer.{action}").Description!, call =>
        tasks.RunAsync(call, $"transfers.{action}", ("", "transfer"), null, (caller, closed) => call.RunAsync(caller, $"transfer.{action}", [], closed)))
    {
        Query = ActionRoute.Query,
        Outcomes = [RestOutcome.Task, RestOutcome.Nothing],
    };

    private async Task GetAsync(RestCall call)
    {
        var found = await FindAsync(call);
        if (call.Flag("wait") && queue.Find(long.Parse(call.Id, CultureInfo.InvariantCulture))?.Run is { } run)
        {
            await run.Completion.WaitAsync(call.Http.RequestAborted);
            // Who waited may see less by now.
            found = await FindAsync(call);
        }

        await call.JsonAsync(found);
    }

    private static async Task<JsonObject> FindAsync(RestCall call) =>
        (await AllAsync(call)).FirstOrDefault(one => (string?)one["id"] == call.Id) ?? throw ApiException.NoSuchObject(call.Id, "transfer");

    private static async Task<IReadOnlyList<JsonObject>> AllAsync(RestCall call) =>
        [.. (await call.RunAsync("transfer.getAll", [])).EnumerateArray().Select(Shape)];

    /// <summary>Under the names of this API, where an id is that of the thing itself.</summary>
    private static JsonObject Shape(JsonElement told) => new(JsonObject.Create(told)!.Select(member => KeyValuePair.Create(member.Key switch
    {
        "run" => "id",
        "id" => "object",
        "name" => "name_label",
        var other => other,
    }, member.Value?.DeepClone())));
}
