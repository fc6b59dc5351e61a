using XoBlazor.Core.Pools;

namespace XoBlazor.Core.Notifications.Watching;

/// <summary>Pools that are to be connected and are not.</summary>
internal sealed class SilenceWatcher : Watcher
{
    public override void Look(WatchScene scene, IncidentBook book)
    {
        var silent = new HashSet<string>(StringComparer.Ordinal);
        foreach (var state in scene.Pools)
        {
            var subject = state.Id.ToString("N");
            var about = state.PoolUuid is { } uuid ? scene.Store.Pool(uuid)?.Pool : null;
            if (state.IsLive || state.Status == PoolStatus.Disabled)
            {
                book.HoldsNot(subject, state.IsLive ? new Finding($"The pool {state.Name} is connected again") { Pool = state.PoolUuid, About = about } : null);
                continue;
            }

            silent.Add(subject);
            book.Holds(subject, new($"The pool {state.Name} is silent", state.Problem ?? $"{state.Address} does not answer.")
            {
                Pool = state.PoolUuid,
                About = about,
                // A pool that was never met has no object that could decide who may hear of it.
                Right = about is null ? "pool.connect" : null,
                Since = state.LastAnswer ?? state.Since,
            });
        }

        foreach (var subject in book.Held.Where(subject => !silent.Contains(subject)).ToList())
            book.HoldsNot(subject, null);
    }
}
