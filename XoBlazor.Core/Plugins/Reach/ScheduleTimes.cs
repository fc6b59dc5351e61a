using XoBlazor.Core.Plugins.Wants;

namespace XoBlazor.Core.Plugins.Reach;

/// <summary>When scheduled work is due.</summary>
internal static class ScheduleTimes
{
    private static readonly TimeSpan s_mostJitter = TimeSpan.FromMinutes(1);

    /// <summary>The first moment after the last one. Of an interval, a little later than it is long, so that what began together does not go on so.</summary>
    /// <param name="after">When it was begun last, or wanted first.</param>
    /// <param name="isFirst">It was never begun: an interval need not pass before.</param>
    /// <param name="random">0 to 1.</param>
    public static DateTimeOffset Next(ScheduleWant want, DateTimeOffset after, bool isFirst, double random, TimeZoneInfo zone)
    {
        if (want.Every is not { } every)
            return Next(want.At!.Value, after, zone);
        var jitter = TimeSpan.FromTicks(Math.Min(every.Ticks / 10, s_mostJitter.Ticks)) * random;
        return after + (isFirst ? TimeSpan.Zero : every) + jitter;
    }

    private static DateTimeOffset Next(TimeOnly at, DateTimeOffset after, TimeZoneInfo zone)
    {
        for (var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(after, zone).DateTime); ; day = day.AddDays(1))
            if (Moment(day.ToDateTime(at), zone) is var moment && moment > after)
                return moment;
    }

    // A time that the clock leaves out in spring is an hour later that day; one that it shows twice in autumn counts once.
    private static DateTimeOffset Moment(DateTime local, TimeZoneInfo zone)
    {
        if (zone.IsInvalidTime(local))
            local = local.AddHours(1);
        return new(local, zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local));
    }
}
