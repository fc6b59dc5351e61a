using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.App.Api.XoObjects.Filtering;
using XoBlazor.App.Cli.Client.Catalogue;
using XoBlazor.App.Cli.Client.Objects;

namespace XoBlazor.App.Cli.Client.Verbs;

/// <summary><c>vm list</c> and the like: the objects of a type that a filter finds.</summary>
internal sealed class ListCommand : Command
{
    private readonly ClientShell _shell;
    private readonly string _type;
    private readonly Option<string?> _filter = Filter();
    private readonly Option<string?> _columns;
    private readonly Option<int?> _limit = new("--limit") { HelpName = "N", Description = "At most so many" };

    public ListCommand(ClientShell shell, string type)
        : base("list", $"List them; --filter finds some")
    {
        (_shell, _type) = (shell, type);
        _columns = new("--columns", "-c")
        {
            HelpName = "A,B,…",
            Description = $"What to tell: {string.Join(", ", Columns.Known(type).Select(one => one.Title))}, or any property, such as other_config.owner",
        };
        Add(_filter);
        Add(_columns);
        Add(shell.Output);
        Add(_limit);
        SetAction(RunAsync);
    }

    /// <summary>The option for the filter language.</summary>
    public static Option<string?> Filter() => new("--filter", "-f") { HelpName = "FILTER", Description = "Such as 'power_state:running tags:prod memory:>4GiB'" };

    /// <summary>Fails with <see cref="CliException"/> for what is no filter, before anybody is asked.</summary>
    public static string? Checked(string? filter) =>
        filter is null || XoFilter.TryParse(JsonSerializer.SerializeToElement(filter), out _, out var error) ? filter : throw new CliException(ExitCode.WrongCommandLine, $"The filter cannot be read: {error}");

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken token)
    {
        var asked = parsed.GetValue(_columns)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        ImmutableArray<Column> columns = asked is { Length: > 0 } ? [.. asked.Select(name => Columns.Named(_type, name))] : Columns.Default(_type);
        var filter = Checked(parsed.GetValue(_filter));
        await using var session = await _shell.OpenAsync(parsed, token);
        var found = await session.Objects.AllAsync($"{filter} type:{_type}".Trim(), token, parsed.GetValue(_limit));
        var sorted = found.OrderBy(one => one.Name, StringComparer.OrdinalIgnoreCase).ThenBy(one => one.Id, StringComparer.Ordinal).ToList();
        var isForPeople = parsed.GetValue(_shell.Output) != Output.OutputFormat.Json;
        var names = isForPeople && columns.Any(one => one.Form == ColumnForm.Link) && sorted.Count > 0
            ? (await session.Objects.AllAsync(Columns.LinkedTypes, token)).DistinctBy(one => one.Id).ToDictionary(one => one.Id, one => one.Name) : [];
        if (sorted.Count == 0)
            await _shell.Terminal.Error.WriteLineAsync($"No {Kinds.Named(_type)}{(filter is null ? "" : " fits the filter")} that you may view.");
        _shell.Give(parsed, [.. columns.Select(one => one.Title)], [.. sorted.Select(one => columns.Select(column => column.Text(one, names)).ToArray())], () => new JsonArray([.. sorted.Select(one =>
            asked is null ? one.Object.DeepClone() : new JsonObject(columns.Select(column => KeyValuePair.Create(column.Title, column.Of(one)?.DeepClone()))))]));
        return ExitCode.Done;
    }
}
