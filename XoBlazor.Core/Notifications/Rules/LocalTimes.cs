namespace XoBlazor.Core.Notifications.Rules;

/// <summary>Times of the day in a zone, on days when clocks are changed, too.</summary>
internal static class LocalTimes
{
    /// <summary>The next moment, not before <paramref name="from"/>, at which clocks of the zone show the time. Where they skip it, the moment they do; where they show it twice, the first.</summary>
    public static DateTimeOffset Next(DateTimeOffset from, TimeOnly time, TimeZoneInfo zone)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(from, zone).DateTime);
        for (var days = -1; ; days++)
            if (At(day.AddDays(days), time, zone) is var moment && moment >= from)
                return moment;
    }

    private static DateTimeOffset At(DateOnly day, TimeOnly time, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(time);
        if (zone.IsInvalidTime(local))
        {
            // The clocks jump over it: the moment of the jump is where the old offset ends.
            var before = zone.GetUtcOffset(local.AddHours(-3));
            var first = local;
            while (zone.IsInvalidTime(first))
                first = first.AddMinutes(-1);
            return new DateTimeOffset(first, before).AddMinutes(1).ToUniversalTime();
        }

        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
