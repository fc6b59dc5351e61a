using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Wire;

/// <summary>
/// Answers every HTTP request to a host of the pool as xapi's own server does: by method, then by the longest known beginning of the
/// path. Any other POST is taken for XML-RPC, any other GET for a page that may not be seen.
/// </summary>
internal sealed class RequestHandler(PoolSimulator pool, Func<HttpContext, string> hostOf)
{
    private const int LongestBody = 300 * 1024;
    private const int FlushAt = 256 * 1024;

    public async Task HandleAsync(HttpContext http)
    {
        var request = http.Request;
        if (pool.HeaderLimit is { } limit && HeaderSize(request) > limit)
            await AnswerAsync(http, HtmlPage.HeaderTooLarge);
        else if (pool.Routes.Find(request.Method, request.Path) is { } route)
            await route(http);
        else
            await (request.Method switch
            {
                "POST" when request.Path.StartsWithSegments("/jsonrpc") && !pool.Options.XmlRpcOnly => AnswerJsonAsync(http),
                "POST" => AnswerXmlAsync(http),
                "OPTIONS" => AnswerOptionsAsync(http),
                "GET" or "PUT" or "CONNECT" => AnswerAsync(http, HtmlPage.Forbidden),
                _ => AnswerAsync(http, HtmlPage.NotImplemented(request.Method)),
            });
    }

    public static async Task AnswerAsync(HttpContext http, HtmlPage page)
    {
        var body = Encoding.UTF8.GetBytes(page.Html);
        Start(http, page.Status, page.Reason, "text/html", body.Length, close: true);
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }

    /// <summary>An answer of the handlers beside RPC, which close the connection.</summary>
    public static async Task AnswerAsync(HttpContext http, int status, string? contentType, byte[] body)
    {
        Start(http, status, status == 200 ? "OK" : "Not Found", contentType, body.Length, close: true);
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }

    private async Task AnswerJsonAsync(HttpContext http)
    {
        JsonRpcRequest request;
        try
        {
            request = JsonRpcRequest.Parse(await ReadBodyAsync(http));
        }
        catch (MalformedRequestException e)
        {
            await AnswerAsync(http, HtmlPage.InternalError(e.Message));
            return;
        }

        var answer = await pool.Dispatcher.CallAsync(request.Call, hostOf(http));
        if (answer.Result is StreamedValue { Count: > 0 } streamed)
        {
            await StreamAsync(http, request, streamed);
            return;
        }

        var (head, tail) = JsonEnvelope.Around(request, answer);
        var body = answer.Failure is null ? JsonText.Of(answer.Result!) : [];
        StartRpc(http, "application/json", head.Length + body.Length + tail.Length);
        await http.Response.Body.WriteAsync((byte[])[.. head, .. body, .. tail], http.RequestAborted);
    }

    private static async Task StreamAsync(HttpContext http, JsonRpcRequest request, StreamedValue value)
    {
        var (head, tail) = JsonEnvelope.Around(request, new(value, null));
        StartRpc(http, "application/json", head.Length + value.JsonLength + tail.Length);
        var writer = http.Response.BodyWriter;
        await writer.WriteAsync(head, http.RequestAborted);
        for (var piece = 0; piece < value.Count; piece++)
        {
            value.WriteJson(writer, piece);
            if (writer.UnflushedBytes > FlushAt && await FlushAsync(writer, http.RequestAborted))
                return;
        }

        await writer.WriteAsync(tail, http.RequestAborted);
    }

    /// <summary>True when the client has gone.</summary>
    private static async ValueTask<bool> FlushAsync(PipeWriter writer, CancellationToken cancellation) =>
        (await writer.FlushAsync(cancellation)).IsCompleted;

    private async Task AnswerXmlAsync(HttpContext http)
    {
        try
        {
            var request = XmlRpc.Parse(await ReadBodyAsync(http));
            var body = XmlRpc.Write(await pool.Dispatcher.CallAsync(request, hostOf(http)));
            StartRpc(http, "text/xml", body.Length);
            await http.Response.Body.WriteAsync(body, http.RequestAborted);
        }
        catch (MalformedRequestException e) when (pool.Options.XmlRpcOnly)
        {
            // Clients tell an old host by the type of this answer.
            var body = XmlRpc.Write(new(null, XapiException.Internal(e.Message)));
            StartRpc(http, "text/xml", body.Length);
            await http.Response.Body.WriteAsync(body, http.RequestAborted);
        }
        catch (MalformedRequestException e)
        {
            await AnswerAsync(http, HtmlPage.InternalError(e.Message));
        }
    }

    private static Task AnswerOptionsAsync(HttpContext http)
    {
        Start(http, 200, "OK", null, 0, close: false);
        http.Response.Headers["Access-Control-Allow-Origin"] = "*";
        http.Response.Headers["Access-Control-Allow-Headers"] =
            http.Request.Headers["Access-Control-Request-Headers"] is { Count: > 0 } wanted ? wanted : "X-Requested-With";
        http.Response.Headers["Access-Control-Allow-Methods"] = "PUT";
        return Task.CompletedTask;
    }

    private static async Task<ReadOnlyMemory<byte>> ReadBodyAsync(HttpContext http)
    {
        if (http.Request.ContentLength is not { } length)
            throw new MalformedRequestException("Failure(\"We require a content-length: HTTP header\")");
        if (length > LongestBody)
            throw new MalformedRequestException("Http_svr.Client_requested_size_over_limit");
        var body = new byte[length];
        try
        {
            await http.Request.Body.ReadExactlyAsync(body, http.RequestAborted);
        }
        catch (EndOfStreamException)
        {
            throw new MalformedRequestException("End_of_file");
        }

        return body;
    }

    private static void StartRpc(HttpContext http, string contentType, long length)
    {
        Start(http, 200, "OK", contentType, length, close: false);
        http.Response.Headers["Access-Control-Allow-Origin"] = "*";
        http.Response.Headers["Access-Control-Allow-Headers"] = "X-Requested-With";
    }

    private static void Start(HttpContext http, int status, string reason, string? contentType, long length, bool close)
    {
        http.Response.StatusCode = status;
        http.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase = reason;
        http.Response.ContentLength = length;
        http.Response.Headers.CacheControl = "no-cache, no-store";
        if (contentType is not null)
            http.Response.ContentType = contentType;
        if (status == 401)
            http.Response.Headers.WWWAuthenticate = $"Basic realm=\"{http.Request.Path.Value!.TrimStart('/')}\"";
        http.Response.Headers.Connection =
            close || http.Request.Protocol == "HTTP/1.0" || http.Request.Headers.Connection == "close" ? "close" : "keep-alive";
    }

    /// <summary>Request line and headers as they came.</summary>
    private static int HeaderSize(HttpRequest request) =>
        request.Method.Length + request.Path.Value!.Length + (request.QueryString.Value?.Length ?? 0) + request.Protocol.Length + 6
        + request.Headers.Sum(h => h.Value.Sum(v => h.Key.Length + (v?.Length ?? 0) + 4));
}
