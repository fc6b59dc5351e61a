using System.Text.Json;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Api.XoObjects;
using XoBlazor.Core.Metrics;
using XoBlazor.Core.Metrics.History;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using static XoBlazor.App.Api.Catalogue.ApiParameter;

namespace XoBlazor.App.Api.Methods;

/// <summary>Our own, longer history of figures, together with what hosts still have. Whoever may view an object may view its history.</summary>
internal sealed class HistoryMethods(MetricsHistory history, TimeProvider time) : IApiMethods
{
    private const string FromWords = "the first moment: milliseconds since 1970 or ISO 8601; a day before the last when it is left out";
    private const string ToWords = "the last moment; now when it is left out";

    private static readonly TimeSpan s_usual = TimeSpan.FromDays(1);

    private static readonly Dictionary<string, HistorySeries> s_names = Enum.GetValues<HistorySeries>().ToDictionary(series => series.Name(), StringComparer.Ordinal);

    /// <summary>What stands behind the question mark where a history is asked for.</summary>
    public static IEnumerable<ApiParameter> Query { get; } =
    [
        Text("from").Optional.Described(FromWords), Text("to").Optional.Described(ToWords),
        Text("series").Optional.Described($"names with commas between them, of {string.Join(", ", s_names.Keys)}; all when it is left out"),
    ];

    public IEnumerable<ApiMethod> Methods =>
    [
        Method("vm.history", "returns the history of a VM, also of the time that it does not run", "VM", "VM-snapshot", "VM-controller"),
        Method("host.history", "returns the history of a host", "host"),
        Method("sr.history", "returns how much of a storage was taken", "SR"),
        Method("pool.history", "returns how much of a pool's storage for disks was taken, of what is there now", "pool"),
    ];

    /// <summary>The history of an object that the requester may view. Fails with <see cref="ApiException"/>.</summary>
    public async Task<Action<Utf8JsonWriter>> ReadAsync(Located<XapiObject> on, DateTimeOffset? from, DateTimeOffset? to, IEnumerable<string> series, CancellationToken token)
    {
        var only = series.Select(name => s_names.TryGetValue(name, out var known) ? known : throw ApiException.InvalidParameter("series", $"there is none of the name {name}: {string.Join(", ", s_names.Keys)}")).ToHashSet();
        var last = to ?? time.GetUtcNow();
        if (from >= last)
            throw ApiException.InvalidParameter("from", "not before the last moment");
        var range = history.Range(from ?? last - s_usual, last);
        try
        {
            var told = on.Object switch
            {
                Vm => await history.ReadAsync(on.Key, MetricsOwner.Vm, range, token),
                Host => await history.ReadAsync(on.Key, MetricsOwner.Host, range, token),
                Sr => await history.ReadAsync(on.Key, MetricsOwner.Sr, range, token),
                _ => await history.OfStorageAsync([.. on.Pool.All<Sr>().Where(PoolCapacity.IsForDisks).Select(sr => on.Pool.Key(sr))], range, token),
            };
            return writer => XoHistory.Write(writer, told, only);
        }
        catch (HistoryException failed)
        {
            throw new ApiException(ApiErrorCode.OperationFailed, failed.Message);
        }
    }

    private ApiMethod Method(string name, string description, params string[] types) => new(name, ApiPermission.SignedIn, async call =>
        ApiResult.Of(await ReadAsync(call.Find("id", types), Moment(call, "from"), Moment(call, "to"), call.Texts("series"), call.Closed)))
    {
        Description = description,
        Parameters = [Text("id"), Of("from", "number", "string").Optional.Described(FromWords), Of("to", "number", "string").Optional.Described(ToWords),
            Texts("series").Optional.Described($"of {string.Join(", ", s_names.Keys)}; all when it is left out")],
    };

    private static DateTimeOffset? Moment(ApiCall call, string name) => call.Value(name) is { } given ? ApiMoment.Read(name, given) : null;
}
