using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using XoBlazor.App.Cli.Client.Catalogue;
using XoBlazor.App.Cli.Client.Objects;
using XoBlazor.App.Cli.Client.Output;
using XoBlazor.App.Cli.Client.Values;

namespace XoBlazor.App.Cli.Client.Verbs;

/// <summary>What stands between a command line and an operation: its arguments looked up, and whoever typed it asked where something would be lost.</summary>
internal sealed class OperationAsker(ClientShell shell, VerbDescription verb)
{
    /// <summary>What was given, as the server takes it.</summary>
    public async Task<JsonObject> ArgumentsAsync(ClientSession session, ParseResult parsed, IEnumerable<ParameterOption> takes, CancellationToken token)
    {
        var reader = new ArgumentReader(session.Objects, shell.Terminal);
        var arguments = new JsonObject();
        foreach (var option in takes)
            if (option.Given(parsed) is { } written)
                arguments[option.Parameter.Name] = await reader.ReadAsync(option.Parameter, written, token);
        return arguments;
    }

    /// <summary>Says what would happen, and asks whether it may. Fails with <see cref="CliException"/> where it may not, or could not.</summary>
    public async Task ReviewAsync(ClientSession session, IReadOnlyList<FoundObject> targets, JsonObject arguments, bool isDry, CancellationToken token)
    {
        var output = isDry ? shell.Terminal.Out : shell.Terminal.Error;
        foreach (var target in targets)
        {
            var review = await session.Link.CallAsync("operation.review", RunFollower.Asked(verb, target, arguments), token);
            if ((string?)review?["obstacle"] is { } obstacle)
                throw new CliException(ExitCode.Failed, $"{verb.Title} {target.Name}: {Printable.Line(obstacle)}");
            await output.WriteLineAsync($"{verb.Title} {target.Name} ({target.Id}).{(verb.Consequence is { } consequence ? " " + consequence : "")}");
            foreach (var loss in review?["losses"] as JsonArray ?? [])
                await output.WriteLineAsync($"  gone: {Printable.Value(loss)}");
        }

        if (isDry)
        {
            await output.WriteLineAsync($"Nothing was changed{(arguments.Count > 0 ? $". It would be given {Printable.Json(WithoutSecrets(arguments), isIndented: false)}" : "")}.");
            return;
        }

        var isNamed = verb.IsNameTyped;
        var wanted = targets.Count == 1 ? targets[0].Name : $"{targets.Count}";
        var answer = shell.Terminal.Ask(isNamed ? $"There is no way back. Type {(targets.Count == 1 ? $"'{wanted}'" : $"the number of objects, {wanted},")} to go on: " : "Go on? [y/N] ")
            ?? throw new CliException(ExitCode.WrongCommandLine, $"'{verb.Area} {verb.Verb}' asks first, and there is nobody to ask: give --yes to do it, or --dry-run to see what it would do.");
        if (isNamed ? !Core.Model.ForeignText.IsMeant(answer, wanted) : answer.Trim() is not ("y" or "Y" or "yes"))
            throw new CliException(ExitCode.Failed, "Nothing was changed.");
    }

    private JsonNode WithoutSecrets(JsonObject arguments)
    {
        var told = (JsonObject)arguments.DeepClone();
        Hide(told, verb.Parameters);
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

/// <summary>A command with an option for each parameter of its operation.</summary>
internal interface ITakesParameters
{
    /// <summary>What it takes.</summary>
    ImmutableArray<ParameterOption> Takes { get; }
}
