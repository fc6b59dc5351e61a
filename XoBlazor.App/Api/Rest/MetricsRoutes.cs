using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Api.Methods;
using XoBlazor.App.Api.Rest.Collections;
using XoBlazor.App.Api.XoObjects;
using XoBlazor.Core.Metrics;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Api.Rest;

/// <summary>Figures over time, as the methods <c>vm.stats</c> and the like give them; of a pool those of its hosts.</summary>
internal sealed class MetricsRoutes(MetricsMethods methods, HistoryMethods histories) : IRestRoutes
{
    public IEnumerable<RestRoute> Routes =>
    [
        .. from name in (string[])["vms", "hosts", "srs"] select new RestRoute("GET", $"/{name}/{{id}}/stats", "Its figures over time.", OneAsync) { Query = [MetricsMethods.Granularity] },
        new("GET", "/pools/{id}/stats", "The figures over time of each of its hosts, or why there are none.", PoolAsync) { Query = [MetricsMethods.Granularity] },
        .. from name in (string[])["vms", "hosts", "srs", "pools"] select new RestRoute("GET", $"/{name}/{{id}}/history", "What was written down of it for long, with what hosts have besides.", HistoryAsync) { Query = [.. HistoryMethods.Query] },
    ];

    private async Task OneAsync(RestCall call)
    {
        var on = call.Find(RestCollection.Of(call.Route.Area));
        try
        {
            await WriteAsync(call, await methods.ReadAsync(on, Granularity(call), call.Http.RequestAborted));
        }
        catch (ApiException state) when (state.Code == ApiErrorCode.IncorrectState)
        {
            // As Xen Orchestra says it here.
            throw new ApiException(ApiErrorCode.InvalidParameters, state.Message, new JsonObject { ["errors"] = new JsonObject { ["code"] = state.Code, ["data"] = state.Details?.DeepClone() } });
        }
    }

    private async Task PoolAsync(RestCall call)
    {
        var pool = call.Find(RestCollection.Of("pools")).Pool;
        var granularity = Granularity(call);
        var told = await Task.WhenAll(pool.All<Host>().Select(async host => (Id: XoIds.Of(pool, host), Write: await OfHostAsync(new(pool, host)))));
        await WriteAsync(call, writer =>
        {
            writer.WriteStartObject();
            foreach (var (id, write) in told)
            {
                writer.WritePropertyName(id);
                write(writer);
            }

            writer.WriteEndObject();
        });

        async Task<Action<Utf8JsonWriter>> OfHostAsync(Located<XapiObject> host)
        {
            try
            {
                return await methods.ReadAsync(host, granularity, call.Http.RequestAborted);
            }
            catch (ApiException failed)
            {
                return writer =>
                {
                    writer.WriteStartObject();
                    writer.WritePropertyName("error");
                    failed.WriteTo(writer);
                    writer.WriteEndObject();
                };
            }
        }
    }

    private async Task HistoryAsync(RestCall call)
    {
        var on = call.Find(RestCollection.Of(call.Route.Area));
        var series = (call.Text("series") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        await WriteAsync(call, await histories.ReadAsync(on, Moment(call, "from"), Moment(call, "to"), series, call.Http.RequestAborted));
    }

    private static DateTimeOffset? Moment(RestCall call, string name) => call.Text(name) is { } given ? ApiMoment.Read(name, given) : null;

    private static MetricsGranularity Granularity(RestCall call) => MetricsMethods.Read(call.Text(MetricsMethods.Granularity.Name));

    private static async Task WriteAsync(RestCall call, Action<Utf8JsonWriter> write)
    {
        call.Http.Response.ContentType = "application/json; charset=utf-8";
        await using var writer = new Utf8JsonWriter(call.Http.Response.BodyWriter, XoShape.Options);
        write(writer);
    }
}
