using System.Collections.Immutable;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Components.Live;

/// <summary>All that a page can see in one moment: every pool that the person may view, with its objects and how fresh they are. Immutable.</summary>
/// <param name="Version">Differs between any two scenes of one source.</param>
/// <param name="AsOf">The past moment shown; null for the present.</param>
/// <param name="LastEvent">When the newest of all this came from a host.</param>
public sealed record Scene(long Version, ImmutableArray<ScenePool> Pools, DateTimeOffset? AsOf = null, DateTimeOffset? LastEvent = null)
{
    public static readonly Scene Empty = new(0, []);

    /// <summary>Who else sees the same: what is made from a scene is shared among them and with nobody else. Null for a scene that is not shared.</summary>
    public object? Viewers { get; init; }

    public bool IsPast => AsOf is not null;

    public ScenePool? Pool(string uuid)
    {
        foreach (var pool in Pools)
            if (pool.Uuid == uuid)
                return pool;
        return null;
    }

    public T? Find<T>(ObjectKey key) where T : XapiObject => Pool(key.Pool)?.Picture?.Find<T>(key.Uuid);

    public IEnumerable<(ScenePool Pool, T Object)> All<T>() where T : XapiObject
    {
        foreach (var pool in Pools)
            if (pool.Picture is { } picture)
                foreach (var there in picture.All<T>())
                    yield return (pool, there);
    }

    /// <summary>Differs once any object of the class changed, came or went.</summary>
    public long ContentVersion(XapiClass type)
    {
        long newest = Pools.Length;
        foreach (var pool in Pools)
            newest = Math.Max(newest, pool.Picture?.ContentVersion(type) ?? 0);
        return newest;
    }

    public int Count<T>() where T : XapiObject => Pools.Sum(pool => pool.Picture?.All<T>().Count ?? 0);
}
