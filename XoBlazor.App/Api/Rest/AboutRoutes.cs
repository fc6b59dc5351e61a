using System.Text.Json.Nodes;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Api.Rest.Collections;

namespace XoBlazor.App.Api.Rest;

/// <summary>What the API says about itself, and what clients ask for that is not there yet: they are told so, in place of an empty answer.</summary>
internal sealed class AboutRoutes(TimeProvider time) : IRestRoutes
{
    private const string Metrics = "Figures over time are not kept by this server yet.";
    private const string Streams = "VMs and disks are not exported and imported by this server yet.";

    private static readonly (string Verb, string Path, string Why)[] s_notThere =
    [
        .. from name in (string[])["vms", "hosts", "pools"] select ("GET", $"/{name}/{{id}}/stats", Metrics),
        .. from name in (string[])["vms", "vm-templates", "vm-snapshots"] select ("GET", $"/{name}/{{id}}.{{format:regex(^(xva|ova)$)}}", Streams),
        .. from name in (string[])["vdis", "vdi-snapshots"] select ("GET", $"/{name}/{{id}}.{{format:regex(^(raw|vhd)$)}}", Streams),
        ("PUT", "/vdis/{id}.{format:regex(^(raw|vhd)$)}", Streams),
        ("POST", "/pools/{id}/vms", Streams),
        ("POST", "/srs/{id}/vdis", Streams),
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
