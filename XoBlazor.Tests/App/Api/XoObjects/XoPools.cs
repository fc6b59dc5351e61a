using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.App.Api.XoObjects;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi;
using XoBlazor.Core.Xapi.Codecs;
using XoBlazor.Simulator;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Api.XoObjects;

/// <summary>Pools of real databases as a host tells of them, and objects as JSON.</summary>
internal static class XoPools
{
    public static TheoryData<string> Databases =>
        ["one-host-checkpoints.xml", "one-host-patches.xml", "two-hosts-modern.xml", "two-hosts-snapshots.xml", "two-hosts-vapps.xml", "two-hosts-vlans-bonds.xml"];

    /// <summary>A store with one pool, read from a simulated host.</summary>
    public static async Task<ObjectStore> LoadAsync(string database, CancellationToken cancellation, params XapiObject[] more)
    {
        var store = new ObjectStore(TimeProvider.System, []);
        var objects = await ReadAsync(database, cancellation);
        using var writer = store.Open(objects.OfType<Pool>().Single().Uuid);
        writer.ApplyListing([.. objects.Where(o => more.All(m => m.Class != o.Class)), .. more]);
        return store;
    }

    /// <summary>All objects of the pool as its host tells of them.</summary>
    public static async Task<List<XapiObject>> ReadAsync(string database, CancellationToken cancellation)
    {
        var source = PoolSource.FromFile(SharedData.Path("data", "pools", database));
        await using var host = await SimulatorHost.StartAsync(new() { Pools = [source], Addresses = AddressMode.Faithful }, cancellation);
        await using var connection = new XapiConnection(XapiEndpoint.Parse(host.Pools[0].HttpUrl.ToString()), new("root", "secret"));
        await connection.LogInAsync(cancellation);
        var batch = await connection.EventFromAsync(["*"], "", TimeSpan.FromSeconds(30), new(), _ => null, cancellation);
        return [.. batch.Events.Select(e => e.Object).OfType<XapiObject>()];
    }

    /// <summary>The records of a class that the real host answered.</summary>
    public static XapiObject[] Recorded(string type)
    {
        var classes = JsonNode.Parse(SharedData.Bytes("data", "xapi-paired", "modern", "get_all_records.json"))!.AsObject();
        return
        [
            .. classes[type]!["result"]!.AsObject()
                .Select(r => XapiCodec.Find(type)!.Read(Encoding.UTF8.GetBytes(r.Value!.ToJsonString()), r.Key, null, new DecodeContext())),
        ];
    }

    /// <summary>All objects by id.</summary>
    public static Dictionary<string, JsonObject> Objects(StoreSnapshot store)
    {
        var all = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var pool in store.Pools)
            foreach (var type in XoTypes.Classes)
                foreach (var value in pool.All(type))
                    if (Object(pool, value) is var made)
                        all.TryAdd((string)made["id"]!, made);
        return all;
    }

    public static JsonObject Object(PoolPicture pool, XapiObject value)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, XoShape.Options with { SkipValidation = false }))
            new XoShape(json).Write(pool, value);
        return JsonNode.Parse(bytes.ToArray())!.AsObject();
    }
}
