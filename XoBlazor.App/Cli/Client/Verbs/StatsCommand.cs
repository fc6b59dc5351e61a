using System.CommandLine;
using System.Text.Json.Nodes;
using XoBlazor.App.Cli.Client.Output;

namespace XoBlazor.App.Cli.Client.Verbs;

/// <summary><c>stats NAME</c>: how busy a VM, a host or a storage is, and was.</summary>
internal sealed class StatsCommand : Command
{
    private readonly ClientShell _shell;
    private readonly ObjectArgument _which = new(["VM", "host", "SR", "VM-controller"], isMany: false) { HelpName = "NAME|UUID" };
    private readonly Option<string> _range = new("--range") { HelpName = "10m|2h|7d|1y", Description = "How far back: 10 minutes, 2 hours, a week or a year (default 10m)", DefaultValueFactory = _ => "10m" };

    public StatsCommand(ClientShell shell)
        : base("stats", "Tell the figures of a VM, a host or a storage over time")
    {
        _shell = shell;
        _range.AcceptOnlyFromAmong("10m", "2h", "7d", "1y");
        Add(_which);
        Add(_range);
        Add(shell.Output);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken token)
    {
        var granularity = parsed.GetRequiredValue(_range) switch
        {
            "2h" => "minutes",
            "7d" => "hours",
            "1y" => "days",
            _ => "seconds",
        };
        await using var session = await _shell.OpenAsync(parsed, token);
        var found = await session.Objects.OneAsync(parsed.GetRequiredValue(_which)[0], _which.Types, token);
        var (method, parameter) = found.Type switch
        {
            "host" => ("host.stats", "host"),
            "SR" => ("sr.stats", "id"),
            _ => ("vm.stats", "id"),
        };
        var answer = await session.Link.CallAsync(method, new JsonObject { [parameter] = found.Id, ["granularity"] = granularity }, token);
        var series = FigureText.Series(answer?["stats"]).ToList();
        if (series.Count == 0)
            await _shell.Terminal.Error.WriteLineAsync($"The host has no figures of {Printable.Line(found.Name)} yet.");
        _shell.Give(parsed, ["figure", "now", "mean", "most", "trend"], [.. series.Select(one => Row(one.Path, one.Values))], () => answer?.DeepClone() ?? new JsonObject());
        return ExitCode.Done;
    }

    private static string[] Row(string path, IReadOnlyList<double?> values) =>
        [Printable.Line(path), FigureText.Number(path, values.LastOrDefault()), FigureText.Number(path, values.Average()), FigureText.Number(path, values.Max()), FigureText.Trend(values)];
}
