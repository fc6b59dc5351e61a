using XoBlazor.Core.Model;
using XoBlazor.Core.Notifications.Rules;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Notifications.Watching;

/// <summary>Hosts' tasks that fail, those of the time when the server was down included as far as their hosts still have them.</summary>
internal sealed class TaskWatcher(NotificationTrigger.TaskFailed trigger, bool isStart) : StoreWatcher(XapiClass.XapiTask, trigger.Filter)
{
    protected override void LookAtAll(WatchScene scene, PoolPicture pool, bool isFirst, IncidentBook book)
    {
        if (isFirst && !isStart)
            return;
        foreach (var value in Matching(pool))
            if (value is XapiTask { Status: XapiTaskStatus.Failure } task && task.Finished - scene.Offset(pool.Uuid) > (isFirst ? scene.Before : scene.WatchedUntil))
                Tell(pool, task, book);
    }

    protected override void Take(WatchScene scene, PoolPicture pool, ObjectChange change, IncidentBook book)
    {
        if (change.After is XapiTask { Status: XapiTaskStatus.Failure } task && change.Before is not XapiTask { Status: XapiTaskStatus.Failure } && Matches(pool, task))
            Tell(pool, task, book);
    }

    private static void Tell(PoolPicture pool, XapiTask task, IncidentBook book)
    {
        var on = string.Join(", ", pool.WorkedOn(task).Select(value => pool.NameOf(value)).Distinct().Take(5));
        var why = task.ErrorInfo is [var code, .. var parameters] ? XapiErrorText.Of(code, parameters, reference => pool.Get(reference) is { } named ? pool.NameOf(named) : null) : "";
        book.Happened($"{pool.Uuid}/{(task.Uuid.Length > 0 ? task.Uuid : task.Ref)}", $"{pool.Uuid}/{task.NameLabel}/{on}", Finding.Of(pool, task, $"{pool.NameOf(task)} failed{(on.Length > 0 ? $" on {on}" : "")}", why));
    }
}
