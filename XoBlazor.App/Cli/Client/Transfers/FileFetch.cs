using System.Text.Json.Nodes;
using XoBlazor.App.Api.Transfers;
using XoBlazor.App.Cli.Client.Connecting;
using XoBlazor.App.Cli.Client.Output;
using XoBlazor.App.Hosting;

namespace XoBlazor.App.Cli.Client.Transfers;

/// <summary>Fetches what an operation sends. Only what the server calls whole is kept. Fails with <see cref="CliException"/>.</summary>
internal sealed class FileFetch(Terminal terminal, ClientSession session, TimeProvider time, string what)
{
    private const int LongestLook = 30_000;

    /// <param name="file">Null for the name that the server gives it, <c>-</c> for standard output.</param>
    /// <returns>The file; null for standard output.</returns>
    public async Task<string?> RunAsync(string address, string? file, bool isForced, CancellationToken token)
    {
        using var http = TransferDoor.Open(session.Server);
        using var request = new HttpRequestMessage(HttpMethod.Get, TransferDoor.At(session.Server, address));
        using var answer = await http.SendAsync(request, token);
        if (!answer.IsSuccessStatusCode)
            throw await TransferDoor.RefusalAsync(answer, token);
        var run = answer.Headers.TryGetValues(HttpTransfer.RunHeader, out var told) ? told.FirstOrDefault() : null;
        await using var body = await answer.Content.ReadAsStreamAsync(token);
        using var line = new TransferLine(terminal, time, what, answer.Content.Headers.ContentLength);
        if (file == "-")
        {
            await using var output = terminal.OpenOut();
            await CopyAsync(line, body, output, run, token);
            return null;
        }

        // A name from elsewhere is a name only.
        if (file is null)
            TransferFiles.MustBeFree(file = NameOf(answer), isForced);
        try
        {
            await using (var part = TransferFiles.OpenPart(file))
                await CopyAsync(line, body, part, run, token);
            File.Move(TransferFiles.PartOf(file), file, overwrite: isForced);
            return file;
        }
        catch
        {
            File.Delete(TransferFiles.PartOf(file));
            throw;
        }
    }

    private static string NameOf(HttpResponseMessage answer) =>
        Path.GetFileName(answer.Content.Headers.ContentDisposition is { } named ? (named.FileNameStar ?? named.FileName)?.Trim('"') : null) is { Length: > 0 } name ? name : "export";

    private async Task CopyAsync(TransferLine line, Stream body, Stream to, string? run, CancellationToken token)
    {
        Exception? broken = null;
        try
        {
            await line.CopyAsync(body, to, token);
            await to.FlushAsync(token);
        }
        catch (Exception lost) when (lost is IOException or HttpRequestException && !token.IsCancellationRequested)
        {
            broken = lost;
        }

        // What came is whole when the operation says so, and not before.
        var end = run is null ? null : await EndAsync(run, token);
        if ((string?)end?["end"] is not "succeeded" || broken is not null)
            throw new CliException((string?)end?["end"] == "unknown" ? ExitCode.Unknown : ExitCode.Failed,
                end?["message"] is { } message && (string?)end["end"] != "succeeded" ? Printable.Value(message) : $"The connection broke{(broken is null ? "" : $" ({Printable.Line(broken.Message).TrimEnd('.')})")}. Begin again.", broken);
    }

    private async Task<JsonObject?> EndAsync(string run, CancellationToken token)
    {
        try
        {
            while (true)
                if (await session.Link.CallAsync("operation.get", new() { ["run"] = run, ["wait"] = LongestLook }, token) is JsonObject told && told["end"] is not null)
                    return told;
        }
        catch (LinkLostException)
        {
            return null;
        }
    }
}
