using System.Text.Json.Nodes;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Cli.Client.Output;

namespace XoBlazor.App.Cli.Client.Connecting;

/// <summary>The server's errors as a person at a shell reads them, with the exit code for scripts.</summary>
internal static class RpcWords
{
    public static CliException Of(RpcException refused)
    {
        var words = Printable.Line(refused.Message);
        if (refused.About is JsonObject about)
        {
            // Not to be said twice.
            if (about["reason"] is JsonValue reason && Printable.Line(reason.ToString()) is { Length: > 0 } why && !words.Contains(why, StringComparison.Ordinal))
                words = $"{words}: {why}";
            if (about["errors"] is JsonArray { Count: > 0 } errors)
                words = $"{words} ({string.Join("; ", errors.OfType<JsonObject>().Select(Error).Where(error => !words.Contains(error, StringComparison.Ordinal)))})".Replace(" ()", "", StringComparison.Ordinal);
        }
        return new(CodeOf(refused.Code), $"{words.TrimEnd('.')}.", refused);
    }

    private static string Error(JsonObject error) => $"{error["instancePath"]?.ToString().TrimStart('/').Replace('/', '.')} {error["message"]}".Trim();

    private static int CodeOf(int code) => code switch
    {
        ApiErrorCode.NoSuchObject => ExitCode.NoSuchObject,
        ApiErrorCode.Unauthorized or ApiErrorCode.InvalidCredentials => ExitCode.NotAllowed,
        _ => ExitCode.Failed,
    };
}
