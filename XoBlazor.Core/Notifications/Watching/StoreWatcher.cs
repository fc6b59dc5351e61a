using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Store.Filtering;

namespace XoBlazor.Core.Notifications.Watching;

/// <summary>Follows the objects of one class: those of a pool that is new to it first, then every change, and all of them now and then.</summary>
internal abstract class StoreWatcher(XapiClass type, string filter) : Watcher
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    // A filter that was checked when the rule was taken and cannot be read any more matches nothing.
    private readonly Filter? _filter = Filter.TryParse(filter, type, out var parsed, out _) ? parsed : null;

    public sealed override void Look(WatchScene scene, IncidentBook book)
    {
        foreach (var pool in scene.Store.Pools)
        {
            // Until its first listing there is nothing in it.
            if (pool.Pool is null)
                continue;
            if (_known.Add(pool.Uuid))
                LookAtAll(scene, pool, isFirst: true, book);
            else if (scene.LooksAtEverything)
                LookAtAll(scene, pool, isFirst: false, book);
            else if (scene.Batches.TryGetValue(pool.Uuid, out var batches))
                foreach (var batch in batches)
                    foreach (var change in batch.Changes)
                        if (change.Object.Class == type)
                            Take(scene, pool, change, book);
        }

        _known.RemoveWhere(uuid => scene.Store.Pool(uuid) is null);
    }

    protected abstract void LookAtAll(WatchScene scene, PoolPicture pool, bool isFirst, IncidentBook book);

    protected abstract void Take(WatchScene scene, PoolPicture pool, ObjectChange change, IncidentBook book);

    protected bool Matches(PoolPicture pool, XapiObject value) => IsMeant(value) && _filter?.Matches(pool, value) == true;

    /// <summary>The same for many of one picture.</summary>
    protected IEnumerable<XapiObject> Matching(PoolPicture pool)
    {
        if (_filter is null)
            yield break;
        var matches = _filter.On(pool);
        foreach (var value in pool.All(type))
            if (IsMeant(value) && matches(value))
                yield return value;
    }

    protected static bool IsMeant(XapiObject value) => value is not Vm vm || vm.Kind() == VmKind.Vm;

    protected static string Subject(string pool, XapiObject value) => $"{pool}/{(value.Uuid.Length > 0 ? value.Uuid : value.Ref)}";
}
