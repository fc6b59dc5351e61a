using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.App.Cli.Client.Output;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Store.Filtering;

namespace XoBlazor.App.Cli.Client.Verbs;

/// <summary><c>transfer list</c>: what waits, runs and has ended. For people whoever is next stands above, and what has ended below.</summary>
internal sealed class TransferListCommand : Command
{
    private static readonly string[] s_titles = ["run", "state", "operation", "name", "to", "bytes", "by", "about"];

    private readonly ClientShell _shell;
    private readonly Option<string?> _filter = new("--filter", "-f") { HelpName = "FILTER", Description = "Such as state:waiting, state:|(failed cancelled interrupted), or by:ada" };
    private readonly Option<int?> _limit = new("--limit") { HelpName = "N", Description = "At most so many" };

    public TransferListCommand(ClientShell shell)
        : base("list", "List the transfers that wait, run and have ended; --filter finds some")
    {
        _shell = shell;
        Add(_filter);
        Add(_limit);
        Add(shell.Output);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken token)
    {
        var filter = ListCommand.Checked(parsed.GetValue(_filter)) is { } written && FilterExpression.TryParse(written, out var read, out _) ? read.ForDocuments() : null;
        await using var session = await _shell.OpenAsync(parsed, token);
        var all = (await session.Link.CallAsync("transfer.getAll", [], token) as JsonArray ?? []).OfType<JsonObject>();
        var found = all.Where(one => filter?.Matches(JsonSerializer.SerializeToElement(one)) != false).OrderBy(Turn).Take(parsed.GetValue(_limit) ?? int.MaxValue).ToList();
        if (found.Count == 0)
            await _shell.Terminal.Error.WriteLineAsync($"No transfer{(filter is null ? "" : " fits the filter")} that you may view.");
        var pools = found.Exists(one => one["to"] is not null) ? (await session.Objects.AllAsync("type:pool", token)).ToDictionary(one => one.Id, one => one.Name) : [];
        _shell.Give(parsed, s_titles, [.. found.Select(one => Row(one, pools))], () => new JsonArray([.. found.Select(one => one.DeepClone())]));
        return ExitCode.Done;
    }

    /// <summary>What runs, then what waits in its order, then what has ended as the server tells it: the newest first.</summary>
    private static int Turn(JsonObject one) => (string?)one["state"] == "running" ? 0 : (int?)one["waits"]?["position"] ?? int.MaxValue;

    private static string[] Row(JsonObject one, Dictionary<string, string> pools) =>
    [
        Printable.Value(one["run"]), Printable.Value(one["state"]), Printable.Value(one["operation"]), Printable.Value(one["name"]),
        (string?)one["to"] is { } to ? Printable.Line(pools.GetValueOrDefault(to, to)) : "",
        (long?)one["bytes"] is > 0 and var bytes ? SizeText.Write(bytes) : "", Printable.Value(one["by"]), Printable.Value(one["waits"]?["reason"] ?? one["message"]),
    ];
}
