using XoBlazor.Core.Model;
using XoBlazor.Core.Notifications.Rules;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Store.Filtering;

namespace XoBlazor.Core.Notifications.Watching;

/// <summary>Hosts that their pool does not hear from. While the pool itself is silent nothing is known of them.</summary>
internal sealed class HostWatcher(NotificationTrigger.HostDown trigger) : Watcher
{
    private readonly Filter? _filter = Filter.TryParse(trigger.Filter, XapiClass.Host, out var parsed, out _) ? parsed : null;

    public override void Look(WatchScene scene, IncidentBook book)
    {
        foreach (var pool in scene.Store.Pools)
        {
            if (pool.Pool is null || !scene.IsLive(pool.Uuid))
                continue;
            var there = new HashSet<string>(StringComparer.Ordinal);
            foreach (var host in pool.All<Host>())
            {
                var subject = $"{pool.Uuid}/{host.Uuid}";
                there.Add(subject);
                if (!pool.IsHostLive(host) && _filter?.Matches(pool, host) == true)
                    book.Holds(subject, Finding.Of(pool, host, $"The host {pool.NameOf(host)} is down", $"The pool {pool.Name()} does not hear from it. Check its power and network."));
                else
                    book.HoldsNot(subject, Finding.Of(pool, host, $"The host {pool.NameOf(host)} is up again"));
            }

            foreach (var subject in book.Held.Where(subject => subject.StartsWith(pool.Uuid + "/", StringComparison.Ordinal) && !there.Contains(subject)).ToList())
                book.HoldsNot(subject, null);
        }
    }
}
