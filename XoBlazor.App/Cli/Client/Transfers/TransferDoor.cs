using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.App.Cli.Client.Connecting;
using XoBlazor.App.Cli.Client.Output;

namespace XoBlazor.App.Cli.Client.Transfers;

/// <summary>Plain HTTP with the server of a session, whose certificate is judged as for the session. No limit of time: files are as long as they are.</summary>
internal static class TransferDoor
{
    public static HttpMessageInvoker Open(ServerChoice server)
    {
        var trust = new CertificateTrust(server.Pin);
        return new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, errors) => trust.Judge(certificate, errors) },
        });
    }

    public static Uri At(ServerChoice server, string address) => new(server.Url, address);

    /// <summary>What an answer that is no success says, for people.</summary>
    public static async Task<CliException> RefusalAsync(HttpResponseMessage answer, CancellationToken token)
    {
        var words = await answer.Content.ReadAsStringAsync(token);
        try
        {
            if (JsonNode.Parse(words) is JsonObject told && Printable.Value(told["message"]) is { Length: > 0 } message)
                return new((string?)told["end"] == "unknown" ? ExitCode.Unknown : ExitCode.Failed, message);
        }
        catch (JsonException)
        {
            // Something between us and the server answered.
        }

        return new(answer.StatusCode == HttpStatusCode.NotFound ? ExitCode.NoSuchObject : ExitCode.Failed, $"The server answered {(int)answer.StatusCode}. Begin again.");
    }
}
