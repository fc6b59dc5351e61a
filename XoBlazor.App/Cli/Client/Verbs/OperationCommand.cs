using System.Collections.Frozen;
using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using XoBlazor.App.Cli.Client.Catalogue;
using XoBlazor.App.Cli.Client.Objects;
using XoBlazor.App.Cli.Client.Output;
using XoBlazor.App.Cli.Client.Values;

namespace XoBlazor.App.Cli.Client.Verbs;

/// <summary>
/// <c>vm start NAME</c> and every other operation there is: looks its objects and arguments up, asks where something would be lost, begins it at the server and
/// follows it to its end. Several objects are worked on at once.
/// </summary>
internal sealed class OperationCommand : Command
{
    private static readonly FrozenSet<string> s_common = FrozenSet.Create("--url", "--token", "--fingerprint", "--output", "-o", "--yes", "-y", "--dry-run", "--no-wait", "--help", "-h", "-?");

    private readonly ClientShell _shell;
    private readonly VerbDescription _verb;
    private readonly ObjectArgument _targets;
    private readonly Option<bool> _dry = new("--dry-run") { Description = "Only say what would be done, and lost; nothing is changed" };
    private readonly Option<bool> _still = new("--no-wait") { Description = "Begin it and do not wait for its end" };
    private readonly Option<bool> _sure = new("--yes", "-y") { Description = "Do not ask" };

    public OperationCommand(ClientShell shell, VerbDescription verb)
        : base(verb.Verb, verb.Consequence is { } consequence ? $"{verb.Description} {consequence}" : verb.Description)
    {
        (_shell, _verb) = (shell, verb);
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

    /// <summary>What it takes.</summary>
    public ImmutableArray<ParameterOption> Takes { get; }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken token)
    {
        await using var session = await _shell.OpenAsync(parsed, token);
        var targets = new List<FoundObject>();
        foreach (var meant in parsed.GetRequiredValue(_targets).Distinct())
            targets.Add(await session.Objects.OneAsync(meant, _verb.Types, token));
        var arguments = await ArgumentsAsync(session, parsed, token);
        var isDry = parsed.GetValue(_dry);
        if (isDry || (_verb.IsAsked && !parsed.GetValue(_sure)))
            await ReviewAsync(session, targets, arguments, isDry, token);
        if (isDry)
            return ExitCode.Done;

        var follower = new RunFollower(_shell, session, _verb);
        var (runs, code) = await follower.BeginAsync(targets, arguments, token);
        if (!parsed.GetValue(_still))
            code = await follower.FollowAsync(runs, token) is var worst && code == ExitCode.Done ? worst : code;
        follower.Tell(parsed, runs);
        return code;
    }

    private async Task<JsonObject> ArgumentsAsync(ClientSession session, ParseResult parsed, CancellationToken token)
    {
        var reader = new ArgumentReader(session.Objects, _shell.Terminal);
        var arguments = new JsonObject();
        foreach (var option in Takes)
            if (option.Given(parsed) is { } written)
                arguments[option.Parameter.Name] = await reader.ReadAsync(option.Parameter, written, token);
        return arguments;
    }

    /// <summary>Says what would happen, and asks whether it may. Fails with <see cref="CliException"/> where it may not, or could not.</summary>
    private async Task ReviewAsync(ClientSession session, IReadOnlyList<FoundObject> targets, JsonObject arguments, bool isDry, CancellationToken token)
    {
        var output = isDry ? _shell.Terminal.Out : _shell.Terminal.Error;
        foreach (var target in targets)
        {
            var review = await session.Link.CallAsync("operation.review", RunFollower.Asked(_verb, target, arguments), token);
            if ((string?)review?["obstacle"] is { } obstacle)
                throw new CliException(ExitCode.Failed, $"{_verb.Title} {target.Name}: {Printable.Line(obstacle)}");
            await output.WriteLineAsync($"{_verb.Title} {target.Name} ({target.Id}).{(_verb.Consequence is { } consequence ? " " + consequence : "")}");
            foreach (var loss in review?["losses"] as JsonArray ?? [])
                await output.WriteLineAsync($"  gone: {Printable.Value(loss)}");
        }

        if (isDry)
        {
            await output.WriteLineAsync($"Nothing was changed{(arguments.Count > 0 ? $". It would be given {Printable.Json(WithoutSecrets(arguments), isIndented: false)}" : "")}.");
            return;
        }

        var isNamed = _verb.IsNameTyped;
        var wanted = targets.Count == 1 ? targets[0].Name : $"{targets.Count}";
        var answer = _shell.Terminal.Ask(isNamed ? $"There is no way back. Type {(targets.Count == 1 ? $"'{wanted}'" : $"the number of objects, {wanted},")} to go on: " : "Go on? [y/N] ")
            ?? throw new CliException(ExitCode.WrongCommandLine, $"'{_verb.Area} {_verb.Verb}' asks first, and there is nobody to ask: give --yes to do it, or --dry-run to see what it would do.");
        if (isNamed ? !Core.Model.ForeignText.IsMeant(answer, wanted) : answer.Trim() is not ("y" or "Y" or "yes"))
            throw new CliException(ExitCode.Failed, "Nothing was changed.");
    }

    private JsonNode WithoutSecrets(JsonObject arguments)
    {
        var told = (JsonObject)arguments.DeepClone();
        Hide(told, _verb.Parameters);
        return told;

        static void Hide(JsonNode? value, IEnumerable<ParameterDescription> described)
        {
            foreach (var parameter in described)
                if (value is JsonObject record && record[parameter.Name] is { } inner)
                    if (parameter.IsSecret)
                        record[parameter.Name] = "…";
                    else if (inner is JsonArray list)
                        foreach (var one in list)
                            Hide(one, parameter.Item?.Fields ?? []);
                    else
                        Hide(inner, parameter.Fields);
        }
    }
}
