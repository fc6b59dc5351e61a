using System.Text.Json.Nodes;
using XoBlazor.App.Api.Methods;
using XoBlazor.App.Api.Rest.Collections;
using XoBlazor.Core.Model;

namespace XoBlazor.App.Api.Rest;

/// <summary>What hosts lack; of a pool what any of its hosts lacks.</summary>
internal sealed class UpdateRoutes(UpdateMethods methods) : IRestRoutes
{
    public IEnumerable<RestRoute> Routes =>
    [
        new("GET", "/hosts/{id}/missing_patches", "The updates that the host lacks.",
            async call => await WriteAsync(call, UpdateMethods.ShapeOf((await methods.LookAsync(call.Find(RestCollection.Of("hosts")), call.Http.RequestAborted)).Missing))) { Outcomes = [RestOutcome.List] },
        new("GET", "/pools/{id}/missing_patches", "The updates that any of the pool's hosts lacks.", PoolAsync) { Outcomes = [RestOutcome.List] },
    ];

    private async Task PoolAsync(RestCall call)
    {
        var pool = call.Find(RestCollection.Of("pools")).Pool;
        var all = await Task.WhenAll(pool.All<Host>().Select(host => methods.LookAsync(new(pool, host), call.Http.RequestAborted)));
        await WriteAsync(call, UpdateMethods.ShapeOf(all.SelectMany(one => one.Missing).DistinctBy(update => (update.Id, update.Version, update.Release))));
    }

    private static Task WriteAsync(RestCall call, JsonArray updates) => call.JsonAsync(updates);
}
