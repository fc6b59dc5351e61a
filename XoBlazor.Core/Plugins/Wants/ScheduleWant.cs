using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;

namespace XoBlazor.Core.Plugins.Wants;

/// <summary>To be woken at times: again and again after <see cref="Every"/>, or daily <see cref="At"/> a time of the server's own clock. One of the two is there.</summary>
public sealed partial record ScheduleWant(string Name, TimeSpan? Every, TimeOnly? At) : Want
{
    private const int Most = 16;

    private static readonly TimeSpan s_shortest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(31);

    public override string Text => $"schedule: {Name}, {When}";

    private string When => Every is { } every ? $"every {every:c}" : $"at {At:HH:mm}";

    public override string Words(OperationCatalogue operations) => $"work at '{Name}' by itself, {(Every is { } every ? $"every {Length(every)}" : $"daily at {At:HH:mm} of the server's time zone")}";

    internal static IEnumerable<Want> From(JsonNode value)
    {
        var all = ManifestJson.Items(value, "wants.schedule").Select(Read).ToList();
        return all.Count > Most ? throw new PluginException($"'wants.schedule' has more than {Most} entries")
            : all.CountBy(one => one.Name).FirstOrDefault(name => name.Value > 1) is { Key: { } twice } ? throw new PluginException($"'wants.schedule' has the name '{twice}' twice")
            : all;
    }

    private static ScheduleWant Read(JsonNode node)
    {
        var want = ManifestJson.Object(node, "wants.schedule");
        ManifestJson.OnlyKnown(want, ["name", "every", "at"], "wants.schedule.");
        var name = ManifestJson.Text(want, "name", 40);
        if (!GoodName().IsMatch(name))
            throw new PluginException($"'wants.schedule.name' is '{ForeignText.Shown(name)}', and has to be lower-case letters, digits and dashes");
        if (want.ContainsKey("every") == want.ContainsKey("at"))
            throw new PluginException($"the schedule '{name}' has to have either 'every', such as 00:15:00, or 'at', such as 02:30");
        return want.ContainsKey("every") ? new(name, Interval(ManifestJson.Text(want, "every", 40), name), null) : new(name, null, Time(ManifestJson.Text(want, "at", 40), name));
    }

    private static TimeSpan Interval(string text, string name) =>
        TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var every) && every >= s_shortest && every <= s_longest ? every
            : throw new PluginException($"'every' of the schedule '{name}' has to be like 00:15:00 or 1.00:00:00, from a minute to 31 days");

    private static TimeOnly Time(string text, string name) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? at
            : throw new PluginException($"'at' of the schedule '{name}' has to be like 02:30");

    private static string Length(TimeSpan every)
    {
        var parts = new[] { (every.Days, "day"), (every.Hours, "hour"), (every.Minutes, "minute"), (every.Seconds, "second") }.Where(part => part.Item1 > 0).ToList();
        return parts is [(1, var unit)] ? unit : string.Join(' ', parts.Select(part => $"{part.Item1} {part.Item2}{(part.Item1 == 1 ? "" : "s")}"));
    }

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{0,39}\z")]
    private static partial Regex GoodName();
}
