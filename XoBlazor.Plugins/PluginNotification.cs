using System.Text.Json;

namespace XoBlazor.Plugins;

/// <summary>A message that a plugin is to carry: one notification, or several that were collected.</summary>
/// <param name="Id">The same in every attempt.</param>
/// <param name="Transport">The id of one of its transports.</param>
/// <param name="Recipient">As its schema has it; a text where it has none.</param>
/// <param name="Title">One line.</param>
/// <param name="Text">All of it as one text. May be empty.</param>
/// <param name="Link">A page of the console; null for none.</param>
/// <param name="Severity"><c>information</c>, <c>warning</c> or <c>critical</c>.</param>
public sealed record PluginNotification(Guid Id, string Transport, JsonElement Recipient, string Title, string Text, string? Link, string Severity)
{
    /// <summary>The id of the rule that it is sent for.</summary>
    public Guid Rule { get; init; }

    /// <summary>The rule's name.</summary>
    public string RuleName { get; init; } = "";

    /// <summary>When the newest of its parts was told.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>How many more notifications there were than are told one by one.</summary>
    public int More { get; init; }

    /// <summary>Its notifications one by one, the oldest first.</summary>
    public IReadOnlyList<PluginNotificationPart> Parts { get; init; } = [];

    internal static PluginNotification Of(JsonElement message) => new(
        message.GetProperty("id").GetGuid(),
        message.GetProperty("transport").GetString()!,
        message.GetProperty("recipient"),
        message.GetProperty("title").GetString()!,
        message.GetProperty("text").GetString()!,
        message.GetProperty("link").GetString(),
        message.GetProperty("severity").GetString()!)
    {
        Rule = message.GetProperty("rule").GetProperty("id").GetGuid(),
        RuleName = message.GetProperty("rule").GetProperty("name").GetString()!,
        Time = message.GetProperty("time").GetDateTimeOffset(),
        More = message.GetProperty("more").GetInt32(),
        Parts = [.. message.GetProperty("notifications").EnumerateArray().Select(PluginNotificationPart.Of)],
    };
}
