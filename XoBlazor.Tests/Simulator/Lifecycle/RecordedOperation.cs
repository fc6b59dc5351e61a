using System.Text.Json.Nodes;

namespace XoBlazor.Tests.Simulator.Lifecycle;

/// <summary>One recorded operation of a real xapi: the call, its answer, and what a client of <c>event.from</c> saw afterwards.</summary>
public sealed record RecordedOperation(
    string Name, string Method, JsonArray Parameters, JsonNode? Answer, IReadOnlyList<IReadOnlyList<RecordedChange>> Batches)
{
    /// <summary>All recordings of a folder, in the order in which they were performed.</summary>
    public static IReadOnlyList<RecordedOperation> LoadAll(string folder) =>
        [.. Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(Load)];

    private static RecordedOperation Load(string file)
    {
        var root = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
        var batches = root["batches"]!.AsArray()
            .Select(batch => (IReadOnlyList<RecordedChange>)[.. batch!["changes"]!.AsArray().Select(change => RecordedChange.Parse(change!.AsObject()))])
            .ToList();
        return new RecordedOperation(
            (string)root["name"]!, (string)root["call"]!["method"]!, root["call"]!["params"]!.AsArray(), root["answer"], batches);
    }
}

/// <summary>One event of a recorded batch: a whole record when added, [old, new] of the changed fields when modified, nothing when deleted.</summary>
public sealed record RecordedChange(
    string Class, string Operation, string Reference, JsonObject? Snapshot, IReadOnlyDictionary<string, (JsonNode? Old, JsonNode? New)> Changed)
{
    internal static RecordedChange Parse(JsonObject change)
    {
        var changed = new Dictionary<string, (JsonNode?, JsonNode?)>();
        foreach (var (field, pair) in change["changed"] as JsonObject ?? [])
            changed[field] = (pair![0], pair[1]);
        return new RecordedChange(
            (string)change["class"]!, (string)change["operation"]!, (string)change["ref"]!, change["snapshot"] as JsonObject, changed);
    }
}
