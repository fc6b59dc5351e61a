using System.CommandLine;
using System.Text.Json.Nodes;
using XoBlazor.App.Cli.Client.Catalogue;
using XoBlazor.App.Cli.Client.Connecting;
using XoBlazor.App.Cli.Client.Objects;
using XoBlazor.App.Cli.Client.Output;
using XoBlazor.App.Hosting;

namespace XoBlazor.App.Cli.Client;

/// <summary>What all commands of <c>xo-blazor cli</c> work with.</summary>
internal sealed class ClientShell(ClientWorld world)
{
    public ClientWorld World => world;

    public Terminal Terminal => world.Terminal;

    public ServerOptions Server { get; } = new();

    public ServerLogins Logins { get; } = new(world);

    public KnownVerbs Verbs => new(world, Logins);

    public Option<OutputFormat> Output { get; } = new("--output", "-o")
    {
        HelpName = "table|json|csv",
        Description = "For people, for programs, or for spreadsheets (default table)",
    };

    /// <summary>Gives out what was found, in the form that was asked for.</summary>
    /// <param name="json">The same for programs.</param>
    public void Give(ParseResult parsed, IReadOnlyList<string> titles, IReadOnlyCollection<IReadOnlyList<string>> rows, Func<JsonNode> json)
    {
        switch (parsed.GetValue(Output))
        {
            case OutputFormat.Table:
                Table.Write(Terminal.Out, titles, rows);
                break;
            case OutputFormat.Csv:
                Table.WriteCsv(Terminal.Out, titles, rows);
                break;
            case OutputFormat.Json:
                Terminal.Out.WriteLine(Printable.Json(json()));
                break;
        }
    }

    public ServerChoice Choose(ParseResult parsed) => Server.Choose(parsed, world, Logins);

    /// <summary>Connects to the server that is meant, as the user. What is remembered of its operations is brought up to date.</summary>
    public async Task<ClientSession> OpenAsync(ParseResult parsed, CancellationToken token)
    {
        var server = Choose(parsed);
        var (link, user) = await ServerDoor.OpenAsync(server, world.Time, token);
        try
        {
            if (server.Known is { } known)
                await Verbs.RefreshAsync(link, known, token);
            return new(server, link, (string?)user["email"] ?? "");
        }
        catch
        {
            await link.DisposeAsync();
            throw;
        }
    }
}

/// <summary>A user at a server.</summary>
internal sealed record ClientSession(ServerChoice Server, ServerLink Link, string User) : IAsyncDisposable
{
    public ObjectFinder Objects { get; } = new(Link);

    public ValueTask DisposeAsync() => Link.DisposeAsync();
}
