using System.Collections.Frozen;
using System.Collections.Immutable;
using System.CommandLine;
using XoBlazor.App.Cli.Client.Catalogue;
using XoBlazor.App.Cli.Client.Objects;

namespace XoBlazor.App.Cli.Client.Verbs;

/// <summary>
/// <c>vm start NAME</c> and every other operation there is: looks its objects and arguments up, asks where something would be lost, begins it at the server and
/// follows it to its end. Several objects are worked on at once.
/// </summary>
internal sealed class OperationCommand : Command, ITakesParameters
{
    private static readonly FrozenSet<string> s_common = FrozenSet.Create("--url", "--token", "--fingerprint", "--output", "-o", "--yes", "-y", "--dry-run", "--no-wait", "--help", "-h", "-?");

    private readonly ClientShell _shell;
    private readonly VerbDescription _verb;
    private readonly OperationAsker _asker;
    private readonly ObjectArgument _targets;
    private readonly Option<bool> _dry = new("--dry-run") { Description = "Only say what would be done, and lost; nothing is changed" };
    private readonly Option<bool> _still = new("--no-wait") { Description = "Begin it and do not wait for its end" };
    private readonly Option<bool> _sure = new("--yes", "-y") { Description = "Do not ask" };

    public OperationCommand(ClientShell shell, VerbDescription verb)
        : base(verb.Verb, verb.Consequence is { } consequence ? $"{verb.Description} {consequence}" : verb.Description)
    {
        (_shell, _verb, _asker) = (shell, verb, new(shell, verb));
        _targets = new(verb.Types, verb.SuitsMany);
        Takes = ParameterOption.Of(verb, s_common);
        Add(_targets);
        foreach (var option in Takes)
            Add(option.Option);
        Add(_dry);
        Add(_still);
        if (verb.IsAsked)
            Add(_sure);
        Add(shell.Output);
        SetAction(RunAsync);
    }

    public ImmutableArray<ParameterOption> Takes { get; }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken token)
    {
        await using var session = await _shell.OpenAsync(parsed, token);
        var targets = new List<FoundObject>();
        foreach (var meant in parsed.GetRequiredValue(_targets).Distinct())
            targets.Add(await session.Objects.OneAsync(meant, _verb.Types, token));
        var arguments = await _asker.ArgumentsAsync(session, parsed, Takes, token);
        var isDry = parsed.GetValue(_dry);
        if (isDry || (_verb.IsAsked && !parsed.GetValue(_sure)))
            await _asker.ReviewAsync(session, targets, arguments, isDry, token);
        if (isDry)
            return ExitCode.Done;

        var follower = new RunFollower(_shell, session, _verb);
        var (runs, code) = await follower.BeginAsync(targets, arguments, token);
        if (!parsed.GetValue(_still))
            code = await follower.FollowAsync(runs, token) is var worst && code == ExitCode.Done ? worst : code;
        follower.Tell(parsed, runs);
        return code;
    }
}
