using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Net.Http.Headers;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Transfers;

namespace XoBlazor.App.Api.Transfers;

/// <summary>A transfer's bytes as the bodies of HTTP requests and answers.</summary>
internal static class HttpTransfer
{
    /// <summary>Tells programs which run the bytes belong to, so that they can ask how it ended.</summary>
    public const string RunHeader = "X-Run";

    /// <summary>How soon a transfer ends whose owner may not have it any more.</summary>
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(2);

    /// <summary>The answer's body as the place that bytes go to.</summary>
    /// <param name="run">The operation that sends them, once it is known.</param>
    public static TransferTarget Target(HttpContext http, Task<OperationRun> run, CancellationToken gone)
    {
        // Whoever reads slowly slows the host; only one who does not read at all is cut off, by the transfer itself.
        if (http.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
        return new(BeginAsync, gone);

        async Task<Stream> BeginAsync(TransferHead head, CancellationToken token)
        {
            http.Response.Headers[RunHeader] = OperationNumber.Of(await run.WaitAsync(token));
            http.Response.ContentType = head.ContentType;
            http.Response.ContentLength = head.Length;
            var name = new ContentDispositionHeaderValue("attachment");
            name.SetHttpFileName(head.FileName);
            http.Response.Headers.ContentDisposition = name.ToString();
            await http.Response.StartAsync(token);
            return http.Response.Body;
        }
    }

    /// <summary>A disk is as long as it is, and its host takes it as slowly as it does.</summary>
    public static void Unbind(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
        if (http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
    }

    /// <summary>A transfer may last for hours: while it runs, <paramref name="gone"/> is cancelled as soon as its owner is signed out for good, or has lost the right.</summary>
    public static async Task<T> WatchedAsync<T>(Task<T> transfer, Func<CancellationToken, Task<bool>> mayGoOn, CancellationTokenSource gone, TimeProvider time)
    {
        using var over = new CancellationTokenSource();
        var watching = WatchAsync(mayGoOn, gone, time, over.Token);
        try
        {
            return await transfer;
        }
        finally
        {
            await over.CancelAsync();
            await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task WatchAsync(Func<CancellationToken, Task<bool>> mayGoOn, CancellationTokenSource gone, TimeProvider time, CancellationToken over)
    {
        using var timer = new PeriodicTimer(s_look, time);
        while (await timer.WaitForNextTickAsync(over))
            if (!await mayGoOn(over))
            {
                await gone.CancelAsync();
                return;
            }
    }
}
