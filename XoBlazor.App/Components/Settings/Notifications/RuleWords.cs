using System.Globalization;
using XoBlazor.App.Components.Ui;
using XoBlazor.Core.Notifications;
using XoBlazor.Core.Notifications.Posting;
using XoBlazor.Core.Notifications.Rules;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.App.Components.Settings.Notifications;

/// <summary>What rules say, and how messages stand, in words for people.</summary>
internal static class RuleWords
{
    /// <summary>Such as "a host is down for 5 min".</summary>
    public static string Of(NotificationTrigger when) => when switch
    {
        NotificationTrigger.ObjectMatches matches => $"a {XapiCodec.For(matches.Class).WireName} {(matches.Stops ? "stops to match" : "matches")} {matches.Filter}{For(matches.For)}",
        NotificationTrigger.FieldChanges changes => $"{string.Join(", ", changes.Fields)} of a {XapiCodec.For(changes.Class).WireName} changes{Among(changes.Filter)}",
        NotificationTrigger.AlarmRaised alarm => $"an alarm is raised, {Word(alarm.AtLeast).ToLowerInvariant()} or worse{Among(alarm.Filter)}",
        NotificationTrigger.Threshold limit => $"{Word(limit.Measure)} is above {limit.Above.ToString("0.#", CultureInfo.InvariantCulture)} %{For(limit.For)}{Among(limit.Filter)}",
        NotificationTrigger.TaskFailed task => $"a host's task fails{Among(task.Filter)}",
        NotificationTrigger.OperationFailed operation => operation.Operations.IsDefaultOrEmpty ? "an operation fails" : $"{string.Join(" or ", operation.Operations)} fails",
        NotificationTrigger.PoolSilent silent => $"a pool is silent{For(silent.For)}",
        NotificationTrigger.HostDown down => $"a host is down{For(down.For)}{Among(down.Filter)}",
        NotificationTrigger.UpdateAvailable => "updates are available",
        NotificationTrigger.PluginGivenUp => "a plugin is given up",
        NotificationTrigger.PluginSays says => says.Plugin.Length > 0 ? $"the plugin {says.Plugin} tells something" : "a plugin tells something",
        _ => throw new InvalidOperationException($"{when.GetType().Name} is no trigger"),
    };

    public static string Of(Pace pace, QuietHours? quiet, string zone) => pace switch
    {
        Pace.AtOnce => "at once",
        Pace.Every { Span: var span } => $"every {Span(span)}",
        Pace.Daily { Time: var time } => $"daily at {time.ToString("HH:mm", CultureInfo.InvariantCulture)} {zone}",
        _ => throw new InvalidOperationException($"{pace.GetType().Name} is no pace"),
    } + (quiet is null ? "" : $", not from {quiet.From.ToString("HH:mm", CultureInfo.InvariantCulture)} to {quiet.To.ToString("HH:mm", CultureInfo.InvariantCulture)}");

    public static string Word(Measure measure) => measure switch
    {
        Measure.HostCpu => "CPU use of a host",
        Measure.HostMemory => "Memory use of a host",
        Measure.VmCpu => "CPU use of a VM",
        Measure.VmMemory => "Memory use of a VM",
        Measure.SrUse => "Used space of a storage",
    };

    public static string Word(AlertSeverity severity) => severity switch
    {
        AlertSeverity.Critical => "Critical",
        AlertSeverity.Major => "Major",
        AlertSeverity.Warning => "Warning",
        AlertSeverity.Minor => "Minor",
        AlertSeverity.Information => "Information",
    };

    public static string Word(NotificationSeverity severity) => severity switch
    {
        NotificationSeverity.Information => "Information",
        NotificationSeverity.Warning => "Warning",
        NotificationSeverity.Critical => "Critical",
    };

    /// <summary>A way to send.</summary>
    /// <param name="obstacle">Why nothing goes by it; null when it does.</param>
    public static Look OfWay(string? obstacle) => obstacle is null ? new("connected", "Ready", Tone.Good) : new("disabled", "Not ready", Tone.Idle);

    public static Look Of(OutboxState state) => state switch
    {
        OutboxState.Waiting => new("pending", "Waiting", Tone.Busy),
        OutboxState.Sending => new("busy", "On its way", Tone.Busy),
        OutboxState.Delivered => new("done", "Delivered", Tone.Good),
        OutboxState.Withheld => new("disabled", "Withheld", Tone.Idle),
        OutboxState.Dead => new("failed", "Given up", Tone.Bad),
    };

    private static string For(TimeSpan span) => span > TimeSpan.Zero ? $" for {Span(span)}" : "";

    private static string Among(string filter) => filter.Length > 0 ? $", among {filter}" : "";

    private static string Span(TimeSpan span) => span switch
    {
        { TotalHours: >= 1 } when span.TotalHours % 1 == 0 => $"{span.TotalHours:0} h",
        { TotalMinutes: >= 1 } => $"{span.TotalMinutes:0.#} min",
        _ => $"{span.TotalSeconds:0} s",
    };
}
