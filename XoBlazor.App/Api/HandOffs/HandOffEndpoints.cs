using System.Text.Json;
using XoBlazor.App.Administration;
using XoBlazor.App.Api.Catalogue;

namespace XoBlazor.App.Api.HandOffs;

/// <summary>The addresses that <see cref="HandOffDesk"/> gives out.</summary>
internal static class HandOffEndpoints
{
    public static void MapHandOffs(this WebApplication app) =>
        app.MapMethods("/api/{token:length(43)}/{name?}", [HttpMethods.Get, HttpMethods.Post, HttpMethods.Put], ServeAsync).AllowAnonymous().DisableAntiforgery();

    private static async Task ServeAsync(HttpContext context, string token, HandOffDesk desk, CancellationToken aborted)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (!desk.TryTake(token, context.Request.Method, out var handOff, out var session))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            await context.Response.WriteAsync("This address was used already, or has run out. Make the call again.", aborted);
            return;
        }

        try
        {
            if (!await desk.IsGoodAsync(session, aborted))
                throw ApiException.Unauthorized();
            switch (handOff)
            {
                case HandOff.Fetch fetch:
                    await fetch.Work(context, session.Requester, aborted);
                    break;
                case HandOff.Send send:
                    var result = await send.Work(context, session.Requester, aborted);
                    await AnswerAsync(context, StatusCodes.Status200OK, writer =>
                    {
                        writer.WritePropertyName("result");
                        result.WriteTo(writer);
                    });
                    break;
            }
        }
        catch (Exception failed) when (!context.Response.HasStarted && failed is ApiException or AdministrationRefusedException)
        {
            var error = failed as ApiException ?? ApiException.Forbidden("transfer", failed.Message);
            await AnswerAsync(context, error.Code == ApiErrorCode.Unauthorized ? StatusCodes.Status403Forbidden : StatusCodes.Status400BadRequest, writer =>
            {
                writer.WritePropertyName("error");
                error.WriteTo(writer);
            });
        }
    }

    // In the form of an answer to a call, as Xen Orchestra's clients expect it.
    private static async Task AnswerAsync(HttpContext context, int status, Action<Utf8JsonWriter> write)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await using var writer = new Utf8JsonWriter(context.Response.BodyWriter);
        writer.WriteStartObject();
        writer.WriteString("jsonrpc", "2.0");
        write(writer);
        writer.WriteNumber("id", 0);
        writer.WriteEndObject();
    }
}
