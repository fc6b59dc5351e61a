using System.Text.Json.Nodes;
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

        var started = new TaskCompletionSource<OperationRun>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await RunAsync(http, session, on, operation, arguments, method, gone => HttpTransfer.Target(http, started.Task, gone), run =>
            {
                started.SetResult(run);
                begun?.Invoke(run);
            });
        }
        catch (ApiException) when (http.Response.HasStarted)
        {
            http.Abort();
        }
    }

    /// <summary>Hands the request's body to the host, and ends when the host has said what became of it. Fails with <see cref="ApiException"/>.</summary>
    public Task<OperationResult> TakeAsync(HttpContext http, ApiSession session, Located<XapiObject> on, Operation operation, JsonObject arguments, string method, Action<OperationRun>? begun = null)
    {
        HttpTransfer.Unbind(http);
        return RunAsync(http, session, on, operation, arguments, method, gone => new TransferSource(http.Request.Body, http.Request.ContentLength, gone), begun);
    }

    private async Task<OperationResult> RunAsync(
        HttpContext http, ApiSession session, Located<XapiObject> on, Operation operation, JsonObject arguments, string method, Func<CancellationToken, TransferEnd> end, Action<OperationRun>? begun)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        return await HttpTransfer.WatchedAsync(
            verbs.RunAsync(session.Requester, on, operation, arguments, method, end(gone.Token), begun),
            async look => await sessions.IsGoodAsync(session, look) && access.Refusal(session.Requester.Actor, operation.Right, on.Pool, on.Object) is null, gone, time);
    }
}
