using XoBlazor.Core.Model;
using XoBlazor.Core.Notifications.Rules;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.Core.Notifications.Watching;

/// <summary>Messages that hosts leave, those of the time when the server was down included.</summary>
internal sealed class AlarmWatcher(NotificationTrigger.AlarmRaised trigger, bool isStart) : StoreWatcher(XapiClass.XapiMessage, trigger.Filter)
{
    protected override void LookAtAll(WatchScene scene, PoolPicture pool, bool isFirst, IncidentBook book)
    {
        // A rule that is new does not tell of what was there before it.
        if (isFirst && !isStart)
            return;
        foreach (var value in Matching(pool))
            if (value is XapiMessage message && message.Timestamp - scene.Offset(pool.Uuid) > (isFirst ? scene.Before : scene.WatchedUntil))
                Tell(pool, message, book);
    }

    protected override void Take(WatchScene scene, PoolPicture pool, ObjectChange change, IncidentBook book)
    {
        if (change is { Before: null, After: XapiMessage message } && Matches(pool, message))
            Tell(pool, message, book);
    }

    private void Tell(PoolPicture pool, XapiMessage message, IncidentBook book)
    {
        var alert = Alert.Of(pool, message);
        if (alert.Severity > trigger.AtLeast)
            return;
        var name = alert.About is { } about ? pool.NameOf(about) : pool.Name();
        book.Happened($"{pool.Uuid}/{message.Uuid}", $"{pool.Uuid}/{message.Name}/{message.ObjUuid}", Finding.Of(pool, message, $"{name}: {alert.Title}", alert.Text) with
        {
            Severity = alert.Severity switch
            {
                AlertSeverity.Critical or AlertSeverity.Major => NotificationSeverity.Critical,
                AlertSeverity.Warning => NotificationSeverity.Warning,
                AlertSeverity.Minor or AlertSeverity.Information => NotificationSeverity.Information,
            },
        });
    }
}
