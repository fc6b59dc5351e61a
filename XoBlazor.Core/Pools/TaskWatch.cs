using System.Collections.Concurrent;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Pools;

/// <summary>
/// Tells those who wait for a host's task what the event stream says of it. Hears every batch on the pool's writer thread, and costs
/// one look at an empty table while nobody waits.
/// </summary>
public sealed class TaskWatch : IStoreObserver
{
    private readonly ConcurrentDictionary<(string Pool, string Task), Watcher> _watchers = new();

    public void Observe(StoreBatch batch)
    {
        if (_watchers.IsEmpty)
            return;
        foreach (var change in batch.Changes)
            if (change.Object is XapiTask task && _watchers.TryGetValue((batch.Pool, task.Ref), out var watcher))
                watcher(change.After as XapiTask, IsListing: false);
        if (batch.Origin != BatchOrigin.Events)
            foreach (var ((pool, _), watcher) in _watchers)
                if (pool == batch.Pool)
                    watcher(null, IsListing: true);
    }

    /// <summary>
    /// Calls <paramref name="watcher"/> on the writer's thread with each new state of the task, with null when it is gone, and with null and
    /// <c>IsListing</c> when the pool was read anew or forgotten, after which the task must be looked up. It must be quick and not throw.
    /// </summary>
    internal IDisposable Watch(string pool, string task, Watcher watcher)
    {
        var key = (pool, task);
        _watchers[key] = watcher;
        return new Ending(() => _watchers.TryRemove(key, out _));
    }

    internal delegate void Watcher(XapiTask? task, bool IsListing);

    private sealed class Ending(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
