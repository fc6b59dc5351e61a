using System.CommandLine;
using System.Text.Json.Nodes;
using XoBlazor.App.Cli.Client.Output;

namespace XoBlazor.App.Cli.Client.Verbs;

/// <summary><c>whoami</c>: who is signed in where, asked of the server itself.</summary>
internal sealed class WhoAmICommand : Command
{
    public WhoAmICommand(ClientShell shell)
        : base("whoami", "Say who is signed in, and where")
    {
        Add(shell.Output);
        SetAction((parsed, token) => RunAsync(shell, parsed, token));
    }

    private static async Task<int> RunAsync(ClientShell shell, ParseResult parsed, CancellationToken token)
    {
        await using var session = await shell.OpenAsync(parsed, token);
        var user = await session.Link.CallAsync("session.getUser", null, token);
        var version = await session.Link.CallAsync("system.getServerVersion", null, token);
        string[] titles = ["user", "administrator", "server", "version"];
        JsonNode?[] values = [session.User, (string?)user?["permission"] == "admin", session.Server.Url.AbsoluteUri, version?.DeepClone()];
        shell.Give(parsed, titles, [values.Select(Printable.Value).ToArray()], () => new JsonObject(titles.Zip(values, KeyValuePair.Create)));
        return ExitCode.Done;
    }
}
