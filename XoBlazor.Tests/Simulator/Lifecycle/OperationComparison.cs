using System.Text.Json;
using System.Text.Json.Nodes;

namespace XoBlazor.Tests.Simulator.Lifecycle;

/// <summary>A way in which the simulator's reaction to a call differs from the recorded one.</summary>
public sealed record Difference(string Operation, string Class, string Field, string Text)
{
    public override string ToString() => $"{Operation}: {Class}.{Field}: {Text}";
}

/// <summary>
/// Compares one recorded operation with the simulator's own writes. A client of <c>event.from</c> sees samples of a record's states, so the
/// recorded states of every field must appear in ours in the same order, end with the same value, and a value that was recorded in an earlier
/// batch must not come after one of a later batch. Objects and fields that only one side touched are differences, unless ours had gone back
/// to what it was (such changes vanish when events are joined).
/// </summary>
public sealed class OperationComparison(RecordedOperation recorded, IReadOnlyDictionary<string, JsonObject> before, IReadOnlyList<ObservedChange> observed, ReferenceMap map, JsonElement answer)
{
    private readonly List<Difference> _differences = [];
    private readonly Dictionary<string, List<(int Index, ObservedChange Change)>> _ours = [];

    public IReadOnlyList<Difference> Run()
    {
        for (var index = 0; index < observed.Count; index++)
        {
            if (!_ours.TryGetValue(observed[index].Reference, out var list)) _ours[observed[index].Reference] = list = [];
            list.Add((index, observed[index]));
        }

        PairAnswers();
        PairOperationKeys();
        PairAddedObjects();
        var positions = new List<Position>();
        var seen = new HashSet<string>();
        var references = recorded.Batches.SelectMany(batch => batch).Select(change => (change.Class, change.Reference)).Distinct();
        foreach (var (type, reference) in references)
        {
            var ours = map[reference];
            seen.Add(ours);
            if (_ours.TryGetValue(ours, out var mine)) CompareObject(type, reference, mine, positions);
            else MissingObject(type, reference);
        }

        FindExtraObjects(seen);
        CompareOrder(positions);
        return _differences;
    }

    private IEnumerable<(int Batch, RecordedChange Change)> Recorded(string reference) =>
        recorded.Batches.SelectMany((batch, number) => batch.Where(change => change.Reference == reference).Select(change => (number, change)));

    /// <summary>What the call returned names the same object on both sides; anything else it returned must be equal.</summary>
    private void PairAnswers()
    {
        var (theirs, ours) = (recorded.Answer, JsonNode.Parse(answer.GetRawText()));
        map.UnifyValues(theirs, ours);
        if (!ValueLikeness.Same(map.Translate(theirs), ours)) Report("answer", "-", $"{Short(ours)} instead of {Short(theirs)}");
    }

    /// <summary>The keys of current_operations are tasks; those of synchronous calls are often seen nowhere else.</summary>
    private void PairOperationKeys()
    {
        foreach (var change in recorded.Batches.SelectMany(batch => batch))
        {
            var value = change.Snapshot?["current_operations"] ?? (change.Changed.TryGetValue("current_operations", out var pair) ? pair.New : null);
            if (value is not JsonObject operations || operations.Count == 0 || !_ours.TryGetValue(map[change.Reference], out var mine)) continue;
            foreach (var (_, ours) in mine)
            {
                if (ours.Record?["current_operations"] is JsonObject current && current.Count > 0) map.UnifyValues(operations, current);
            }
        }
    }

    private void PairAddedObjects()
    {
        var added = recorded.Batches.SelectMany(batch => batch).Where(change => change.Operation == "add").ToList();
        for (var left = added.Count; left > 0; left--)
        {
            var best = (from theirs in added
                        from mine in observed
                        where mine.Operation == "add" && mine.Class == theirs.Class && mine.Record is not null
                        where map.Knows(theirs.Reference) ? map[theirs.Reference] == mine.Reference : !map.IsTaken(mine.Reference)
                        orderby Likeness(theirs, mine) descending
                        select (theirs, mine)).FirstOrDefault();
            if (best.theirs is null) return;
            map.Pair(best.theirs.Reference, best.mine.Reference);
            map.Unify(best.theirs.Snapshot!, Last(best.mine.Reference) ?? best.mine.Record!);
            map.Unify(best.theirs.Snapshot!, best.mine.Record!);
            added.Remove(best.theirs);
        }

        // A row that came and went within one batch is recorded by its deletion alone.
        foreach (var gone in recorded.Batches.SelectMany(batch => batch).Where(change => change.Operation == "del" && !map.Knows(change.Reference) && !before.ContainsKey(change.Reference)))
        {
            if (observed.FirstOrDefault(change => change.Operation == "del" && change.Class == gone.Class && !map.IsTaken(change.Reference) && !before.ContainsKey(change.Reference)) is { } mine)
                map.Pair(gone.Reference, mine.Reference);
        }
    }

    private JsonObject? Last(string reference) => _ours[reference].LastOrDefault(entry => entry.Change.Record is not null).Change?.Record;

    private int Likeness(RecordedChange theirs, ObservedChange mine)
    {
        var score = map.Knows(theirs.Reference) ? 1000 : 0;
        var last = Last(mine.Reference) ?? mine.Record!;
        foreach (var (field, value) in theirs.Snapshot!)
        {
            if (ValueLikeness.Same(map.Translate(value), last[field])) score++;
        }

        return score;
    }

    private void CompareObject(string type, string reference, List<(int Index, ObservedChange Change)> mine, List<Position> positions)
    {
        var theirs = Recorded(reference).ToList();
        var deletedThere = theirs.Any(entry => entry.Change.Operation == "del");
        var deletedHere = mine.Any(entry => entry.Change.Operation == "del");
        if (deletedThere != deletedHere) Report(type, "-", deletedThere ? "not deleted" : "deleted");
        if (deletedHere && deletedThere)
        {
            var index = mine.First(entry => entry.Change.Operation == "del").Index;
            positions.Add(new Position(theirs.First(entry => entry.Change.Operation == "del").Batch, index, index, $"del {type}"));
        }

        var wasThere = before.GetValueOrDefault(map[reference]);
        var isNew = theirs[0].Change.Operation == "add";
        if (isNew && wasThere is not null) Report(type, "-", "recorded as new, but already there");

        var fields = theirs.SelectMany(entry => entry.Change.Snapshot?.Select(pair => pair.Key) ?? entry.Change.Changed.Keys).Distinct().ToList();
        foreach (var field in fields)
            CompareField(type, field, theirs, mine, wasThere, positions);

        // A record that went away shows its last changes to nobody.
        if (deletedHere && deletedThere) return;
        var last = mine.LastOrDefault(entry => entry.Change.Record is not null).Change?.Record;
        foreach (var (field, value) in last ?? [])
        {
            if (fields.Contains(field) || wasThere is null) continue;
            if (!ValueLikeness.Same(wasThere[field], value)) Report(type, field, $"changed only here: {Short(wasThere[field])} to {Short(value)}");
        }
    }

    private void CompareField(
        string type, string field, List<(int Batch, RecordedChange Change)> theirs, List<(int Index, ObservedChange Change)> mine, JsonObject? wasThere,
        List<Position> positions)
    {
        var states = new List<(int Batch, JsonNode? Value)>();
        foreach (var (batch, change) in theirs)
        {
            if (change.Snapshot is not null) states.Add((batch, change.Snapshot[field]));
            else if (change.Changed.TryGetValue(field, out var pair))
            {
                if (states.Count == 0) states.Add((-1, pair.Old));
                states.Add((batch, pair.New));
            }
        }

        var ours = new List<(int Index, string Value, JsonNode? Raw)>();
        if (wasThere is not null) ours.Add((-1, ValueLikeness.Canonical(wasThere[field]), wasThere[field]));
        foreach (var (index, change) in mine)
        {
            if (change.Record is null) continue;
            var value = ValueLikeness.Canonical(change.Record[field]);
            if (ours.Count == 0 || ours[^1].Value != value) ours.Add((index, value, change.Record[field]));
        }

        var wanted = states.Select(state => ValueLikeness.Canonical(map.Translate(state.Value))).ToList();
        var (earliest, latest) = (Embed(wanted, ours, fromEnd: false), Embed(wanted, ours, fromEnd: true));
        if (earliest is null || latest is null)
        {
            Report(type, field, $"recorded {string.Join(" then ", states.Select(state => Short(state.Value)))}; here {string.Join(" then ", ours.Select(entry => Short(entry.Raw)))}");
            return;
        }

        for (var number = 0; number < states.Count; number++)
        {
            var isFirst = states[number].Batch < 0 || (number == 0 && theirs[0].Change.Operation == "add");
            var isSame = number > 0 && wanted[number] == wanted[number - 1];
            if (!isFirst && !isSame && type != "task") positions.Add(new Position(states[number].Batch, ours[earliest[number]].Index, ours[latest[number]].Index, $"{type}.{field}={Short(states[number].Value)}"));
        }

        if (wanted[^1] != ours[^1].Value && mine[^1].Change.Operation != "del")
            Report(type, field, $"ends as {Short(ours[^1].Raw)} instead of {Short(states[^1].Value)}");
    }

    /// <summary>Where the wanted values stand among ours when each is taken as early, or as late, as possible; null when they do not.</summary>
    private static int[]? Embed(List<string> wanted, List<(int Index, string Value, JsonNode? Raw)> ours, bool fromEnd)
    {
        var places = new int[wanted.Count];
        var at = fromEnd ? ours.Count - 1 : 0;
        for (var step = 0; step < wanted.Count; step++)
        {
            var number = fromEnd ? wanted.Count - 1 - step : step;
            at = fromEnd ? ours.FindLastIndex(Math.Max(at, 0), Math.Max(at, 0) + 1, entry => entry.Value == wanted[number]) : ours.FindIndex(at, entry => entry.Value == wanted[number]);
            if (at < 0) return null;
            places[number] = at;
        }

        return places;
    }

    private void MissingObject(string type, string reference)
    {
        // A moment that follows another moment is no visible change here: both happen within one second.
        var touchedOnly = Recorded(reference).All(entry => entry.Change.Operation == "mod" && entry.Change.Changed.Values.All(pair => ValueLikeness.Same(pair.Old, pair.New)));
        Report(type, touchedOnly ? "(touched)" : "-", $"not touched: {string.Join(", ", Recorded(reference).Select(entry => entry.Change.Operation + " " + string.Join("/", entry.Change.Changed.Keys)))}");
    }

    private void FindExtraObjects(HashSet<string> seen)
    {
        foreach (var (reference, changes) in _ours.Where(pair => !seen.Contains(pair.Key)))
        {
            var last = changes[^1].Change;
            var first = before.GetValueOrDefault(reference);
            if (first is null && last.Record is null) continue;
            var fields = first is null || last.Record is null
                ? ["-"]
                : last.Record.Where(pair => !ValueLikeness.Same(first[pair.Key], pair.Value)).Select(pair => pair.Key).ToList();
            foreach (var field in fields)
                Report(last.Class, field, $"touched only here ({last.Operation})");
        }
    }

    private void CompareOrder(List<Position> positions)
    {
        foreach (var late in positions)
        {
            var early = positions.Where(other => other.Batch < late.Batch).MaxBy(other => other.Earliest);
            if (early is not null && early.Earliest > late.Latest) Report("order", late.What, $"comes before {early.What}, recorded after it");
        }
    }

    private void Report(string type, string field, string text) => _differences.Add(new Difference(recorded.Name, type, field, text));

    private static string Short(JsonNode? value)
    {
        var text = value?.ToJsonString() ?? "null";
        return text.Length <= 160 ? text : text[..160] + "…";
    }

    /// <summary>A recorded value of a batch, and where among our writes it first and last could have been seen.</summary>
    private sealed record Position(int Batch, int Earliest, int Latest, string What);
}
