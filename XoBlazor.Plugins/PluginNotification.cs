using System.Text.Json;

namespace XoBlazor.Plugins;

/// <summary>A message that a plugin is to carry.</summary>
/// <param name="Id">The same in every attempt.</param>
/// <param name="Transport">The id of one of its transports.</param>
/// <param name="Recipient">As its schema has it; a text where it has none.</param>
/// <param name="Title">One line.</param>
/// <param name="Text">May be empty.</param>
/// <param name="Link">A page of the console; null for none.</param>
/// <param name="Severity"><c>information</c>, <c>warning</c> or <c>critical</c>.</param>
public sealed record PluginNotification(Guid Id, string Transport, JsonElement Recipient, string Title, string Text, string? Link, string Severity)
{
    internal static PluginNotification Of(JsonElement message) => new(
        message.GetProperty("id").GetGuid(),
        message.GetProperty("transport").GetString()!,
        message.GetProperty("recipient"),
        message.GetProperty("title").GetString()!,
        message.GetProperty("text").GetString()!,
        message.GetProperty("link").GetString(),
        message.GetProperty("severity").GetString()!);
}
