using XoBlazor.Core.Store;

namespace XoBlazor.Core.Notifications.ByPlugin;

/// <summary>Something that a plugin tells.</summary>
/// <param name="Number">Which one since the server's start.</param>
/// <param name="About">The object that decides who may hear of it; null for who may view everything.</param>
internal sealed record PluginNotice(long Number, string Plugin, string Name, string Title, string Text, NotificationSeverity Severity, ObjectKey? About);
