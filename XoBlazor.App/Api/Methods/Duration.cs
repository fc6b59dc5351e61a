using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace XoBlazor.App.Api.Methods;

/// <summary>A time span as clients of Xen Orchestra write it: milliseconds, or a number with a unit, such as <c>1 hour</c>, <c>30d</c>, <c>0.5 year</c>.</summary>
internal static partial class Duration
{
    public static bool TryParse(string text, [NotNullWhen(true)] out TimeSpan? duration)
    {
        duration = null;
        var match = Form().Match(text.Trim());
        if (!match.Success || !double.TryParse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture, out var number))
            return false;
        duration = OfMilliseconds(number * match.Groups["unit"].Value.ToLowerInvariant() switch
        {
            "" or "ms" or "msec" or "msecs" or "millisecond" or "milliseconds" => 1,
            "s" or "sec" or "secs" or "second" or "seconds" => 1_000,
            "m" or "min" or "mins" or "minute" or "minutes" => 60_000,
            "h" or "hr" or "hrs" or "hour" or "hours" => 3_600_000,
            "d" or "day" or "days" => 86_400_000,
            "w" or "week" or "weeks" => 604_800_000,
            "y" or "yr" or "yrs" or "year" or "years" => 365.25 * 86_400_000,
            _ => double.NaN,
        });
        return duration is not null;
    }

    /// <summary>Null for a number that is no time span.</summary>
    public static TimeSpan? OfMilliseconds(double number) =>
        double.IsFinite(number) && Math.Abs(number) < TimeSpan.MaxValue.TotalMilliseconds ? TimeSpan.FromMilliseconds(number) : null;

    [GeneratedRegex(@"^(?<number>-?\d*\.?\d+) *(?<unit>[a-z]*)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
