using System.Globalization;
using XoBlazor.Core.Model;

namespace XoBlazor.App.Api.XoObjects.Shapes;

/// <summary>Moments that hosts keep as texts in maps: <c>20991231T00:00:00Z</c>, ISO, or seconds since 1970 with or without a fraction.</summary>
internal static class XoTimes
{
    private static readonly string[] s_forms = ["yyyyMMdd'T'HH:mm:ss'Z'", "yyyyMMdd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    public static DateTimeOffset? Of(XenMap<string, string> map, string key) => map.TryGetValue(key, out var text) ? Parse(text) : null;

    public static DateTimeOffset? Parse(string text)
    {
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
            return seconds is > 0 and < 253_402_300_799 ? DateTimeOffset.FromUnixTimeSeconds((long)Math.Round(seconds)) : null;
        return DateTimeOffset.TryParseExact(text, s_forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time : null;
    }
}
