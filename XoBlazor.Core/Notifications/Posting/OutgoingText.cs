using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.Plugins;

namespace XoBlazor.Core.Notifications.Posting;

/// <summary>Messages as JSON, for plugins and programs, and back.</summary>
internal static class OutgoingText
{
    /// <summary>The notifications of a message one by one.</summary>
    public static JsonArray Parts(OutgoingMessage message) =>
    [
        .. message.Parts.Select(part => new JsonObject
        {
            ["id"] = part.Id.ToString("D"),
            ["incident"] = part.Incident.ToString("D"),
            ["kind"] = Word(part.Kind),
            ["severity"] = Word(part.Severity),
            ["title"] = part.Title,
            ["text"] = part.Text,
            ["time"] = Time(part.Time),
            ["pool"] = part.Pool,
            ["class"] = part.Class,
            ["uuid"] = part.Uuid,
            ["link"] = part.Link,
        }),
    ];

    public static JsonObject Rule(OutgoingMessage message) => new() { ["id"] = message.Rule.ToString("D"), ["name"] = message.RuleName };

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("O");

    public static string Word<T>(T value) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>What a plugin that is a part of the server was given to carry.</summary>
    public static OutgoingMessage Read(PluginNotification message) => new(
        message.Id, message.Rule, message.RuleName, message.Time,
        [.. message.Parts.Select(part => new OutgoingPart(
            part.Id, part.Incident, Value<NotificationKind>(part.Kind), Value<NotificationSeverity>(part.Severity), part.Title, part.Text, part.Time, part.Pool, part.Class, part.Uuid, part.Link))],
        message.More);

    /// <summary>A message that only tries a way out.</summary>
    public static OutgoingMessage Test(string what, DateTimeOffset now)
    {
        var id = Guid.NewGuid();
        return new(id, Guid.Empty, "Test", now, [new(id, id, NotificationKind.Test, NotificationSeverity.Information, $"Test of {what}", "Somebody tries out whether messages arrive. Nothing happened.", now, null, null, null, null)]);
    }

    // Words of ours are one word each: how they are written does not matter.
    private static T Value<T>(string word) where T : struct, Enum => Enum.Parse<T>(word, ignoreCase: true);
}
