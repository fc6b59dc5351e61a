using XoBlazor.Core.Notifications.Rules;

namespace XoBlazor.Core.Notifications.Watching;

/// <summary>Finds what one trigger is about. Keeps what it saw between two looks; for one thread.</summary>
internal abstract class Watcher
{
    /// <summary>Looks at what is new and writes what it finds into the book.</summary>
    public abstract void Look(WatchScene scene, IncidentBook book);

    /// <param name="isStart">The server has just started; else the rule is new or was changed.</param>
    public static Watcher Of(NotificationTrigger trigger, bool isStart) => trigger switch
    {
        NotificationTrigger.ObjectMatches matches => new MatchWatcher(matches),
        NotificationTrigger.FieldChanges changes => new FieldWatcher(changes),
        NotificationTrigger.AlarmRaised alarm => new AlarmWatcher(alarm, isStart),
        NotificationTrigger.Threshold limit => new ThresholdWatcher(limit),
        NotificationTrigger.TaskFailed task => new TaskWatcher(task, isStart),
        NotificationTrigger.OperationFailed operation => new OperationWatcher(operation, isStart),
        NotificationTrigger.PoolSilent => new SilenceWatcher(),
        NotificationTrigger.HostDown down => new HostWatcher(down),
        NotificationTrigger.UpdateAvailable => new UpdateWatcher(),
        NotificationTrigger.PluginGivenUp => new PluginWatcher(),
        NotificationTrigger.PluginSays says => new NoticeWatcher(says),
        _ => throw new InvalidOperationException($"{trigger.GetType().Name} is no trigger"),
    };
}
