using System.Text.Json.Nodes;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Api.Rest.Collections;

namespace XoBlazor.App.Api.Rest;

/// <summary>What the API says about itself, and what clients ask for that is not there yet: they are told so, in place of an empty answer.</summary>
internal sealed class AboutRoutes(TimeProvider time) : IRestRoutes
{
    private const string Metrics = "Figures over time are not kept by this server yet.";

    private static readonly (string Verb, string Path, string Why)[] s_notThere =
    [
        .. from name in (string[])["vms", "hosts", "pools"] select ("GET", $"/{name}/{{id}}/stats", Metrics),
    ];

    public IEnumerable<RestRoute> Routes =>
    [
        new("GET", "/ping", "Whether the server answers, and its clock.", call => call.JsonAsync(new JsonObject { ["result"] = "pong", ["timestamp"] = time.GetUtcNow().ToUnixTimeMilliseconds() })) { IsOpen = true },
        new("GET", "/gui-routes", "Where the console is.", static call => call.JsonAsync(new JsonObject { ["xo5"] = "/", ["xo6"] = "/" })) { IsOpen = true },
        .. s_notThere.Select(one => new RestRoute(one.Verb, one.Path, "Not there yet.", call =>
        {
            call.Find(RestCollection.Of(call.Route.Area));
            throw ApiException.NotImplemented(one.Why);
        })
        {
            Outcomes = [RestOutcome.NotThere],
        }),
    ];
}
