using System.Collections.Immutable;
using System.CommandLine;
using XoBlazor.App.Cli.Client.Catalogue;
using XoBlazor.Core.Operations;

namespace XoBlazor.App.Cli.Client.Verbs;

/// <summary>The option for a parameter of an operation, under its name and its name with dashes.</summary>
internal sealed class ParameterOption : INamesObjects
{
    private ParameterOption(ParameterDescription parameter, Option option) => (Parameter, Option) = (parameter, option);

    public ParameterDescription Parameter { get; }

    public Option Option { get; }

    public ImmutableArray<string> Types => Parameter.Kind == ParameterKind.List ? Parameter.Item!.Types : Parameter.Types;

    /// <summary>The options of an operation's parameters; where a name is taken by an option of every command, it ends in <c>-value</c>.</summary>
    public static ImmutableArray<ParameterOption> Of(VerbDescription verb, IReadOnlySet<string> taken)
    {
        var used = taken.ToHashSet(StringComparer.Ordinal);
        var named = verb.Parameters.Select(parameter => (parameter, Name: Free($"--{Kinds.Dashed(parameter.Name)}", used))).ToList();
        return [.. named.Select(one => new ParameterOption(one.parameter, Make(one.parameter, one.Name, [.. Aliases(one.parameter.Name).Where(used.Add)])))];
    }

    /// <summary>What was written; null when the option was not given.</summary>
    public IReadOnlyList<string>? Given(ParseResult parsed) => parsed.GetResult(Option) is { Implicit: false } result ? [.. result.Tokens.Select(token => token.Value)] : null;

    private static string Free(string name, HashSet<string> used) => used.Add(name) ? name : used.Add(name + "-value") ? name + "-value" : throw new InvalidOperationException($"two options are called {name}");

    // As the APIs spell it; and what everybody would type for a name.
    private static IEnumerable<string> Aliases(string name) => Kinds.Dashed(name) switch
    {
        "name-label" => [$"--{name}", "--name"],
        "name-description" => [$"--{name}", "--description"],
        _ => [$"--{name}"],
    };

    private static Option Make(ParameterDescription parameter, string name, string[] aliases)
    {
        var words = $"{parameter.Title}{(parameter.Description is { } more ? $": {more.TrimEnd('.')}" : "")}";
        if (parameter.Kind == ParameterKind.Flag)
            return new Option<bool?>(name, aliases) { Description = words, Required = parameter.IsRequired };
        var isMany = parameter.Kind is ParameterKind.List or ParameterKind.Map;
        Option option = isMany ? new Option<string[]>(name, aliases) : new Option<string>(name, aliases);
        option.Description = isMany ? words + "; may be given several times" : words;
        option.HelpName = Hint(parameter);
        option.Required = parameter.IsRequired;
        option.Arity = isMany ? ArgumentArity.OneOrMore : ArgumentArity.ExactlyOne;
        if (!parameter.Choices.IsEmpty)
            option.CompletionSources.Add([.. parameter.Choices]);
        return option;
    }

    private static string Hint(ParameterDescription parameter) => parameter.Kind switch
    {
        ParameterKind.Text => parameter.IsSecret ? "TEXT|-" : "TEXT",
        ParameterKind.Flag => "true|false",
        ParameterKind.Number => "N",
        ParameterKind.Size => "SIZE",
        ParameterKind.Choice => string.Join('|', parameter.Choices),
        ParameterKind.Object => parameter.Types.IsEmpty ? "OBJECT" : Kinds.Of(parameter.Types[0]).ToUpperInvariant(),
        ParameterKind.List => Hint(parameter.Item!),
        ParameterKind.Map => $"NAME={(parameter.Item!.Kind == ParameterKind.Record ? "json:{…}" : Hint(parameter.Item!))}",
        ParameterKind.Record => string.Join(',', parameter.Fields.Where(field => field.Kind is not (ParameterKind.Record or ParameterKind.List or ParameterKind.Map)).Take(4).Select(field => $"{field.Name}={Hint(field)}")),
    };
}
