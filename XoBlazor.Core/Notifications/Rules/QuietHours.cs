namespace XoBlazor.Core.Notifications.Rules;

/// <summary>A span of each day, in the rule's zone, in which nothing is sent: what is told then waits for its end and goes in one message. May go past midnight.</summary>
/// <param name="ExceptCritical">What is critical is sent all the same.</param>
public sealed record QuietHours(TimeOnly From, TimeOnly To, bool ExceptCritical = true)
{
    /// <summary>When something that is due at a moment may be sent: then, or at the end of the quiet hours.</summary>
    internal DateTimeOffset After(DateTimeOffset due, TimeZoneInfo zone)
    {
        var end = LocalTimes.Next(due, To, zone);
        // Within them when their end comes before their next beginning.
        return end > due && end < LocalTimes.Next(due, From, zone) || IsBeginning(due, zone) ? LocalTimes.Next(due.AddTicks(1), To, zone) : due;
    }

    private bool IsBeginning(DateTimeOffset due, TimeZoneInfo zone) => LocalTimes.Next(due, From, zone) == due;
}
