using System.CommandLine;
using System.Text.Json.Nodes;
using XoBlazor.App.Cli.Client.Output;

namespace XoBlazor.App.Cli.Client.Verbs;

/// <summary><c>stats NAME</c>: how busy a VM, a host or a storage is, and was; further back as far as the server has written it down.</summary>
internal sealed class StatsCommand : Command
{
    private readonly ClientShell _shell;
    private readonly ObjectArgument _which = new(["VM", "host", "SR", "VM-controller", "pool"], isMany: false) { HelpName = "NAME|UUID" };
    private readonly Option<string?> _range = new("--range")
    {
        HelpName = "10m|2h|24h|7d|30d|1y|13mo",
        Description = "How far back, as the host has it (10m, 2h, 7d, 1y) or as the server has written it down (24h, 30d, 13mo); default 10m, of a pool 30d",
    };

    private readonly Option<string?> _since = new("--since") { HelpName = "3d|TIME", Description = "From this long ago, or from a moment such as 2026-11-23T08:00, as the server has written it down" };
    private readonly Option<string?> _until = new("--until") { HelpName = "1d|TIME", Description = "Up to this long ago, or to a moment" };

    public StatsCommand(ClientShell shell)
        : base("stats", "Tell the figures of a VM, a host or a storage over time, or how full a pool's storage was")
    {
        _shell = shell;
        _range.AcceptOnlyFromAmong("10m", "2h", "24h", "7d", "30d", "1y", "13mo");
        Add(_which);
        Add(_range);
        Add(_since);
        Add(_until);
        Add(shell.Output);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken token)
    {
        var asked = new JsonObject();
        var now = _shell.World.Time.GetUtcNow();
        var (since, until) = (CliMoment.Read(parsed.GetValue(_since), now), CliMoment.Read(parsed.GetValue(_until), now));
        if (parsed.GetValue(_range) is not null && (since ?? until) is not null)
            throw new CliException(ExitCode.WrongCommandLine, "--range and --since or --until are two ways to say the same. Leave one out.");
        await using var session = await _shell.OpenAsync(parsed, token);
        var found = await session.Objects.OneAsync(parsed.GetRequiredValue(_which)[0], _which.Types, token);
        var range = parsed.GetValue(_range) ?? (found.Type == "pool" ? "30d" : (since ?? until) is null ? "10m" : "24h");
        var kind = found.Type switch
        {
            "host" => "host",
            "SR" => "sr",
            "pool" => "pool",
            _ => "vm",
        };
        var isOwn = (since ?? until) is not null || range is "24h" or "30d" or "13mo" || kind == "pool";
        if (isOwn)
        {
            asked["id"] = found.Id;
            asked["from"] = CliMoment.Text(since ?? (until ?? now) - Back(range));
            if (until is { } last)
                asked["to"] = CliMoment.Text(last);
        }
        else
        {
            asked[kind == "host" ? "host" : "id"] = found.Id;
            asked["granularity"] = range switch
            {
                "2h" => "minutes",
                "7d" => "hours",
                "1y" => "days",
                _ => "seconds",
            };
        }

        var answer = await session.Link.CallAsync($"{kind}.{(isOwn ? "history" : "stats")}", asked, token);
        if ((string?)answer?["problem"] is { } problem)
            await _shell.Terminal.Error.WriteLineAsync(Printable.Line(problem));
        var series = FigureText.Series(answer?["stats"]).ToList();
        if (isOwn)
            series.RemoveAll(one => one.Values.All(value => value is null));
        if (series.Count == 0)
            await _shell.Terminal.Error.WriteLineAsync(isOwn ? $"Nothing was written down of {Printable.Line(found.Name)} in that time." : $"The host has no figures of {Printable.Line(found.Name)} yet.");
        _shell.Give(parsed, ["figure", "now", "mean", "most", "trend"], [.. series.Select(one => Row(one.Path, one.Values))], () => answer?.DeepClone() ?? new JsonObject());
        return ExitCode.Done;
    }

    private static TimeSpan Back(string range) => range switch
    {
        "2h" => TimeSpan.FromHours(2),
        "24h" => TimeSpan.FromDays(1),
        "7d" => TimeSpan.FromDays(7),
        "30d" => TimeSpan.FromDays(30),
        "1y" => TimeSpan.FromDays(365),
        "13mo" => TimeSpan.FromDays(396),
        _ => TimeSpan.FromMinutes(10),
    };

    private static string[] Row(string path, IReadOnlyList<double?> values) =>
        [Printable.Line(path), FigureText.Number(path, values.LastOrDefault()), FigureText.Number(path, values.Average()), FigureText.Number(path, values.Max()), FigureText.Trend(values)];
}
