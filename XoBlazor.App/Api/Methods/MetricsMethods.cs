using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Api.XoObjects;
using XoBlazor.Core.Metrics;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using static XoBlazor.App.Api.Catalogue.ApiParameter;

namespace XoBlazor.App.Api.Methods;

/// <summary>Figures over time. Whoever may view an object may view its figures.</summary>
internal sealed class MetricsMethods(MetricsReader reader) : IApiMethods
{
    /// <summary>How close together the figures are.</summary>
    public static ApiParameter Granularity { get; } = Choice("granularity", "seconds", "minutes", "hours", "days").Optional
        .Described("seconds (every 5 for 10 minutes, when it is left out), minutes (for 2 hours), hours (for a week) or days (for a year)");

    public IEnumerable<ApiMethod> Methods =>
    [
        new("vm.stats", ApiPermission.SignedIn, call => AnswerAsync(call, "id", "VM", "VM-snapshot", "VM-controller"))
        {
            Description = "returns the figures of a VM that runs",
            Parameters = [Text("id"), Granularity],
        },
        new("host.stats", ApiPermission.SignedIn, call => AnswerAsync(call, "host", "host"))
        {
            Description = "returns the figures of a host",
            Parameters = [Text("host"), Granularity],
        },
        new("sr.stats", ApiPermission.SignedIn, call => AnswerAsync(call, "id", "SR"))
        {
            Description = "returns the figures of a storage, of all hosts that use it together",
            Parameters = [Text("id"), Granularity],
        },
    ];

    /// <summary>What one of <see cref="Granularity"/>'s choices means; null is the finest.</summary>
    public static MetricsGranularity Read(string? choice) => choice is null ? MetricsGranularity.Seconds : Enum.Parse<MetricsGranularity>(choice, ignoreCase: true);

    /// <summary>Asks for the figures of an object that the requester may view. Fails with <see cref="ApiException"/>.</summary>
    public async Task<Action<Utf8JsonWriter>> ReadAsync(Located<XapiObject> on, MetricsGranularity granularity, CancellationToken token)
    {
        try
        {
            switch (on.Object)
            {
                case Vm:
                    var vm = await reader.OfVmAsync(on.Key, granularity, token);
                    return writer => XoStats.Write(writer, vm, XoStats.OfVms);
                case Host:
                    var host = await reader.OfHostAsync(on.Key, granularity, token);
                    return writer => XoStats.Write(writer, host, XoStats.OfHosts);
                default:
                    var sr = await reader.OfSrAsync(on.Key, granularity, token);
                    return writer => XoStats.WriteSr(writer, sr, reference => on.Pool.Get(reference) is Host { } seen ? on.Pool.NameOf(seen) : null);
            }
        }
        catch (MetricsException problem)
        {
            throw Told(problem, on);
        }
    }

    private async ValueTask<ApiResult> AnswerAsync(ApiCall call, string parameter, params string[] types) =>
        ApiResult.Of(await ReadAsync(call.Find(parameter, types), Read(call.TextOrNull(Granularity.Name)), call.Closed));

    private static ApiException Told(MetricsException problem, Located<XapiObject> on)
    {
        var id = XoIds.Of(on.Pool, on.Object);
        return problem.Problem switch
        {
            MetricsProblem.NotRunning => new(ApiErrorCode.IncorrectState, problem.Message, new JsonObject { ["expected"] = "<host-uuid>", ["object"] = id, ["property"] = "resident_on" }),
            MetricsProblem.HostDown => new(ApiErrorCode.HostOffline, problem.Message, new JsonObject { ["objectId"] = id }),
            MetricsProblem.OutOfReach => new(ApiErrorCode.ServerUnreachable, problem.Message, new JsonObject { ["objectId"] = id }),
            MetricsProblem.NoFigures => new(ApiErrorCode.OperationFailed, problem.Message, new JsonObject { ["objectId"] = id }),
        };
    }
}
