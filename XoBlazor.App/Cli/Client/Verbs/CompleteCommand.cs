using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Completions;
using System.Text.RegularExpressions;
using XoBlazor.App.Cli.Client.Connecting;
using XoBlazor.App.Cli.Client.Objects;

namespace XoBlazor.App.Cli.Client.Verbs;

/// <summary>
/// <c>complete -- WORDS</c>: what the last word may become, a line each with a tab before what it means. Asked by the scripts of <see cref="CompletionCommand"/> at every
/// Tab, so it is quick, and silent about whatever is in its way.
/// </summary>
internal sealed partial class CompleteCommand : Command
{
    private const int MostObjects = 100;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    private readonly ClientShell _shell;
    private readonly Command _client;
    private readonly Func<Command> _others;

    public CompleteCommand(ClientShell shell, Command client, Func<Command> others)
        : base("complete", "Asked by the completion of shells")
    {
        (_shell, _client, _others) = (shell, client, others);
        Hidden = true;
        var words = new Argument<string[]>("WORDS") { Arity = ArgumentArity.ZeroOrMore };
        Add(words);
        SetAction(async (parsed, token) =>
        {
            foreach (var (value, meaning) in await OfAsync(parsed, parsed.GetValue(words) ?? [], token))
                await shell.Terminal.Out.WriteLineAsync($"{value}\t{meaning}");
            return ExitCode.Done;
        });
    }

    private async Task<IEnumerable<(string Value, string Meaning)>> OfAsync(ParseResult parsed, string[] words, CancellationToken token)
    {
        var isClient = words is [ClientCommand.Verb, _, ..];
        var (at, begun) = (isClient ? _client : _others(), words.LastOrDefault() ?? "");
        Option? awaiting = null;
        foreach (var word in isClient ? words[1..^1] : words.SkipLast(1))
        {
            if (awaiting is not null)
                awaiting = null;
            else if (word.StartsWith('-'))
                awaiting = Find(at, word) is { } option && option is not (Option<bool> or Option<bool?>) ? option : null;
            else
                at = at.Subcommands.FirstOrDefault(one => one.Name == word) ?? at;
        }

        var offered = awaiting is not null ? await ValuesAsync(parsed, at, awaiting, begun, token)
            : begun.StartsWith('-') ? KnownAt(at).Where(one => !one.Hidden).Select(one => (one.Name, one.Description ?? ""))
            : at.Subcommands.Any(one => !one.Hidden) ? at.Subcommands.Where(one => !one.Hidden).Select(one => (one.Name, one.Description ?? ""))
            : at.Arguments.FirstOrDefault() is INamesObjects named ? await ObjectsAsync(parsed, named.Types, begun, token)
            : at.Arguments.SelectMany(one => one.GetCompletions(CompletionContext.Empty)).Select(Told);
        return offered.Where(one => one.Item1.StartsWith(begun, StringComparison.OrdinalIgnoreCase)).Select(one => (one.Item1, one.Item2.ReplaceLineEndings(" ")));
    }

    private async Task<IEnumerable<(string, string)>> ValuesAsync(ParseResult parsed, Command at, Option option, string begun, CancellationToken token) =>
        (at as ITakesParameters)?.Takes.FirstOrDefault(one => one.Option == option) is { Types.IsEmpty: false } named
            ? await ObjectsAsync(parsed, named.Types, begun, token) : option.GetCompletions(CompletionContext.Empty).Select(Told);

    /// <summary>The names of what there is. A name that would not come back as it is, or that a terminal would not show as it is, is left out.</summary>
    private async Task<IEnumerable<(string, string)>> ObjectsAsync(ParseResult parsed, ImmutableArray<string> types, string begun, CancellationToken token)
    {
        if (!Plain().IsMatch(begun))
            return [];
        using var time = new CancellationTokenSource(s_patience, _shell.World.Time);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(token, time.Token);
        try
        {
            await using var session = await _shell.OpenAsync(parsed, patience.Token);
            var starts = begun.Length == 0 ? "" : $" name_label:/^{begun.Replace(".", "\\.", StringComparison.Ordinal)}/i";
            var found = await session.Objects.AllAsync($"type:|({string.Join(' ', types)}){starts}", patience.Token, MostObjects);
            return [.. found.Where(one => one.Name == (string?)one.Object["name_label"]).Select(one => (one.Name, Output.Printable.Value(one.Object["power_state"]))).Distinct().OrderBy(one => one.Name)];
        }
        catch (Exception problem) when (problem is CliException or RpcException or LinkLostException or OperationCanceledException)
        {
            return [];
        }
    }

    private static (string, string) Told(CompletionItem item) => (item.InsertText ?? item.Label, item.Detail ?? "");

    private static Option? Find(Command at, string word) => KnownAt(at).FirstOrDefault(one => one.Name == word || one.Aliases.Contains(word));

    private static IEnumerable<Option> KnownAt(Command at)
    {
        foreach (var option in at.Options)
            yield return option;
        for (var above = at.Parents.OfType<Command>().FirstOrDefault(); above is not null; above = above.Parents.OfType<Command>().FirstOrDefault())
            foreach (var option in above.Options.Where(one => one.Recursive))
                yield return option;
    }

    [GeneratedRegex("^[A-Za-z0-9._-]*$")]
    private static partial Regex Plain();
}
