using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using XoBlazor.App.Api.Catalogue;

namespace XoBlazor.App.Api.Rest;

/// <summary>
/// What went wrong, as XO's REST API tells it: <c>{"error": "no such VM …", "data": {…}}</c>; as a problem document (RFC 9457) for whoever asks for
/// <c>application/problem+json</c>.
/// </summary>
internal static class RestErrors
{
    private const string Problem = "application/problem+json";

    /// <summary>The status for a code of the API.</summary>
    public static int StatusOf(ApiException error) => error.Code switch
    {
        ApiErrorCode.NotImplemented => StatusCodes.Status501NotImplemented,
        ApiErrorCode.NoSuchObject => StatusCodes.Status404NotFound,
        ApiErrorCode.Unauthorized => StatusCodes.Status403Forbidden,
        ApiErrorCode.InvalidCredentials => StatusCodes.Status401Unauthorized,
        ApiErrorCode.InvalidParameters => StatusCodes.Status422UnprocessableEntity,
        ApiErrorCode.ServerUnreachable or ApiErrorCode.AuthenticationFailed or ApiErrorCode.ServiceUnavailable or ApiErrorCode.HostOffline => StatusCodes.Status503ServiceUnavailable,
        ApiErrorCode.InvalidRequest or ApiErrorCode.ParseError => StatusCodes.Status400BadRequest,
        ApiErrorCode.TooMany => StatusCodes.Status429TooManyRequests,
        ApiErrorCode.Unknown or ApiErrorCode.OperationFailed or ApiErrorCode.MethodNotFound => StatusCodes.Status500InternalServerError,
        // The state of things is in the way.
        _ => StatusCodes.Status409Conflict,
    };

    public static Task WriteAsync(HttpContext context, Exception failed) => failed switch
    {
        RestInvalidException invalid => WriteAsync(context, StatusCodes.Status422UnprocessableEntity, invalid.Fields, new JsonObject(), null),
        ApiException told => WriteAsync(context, told),
        RestChangedException changed => WriteAsync(context, StatusCodes.Status412PreconditionFailed, changed.Message, null, null),
        BadHttpRequestException bad => WriteAsync(context, bad.StatusCode, Words(bad.StatusCode), null, null),
        _ => throw new ArgumentException("Only what was made for people is told.", nameof(failed)),
    };

    /// <summary>An address that there is not.</summary>
    public static Task WriteNoRouteAsync(HttpContext context) =>
        WriteAsync(context, StatusCodes.Status404NotFound, $"There is no {context.Request.Method} {context.Request.Path}. {RestEndpoints.Root}/docs lists what there is.", null, null);

    /// <summary>A method that this address does not take; <c>Allow</c> has those it does.</summary>
    public static Task WriteNoMethodAsync(HttpContext context) => WriteAsync(
        context, StatusCodes.Status405MethodNotAllowed, $"{context.Request.Path} takes {context.Response.Headers.Allow}, not {context.Request.Method}.", null, null);

    private static Task WriteAsync(HttpContext context, ApiException told)
    {
        var status = StatusOf(told);
        if (status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable)
            context.Response.Headers.RetryAfter = "1";
        else if (told.Details?["retryAfter"] is { } wait)
            context.Response.Headers.RetryAfter = wait.ToString();
        return WriteAsync(context, status, told.Message, told.Details?.DeepClone(), told.Code);
    }

    private static async Task WriteAsync(HttpContext context, int status, JsonNode error, JsonNode? data, int? code)
    {
        var response = context.Response;
        response.StatusCode = status;
        var isProblem = context.Request.Headers.Accept.ToString().Contains(Problem, StringComparison.OrdinalIgnoreCase);
        var body = new JsonObject();
        if (isProblem)
        {
            body["type"] = "about:blank";
            body["title"] = ReasonPhrases.GetReasonPhrase(status);
            body["status"] = status;
            body["detail"] = error is JsonValue ? error : "What was sent does not fit.";
            if (error is JsonObject)
                body["errors"] = error;
        }
        else
        {
            body["error"] = error;
        }

        if (code is { } number && isProblem)
            body["code"] = number;
        if (data is not null)
            body["data"] = data;
        // As XO says of what a host answered.
        if (code == ApiErrorCode.Unknown && data?["code"] is not null)
            body["info"] = "This is a XenServer/XCP-ng error, not an XO error";
        response.ContentType = isProblem ? Problem : "application/json; charset=utf-8";
        await using var writer = new Utf8JsonWriter(response.BodyWriter, XoObjects.XoShape.Options);
        body.WriteTo(writer);
    }

    private static string Words(int status) => status switch
    {
        StatusCodes.Status413PayloadTooLarge => "This request is too large.",
        _ => "This request could not be read.",
    };
}
