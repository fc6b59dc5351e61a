using System.Text;
using System.Text.Json.Nodes;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Api.XoObjects;
using XoBlazor.App.Api.XoObjects.Feed;
using static XoBlazor.App.Api.Catalogue.ApiParameter;

namespace XoBlazor.App.Api.Rest.Events;

/// <summary>
/// Server-sent events: a stream that is silent until its client subscribes to types of objects. Between the events stands where the stream is; a client that comes
/// back with that as <c>Last-Event-ID</c>, as browsers do, goes on there with its subscriptions, and is told so.
/// </summary>
internal sealed class EventRoutes(EventStreams streams, XoFeeds feeds, TimeProvider time) : IRestRoutes
{
    private static readonly TimeSpan s_ping = TimeSpan.FromSeconds(30);
    private static readonly byte[] s_pingEvent = "event: ping\ndata: {}\n\n"u8.ToArray();

    public IEnumerable<RestRoute> Routes =>
    [
        new("GET", "/events", "A stream of events; Last-Event-ID goes on where another one broke off.", ListenAsync) { Outcomes = [RestOutcome.Events] },
        new("POST", "/events/{id}/subscriptions", "Tells the stream of objects of a type that come, change and go from now on.", SubscribeAsync)
        {
            Body =
            [
                Choice("collection", XoTypes.All),
                new("fields", ApiSchema.Of("array", "string") with { Items = ApiSchema.Text, IsOptional = true, Description = "their names, or * for all" }),
            ],
            Outcomes = [RestOutcome.Made],
        },
        new("DELETE", "/events/{id}/subscriptions/{subscriptionId}", "Ends a subscription.", Unsubscribe) { Outcomes = [RestOutcome.Nothing] },
    ];

    private async Task ListenAsync(RestCall call)
    {
        call.Http.Response.ContentType = "text/event-stream";
        call.Http.Response.Headers.CacheControl = "no-cache, no-transform";
        // Nobody listens: there is no stream to open.
        if (call.IsHead)
            return;
        var (known, position) = call.Http.Request.Headers["Last-Event-ID"].ToString().Split('/') is [var id, var at] ? (streams.Find(call.Self, id), at) : (null, null);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(call.Self.Ended, call.Http.RequestAborted);
        // Made before it is known which stream it serves.
        EventStream? stream = null;
        using var reader = feeds.Open(call.Self.View, tellsAll: false, mark: where => Encoding.UTF8.GetBytes($"id: {stream!.Id}/{where}\n\n"));
        var isResumed = known is not null && known.TryEnter(reader, position);
        if (!isResumed)
        {
            if (known is not null)
                streams.Forget(known);
            known = streams.Open(call.Self);
            known.TryEnter(reader, null);
        }
        stream = known!;
        try
        {
            await SendAsync(call, reader, stream, isResumed, over.Token);
        }
        catch (OperationCanceledException)
        {
            // The client went, its session ended, or it lagged too far behind: it connects again.
        }
        finally
        {
            stream.Leave(reader, time.GetTimestamp());
        }
    }

    private async Task SendAsync(RestCall call, XoFeedReader reader, EventStream stream, bool isResumed, CancellationToken over)
    {
        var response = call.Http.Response;
        await WriteAsync(Encoding.UTF8.GetBytes($$"""event: init{{"\n"}}data: {"id":"{{stream.Id}}"{{(isResumed ? ",\"resumed\":true" : "")}}}{{"\n\n"}}"""));

        using var reading = CancellationTokenSource.CreateLinkedTokenSource(over);
        await using var messages = reader.ReadAsync(reading.Token).GetAsyncEnumerator(CancellationToken.None);
        var next = messages.MoveNextAsync().AsTask();
        try
        {
            while (true)
            {
                try
                {
                    if (!await next.WaitAsync(s_ping, time, over))
                        return;
                    await WriteAsync(messages.Current);
                    next = messages.MoveNextAsync().AsTask();
                }
                catch (TimeoutException)
                {
                    await WriteAsync(s_pingEvent);
                }
            }
        }
        finally
        {
            // Nobody disposes of what is still being asked.
            await reading.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        async Task WriteAsync(ReadOnlyMemory<byte> bytes)
        {
            await response.Body.WriteAsync(bytes, over);
            await response.Body.FlushAsync(over);
        }
    }

    private async Task SubscribeAsync(RestCall call)
    {
        var (type, fields) = (call.Sent("collection")!.GetValue<string>(), call.Sent("fields"));
        if (fields is JsonValue text && text.GetValue<string>() != "*")
            throw new RestInvalidException(new() { ["body.fields"] = new JsonObject { ["message"] = "must be a list of names, or *", ["value"] = text.DeepClone() } });
        var format = new EventFormat(type, fields is JsonArray names ? [.. names.Select(name => (string)name!)] : null);
        switch (Find(call).Subscribe(format))
        {
            case null:
                throw ApiException.NoSuchObject(call.Id, "event-stream");
            case XoSubscribedHow.TooMany:
                throw new ApiException(ApiErrorCode.TooMany, $"more than {XoFeedReader.MostSubscriptions} subscriptions on one stream; end one, or open another stream");
            default:
                await call.JsonAsync(new JsonObject { ["id"] = type }, StatusCodes.Status201Created);
                break;
        }
    }

    private Task Unsubscribe(RestCall call) =>
        Find(call).Unsubscribe(call.Part("subscriptionId")) ? call.NothingAsync() : throw ApiException.NoSuchObject(call.Part("subscriptionId"), "subscription");

    private EventStream Find(RestCall call) => streams.Find(call.Self, call.Id) ?? throw ApiException.NoSuchObject(call.Id, "event-stream");
}
