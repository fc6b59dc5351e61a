using System.Text.Json.Nodes;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Api.XoObjects;

/// <summary>One moment of a real pool, as XAPI keeps it and as Xen Orchestra shaped it: what we make of the one must be the other.</summary>
public sealed class PairedObjectsTests(ITestOutputHelper output)
{
    private const double LeastShare = 0.99;

    /// <summary>Every difference there is, and why. <c>docs/api-objects.md</c> says the same to users.</summary>
    private static readonly (string Type, string Property, string Reason)[] s_deliberate =
    [
        ("pool", "otherConfig", "Xen Orchestra itself wrote when it last connected, between the two recordings"),
    ];

    [Fact]
    public async Task Objects_OfARealPool_AreWhatXenOrchestraMadeOfIt()
    {
        using var patience = Patience.Source();
        var recorded = JsonNode.Parse(SharedData.Bytes("data", "xapi-paired", "modern", "xo-objects.json"))!.AsObject();
        // Tasks and messages are not in a pool's database: they come from what the host answered at the same moment.
        var store = await XoPools.LoadAsync("two-hosts-modern.xml", patience.Token, [.. XoPools.Recorded("task"), .. XoPools.Recorded("message")]);

        var ours = XoPools.Objects(store.Current);

        var (compared, differences) = (0, new List<(string Type, string Property, string Text)>());
        foreach (var (id, theirs) in recorded)
        {
            var type = (string)theirs!["type"]!;
            var mine = ours.GetValueOrDefault(id) ?? [];
            foreach (var property in theirs.AsObject().Select(p => p.Key).Union(mine.Select(p => p.Key)))
            {
                compared++;
                var (a, b) = (Text(theirs.AsObject(), property), Text(mine, property));
                if (a != b)
                    differences.Add((type, property, $"{type}.{property}: Xen Orchestra {a}, we {b}"));
            }
        }

        differences.ForEach(d => output.WriteLine(d.Text));
        output.WriteLine($"{differences.Count} of {compared} properties differ");
        Assert.Empty(ours.Keys.Except(recorded.Select(r => r.Key)));
        Assert.Equal(s_deliberate.Select(x => (x.Type, x.Property)).Order(), differences.Select(d => (d.Type, d.Property)).Distinct().Order());
        Assert.InRange(1 - ((double)differences.Count / compared), LeastShare, 1);
        Assert.InRange(compared, 1000, int.MaxValue);
    }

    /// <summary>Sets and maps have no order in XAPI.</summary>
    private static string Text(JsonObject value, string property) =>
        !value.TryGetPropertyValue(property, out var found) ? "absent" : Text(found);

    private static string Text(JsonNode? value) => value switch
    {
        JsonArray list when list.All(i => i is JsonValue v && v.GetValueKind() == System.Text.Json.JsonValueKind.String) =>
            $"[{string.Join(',', list.Select(Text).Order(StringComparer.Ordinal))}]",
        JsonArray list => $"[{string.Join(',', list.Select(Text))}]",
        JsonObject map => $"{{{string.Join(',', map.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}={Text(p.Value)}"))}}}",
        null => "null",
        _ => value.ToJsonString(),
    };
}
