using System.Globalization;
using XoBlazor.Core.Notifications;
using XoBlazor.Core.Notifications.Rules;

namespace XoBlazor.Tests.Notifications;

/// <summary>When what was told is sent: digests and quiet hours in a zone, on days when its clocks change, too.</summary>
public sealed class RuleTimesTests
{
    [Theory]
    [InlineData("2026-11-23T12:07:30Z", "2026-11-23T12:15:00Z")]
    [InlineData("2026-11-23T12:15:00Z", "2026-11-23T12:15:00Z")]
    [InlineData("2026-11-23T23:59:59Z", "2026-11-24T00:00:00Z")]
    public void Every_IsDueAtTheNextWholeSpan(string told, string due) =>
        Assert.Equal(At(due), (Rule() with { Pace = new Pace.Every(TimeSpan.FromMinutes(15)) }).DueAfter(At(told), NotificationSeverity.Warning));

    [Theory]
    [InlineData("2026-11-23T06:00:00Z", "2026-11-23T07:00:00Z")] // 8 o'clock in Paris in winter
    [InlineData("2026-11-23T07:00:01Z", "2026-11-24T07:00:00Z")]
    [InlineData("2026-07-01T06:30:00Z", "2026-07-02T06:00:00Z")] // and in summer
    public void Daily_IsDueAtItsTimeInTheZone(string told, string due) =>
        Assert.Equal(At(due), (Rule() with { Pace = new Pace.Daily(new(8, 0)) }).DueAfter(At(told), NotificationSeverity.Warning));

    [Fact]
    public void Daily_AtATimeThatClocksSkip_IsDueWhenTheyDo() =>
        Assert.Equal(At("2026-03-29T01:00:00Z"), (Rule() with { Pace = new Pace.Daily(new(2, 30)) }).DueAfter(At("2026-03-28T12:00:00Z"), NotificationSeverity.Warning));

    [Fact]
    public void Daily_AtATimeThatClocksShowTwice_IsDueTheFirstTime()
    {
        var rule = Rule() with { Pace = new Pace.Daily(new(2, 30)) };

        var first = rule.DueAfter(At("2026-10-24T12:00:00Z"), NotificationSeverity.Warning);

        Assert.Equal((At("2026-10-25T00:30:00Z"), At("2026-10-26T01:30:00Z")), (first, rule.DueAfter(first.AddSeconds(1), NotificationSeverity.Warning)));
    }

    [Theory]
    [InlineData("2026-11-23T20:59:59Z", "2026-11-23T20:59:59Z")]
    [InlineData("2026-11-23T21:00:00Z", "2026-11-24T06:00:00Z")] // 22 o'clock in Paris
    [InlineData("2026-11-24T03:00:00Z", "2026-11-24T06:00:00Z")]
    [InlineData("2026-11-24T06:00:00Z", "2026-11-24T06:00:00Z")]
    public void QuietHours_PastMidnight_HoldUntilTheirEnd(string told, string due) =>
        Assert.Equal(At(due), (Rule() with { Quiet = new(new(22, 0), new(7, 0)) }).DueAfter(At(told), NotificationSeverity.Warning));

    [Theory]
    [InlineData("2026-11-23T11:30:00Z", "2026-11-23T13:00:00Z")]
    [InlineData("2026-11-23T13:30:00Z", "2026-11-23T13:30:00Z")]
    public void QuietHours_WithinADay_HoldUntilTheirEnd(string told, string due) =>
        Assert.Equal(At(due), (Rule() with { Quiet = new(new(12, 0), new(14, 0)) }).DueAfter(At(told), NotificationSeverity.Warning));

    [Fact]
    public void QuietHours_LetTheCriticalThrough_UnlessTheyShallNot()
    {
        var night = At("2026-11-24T03:00:00Z");

        Assert.Equal(night, (Rule() with { Quiet = new(new(22, 0), new(7, 0)) }).DueAfter(night, NotificationSeverity.Critical));
        Assert.NotEqual(night, (Rule() with { Quiet = new(new(22, 0), new(7, 0), ExceptCritical: false) }).DueAfter(night, NotificationSeverity.Critical));
    }

    [Fact]
    public void Digest_ThatIsDueInQuietHours_WaitsForTheirEnd() =>
        Assert.Equal(At("2026-11-24T06:00:00Z"), (Rule() with { Pace = new Pace.Every(TimeSpan.FromHours(1)), Quiet = new(new(22, 0), new(7, 0)) }).DueAfter(At("2026-11-23T20:30:00Z"), NotificationSeverity.Warning));

    private static NotificationRule Rule() => new() { Id = Guid.NewGuid(), Name = "r", When = new NotificationTrigger.UpdateAvailable(), Who = [], How = "mail", Zone = "Europe/Paris" };

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
