using System.Text.Json.Nodes;

namespace XoBlazor.App.Cli.Client.Watching;

/// <summary>
/// What is known of the objects that are watched, so that a change can be told with what was before. A picture that has to be sent anew after a lost connection
/// is compared with it: only what differs is told.
/// </summary>
/// <param name="tellsPresent">Also of what is there at the beginning.</param>
internal sealed class WatchedObjects(bool tellsPresent)
{
    private readonly Dictionary<string, JsonObject> _known = new(StringComparer.Ordinal);
    private HashSet<string>? _unseen;
    private bool _isFirst = true;

    /// <summary>Where to go on after a lost connection; null when everything has to be told again.</summary>
    public string? Position { get; private set; }

    /// <summary>A subscription has begun.</summary>
    /// <param name="isResumed">It goes on from <see cref="Position"/>; otherwise all objects come.</param>
    public void Begin(bool isResumed)
    {
        _unseen = isResumed ? null : [.. _known.Keys];
        if (!isResumed)
            Position = null;
    }

    /// <summary>What a message named <c>changes</c> means.</summary>
    public IEnumerable<WatchedChange> Take(JsonObject message)
    {
        var isTold = tellsPresent || !_isFirst;
        foreach (var (id, value) in message["enter"] as JsonObject ?? [])
            if (value is JsonObject now && Enter(id, (JsonObject)now.DeepClone()) is { } change && isTold)
                yield return change;
        foreach (var (id, value) in message["update"] as JsonObject ?? [])
            if (Update(id, value as JsonObject ?? [], (message["unset"] as JsonObject)?[id] as JsonArray) is { } change)
                yield return change;
        foreach (var (id, value) in message["unset"] as JsonObject ?? [])
            if ((message["update"] as JsonObject)?.ContainsKey(id) != true && Update(id, [], value as JsonArray) is { } change)
                yield return change;
        foreach (var (id, _) in message["exit"] as JsonObject ?? [])
            if (Exit(id) is { } change)
                yield return change;
        if ((bool?)message["more"] == true)
            yield break;

        Position = (string?)message["position"];
        _isFirst = false;
        var gone = _unseen ?? [];
        _unseen = null;
        foreach (var id in gone)
            if (Exit(id) is { } change)
                yield return change;
    }

    private WatchedChange? Enter(string id, JsonObject now)
    {
        _unseen?.Remove(id);
        var before = _known.GetValueOrDefault(id);
        _known[id] = now;
        if (before is null)
            return new(WatchedKind.Entered, now, []);
        var fields = before.Select(one => one.Key).Union(now.Select(one => one.Key)).Where(name => !JsonNode.DeepEquals(before[name], now[name]));
        WatchedField[] differences = [.. fields.Select(name => new WatchedField(name, before[name], now[name]))];
        return differences.Length == 0 ? null : new(WatchedKind.Changed, now, differences);
    }

    private WatchedChange? Update(string id, JsonObject set, JsonArray? unset)
    {
        if (!_known.TryGetValue(id, out var now))
            return null;
        var differences = new List<WatchedField>();
        foreach (var (name, value) in set)
        {
            differences.Add(new(name, now[name]?.DeepClone(), value?.DeepClone()));
            now[name] = value?.DeepClone();
        }
        foreach (var name in (unset ?? []).Select(name => (string?)name).OfType<string>())
        {
            differences.Add(new(name, now[name]?.DeepClone(), null));
            now.Remove(name);
        }
        return differences.Count == 0 ? null : new(WatchedKind.Changed, now, differences);
    }

    private WatchedChange? Exit(string id) => _known.Remove(id, out var before) ? new(WatchedKind.Left, before, []) : null;
}
