using System.Globalization;
using System.Text.Json;

namespace XoBlazor.App.Api.Catalogue;

/// <summary>A moment as clients send it: milliseconds since 1970 or ISO 8601.</summary>
internal static class ApiMoment
{
    private const double Earliest = -6e13;
    private const double Latest = 2.5e14;

    /// <summary>Fails with <see cref="ApiException"/> for what is none.</summary>
    public static DateTimeOffset Read(string name, JsonElement given) =>
        given.ValueKind == JsonValueKind.Number && given.TryGetDouble(out var milliseconds) && milliseconds is > Earliest and < Latest ? DateTimeOffset.UnixEpoch.AddMilliseconds(milliseconds)
        : given.ValueKind == JsonValueKind.String ? Read(name, given.GetString()!)
        : throw Wrong(name);

    /// <inheritdoc cref="Read(string, JsonElement)"/>
    public static DateTimeOffset Read(string name, string given) =>
        long.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds < Latest ? DateTimeOffset.UnixEpoch.AddMilliseconds(milliseconds)
        : DateTimeOffset.TryParse(given, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment
        : throw Wrong(name);

    private static ApiException Wrong(string name) => ApiException.InvalidParameter(name, "not a moment: send milliseconds since 1970 or ISO 8601");
}
