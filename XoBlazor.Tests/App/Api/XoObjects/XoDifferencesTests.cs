using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using XoBlazor.App.Api.XoObjects.Feed;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi.Codecs;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Api.XoObjects;

/// <summary>Whoever applies the differences has what a fresh look at everything gives: nothing is stale, and nothing is told that did not change.</summary>
public sealed class XoDifferencesTests(ITestOutputHelper output)
{
    public static TheoryData<string> Databases => XoPools.Databases;

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Between_RandomHistoriesOfRealPools_IsExactlyWhatLooksDifferent(string database)
    {
        using var patience = Patience.Source();
        var seed = Environment.TickCount & 0xffff;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var store = new ObjectStore(TimeProvider.System, []);
        var objects = await XoPools.ReadAsync(database, patience.Token);
        var pool = objects.OfType<Pool>().Single().Uuid;
        using var writer = store.Open(pool);
        writer.ApplyListing(objects);
        // A second pool of the same records: the same references and uuids, as two pools that share storage have.
        using var second = store.Open("second");
        second.ApplyListing(objects.Where(o => o is Sr or Vdi or Vm or Pbd));
        using var differences = new XoDifferences();
        var (known, told) = (XoPools.Objects(store.Current), 0);

        for (var turn = 0; turn < 60; turn++)
        {
            var before = store.Current;
            var batches = new List<StoreBatch>();
            for (var step = 0; step < 1 + random.Next(3); step++)
                if ((random.Next(5) == 0 ? second : writer).Apply(Enumerable.Range(0, 1 + random.Next(6)).Select(_ => Update(random, objects))) is { } batch)
                    batches.Add(batch);
            var fresh = XoPools.Objects(store.Current);

            var changed = new HashSet<string>(StringComparer.Ordinal);
            foreach (var change in differences.Between(before, store.Current, random.Next(4) == 0 ? null : batches))
            {
                told++;
                changed.Add(change.Id);
                if (change.New is { } there)
                {
                    var now = JsonNode.Parse(Encoding.UTF8.GetString(there.Document.Span))!.AsObject();
                    Assert.False(known.TryGetValue(change.Id, out var old) && JsonNode.DeepEquals(old, now), $"{change.Id} is told and did not change");
                    known[change.Id] = now;
                }
                else
                {
                    Assert.True(known.Remove(change.Id), $"{change.Id} went and was not there");
                }
            }

            Assert.Equal(fresh.Keys.Order(StringComparer.Ordinal), known.Keys.Order(StringComparer.Ordinal));
            foreach (var (id, made) in fresh)
                Assert.True(JsonNode.DeepEquals(made, known[id]), $"{made["type"]} {id} is stale: {Difference(known[id], made)}");
        }

        Assert.InRange(told, 60, int.MaxValue);
    }

    [Fact]
    public async Task Between_NothingAndSomething_IsEverything()
    {
        using var patience = Patience.Source();
        var store = await XoPools.LoadAsync("two-hosts-modern.xml", patience.Token);
        using var differences = new XoDifferences();

        var came = differences.Between(null, store.Current).Select(c => (c.Id, c.Old)).ToList();
        var none = differences.Between(store.Current, store.Current).ToList();

        Assert.Equal(XoPools.Objects(store.Current).Keys.Order(), came.Select(c => c.Id).Order());
        Assert.All(came, c => Assert.Null(c.Old));
        Assert.Empty(none);
    }

    private static string Difference(JsonObject old, JsonObject now) => string.Join("; ", old.Select(p => p.Key).Union(now.Select(p => p.Key))
        .Where(n => !JsonNode.DeepEquals(old[n], now[n])).Select(n => $"{n} is {old[n]?.ToJsonString()}, not {now[n]?.ToJsonString()}"));

    /// <summary>An object goes, comes back, or gets some fields of another of its class.</summary>
    private static ObjectUpdate Update(Random random, List<XapiObject> objects)
    {
        var value = objects[random.Next(objects.Count)];
        switch (random.Next(8))
        {
            case 0:
                return ObjectUpdate.Gone(value.Ref);
            case 1:
                return ObjectUpdate.Present(value);
            default:
                var others = objects.Where(o => o.Class == value.Class).ToList();
                var changed = (XapiObject)value.GetType().GetMethod("<Clone>$")!.Invoke(value, null)!;
                for (var i = 0; i < 1 + random.Next(4); i++)
                {
                    var property = Fields(value)[random.Next(Fields(value).Length)];
                    property.SetValue(changed, property.GetValue(others[random.Next(others.Count)]));
                }

                return ObjectUpdate.Present(changed);
        }
    }

    private static PropertyInfo[] Fields(XapiObject value) =>
        [.. XapiCodec.For(value.Class).Fields.Where(f => f.Wire != "uuid").Select(f => value.GetType().GetProperty(f.Name)).OfType<PropertyInfo>()];
}
