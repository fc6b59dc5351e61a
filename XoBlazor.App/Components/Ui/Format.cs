using System.Globalization;

namespace XoBlazor.App.Components.Ui;

/// <summary>Figures as people read them: sizes in powers of 1024, times relative.</summary>
public static class Format
{
    private static readonly string[] s_units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    /// <summary>Three significant figures, such as <c>512 MiB</c>, <c>1.5 GiB</c>, <c>15.9 TiB</c>; a dash for a negative (XAPI's "not known").</summary>
    public static string Bytes(long bytes)
    {
        if (bytes < 0)
            return "–";
        double value = bytes;
        var unit = 0;
        while (value >= 1023.5 && unit < s_units.Length - 1)
        {
            value /= 1024;
            unit++;
        }

        var digits = unit == 0 || value >= 100 ? "0" : value >= 10 ? "0.#" : "0.##";
        return value.ToString(digits, CultureInfo.InvariantCulture) + " " + s_units[unit];
    }

    public static string Percent(double share) => double.IsFinite(share) ? (share * 100).ToString("0", CultureInfo.InvariantCulture) + " %" : "–";

    public static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', '\u202F');

    /// <summary>One unit is enough: <c>0.4 s</c>, <c>12 s</c>, <c>5 min</c>, <c>3 h</c>, <c>12 d</c>.</summary>
    public static string Duration(TimeSpan time)
    {
        time = time < TimeSpan.Zero ? TimeSpan.Zero : time;
        return time switch
        {
            { TotalSeconds: < 9.95 } => time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s",
            { TotalSeconds: < 60 } => $"{(int)time.TotalSeconds} s",
            { TotalMinutes: < 60 } => $"{(int)time.TotalMinutes} min",
            { TotalHours: < 48 } => $"{(int)time.TotalHours} h",
            { TotalDays: < 365 } => $"{(int)time.TotalDays} d",
            _ => $"{(time.TotalDays / 365.25).ToString("0.#", CultureInfo.InvariantCulture)} y",
        };
    }

    /// <summary>How long ago; a moment that our clock has not reached yet (the host's may be ahead) counts as now.</summary>
    public static string Ago(DateTimeOffset moment, DateTimeOffset now)
    {
        var age = now - moment;
        return age < TimeSpan.FromSeconds(5) ? "just now" : Duration(age) + " ago";
    }
}
