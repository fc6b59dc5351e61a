using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using XoBlazor.App.Cli.Client.Connecting;
using XoBlazor.App.Cli.Client.Output;
using XoBlazor.Core.Model;

namespace XoBlazor.App.Cli.Client.Verbs;

/// <summary><c>journal</c>: what changed, as it was recorded, oldest first.</summary>
internal sealed class JournalCommand : Command
{
    private const int Page = 500;
    private const int LongestValue = 60;

    private readonly ClientShell _shell;
    private readonly Option<string?> _object = new("--object") { HelpName = "NAME|UUID", Description = "Of one object; of one that is gone by its uuid" };
    private readonly Option<string?> _class = new("--class") { HelpName = "CLASS", Description = "Of objects of a class of XAPI, such as VM or host" };
    private readonly Option<string?> _text = new("--text") { HelpName = "WORDS", Description = "Changes in which all these words occur" };
    private readonly Option<string?> _since = new("--since") { HelpName = "2h|TIME", Description = "From this long ago, or from a moment such as 2026-11-23T08:00" };
    private readonly Option<string?> _until = new("--until") { HelpName = "1h|TIME", Description = "Up to then" };
    private readonly Option<bool> _all = new("--all") { Description = "Hosts' book-keeping around every operation, too" };
    private readonly Option<int> _limit = new("--limit") { HelpName = "N", Description = "At most so many, the newest (default 100)", DefaultValueFactory = _ => 100 };

    public JournalCommand(ClientShell shell)
        : base("journal", "Tell what changed and when, from the server's journal")
    {
        _shell = shell;
        foreach (var option in (Option[])[_object, _class, _text, _since, _until, _limit, _all, shell.Output])
            Add(option);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken token)
    {
        var asked = new JsonObject();
        Put(asked, "class", parsed.GetValue(_class));
        Put(asked, "text", parsed.GetValue(_text));
        Put(asked, "from", Moment(parsed.GetValue(_since)));
        Put(asked, "to", Moment(parsed.GetValue(_until)));
        await using var session = await _shell.OpenAsync(parsed, token);
        if (parsed.GetValue(_object) is { } meant)
            // What is gone has no name any more.
            asked["object"] = Guid.TryParse(meant, out _) ? meant : (await session.Objects.OneAsync(meant, [], token)).Id;
        // Programs get everything.
        var isWhole = parsed.GetValue(_all) || parsed.GetValue(_shell.Output) == OutputFormat.Json;
        var entries = await ReadAsync(session.Link, asked, entry => isWhole || IsTelling(entry), Math.Max(1, parsed.GetValue(_limit)), token);
        if (entries.Count == 0)
            await _shell.Terminal.Error.WriteLineAsync("Nothing is recorded that you may see.");
        _shell.Give(parsed, ["time", "", "class", "name", "changes"], [.. entries.Select(entry => Row(entry, isWhole))], () => new JsonArray([.. entries.Select(entry => entry.DeepClone())]));
        return ExitCode.Done;
    }

    // Newest first from the server; a terminal has the newest at its end.
    private static async Task<List<JsonObject>> ReadAsync(ServerLink link, JsonObject asked, Func<JsonObject, bool> wanted, int limit, CancellationToken token)
    {
        var entries = new List<JsonObject>();
        string? next = null;
        do
        {
            var page = (JsonObject)asked.DeepClone();
            page["limit"] = Page;
            Put(page, "cursor", next);
            var answer = await link.CallAsync("journal.getChanges", page, token);
            entries.AddRange((answer?["entries"] as JsonArray ?? []).OfType<JsonObject>().Where(wanted).Take(limit - entries.Count));
            next = (string?)answer?["next"];
        }
        while (next is not null && entries.Count < limit);
        entries.Reverse();
        return entries;
    }

    private static bool IsTelling(JsonObject entry) => (string?)entry["kind"] != "modified" || Fields(entry, isWhole: false).Any();

    private static IEnumerable<JsonObject> Fields(JsonObject entry, bool isWhole) => (entry["fields"] as JsonArray ?? []).OfType<JsonObject>()
        .Where(field => isWhole || !FieldMeaning.IsBookkeeping((string?)field["field"] ?? ""));

    private static string[] Row(JsonObject entry, bool isWhole)
    {
        var time = DateTimeOffset.TryParse((string?)entry["time"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var then) ? then.LocalDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : "";
        if (entry["marker"] is JsonObject marker)
            return [time, "!", "", "", $"the journal is incomplete since {Printable.Value(marker["since"])}"];
        var kind = (string?)entry["kind"];
        var name = Printable.Value(entry["name"]) is { Length: > 0 } label ? label : Printable.Value(entry["uuid"]);
        return [time, kind switch { "added" => "+", "removed" => "-", _ => "~" }, Printable.Value(entry["class"]), name, kind == "modified" ? Changes(entry, isWhole) : ""];
    }

    private static string Changes(JsonObject entry, bool isWhole) => string.Join("  ", Fields(entry, isWhole)
        .Select(field => $"{Printable.Value(field["field"])}: {Short(field["old"])} → {Short(field["new"])}"));

    private static string Short(JsonNode? value) => Printable.Value(value) switch
    {
        "" => "nothing",
        { Length: > LongestValue } text => text[..LongestValue] + "…",
        var text => text,
    };

    private string? Moment(string? written) => CliMoment.Read(written, _shell.World.Time.GetUtcNow()) is { } moment ? CliMoment.Text(moment) : null;

    private static void Put(JsonObject into, string name, string? value)
    {
        if (value is { Length: > 0 })
            into[name] = value;
    }
}
