using XoBlazor.Core.Model;
using XoBlazor.Core.Notifications.Rules;

namespace XoBlazor.Core.Notifications.Watching;

/// <summary>What plugins tell.</summary>
internal sealed class NoticeWatcher(NotificationTrigger.PluginSays trigger) : Watcher
{
    public override void Look(WatchScene scene, IncidentBook book)
    {
        foreach (var notice in scene.Notices)
        {
            if (trigger.Plugin.Length > 0 && trigger.Plugin != notice.Plugin)
                continue;
            var about = notice.About is { } key ? scene.Store.Find(key) : null;
            book.Happened($"{notice.Plugin} {notice.Number} {scene.Now.UtcTicks}", $"{notice.Plugin} {notice.Title}", new($"{ForeignText.Shown(notice.Name)}: {notice.Title}", notice.Text)
            {
                Pool = notice.About?.Pool,
                About = about,
                Right = about is null ? Access.Right.View.Name : null,
                Severity = notice.Severity,
            });
        }
    }
}
