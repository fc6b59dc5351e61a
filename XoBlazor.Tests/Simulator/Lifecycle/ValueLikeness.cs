using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace XoBlazor.Tests.Simulator.Lifecycle;

/// <summary>
/// When two wire values are the same. Sets are compared without order (XAPI gives them none), moments only as "never" or "some time",
/// identities that only one side knows as "some uuid".
/// </summary>
public static partial class ValueLikeness
{
    private const string Never = "19700101T00:00:00Z";

    public static bool Same(JsonNode? recorded, JsonNode? ours) => Canonical(recorded) == Canonical(ours);

    /// <summary>A text that is equal for values which count as the same.</summary>
    public static string Canonical(JsonNode? value) => value switch
    {
        null => "null",
        JsonObject map => "{" + string.Join(",", map.Select(pair => pair.Key + ":" + Canonical(pair.Value)).Order(StringComparer.Ordinal)) + "}",
        JsonArray set => "[" + string.Join(",", set.Select(Canonical).Order(StringComparer.Ordinal)) + "]",
        JsonValue scalar when scalar.GetValueKind() == JsonValueKind.String => CanonicalText((string)scalar!),
        JsonValue scalar when scalar.GetValueKind() == JsonValueKind.Number => double.Parse(scalar.ToJsonString(), CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture),
        _ => value.ToJsonString(),
    };

    private static string CanonicalText(string text) =>
        Moment().Replace(text, moment => moment.Value == Never ? Never : "<moment>");

    [GeneratedRegex("[0-9]{8}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")]
    private static partial Regex Moment();
}
