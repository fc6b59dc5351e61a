namespace XoBlazor.Core.Plugins;

/// <summary>How scheduled work of a plugin stands at a moment.</summary>
/// <param name="Name">As the plugin calls it.</param>
/// <param name="Last">When it began last; null when it never did.</param>
/// <param name="Problem">Why it failed the last time, in words; null when it went well.</param>
/// <param name="Next">When it is due; null while the plugin is not loaded.</param>
/// <param name="IsRunning">It goes on now.</param>
public sealed record ScheduleStatus(string Name, DateTimeOffset? Last, string? Problem, DateTimeOffset? Next, bool IsRunning);
