using System.Globalization;

namespace XoBlazor.App.Components.Live;

/// <summary>The time zone of the person at this circuit's browser; UTC until the frame has asked the browser, or where it is not known here.</summary>
public sealed class UserZone
{
    public TimeZoneInfo Zone { get; private set; } = TimeZoneInfo.Utc;

    public void Set(string name)
    {
        if (name.Length < 64 && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone))
            Zone = zone;
    }

    public DateTimeOffset Local(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, Zone);

    /// <summary>Such as <c>2026-11-22 14:05:12 Europe/Paris</c>.</summary>
    public string Exact(DateTimeOffset moment) => Local(moment).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " " + Zone.Id;
}
