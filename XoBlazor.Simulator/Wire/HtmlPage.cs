using System.Net;

namespace XoBlazor.Simulator.Wire;

/// <summary>What xapi answers when a request fails before or beside RPC: a status with its own wording and a small page.</summary>
internal sealed record HtmlPage(int Status, string Reason, string Body)
{
    public static HtmlPage BadRequest { get; } = new(
        400, "Bad Request", "<h1>HTTP 400 bad request</h1>The HTTP request was malformed. Please correct the problem and try again.");

    public static HtmlPage Unauthorised { get; } = new(401, "Unauthorised", "<h1>HTTP 401 unauthorised</h1>Please check your credentials and retry.");

    public static HtmlPage Forbidden { get; } = new(
        403, "Forbidden", "<h1>HTTP 403 forbidden</h1>Access to the requested resource is forbidden.");

    public static HtmlPage NotFound { get; } = new(404, "Not Found", "<h1>HTTP 404 not found</h1>The requested page or file was not found.");

    public static HtmlPage HeaderTooLarge { get; } = new(
        431, "Request Header Fields Too Large", "<h1>HTTP 431 request header fields too large</h1>Exceeded the maximum header size.");

    public static HtmlPage ServiceUnavailable { get; } = new(
        503, "Service Unavailable", "<h1>HTTP 503 service unavailable</h1>Somebody else is connected to this console.");

    public static HtmlPage NotImplemented(string method) => new(
        501, "Method not implemented", $"<h1>HTTP 501 Method Not Implemented</h1><p>Unknown {Quote(method)} not supported.<br /></p>");

    public static HtmlPage InternalError(string text) => new(
        500, "Internal Error",
        "<h1>HTTP 500 internal server error</h1>An unexpected error occurred; please wait a while and try again. If the problem persists, "
        + $"please contact your support representative.<h1> Additional information </h1>{Quote(text)}");

    /// <summary>The whole answer as text: where a host tells a failure inside a body that it has begun already.</summary>
    public string AsText =>
        $"HTTP/1.1 {Status} {Reason}\r\ncontent-length: {System.Text.Encoding.UTF8.GetByteCount(Html)}\r\ncontent-type: text/html\r\nconnection: close\r\ncache-control: no-cache, no-store\r\n\r\n{Html}";

    public string Html => $"<html><body>{Body}</body></html>";

    private static string Quote(string text) => WebUtility.HtmlEncode(text).Replace("&#39;", "&apos;", StringComparison.Ordinal);
}
