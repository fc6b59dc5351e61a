using XoBlazor.Core.Notifications.Rules;
using XoBlazor.Core.Operations;

namespace XoBlazor.Core.Notifications.Watching;

/// <summary>Operations that were begun here and fail, those that a stop of the server cut off included.</summary>
internal sealed class OperationWatcher(NotificationTrigger.OperationFailed trigger, bool isStart) : Watcher
{
    private readonly HashSet<long> _seen = [];
    private bool _hasLooked = isStart;

    public override void Look(WatchScene scene, IncidentBook book)
    {
        foreach (var run in scene.Runs)
        {
            if (run.Result is not { } result || !_seen.Add(run.Number) || !_hasLooked || result.End is not (OperationEnd.Failed or OperationEnd.Unknown))
                continue;
            if (!trigger.Operations.IsDefaultOrEmpty && !trigger.Operations.Contains(run.Operation.Name))
                continue;
            book.Happened($"operation {run.Number}", $"{run.Operation.Name} {run.Target}", new($"{run.Operation.Title} of {run.TargetName} {(result.End == OperationEnd.Failed ? "failed" : "ended, nobody knows how")}", $"{result.Message}\nAsked for by {run.Requester.Actor.Name}.")
            {
                Pool = run.Target.Pool,
                About = scene.Store.Find(run.Target),
            });
        }

        _hasLooked = true;
        _seen.IntersectWith(scene.Runs.Select(run => run.Number));
    }
}
