using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using XoBlazor.App.Hosting;

namespace XoBlazor.App.Cli.Client.Transfers;

/// <summary>Sends what an operation takes, and where it is a file goes on from where the server got to when the connection is lost. Fails with <see cref="CliException"/>.</summary>
internal sealed class FileSend(Terminal terminal, ClientSession session, TimeProvider time, string what)
{
    private const string Offset = "Upload-Offset";
    private const int MostFailures = 20;

    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(10);

    /// <param name="length">In bytes; null when that is not known.</param>
    /// <param name="canSendAgain">It is a file, and no pipe.</param>
    /// <returns>What the server says of the end.</returns>
    public async Task<JsonObject> RunAsync(string address, Stream content, long? length, bool canSendAgain, CancellationToken token)
    {
        var at = TransferDoor.At(session.Server, address);
        using var http = TransferDoor.Open(session.Server);
        using var line = new TransferLine(terminal, time, what, length);
        try
        {
            for (var failures = 0; ;)
            {
                var before = line.Bytes;
                try
                {
                    if (await SendAsync(http, at, content, line, length, token) is { } end)
                        return end;
                }
                catch (Exception lost) when (lost is IOException or HttpRequestException && !token.IsCancellationRequested)
                {
                    if (!canSendAgain)
                        throw new CliException(ExitCode.Failed, $"The connection broke after {Core.Operations.SizeText.Write(line.Bytes)}, and standard input cannot be sent again. Begin again.", lost);
                    if (++failures > MostFailures)
                        throw new CliException(ExitCode.OutOfReach, "The server does not answer any more. What was written until then is not to be used; send it again.", lost);
                    var pause = s_pause * failures;
                    await Task.Delay(pause < s_longestPause ? pause : s_longestPause, time, token);
                }

                if (await ReachedAsync(http, at, token) is { } reached)
                {
                    if (reached > before)
                        failures = 0;
                    content.Position = reached;
                    line.GoBackTo(reached);
                }
            }
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            // The server would wait for the rest.
            await GiveUpAsync(http, at);
            throw;
        }
    }

    /// <summary>The end of the operation; null when more is to be sent.</summary>
    private static async Task<JsonObject?> SendAsync(HttpMessageInvoker http, Uri at, Stream content, TransferLine line, long? length, CancellationToken token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, at) { Content = new Passing(content, line, length - line.Bytes) };
        request.Headers.Add(Offset, line.Bytes.ToString(CultureInfo.InvariantCulture));
        request.Headers.ExpectContinue = true;
        using var answer = await http.SendAsync(request, token);
        if (answer.StatusCode is HttpStatusCode.NoContent or HttpStatusCode.RequestedRangeNotSatisfiable && length is not null)
            return null;
        return answer.IsSuccessStatusCode ? (JsonObject)JsonNode.Parse(await answer.Content.ReadAsStringAsync(token))! : throw await TransferDoor.RefusalAsync(answer, token);
    }

    /// <summary>How much the server has; null when it cannot be asked. Fails when it does not know of it any more.</summary>
    private static async Task<long?> ReachedAsync(HttpMessageInvoker http, Uri at, CancellationToken token)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Head, at);
            using var answer = await http.SendAsync(request, token);
            if (answer.StatusCode == HttpStatusCode.NotFound)
                throw new CliException(ExitCode.Failed, "The server has given it up. What was written until then is not to be used; send it again.");
            return answer.Headers.TryGetValues(Offset, out var told) && long.TryParse(told.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var offset) ? offset : null;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private async Task GiveUpAsync(HttpMessageInvoker http, Uri at)
    {
        using var patience = new CancellationTokenSource(s_longestPause, time);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Delete, at);
            using var answer = await http.SendAsync(request, patience.Token);
        }
        catch (Exception gone) when (gone is HttpRequestException or OperationCanceledException)
        {
            // It notices by itself after a while.
        }
    }

    private sealed class Passing(Stream from, TransferLine line, long? length) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) => line.CopyAsync(from, stream, cancellationToken);

        protected override bool TryComputeLength(out long size)
        {
            size = length ?? 0;
            return length is not null;
        }
    }
}
