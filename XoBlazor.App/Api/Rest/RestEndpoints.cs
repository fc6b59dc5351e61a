using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Api.Limits;
using XoBlazor.App.Api.Rest.SignIn;
using XoBlazor.App.Api.Sessions;

namespace XoBlazor.App.Api.Rest;

/// <summary>The way of every request to the REST API: limits, what was sent, the route's handler, and the one place where its failures are told.</summary>
internal sealed class RestEndpoints(RestRoutes routes, ApiCalls calls, UserRequests requests, IOptions<ApiLimits> limits)
{
    public const string Root = "/rest/v0";

    /// <summary>Maps every route as an endpoint of its own, and what is left of its address as one that says which methods there are.</summary>
    public void Map(IEndpointRouteBuilder site)
    {
        foreach (var address in routes.All.GroupBy(route => route.Path))
        {
            string[] methods = [.. address.SelectMany(MethodsOf)];
            foreach (var route in address)
                Guard(site.MapMethods(Root + route.Path, MethodsOf(route), context => ServeAsync(context, route)).WithDisplayName(route.Name), route.IsOpen);
            Guard(site.Map(Root + address.Key, context => OtherMethodAsync(context, methods)).WithDisplayName($"other methods of {address.Key}"), address.All(route => route.IsOpen));
        }

        Guard(site.Map(Root + "/{**path}", RestErrors.WriteNoRouteAsync), isOpen: false);
    }

    // What can be read can be asked for without its body (RFC 9110); Kestrel leaves that out by itself.
    private static string[] MethodsOf(RestRoute route) => route.Verb == HttpMethods.Get ? [HttpMethods.Get, HttpMethods.Head] : [route.Verb];

    private static Task OtherMethodAsync(HttpContext context, string[] methods)
    {
        context.Response.Headers.Allow = string.Join(", ", methods.Append(HttpMethods.Options));
        if (!HttpMethods.IsOptions(context.Request.Method))
            return RestErrors.WriteNoMethodAsync(context);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static void Guard(IEndpointConventionBuilder endpoint, bool isOpen)
    {
        if (isOpen)
            endpoint.AllowAnonymous();
        else
            endpoint.RequireAuthorization(RestAuthentication.SignedIn);
    }

    private async Task ServeAsync(HttpContext context, RestRoute route)
    {
        // For open routes nobody is looked for; one that tells more to some looks itself.
        var session = route.IsOpen ? null : context.Features.Get<ApiSession>();
        context.Response.Headers.CacheControl = "private, no-cache";
        try
        {
            using var counted = session is null ? null : requests.Enter(session.Requester.Actor.Id);
            using var body = route.Body is null ? null : await ReadAsync(context);
            var wrong = new JsonObject();
            var call = new RestCall(context, route, session, calls)
            {
                Query = RestCheck.ReadQuery(route.Query, context.Request.Query, wrong),
                Body = route.Body is { } declared ? RestCheck.ReadBody(declared, route.IsStrict, body?.RootElement, wrong) : new(),
            };
            if (wrong.Count > 0)
                throw new RestInvalidException(wrong);
            await route.Handler(call);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered any more.
        }
        catch (Exception failed)
        {
            var told = failed is RestInvalidException or RestChangedException or BadHttpRequestException ? failed : calls.Told(failed, route.Name);
            // Half an answer cannot be taken back.
            if (context.Response.HasStarted)
                context.Abort();
            else
                await RestErrors.WriteAsync(context, told);
        }
    }

    /// <summary>What was sent as JSON; null for nothing.</summary>
    private async Task<JsonDocument?> ReadAsync(HttpContext context)
    {
        var most = limits.Value.MostMessageBytes;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = most;
        if (context.Request.ContentLength > most)
            throw new BadHttpRequestException("too large", StatusCodes.Status413PayloadTooLarge);
        while (true)
        {
            var read = await context.Request.BodyReader.ReadAsync(context.RequestAborted);
            if (read.Buffer.Length > most)
                throw new BadHttpRequestException("too large", StatusCodes.Status413PayloadTooLarge);
            if (read.IsCompleted)
            {
                var bytes = read.Buffer.ToArray();
                context.Request.BodyReader.AdvanceTo(read.Buffer.End);
                return bytes.Length == 0 ? null : Parse(bytes);
            }
            context.Request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static JsonDocument Parse(byte[] bytes)
    {
        try
        {
            return ForeignJson.Parse(bytes);
        }
        catch (JsonException bad)
        {
            throw new ApiException(ApiErrorCode.ParseError, $"parse error: {(bad.Message.Length <= 200 ? bad.Message : bad.Message[..200])}");
        }
    }
}
