using System.Text.Json;

namespace XoBlazor.Benchmarks.Decode;

/// <summary>
/// The baseline: <see cref="JsonDocument.Parse(ReadOnlyMemory{byte}, JsonDocumentOptions)"/> of the whole answer, then every field of every record copied out
/// by its JSON kind into typed arrays. It looks up no names and shares nothing, which favours it.
/// </summary>
internal sealed class PlainCopy
{
    public required string Class { get; init; }
    public required string Ref { get; init; }
    public string[] Texts { get; } = new string[64];
    public long[] Integers { get; } = new long[32];
    public double[] Floats { get; } = new double[4];
    public bool[] Truths { get; } = new bool[32];
    public string[][] Sets { get; } = new string[32][];
    public Dictionary<string, string>[] Maps { get; } = new Dictionary<string, string>[24];

    public static List<PlainCopy> Decode(byte[] answer)
    {
        using var document = JsonDocument.Parse(answer);
        var copies = new List<PlainCopy>();
        foreach (var one in document.RootElement.GetProperty("result").GetProperty("events").EnumerateArray())
        {
            var copy = new PlainCopy { Class = one.GetProperty("class").GetString()!, Ref = one.GetProperty("ref").GetString()! };
            copy.Fill(one.GetProperty("snapshot"));
            copies.Add(copy);
        }

        return copies;
    }

    private void Fill(JsonElement record)
    {
        var (texts, integers, floats, truths, sets, maps) = (0, 0, 0, 0, 0, 0);
        foreach (var field in record.EnumerateObject())
        {
            switch (field.Value.ValueKind)
            {
                case JsonValueKind.String: Texts[texts++] = field.Value.GetString()!; break;
                case JsonValueKind.Number when field.Value.TryGetInt64(out var integer): Integers[integers++] = integer; break;
                case JsonValueKind.Number: Floats[floats++] = field.Value.GetDouble(); break;
                case JsonValueKind.True or JsonValueKind.False: Truths[truths++] = field.Value.GetBoolean(); break;
                case JsonValueKind.Array: Sets[sets++] = [.. field.Value.EnumerateArray().Select(i => i.GetString()!)]; break;
                case JsonValueKind.Object:
                    var map = new Dictionary<string, string>(field.Value.GetPropertyCount());
                    foreach (var entry in field.Value.EnumerateObject())
                        map[entry.Name] = entry.Value.ValueKind == JsonValueKind.String ? entry.Value.GetString()! : entry.Value.GetRawText();
                    Maps[maps++] = map;
                    break;
            }
        }
    }
}
