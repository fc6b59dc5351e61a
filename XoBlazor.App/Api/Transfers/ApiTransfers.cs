using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Net.Http.Headers;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Api.Methods;
using XoBlazor.App.Api.Sessions;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Store;
using XoBlazor.Core.Transfers;

namespace XoBlazor.App.Api.Transfers;

/// <summary>Operations whose bytes go through an HTTP request: what a host sends is the response's body, what it takes is the request's. Safe from any thread.</summary>
internal sealed class ApiTransfers(OperationVerbs verbs, ApiSessions sessions, AccessEngine access, TimeProvider time)
{
    /// <summary>How soon a transfer ends whose owner may not have it any more.</summary>
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(2);

    /// <summary>What an export is given. Xen Orchestra's clients say true for gzip.</summary>
    public static JsonObject Compression(bool isGzip, string? named) => new() { ["compression"] = isGzip ? "gzip" : named is { Length: > 0 } ? named : "none" };

    public Operation Operation(string name) => verbs.Operation(name);

    /// <summary>Whether it would be begun now. Fails with <see cref="ApiException"/> when not.</summary>
    public void Review(Requester requester, Located<XapiObject> on, Operation operation, JsonObject arguments, string method) =>
        verbs.Review(requester, on, operation, arguments, method);

    /// <summary>
    /// Answers with what the host sends. Fails with <see cref="ApiException"/> as long as nothing is written; when it goes wrong later the connection is cut, so that
    /// nobody takes a part for the whole.
    /// </summary>
    public async Task SendAsync(HttpContext http, ApiSession session, Located<XapiObject> on, Operation operation, JsonObject arguments, string method, Action<OperationRun>? begun = null)
    {
        if (HttpMethods.IsHead(http.Request.Method))
        {
            verbs.Review(session.Requester, on, operation, arguments, method);
            http.Response.ContentType = "application/octet-stream";
            return;
        }

        // Whoever reads slowly slows the host; only one who does not read at all is cut off, by the transfer itself.
        if (http.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
        async Task<Stream> BeginAsync(TransferHead head, CancellationToken token)
        {
            http.Response.ContentType = head.ContentType;
            http.Response.ContentLength = head.Length;
            var name = new ContentDispositionHeaderValue("attachment");
            name.SetHttpFileName(head.FileName);
            http.Response.Headers.ContentDisposition = name.ToString();
            await http.Response.StartAsync(token);
            return http.Response.Body;
        }

        try
        {
            await RunAsync(http, session, on, operation, arguments, method, gone => new TransferTarget(BeginAsync, gone), begun);
        }
        catch (ApiException) when (http.Response.HasStarted)
        {
            http.Abort();
        }
    }

    /// <summary>Hands the request's body to the host, and ends when the host has said what became of it. Fails with <see cref="ApiException"/>.</summary>
    public Task<OperationResult> TakeAsync(HttpContext http, ApiSession session, Located<XapiObject> on, Operation operation, JsonObject arguments, string method, Action<OperationRun>? begun = null)
    {
        Unbind(http);
        return RunAsync(http, session, on, operation, arguments, method, gone => new TransferSource(http.Request.Body, http.Request.ContentLength, gone), begun);
    }

    private async Task<OperationResult> RunAsync(
        HttpContext http, ApiSession session, Located<XapiObject> on, Operation operation, JsonObject arguments, string method, Func<CancellationToken, TransferEnd> end, Action<OperationRun>? begun)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        var watching = WatchAsync(session, on, operation, gone, over.Token);
        try
        {
            return await verbs.RunAsync(session.Requester, on, operation, arguments, method, end(gone.Token), begun);
        }
        finally
        {
            await over.CancelAsync();
            await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>A transfer may last for hours: it ends when its owner is signed out for good, or loses the right.</summary>
    private async Task WatchAsync(ApiSession session, Located<XapiObject> on, Operation operation, CancellationTokenSource gone, CancellationToken over)
    {
        using var timer = new PeriodicTimer(s_look, time);
        while (await timer.WaitForNextTickAsync(over))
            if (!await sessions.IsGoodAsync(session, over) || access.Refusal(session.Requester.Actor, operation.Right, on.Pool, on.Object) is not null)
            {
                await gone.CancelAsync();
                return;
            }
    }

    /// <summary>A disk is as long as it is, and its host takes it as slowly as it does.</summary>
    private static void Unbind(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
        if (http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
    }
}
