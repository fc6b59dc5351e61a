using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace XoBlazor.Tests.Simulator.Lifecycle;

/// <summary>
/// Which recorded object is which of ours. Objects of the loaded database keep their refs; those that an operation makes get new ones
/// in every run and are paired by likeness, then through the refs that already paired records hold.
/// </summary>
public sealed partial class ReferenceMap
{
    private readonly Dictionary<string, string> _ours = [];
    private readonly HashSet<string> _taken = [];

    /// <summary>Ours for a recorded ref or uuid; unknown ones are themselves.</summary>
    public string this[string recorded] => _ours.GetValueOrDefault(recorded, recorded);

    public bool Knows(string recorded) => _ours.ContainsKey(recorded);

    public bool IsTaken(string ours) => _taken.Contains(ours);

    /// <summary>What both sides started from is the same on both, for good.</summary>
    public void Keep(IEnumerable<JsonObject> records)
    {
        foreach (var identity in records.SelectMany(record => record).Select(pair => TextOf(pair.Value)).OfType<string>().Where(text => Identity().IsMatch(text)))
            Pair(identity, identity);
    }

    public void Pair(string recorded, string ours)
    {
        if (_ours.TryAdd(recorded, ours)) _taken.Add(ours);
    }

    /// <summary>Pairs two records that stand for the same object, and every ref or uuid they hold at the same place.</summary>
    public void Unify(JsonObject recorded, JsonObject ours)
    {
        foreach (var (field, value) in recorded)
            UnifyValues(value, ours[field]);
    }

    /// <summary>Pairs the identities that two values of one field hold at the same place, if both are new.</summary>
    public void UnifyValues(JsonNode? recorded, JsonNode? ours)
    {
        if (recorded is JsonObject theirMap && ours is JsonObject ourMap)
        {
            foreach (var (key, value) in theirMap)
            {
                if (ourMap.ContainsKey(key)) UnifyValues(value, ourMap[key]);
                else if (ourMap.FirstOrDefault(pair => !IsTaken(pair.Key) && JsonNode.DeepEquals(pair.Value, value)) is { Key: not null } same)
                    UnifyTexts(key, same.Key);
            }
        }
        else if (TextOf(recorded) is { } theirs && TextOf(ours) is { } mine)
        {
            UnifyTexts(theirs, mine);
        }
    }

    private void UnifyTexts(string theirs, string mine)
    {
        if (theirs != mine && Identity().IsMatch(theirs) && Identity().IsMatch(mine) && !IsTaken(mine)) Pair(theirs, mine);
    }

    private static string? TextOf(JsonNode? value) =>
        value is JsonValue && value.GetValueKind() == JsonValueKind.String ? (string)value! : null;

    /// <summary>A recorded value with every known ref and uuid replaced by ours, texts included.</summary>
    public JsonNode? Translate(JsonNode? value) => value switch
    {
        JsonObject map => new JsonObject(map.Select(pair => KeyValuePair.Create(TranslateText(pair.Key), Translate(pair.Value)))),
        JsonArray set => new JsonArray([.. set.Select(Translate)]),
        JsonValue text when text.GetValueKind() == JsonValueKind.String => TranslateText((string)text!),
        _ => value?.DeepClone(),
    };

    private string TranslateText(string text) => Uuid().Replace(text, match => this[match.Value]);

    [GeneratedRegex("^(OpaqueRef:)?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")]
    private static partial Regex Identity();

    [GeneratedRegex("(OpaqueRef:)?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Uuid();
}
