using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Connections;
using XoBlazor.Core.Operations;

namespace XoBlazor.App.Api.Transfers;

/// <summary>
/// The addresses that <see cref="TransferDesk"/> gives out: GET fetches; PATCH sends from <c>Upload-Offset</c> on, HEAD tells that offset after a lost connection, DELETE gives up.
/// Errors are <c>{"message": …}</c>.
/// </summary>
internal static class TransferEndpoints
{
    private const string Offset = "Upload-Offset";
    private const string Length = "Upload-Length";
    private const string Pattern = TransferDesk.Root + "{token:length(43)}";

    public static void MapTransfers(this WebApplication app)
    {
        app.MapGet(Pattern, FetchAsync).AllowAnonymous();
        app.MapMethods(Pattern, [HttpMethods.Head], Tell).AllowAnonymous();
        app.MapMethods(Pattern, [HttpMethods.Patch], SendAsync).AllowAnonymous().DisableAntiforgery();
        app.MapDelete(Pattern, GiveUp).AllowAnonymous().DisableAntiforgery();
    }

    private static async Task FetchAsync(HttpContext http, string token, TransferDesk desk, TimeProvider time)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (!desk.TryTake(http, token, out var offer))
        {
            await NotThereAsync(http);
            return;
        }

        var started = new TaskCompletionSource<OperationRun>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        OperationRun run;
        try
        {
            run = await desk.StartAsync(offer, HttpTransfer.Target(http, started.Task, gone.Token));
        }
        catch (OperationRefusedException refused)
        {
            await AnswerAsync(http, StatusCodes.Status409Conflict, new() { ["message"] = refused.Message });
            return;
        }

        started.SetResult(run);
        var result = await HttpTransfer.WatchedAsync(run.Completion, look => desk.MayGoOnAsync(offer, look), gone, time);
        if (result.End == OperationEnd.Succeeded)
            return;
        // Nobody is to take a part for the whole.
        if (http.Response.HasStarted)
            http.Abort();
        else
            await AnswerAsync(http, StatusCodes.Status409Conflict, Told(result, run));
    }

    private static void Tell(HttpContext http, string token, TransferDesk desk)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (!desk.TryFind(http, token, out var upload))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        http.Response.Headers[Offset] = Text(upload.Received);
        if (upload.Length is { } length)
            http.Response.Headers[Length] = Text(length);
    }

    private static async Task SendAsync(HttpContext http, string token, TransferDesk desk)
    {
        if (!desk.TryFind(http, token, out var upload))
        {
            await NotThereAsync(http);
            return;
        }

        if (!long.TryParse(http.Request.Headers[Offset].FirstOrDefault() ?? "0", NumberStyles.None, CultureInfo.InvariantCulture, out var offset))
        {
            await AnswerAsync(http, StatusCodes.Status400BadRequest, new() { ["message"] = $"{Offset} is a number of bytes." });
            return;
        }

        HttpTransfer.Unbind(http);
        try
        {
            var result = await upload.ReceiveAsync(http.Request.Body, offset, http.RequestAborted);
            http.Response.Headers[Offset] = Text(upload.Received);
            if (result is null)
                http.Response.StatusCode = StatusCodes.Status204NoContent;
            else
                await AnswerAsync(http, result.End == OperationEnd.Succeeded ? StatusCodes.Status200OK : StatusCodes.Status409Conflict, Told(result, null));
        }
        catch (OperationRefusedException refused)
        {
            await AnswerAsync(http, StatusCodes.Status409Conflict, new() { ["message"] = refused.Message });
        }
        catch (UploadOffsetException elsewhere)
        {
            http.Response.Headers[Offset] = Text(elsewhere.Received);
            await AnswerAsync(http, StatusCodes.Status416RangeNotSatisfiable, new() { ["message"] = elsewhere.Message });
        }
        catch (Exception lost) when (lost is OperationCanceledException or ConnectionAbortedException or ConnectionResetException or BadHttpRequestException or IOException)
        {
            // The sender is gone, and may come back.
            http.Abort();
        }
    }

    private static Task GiveUp(HttpContext http, string token, TransferDesk desk)
    {
        if (!desk.TryFind(http, token, out var upload))
            return NotThereAsync(http);
        upload.Cancel();
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static Task NotThereAsync(HttpContext http) =>
        AnswerAsync(http, StatusCodes.Status404NotFound, new() { ["message"] = "This address was used already, has run out, or is somebody else's. Begin again." });

    private static JsonObject Told(OperationResult result, OperationRun? run)
    {
        var told = new JsonObject { ["end"] = JsonNamingPolicy.CamelCase.ConvertName(result.End.ToString()), ["message"] = result.Message };
        if (run is not null)
            told["run"] = OperationNumber.Of(run);
        if (result.Code is { } code)
            told["code"] = code;
        if (result.Made is { } made)
            told["made"] = made.Uuid;
        return told;
    }

    private static Task AnswerAsync(HttpContext http, int status, JsonObject told)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(told.ToJsonString(), http.RequestAborted);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
