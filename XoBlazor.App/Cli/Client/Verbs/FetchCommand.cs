using System.Collections.Frozen;
using System.Collections.Immutable;
using System.CommandLine;
using XoBlazor.App.Cli.Client.Catalogue;
using XoBlazor.App.Cli.Client.Transfers;

namespace XoBlazor.App.Cli.Client.Verbs;

/// <summary><c>vm export NAME -o FILE</c> and every other operation that sends bytes: what comes is kept beside the file and becomes it when all of it is there.</summary>
internal sealed class FetchCommand : Command, ITakesParameters
{
    private static readonly FrozenSet<string> s_common = FrozenSet.Create("--url", "--token", "--fingerprint", "--output", "-o", "--force", "-f", "--help", "-h", "-?");

    private readonly ClientShell _shell;
    private readonly VerbDescription _verb;
    private readonly ObjectArgument _target;
    private readonly Option<string?> _file = new("--output", "-o") { HelpName = "FILE", Description = "Where it is kept; - for standard output (default: by its name, here)" };
    private readonly Option<bool> _force = new("--force", "-f") { Description = "Replace a file that is there" };

    public FetchCommand(ClientShell shell, VerbDescription verb)
        : base(verb.Verb, verb.Description)
    {
        (_shell, _verb, _target) = (shell, verb, new(verb.Types, isMany: false));
        Takes = ParameterOption.Of(verb, s_common);
        Add(_target);
        Add(_file);
        Add(_force);
        foreach (var option in Takes)
            Add(option.Option);
        SetAction(RunAsync);
    }

    public ImmutableArray<ParameterOption> Takes { get; }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken token)
    {
        var file = parsed.GetValue(_file);
        if (file is not (null or "-"))
            TransferFiles.MustBeFree(file, parsed.GetValue(_force));
        await using var session = await _shell.OpenAsync(parsed, token);
        var target = await session.Objects.OneAsync(parsed.GetRequiredValue(_target)[0], _verb.Types, token);
        var arguments = await new OperationAsker(_shell, _verb).ArgumentsAsync(session, parsed, Takes, token);
        var asked = RunFollower.Asked(_verb, target, arguments);
        var address = (string)(await session.Link.CallAsync("operation.transfer", asked, token))!["from"]!;

        var kept = await new FileFetch(_shell.Terminal, session, _shell.World.Time, $"{_verb.Progressive} {target.Name}")
            .RunAsync(address, file, parsed.GetValue(_force), token);
        if (kept is not null)
            await _shell.Terminal.Out.WriteLineAsync(kept);
        return ExitCode.Done;
    }
}
