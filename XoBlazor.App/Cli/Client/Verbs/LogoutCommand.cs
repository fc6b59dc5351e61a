using System.CommandLine;
using System.Text.Json.Nodes;
using XoBlazor.App.Cli.Client.Connecting;

namespace XoBlazor.App.Cli.Client.Verbs;

/// <summary><c>logout</c>: has the server revoke the token, and forgets it in any case.</summary>
internal sealed class LogoutCommand : Command
{
    public LogoutCommand(ClientShell shell)
        : base("logout", "Revoke the remembered token and forget it") => SetAction((parsed, token) => RunAsync(shell, parsed, token));

    private static async Task<int> RunAsync(ClientShell shell, ParseResult parsed, CancellationToken token)
    {
        var server = shell.Choose(parsed);
        if (server.Known is not { Token: { } kept } known)
            throw new CliException(ExitCode.NotAllowed, $"You are not signed in at {server.Url}.");
        shell.Logins.Change(known with { Token = null, User = null });
        try
        {
            var (link, _) = await ServerDoor.OpenAsync(server with { Token = kept }, shell.World.Time, token);
            await using (link)
                await link.CallAsync("token.deleteOwn", new() { ["tokens"] = new JsonArray(kept) }, token);
        }
        catch (CliException problem) when (problem.ExitCode == ExitCode.NotAllowed)
        {
            // The server did not know it any more.
        }
        catch (CliException problem)
        {
            throw new CliException(problem.ExitCode, $"The token is forgotten here, but still good until it runs out: {problem.Message}", problem);
        }
        await shell.Terminal.Out.WriteLineAsync($"Signed out at {server.Url}.");
        return ExitCode.Done;
    }
}
