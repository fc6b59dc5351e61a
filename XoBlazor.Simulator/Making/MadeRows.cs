using XoBlazor.Simulator.Behaviour;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Making;

/// <summary>
/// The rows of a pool being made. References and uuids come from the seed, in the order of the calls, so the same plan gives the same
/// pool. The allowed operations of objects that are alike are computed once.
/// </summary>
internal sealed class MadeRows(Database db, Random random, DateTimeOffset now)
{
    private readonly Dictionary<string, XapiValue> _operations = [];
    private readonly byte[] _bytes = new byte[16];

    public Database Db { get; } = db;

    public Random Random { get; } = random;

    /// <summary>The moment the pool is as of; everything in it happened before.</summary>
    public DateTimeOffset Now { get; } = now;

    public DbObject Add(string type, params IEnumerable<(string Field, XapiValue Value)> fields)
    {
        var reference = $"OpaqueRef:{NewUuid()}";
        Db.Insert(type, reference, [("uuid", NewUuid()), .. fields]);
        return new DbObject(Db, type, reference);
    }

    public string NewUuid()
    {
        Random.NextBytes(_bytes);
        _bytes[7] = (byte)((_bytes[7] & 0x0f) | 0x40);
        _bytes[8] = (byte)((_bytes[8] & 0x3f) | 0x80);
        return new Guid(_bytes).ToString();
    }

    /// <summary>A moment in the past, at most so many days ago.</summary>
    public DateTimeOffset Ago(int days) => Now - TimeSpan.FromSeconds(Random.Next(60, (days * 86_400) + 61));

    /// <summary>Gives an object its allowed operations; objects of one kind have the same.</summary>
    public void Allow(DbObject target, string kind)
    {
        var key = $"{target.Class} {kind}";
        if (_operations.TryGetValue(key, out var known))
        {
            target["allowed_operations"] = known;
        }
        else
        {
            AllowedOperations.Update(target);
            _operations.Add(key, target["allowed_operations"]);
        }
    }
}
