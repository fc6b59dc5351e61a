using System.Collections.Immutable;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.Core.Notifications.Watching;

/// <summary>Pools whose hosts lack updates, as far as somebody asked; more of them are news, fewer are not.</summary>
internal sealed class UpdateWatcher : Watcher
{
    public override void Look(WatchScene scene, IncidentBook book)
    {
        foreach (var pool in scene.Store.Pools)
        {
            if (pool.Pool is not { } about)
                continue;
            var known = pool.All<Host>().Select(host => (Host: host, Updates: scene.Updates(new(pool.Uuid, host.Uuid)))).Where(one => one.Updates is { AsOf: not null }).ToList();
            var lacking = known.Where(one => !one.Updates!.Missing.IsEmpty).ToList();
            if (lacking.Count > 0)
                book.Holds(pool.Uuid, Finding.Of(pool, about, $"Updates are available for the pool {pool.Name()}", string.Join('\n', lacking.Select(one => $"{pool.NameOf(one.Host)} lacks {one.Updates!.Missing.Length}: {Names(one.Updates.Missing.Select(update => update.Name))}"))) with
                {
                    Parts = lacking.SelectMany(one => one.Updates!.Missing.Select(update => update.Id)).ToImmutableSortedSet(StringComparer.Ordinal),
                });
            else if (known.Count == pool.CountOf(XapiClass.Host))
                book.HoldsNot(pool.Uuid, Finding.Of(pool, about, $"The pool {pool.Name()} has all updates"));
        }
    }

    private static string Names(IEnumerable<string> names)
    {
        var all = names.ToList();
        return all.Count > 5 ? $"{string.Join(", ", all.Take(5))} and {all.Count - 5} more" : string.Join(", ", all);
    }
}
