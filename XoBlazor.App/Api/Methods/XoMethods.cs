using System.IO.Pipelines;
using System.Text.Json.Nodes;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Api.HandOffs;
using XoBlazor.App.Api.XoObjects;
using XoBlazor.App.Api.XoObjects.Feed;
using XoBlazor.App.Api.XoObjects.Filtering;
using XoBlazor.Core.Access;

namespace XoBlazor.App.Api.Methods;

/// <summary>All objects, and what becomes of them.</summary>
internal sealed class XoMethods(HandOffDesk desk, VisibleStores stores, XoFeedFollower feed) : IApiMethods
{
    private const int MostFields = 200;

    private static readonly ApiParameter s_filter = ApiParameter.Of("filter", "object", "string").Optional
        .Described("objects that are like this one, or a text in the filter language");

    public IEnumerable<ApiMethod> Methods =>
    [
        new("xo.getAllObjects", ApiPermission.SignedIn, AllAsync)
        {
            Description = "Returns all XO objects",
            Parameters = [s_filter, ApiParameter.Number("limit").Optional, ApiParameter.Flag("ndjson").Optional],
        },
        new("changes.subscribe", ApiPermission.SignedIn, SubscribeAsync)
        {
            Description = "tells of changes of some objects only, by notifications named changes in place of all; since resumes from the position of an earlier one",
            Parameters = [s_filter, ApiParameter.Texts("fields").Optional.Described("the properties to tell; all when left out"), ApiParameter.Text("since").Optional],
        },
        new("changes.unsubscribe", ApiPermission.SignedIn, UnsubscribeAsync)
        {
            Description = "ends a subscription; after the last one all is told again",
            Parameters = [ApiParameter.Text("subscription")],
        },
    ];

    private async ValueTask<ApiResult> AllAsync(ApiCall call)
    {
        var (filter, limit, session) = (Filter(call), Limit(call), call.Session ?? throw ApiException.Unauthorized());
        // Whatever changes after this answer was begun is told: the feed comes first.
        await feed.ReaderOfAsync(session, call.Closed);
        return call.Flag("ndjson")
            ? desk.Offer(session, new HandOff.Fetch(null, (http, requester, token) => WriteLinesAsync(http, requester, filter, limit, token)))
            : ApiResult.Of(new XoObjectList(call.Objects, filter, limit));
    }

    /// <summary>What the requester may view when it is fetched, not when it was asked for.</summary>
    private async Task WriteLinesAsync(HttpContext http, Requester requester, XoFilter filter, long? limit, CancellationToken token)
    {
        using var view = stores.For(requester.Actor);
        http.Response.ContentType = "application/json";
        var output = PipeWriter.Create(http.Response.Body, new(leaveOpen: true));
        await new XoObjectList(view.Current, filter, limit).WriteLinesAsync(output, token);
        await output.CompleteAsync();
    }

    private async ValueTask<ApiResult> SubscribeAsync(ApiCall call)
    {
        var fields = call.Has("fields") ? call.Texts("fields") : null;
        if (fields?.Count > MostFields)
            throw ApiException.InvalidParameter("fields", $"must NOT have more than {MostFields} items");
        var filter = Filter(call);
        var reader = await feed.ReaderOfAsync(call.Session ?? throw ApiException.Unauthorized(), call.Closed);
        var subscribed = reader.Subscribe(filter, fields, call.TextOrNull("since"));
        return subscribed.How == XoSubscribedHow.TooMany
            ? throw new ApiException(ApiErrorCode.TooMany, $"more than {XoFeedReader.MostSubscriptions} subscriptions on one connection; end one with changes.unsubscribe")
            : (ApiResult)new JsonObject { ["subscription"] = subscribed.Id, ["resumed"] = subscribed.How == XoSubscribedHow.Resumed };
    }

    private async ValueTask<ApiResult> UnsubscribeAsync(ApiCall call)
    {
        var reader = await feed.ReaderOfAsync(call.Session ?? throw ApiException.Unauthorized(), call.Closed);
        var id = call.Text("subscription");
        return reader.Unsubscribe(id) ? ApiResult.Done : throw ApiException.NoSuchObject(id, "subscription");
    }

    private static XoFilter Filter(ApiCall call) =>
        XoFilter.TryParse(call.Value("filter") ?? default, out var filter, out var error) ? filter : throw ApiException.InvalidParameter("filter", error);

    private static long? Limit(ApiCall call) => call.Number("limit") is { } limit ? (long)Math.Clamp(Math.Ceiling(limit), 0, int.MaxValue) : null;
}
