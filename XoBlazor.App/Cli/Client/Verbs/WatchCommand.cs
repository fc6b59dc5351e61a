using System.CommandLine;
using System.Text.Json.Nodes;
using XoBlazor.App.Cli.Client.Catalogue;
using XoBlazor.App.Cli.Client.Connecting;
using XoBlazor.App.Cli.Client.Output;
using XoBlazor.App.Cli.Client.Watching;

namespace XoBlazor.App.Cli.Client.Verbs;

/// <summary><c>watch</c>: a line for each change as it happens, until Ctrl-C. A lost connection is made again, and goes on where it was.</summary>
internal sealed class WatchCommand : Command
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(30);

    private readonly ClientShell _shell;
    private readonly Option<string?> _filter = ListCommand.Filter();
    private readonly Option<string[]> _kinds = new("--kind", "-k") { HelpName = "KIND", Description = "Only these, such as vm or host; may be given several times" };
    private readonly Option<string?> _fields = new("--fields") { HelpName = "A,B,…", Description = "Only changes of these properties" };
    private readonly Option<bool> _present = new("--present") { Description = "Tell first what is there" };

    public WatchCommand(ClientShell shell)
        : base("watch", "Tell what changes, line by line, until Ctrl-C")
    {
        _shell = shell;
        _kinds.CompletionSources.Add([.. Kinds.All.Select(one => one.Kind)]);
        Add(_filter);
        Add(_kinds);
        Add(_fields);
        Add(_present);
        Add(shell.Output);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken token)
    {
        var asked = Asked(parsed);
        var form = parsed.GetValue(_shell.Output);
        if (form == OutputFormat.Csv)
            throw new CliException(ExitCode.WrongCommandLine, "What changes is told line by line: as a table, or as JSON with --output json.");
        var picture = new WatchedObjects(parsed.GetValue(_present));
        var pause = s_firstPause;
        var isFirst = true;
        while (true)
        {
            try
            {
                await using var session = await _shell.OpenAsync(parsed, token);
                (isFirst, pause) = (false, s_firstPause);
                await FollowAsync(session.Link, asked, picture, form, token);
            }
            catch (Exception lost) when (!token.IsCancellationRequested && (lost is LinkLostException || (!isFirst && lost is CliException { ExitCode: ExitCode.OutOfReach })))
            {
                await _shell.Terminal.Error.WriteLineAsync($"xo-blazor: {lost.Message} Trying again in {pause.TotalSeconds:0} s.");
                await Task.Delay(pause, _shell.World.Time, token);
                pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause;
            }
        }
    }

    private async Task FollowAsync(ServerLink link, JsonObject asked, WatchedObjects picture, OutputFormat form, CancellationToken token)
    {
        var subscription = (JsonObject)asked.DeepClone();
        if (picture.Position is { } position)
            subscription["since"] = position;
        var answer = await link.CallAsync("changes.subscribe", subscription, token);
        picture.Begin(isResumed: (bool?)answer?["resumed"] ?? false);
        await foreach (var message in link.Changes.ReadAllAsync(token))
            foreach (var change in picture.Take(message))
                await _shell.Terminal.Out.WriteLineAsync(form == OutputFormat.Json
                    ? Printable.Json(change.ToJson(_shell.World.Time.GetUtcNow()), isIndented: false) : change.ToLine(_shell.World.Time.GetLocalNow()));
    }

    private JsonObject Asked(ParseResult parsed)
    {
        var types = (parsed.GetValue(_kinds) ?? []).Select(kind => Kinds.All.FirstOrDefault(one => one.Kind == kind || one.Type == kind).Type
            ?? throw new CliException(ExitCode.WrongCommandLine, $"There is no kind of object '{kind}'. There are: {string.Join(", ", Kinds.All.Select(one => one.Kind))}.")).ToList();
        var filter = $"{ListCommand.Checked(parsed.GetValue(_filter))}{(types.Count > 0 ? $" type:|({string.Join(' ', types)})" : "")}".Trim();
        var asked = new JsonObject();
        if (filter.Length > 0)
            asked["filter"] = filter;
        if (parsed.GetValue(_fields)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } fields)
            asked["fields"] = new JsonArray([.. fields.Append("name_label").Distinct().Select(field => (JsonNode)field)]);
        return asked;
    }
}
