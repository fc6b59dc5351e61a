using System.CommandLine;
using System.Text.Json.Nodes;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Cli.Client.Connecting;
using XoBlazor.App.Hosting;

namespace XoBlazor.App.Cli.Client.Verbs;

/// <summary><c>login</c>: proves who one is, once, and keeps a token for the commands after it. A certificate that the machine does not trust is shown and asked about.</summary>
internal sealed class LoginCommand : Command
{
    private const string Life = "30 days";

    private readonly ClientShell _shell;
    private readonly Option<string?> _user = new("--user", "-u") { HelpName = "NAME", Description = "The name to sign in with; asked for when it is left out" };
    private readonly Option<bool> _typed = new("--password-stdin") { Description = "Read the password from standard input instead of asking for it" };
    private readonly Option<string?> _code = new("--otp") { HelpName = "CODE", Description = "The one-time code of accounts that have an authenticator app; asked for when it is needed" };

    public LoginCommand(ClientShell shell)
        : base("login", "Sign in at a server with a password, or with --token, and remember it")
    {
        _shell = shell;
        Add(_user);
        Add(_typed);
        Add(_code);
        SetAction(RunAsync);
    }

    private Terminal Terminal => _shell.Terminal;

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken token)
    {
        var server = _shell.Choose(parsed);
        var (link, pinned) = await ConnectAsync(server, token);
        await using (link)
        {
            var given = parsed.GetValue(_shell.Server.Token) ?? (_shell.World.Variable(ServerOptions.TokenVariable) is { Length: > 0 } variable ? variable : null);
            var user = given is null ? await WithPasswordAsync(link, parsed, token) : await link.CallAsync("session.signIn", new() { ["token"] = given }, token);
            var name = (string?)user?["email"] ?? "";
            var kept = given ?? (string?)await link.CallAsync("token.create", new() { ["description"] = $"xo-blazor cli on {Environment.MachineName}", ["expiresIn"] = Life }, token);
            await RevokeAsync(link, server.Known?.Token, kept, token);
            var known = new KnownServer(server.Url.AbsoluteUri) { User = name, Token = kept, Fingerprint = pinned, Version = server.Known?.Version };
            _shell.Logins.Keep(known);
            await _shell.Verbs.RefreshAsync(link, known, token);
            await Terminal.Out.WriteLineAsync($"Signed in at {server.Url} as {Output.Printable.Line(name)}.{(given is null ? $" The token is kept in {_shell.World.Folder} for {Life}; 'xo-blazor cli logout' revokes it." : "")}");
        }
        return ExitCode.Done;
    }

    /// <summary>Returns the connection, and the fingerprint to remember where the machine does not trust the certificate by itself.</summary>
    private async Task<(ServerLink Link, string? Pinned)> ConnectAsync(ServerChoice server, CancellationToken token)
    {
        try
        {
            var (link, trust) = await ServerDoor.ConnectAsync(server.Url, server.Pin, _shell.World.Time, token);
            return (link, trust.IsPinned ? server.Pin?.Text : null);
        }
        catch (UntrustedCertificateException unknown)
        {
            if (!Terminal.CanAsk)
                throw new CliException(ExitCode.OutOfReach, $"{unknown.Message} Compare it with what the server printed at its start, and give it with --fingerprint.", unknown);
            await Terminal.Error.WriteLineAsync($"{unknown.Message}\nThe server printed its own at its start; they have to be the same.");
            if (Terminal.Ask("Trust this certificate from now on? [y/N] ") is not ("y" or "Y" or "yes"))
                throw new CliException(ExitCode.OutOfReach, "Not trusted, and nothing was sent.", unknown);
            var (link, _) = await ServerDoor.ConnectAsync(server.Url, unknown.Shown, _shell.World.Time, token);
            return (link, unknown.Shown.Text);
        }
    }

    private async Task<JsonNode?> WithPasswordAsync(ServerLink link, ParseResult parsed, CancellationToken token)
    {
        var name = parsed.GetValue(_user) ?? Asked("User: ", isSecret: false, "Give --user NAME, or a token with --token.");
        var password = parsed.GetValue(_typed)
            ? await Terminal.In.ReadLineAsync(token) ?? "" : Asked("Password: ", isSecret: true, "There is nobody to type the password: give --password-stdin, or a token with --token.");
        var credentials = new JsonObject { ["email"] = name, ["password"] = password };
        if (parsed.GetValue(_code) is { } code)
            credentials["otp"] = code;
        try
        {
            return await link.CallAsync("session.signIn", credentials, token);
        }
        catch (RpcException refused) when (refused.Code == ApiErrorCode.InvalidCredentials && !credentials.ContainsKey("otp") && refused.Message.Contains("'otp'", StringComparison.Ordinal) && Terminal.CanAsk)
        {
            credentials = (JsonObject)credentials.DeepClone();
            credentials["otp"] = Terminal.Ask("One-time code: ")?.Trim();
            return await link.CallAsync("session.signIn", credentials, token);
        }
    }

    // The one before is of no use to anybody any more.
    private static async Task RevokeAsync(ServerLink link, string? before, string? now, CancellationToken token)
    {
        if (before is null || before == now)
            return;
        try
        {
            await link.CallAsync("token.deleteOwn", new() { ["tokens"] = new JsonArray(before) }, token);
        }
        catch (RpcException)
        {
            // It is gone already, or somebody else's.
        }
    }

    private string Asked(string question, bool isSecret, string instead) =>
        Terminal.Ask(question, isSecret) is { Length: > 0 } answer ? answer : throw new CliException(ExitCode.WrongCommandLine, instead);
}
