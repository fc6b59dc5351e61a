using System.Collections.Frozen;
using System.Collections.Immutable;
using XoBlazor.Core.Model;

namespace XoBlazor.Core.Store;

/// <summary>
/// All pools' pictures at one moment: immutable, safe from any thread. Keep it for one answer and then take
/// <see cref="IStoreView.Current"/> again; holding on to it holds on to the objects of that moment.
/// </summary>
public sealed class StoreSnapshot
{
    internal static readonly StoreSnapshot Empty =
        new(0, [], FrozenDictionary<string, int>.Empty, new long[ReferenceFields.ClassCount], new long[ReferenceFields.ClassCount]);

    private readonly FrozenDictionary<string, int> _positions;
    private readonly long[] _membership;
    private readonly long[] _content;

    private StoreSnapshot(long version, ImmutableArray<PoolPicture> pools, FrozenDictionary<string, int> positions, long[] membership, long[] content)
    {
        Version = version;
        Pools = pools;
        _positions = positions;
        _membership = membership;
        _content = content;
    }

    /// <summary>Grows with every change of any pool; equal versions mean the same snapshot.</summary>
    public long Version { get; }

    public ImmutableArray<PoolPicture> Pools { get; }

    public PoolPicture? Pool(string uuid) => _positions.TryGetValue(uuid, out var at) ? Pools[at] : null;

    /// <summary>The object of this lasting name, or null. Constant time.</summary>
    public XapiObject? Find(ObjectKey key)
    {
        var pool = Pool(key.Pool);
        return pool is null ? null : pool.GetByUuid(key.Uuid) ?? (XenRefText.NamesObject(key.Uuid) ? pool.Get(key.Uuid) : null);
    }

    public T? Find<T>(ObjectKey key) where T : XapiObject => Pool(key.Pool)?.GetByUuid<T>(key.Uuid) ?? Find(key) as T;

    /// <summary>All objects of a class in all pools, each with its pool.</summary>
    public IEnumerable<Located<T>> All<T>() where T : XapiObject
    {
        foreach (var pool in Pools)
            foreach (var there in pool.All<T>())
                yield return new(pool, there);
    }

    public int CountOf(XapiClass type)
    {
        var count = 0;
        foreach (var pool in Pools)
            count += pool.CountOf(type);
        return count;
    }

    /// <summary>The version in which an object of the class was last added or removed, in any pool.</summary>
    public long MembershipVersion(XapiClass type) => _membership[(int)type];

    /// <summary>The version in which an object of the class last changed, came or went, in any pool.</summary>
    public long ContentVersion(XapiClass type) => _content[(int)type];

    internal StoreSnapshot With(PoolPicture picture)
    {
        if (!_positions.TryGetValue(picture.Uuid, out var at))
            return Of(picture.Version, Pools.Add(picture), picture);
        return new(picture.Version, Pools.SetItem(at, picture), _positions,
            Touched(_membership, picture, t => t.MembershipVersion), Touched(_content, picture, t => t.ContentVersion));
    }

    /// <summary>The same under a newer version.</summary>
    internal StoreSnapshot At(long version) => new(version, Pools, _positions, _membership, _content);

    /// <summary>These pools, all of them new with this version.</summary>
    internal static StoreSnapshot Of(ImmutableArray<PoolPicture> pools, long version)
    {
        var versions = new long[ReferenceFields.ClassCount];
        Array.Fill(versions, version);
        return new(version, pools, Positions(pools), versions, versions);
    }

    /// <summary>Takes the pool out; <paramref name="last"/> is its empty picture.</summary>
    internal StoreSnapshot Without(PoolPicture last) => Of(last.Version, Pools.RemoveAll(p => p.Uuid == last.Uuid), last);

    private StoreSnapshot Of(long version, ImmutableArray<PoolPicture> pools, PoolPicture changed) =>
        new(version, pools, Positions(pools),
            Touched(_membership, changed, t => t.MembershipVersion), Touched(_content, changed, t => t.ContentVersion));

    private static FrozenDictionary<string, int> Positions(ImmutableArray<PoolPicture> pools) =>
        pools.Select((p, i) => (p.Uuid, i)).ToFrozenDictionary(p => p.Uuid, p => p.i, StringComparer.Ordinal);

    private static long[] Touched(long[] versions, PoolPicture picture, Func<ClassTable, long> version)
    {
        var touched = (long[])versions.Clone();
        for (var i = 0; i < touched.Length; i++)
            touched[i] = Math.Max(touched[i], version(picture.Tables[i]));
        return touched;
    }
}
