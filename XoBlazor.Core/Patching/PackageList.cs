using System.Collections.Immutable;
using System.Text.Json;

namespace XoBlazor.Core.Patching;

/// <summary>Reads the list of packages that XCP-ng's plugin answers with.</summary>
internal static class PackageList
{
    private const int MostPackages = 5000;
    private const int LongestAnswer = 32 * 1024 * 1024;

    /// <summary>Fails with <see cref="PatchingException"/>, which says what is wrong with the answer.</summary>
    public static ImmutableArray<MissingUpdate> Read(string answer, string host)
    {
        if (answer.Length > LongestAnswer)
            throw Unreadable(host, "it is far too long");
        try
        {
            using var document = JsonDocument.Parse(answer);
            if (UpdaterPlugin.ErrorIn(document.RootElement) is { } error)
                throw new PatchingException($"{host} could not look for updates: {error}");
            if (document.RootElement.ValueKind != JsonValueKind.Array)
                throw Unreadable(host, "it is no list");
            if (document.RootElement.GetArrayLength() > MostPackages)
                throw Unreadable(host, $"it lists more than {MostPackages} packages");
            return
            [
                .. document.RootElement.EnumerateArray().Select(one => Package(one) ?? throw Unreadable(host, "a package in it has no name"))
                    .DistinctBy(package => package.Id, StringComparer.Ordinal).OrderBy(package => package.Name, StringComparer.OrdinalIgnoreCase),
            ];
        }
        catch (JsonException)
        {
            throw Unreadable(host, "it is no JSON");
        }
    }

    private static MissingUpdate? Package(JsonElement package) => package.ValueKind != JsonValueKind.Object || Text(package, "name", 200) is not { Length: > 0 } name ? null : new()
    {
        Id = name,
        Name = name,
        Version = Text(package, "version", 100),
        Release = Text(package, "release", 100),
        Description = Text(package, "description", 2000),
        Size = package.TryGetProperty("size", out var size) && size.ValueKind == JsonValueKind.Number && size.TryGetInt64(out var bytes) && bytes >= 0 ? bytes : null,
        Url = Bounded.Link(Text(package, "url", 2048)),
        License = Text(package, "license", 200),
        Change = package.TryGetProperty("changelog", out var change) && change.ValueKind == JsonValueKind.Object ? Change(change) : null,
        Date = package.TryGetProperty("changelog", out change) && change.ValueKind == JsonValueKind.Object ? Date(change) : null,
    };

    private static UpdateChange Change(JsonElement change) => new(Text(change, "author", 300), Date(change), Text(change, "description", 8000));

    private static DateTimeOffset? Date(JsonElement change) =>
        change.TryGetProperty("date", out var date) && date.ValueKind == JsonValueKind.Number && date.TryGetDouble(out var seconds) && seconds is > 0 and < 253402300799 ? DateTimeOffset.FromUnixTimeSeconds((long)seconds) : null;

    private static string Text(JsonElement at, string name, int most) =>
        at.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? Bounded.Text(value.GetString(), most) : "";

    private static PatchingException Unreadable(string host, string why) => new($"{host} gave a list of updates that cannot be read: {why}. Look at its updater plugin.");
}
