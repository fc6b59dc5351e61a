using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.Core.Patching.Repositories;

/// <summary>
/// The answer of <c>GET /updates</c>: ids of what each host lacks, every such update once, and the hash that stands for this state of the repositories (xo-proxying.md §4.5, xapi's updateinfo.ml).
/// What the host says is not believed: all is bounded, and whatever is not as it should be is refused with words.
/// </summary>
internal static class UpdateList
{
    public const int LongestAnswer = 32 * 1024 * 1024;

    private const int MostUpdates = 5000;
    private const int LongestHash = 256;

    private static readonly string[] s_dates = ["yyyyMMdd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyyMMdd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ssK"];

    /// <summary>What one host lacks, the oldest first. Fails with <see cref="PatchingException"/>.</summary>
    /// <param name="host">The host's reference.</param>
    /// <param name="name">The host's name.</param>
    public static FoundUpdates Read(ReadOnlyMemory<byte> answer, string host, string name)
    {
        if (answer.Length > LongestAnswer)
            throw Unreadable(name, "it is far too long");
        try
        {
            using var document = JsonDocument.Parse(answer);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || Items(root, "hosts") is not { } hosts || Items(root, "updates") is not { } updates)
                throw Unreadable(name, "its parts are missing");
            if (updates.GetArrayLength() > MostUpdates)
                throw Unreadable(name, $"it lists more than {MostUpdates} updates");
            if (Text(root, "hash", LongestHash + 1) is not { Length: > 0 and <= LongestHash } hash)
                throw Unreadable(name, "it does not say of which state of the repositories it is");
            var own = hosts.EnumerateArray().FirstOrDefault(one => one.ValueKind == JsonValueKind.Object && Text(one, "ref", 300) == host);
            if (own.ValueKind != JsonValueKind.Object)
                throw new PatchingException($"The pool's copy of its repositories was made without {name}. Synchronise them again.");
            return new(Missing(own, updates, name)) { Hash = hash };
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // The second comes of texts that are no Unicode, which are met when they are read.
            throw Unreadable(name, "it is no JSON");
        }
    }

    private static ImmutableArray<MissingUpdate> Missing(JsonElement own, JsonElement updates, string name)
    {
        if (Items(own, "updates") is not { } ids || ids.GetArrayLength() > MostUpdates)
            throw Unreadable(name, "it has no list of what the host lacks, or one that is far too long");
        var known = new Dictionary<string, MissingUpdate>(StringComparer.Ordinal);
        foreach (var update in updates.EnumerateArray())
            if (Update(update) is { } read)
                known.TryAdd(read.Id, read);
        return
        [
            .. ids.EnumerateArray().Select(id => id.ValueKind == JsonValueKind.String && id.GetString() is { Length: > 0 and <= 200 } text ? text : throw Unreadable(name, "an update in it has no name"))
                .Distinct(StringComparer.Ordinal).Select(id => known.GetValueOrDefault(id) ?? new() { Id = id, Name = id })
                .OrderBy(update => update.Date ?? DateTimeOffset.MaxValue).ThenBy(update => update.Id, StringComparer.Ordinal),
        ];
    }

    private static MissingUpdate? Update(JsonElement update)
    {
        if (update.ValueKind != JsonValueKind.Object || Text(update, "id", 200) is not { Length: > 0 } id)
            return null;
        var asked = Guidance(update);
        return new()
        {
            Id = id,
            Name = Text(update, "title", 200) is { Length: > 0 } title ? title : Text(update, "summary", 200) is { Length: > 0 } summary ? summary : id,
            Description = string.Join("\n\n", ((string[])[Text(update, "description", 4000), Text(update, "special-info", 4000)]).Where(text => text.Length > 0)),
            Severity = Text(update, "severity", 50) is { Length: > 0 } severity && severity != "None" ? severity : null,
            Kind = Text(update, "type", 50),
            Date = DateTimeOffset.TryParseExact(Text(update, "issued", 40), s_dates, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var issued) ? issued : null,
            Url = Bounded.Link(Text(update, "URL", 2048)),
            Guidance = [.. asked.Where(word => word != "EvacuateHost").Select(Need).Distinct().Order()],
            NeedsEmptyHost = asked.Contains("EvacuateHost"),
        };
    }

    /// <summary>All that an update asks for in the end. Where it comes with livepatches, what it recommends without them is asked only of hosts where these fail.</summary>
    private static HashSet<string> Guidance(JsonElement update)
    {
        if (!update.TryGetProperty("guidance", out var guidance) || guidance.ValueKind != JsonValueKind.Object)
            return [];
        var isLive = Items(update, "livepatches") is { } livepatches && livepatches.GetArrayLength() > 0;
        return
        [
            .. ((string[])["mandatory", isLive ? "livepatch" : "recommended", "full"]).SelectMany(kind => Items(guidance, kind) is { } words ? words.EnumerateArray().Take(20) : [])
                .Where(word => word.ValueKind == JsonValueKind.String).Select(word => word.GetString()!),
        ];
    }

    /// <summary>What a newer XAPI asks for is taken for the heaviest, as XAPI itself does.</summary>
    private static UpdateNeed Need(string word) => word switch
    {
        "RestartToolstack" => UpdateNeed.RestartToolstack,
        "RestartVM" => UpdateNeed.RestartVms,
        "RestartDeviceModel" => UpdateNeed.RestartDeviceModels,
        _ => UpdateNeed.RebootHost,
    };

    private static JsonElement? Items(JsonElement at, string name) => at.TryGetProperty(name, out var items) && items.ValueKind == JsonValueKind.Array ? items : null;

    private static string Text(JsonElement at, string name, int most) =>
        at.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? Bounded.Text(value.GetString(), most) : "";

    private static PatchingException Unreadable(string host, string why) => new($"What {host} lacks cannot be read from its pool's answer: {why}. Look at the coordinator's toolstack, or synchronise the repositories again.");
}
