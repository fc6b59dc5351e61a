using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Api.Rest.Collections;
using XoBlazor.App.Api.Rest.Tasks;

namespace XoBlazor.App.Api.Rest.Actions;

/// <summary>Makes routes of the API's methods: what a route takes under its own names is declared and checked as the method says, and handed on to it. Safe from any thread.</summary>
internal sealed class ActionRoute(ApiCatalogue catalogue, RestTasks tasks)
{
    /// <summary>What every action may be asked with.</summary>
    public static ImmutableArray<ApiParameter> Query { get; } = [ApiParameter.Flag("sync").Optional.Described("answer only when it is done")];

    /// <summary>The method of this name. A name that none has stops the start.</summary>
    public ApiMethod Method(string name) => catalogue.Find(name) ?? throw new InvalidOperationException($"the REST API names a method '{name}' that is not there");

    /// <summary>A parameter of a method, under another name.</summary>
    public ApiParameter Parameter(string method, string parameter, string name) =>
        Method(method).Parameters is { } declared && declared.FirstOrDefault(one => one.Name == parameter) is { } found
            ? found with { Name = name } : throw new InvalidOperationException($"the REST API gives {method} a '{parameter}' that it does not take");

    /// <summary><c>POST /vms/{id}/actions/start</c>: one method on the object of the address.</summary>
    /// <param name="target">The method's parameter for the object.</param>
    /// <param name="makes">The collection of what it makes; null for nothing.</param>
    /// <param name="always">What the method is given besides.</param>
    /// <param name="summary">What it does; the method's own words when left out.</param>
    /// <param name="takes">The body's names, and the method's for them.</param>
    public RestRoute On(string collection, string action, string method, string target = "id", string? makes = null, JsonObject? always = null, string? summary = null, params ImmutableArray<(string Name, string Parameter)> takes) =>
        On(collection, action, summary ?? Method(method).Description!, [.. takes.Select(one => Parameter(method, one.Parameter, one.Name))], makes, (call, caller, closed) =>
        {
            var parameters = Renamed(call, takes);
            parameters[target] = call.Id;
            foreach (var (name, value) in always ?? [])
                parameters[name] = value?.DeepClone();
            return call.RunAsync(caller, method, parameters, closed);
        });

    /// <summary>The same with work of its own.</summary>
    public RestRoute On(string collection, string action, string summary, ImmutableArray<ApiParameter> body, string? makes, Func<RestCall, IApiCaller, CancellationToken, Task<JsonElement>> work)
    {
        var home = RestCollection.Of(collection);
        return new("POST", $"/{collection}/{{id}}/actions/{action}", summary, call =>
        {
            call.Find(home);
            return tasks.RunAsync(call, $"{collection}.{action}", (call.Id, home.Type), makes, (caller, closed) => work(call, caller, closed));
        })
        {
            Query = Query,
            Body = body,
            Outcomes = [RestOutcome.Task, makes is null ? RestOutcome.Nothing : RestOutcome.Made],
        };
    }

    /// <summary><c>PATCH /vms/{id}</c>: the method that sets what is sent.</summary>
    /// <param name="takes">The body's names, and the method's for them.</param>
    public RestRoute Patch(string collection, string method, params ImmutableArray<(string Name, string Parameter)> takes) =>
        new("PATCH", $"/{collection}/{{id}}", Method(method).Description ?? "Changes it.", async call =>
        {
            call.Find(RestCollection.Of(collection));
            var parameters = Renamed(call, takes);
            parameters["id"] = call.Id;
            await call.RunAsync(method, parameters);
            await call.NothingAsync();
        })
        {
            Body = [.. takes.Select(one => Parameter(method, one.Parameter, one.Name))],
            IsStrict = true,
            Outcomes = [RestOutcome.Nothing],
        };

    /// <summary><c>DELETE /vms/{id}</c>.</summary>
    public RestRoute Delete(string collection, string method) => new("DELETE", $"/{collection}/{{id}}", Method(method).Description ?? "Deletes it.", async call =>
    {
        call.Find(RestCollection.Of(collection));
        await call.RunAsync(method, new() { ["id"] = call.Id });
        await call.NothingAsync();
    })
    {
        Outcomes = [RestOutcome.Nothing],
    };

    /// <summary>Refuses what a route knows and cannot do, so that it is not passed over like what nobody knows. Fails with <see cref="ApiException"/>.</summary>
    /// <param name="names">Each with what may be sent all the same, because it asks for nothing.</param>
    public static void Refuse(RestCall call, params ReadOnlySpan<(string Name, JsonNode? Harmless)> names)
    {
        foreach (var (name, harmless) in names)
            if (call.Sent(name) is { } value && value is not (JsonArray { Count: 0 } or JsonObject { Count: 0 }) && !JsonNode.DeepEquals(value, harmless))
                throw ApiException.NotImplemented($"{call.Route.Name}: '{name}' is not there yet.");
    }

    /// <summary>What was sent, under the method's names.</summary>
    public static JsonObject Renamed(RestCall call, ImmutableArray<(string Name, string Parameter)> takes)
    {
        var parameters = new JsonObject();
        foreach (var (name, parameter) in takes)
            if (call.Body.ContainsKey(name))
                parameters[parameter] = call.Sent(name);
        return parameters;
    }
}
