using System.Text.Json.Nodes;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Api.Rest.Tasks;
using XoBlazor.App.Api.XoObjects;
using XoBlazor.Core.Operations;
using static XoBlazor.App.Api.Catalogue.ApiParameter;

namespace XoBlazor.App.Api.Rest.Actions;

/// <summary>Operations by their own names, as <c>operation.*</c> of the JSON-RPC API has them: those that plugins add among them. Of our own.</summary>
internal sealed class OperationRoutes(RestTasks tasks) : IRestRoutes
{
    /// <summary>Of any operation.</summary>
    public const string Path = "/operations/{operation}";

    /// <summary>The address of one operation.</summary>
    public static string PathOf(Operation operation) => $"/operations/{operation.Name}";

    public IEnumerable<RestRoute> Routes =>
    [
        new("GET", "/operations", "All operations there are now: what they work on, take, make and cost.", async call =>
        {
            var all = await call.RunAsync("operation.getAll", []);
            await call.JsonAsync(new JsonObject { ["operations"] = JsonNode.Parse(all.GetRawText()) });
        }),
        new("POST", Path, "Does an operation with an object.", call =>
        {
            var (operation, id) = (call.Part("operation"), (string)call.Sent("id")!);
            var on = XoIds.Find(call.Objects, id) ?? throw ApiException.NoSuchObject(id);
            var parameters = new JsonObject { ["operation"] = operation, ["id"] = id };
            if (call.Sent("arguments") is { } arguments)
                parameters["arguments"] = arguments;
            return tasks.RunAsync(call, operation, (id, XoTypes.Of(on.Pool, on.Object) ?? "object"), null, (caller, closed) => call.RunAsync(caller, "operation.run", parameters, closed));
        })
        {
            Query = ActionRoute.Query,
            Body = [Text("id").Described("of the object it works on"), Object("arguments").Optional],
            Outcomes = [RestOutcome.Task, RestOutcome.Nothing],
        },
    ];
}
