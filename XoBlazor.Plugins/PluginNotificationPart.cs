using System.Text.Json;

namespace XoBlazor.Plugins;

/// <summary>One notification of a message.</summary>
/// <param name="Id">Its own.</param>
/// <param name="Incident">What beginning, reminders and end of one thing have in common.</param>
/// <param name="Kind"><c>happened</c>, <c>began</c>, <c>reminder</c>, <c>ended</c> or <c>test</c>.</param>
/// <param name="Severity"><c>information</c>, <c>warning</c> or <c>critical</c>.</param>
/// <param name="Title">One line.</param>
/// <param name="Text">May be empty.</param>
/// <param name="Time">When it was told.</param>
/// <param name="Pool">The uuid of the pool that it lies in; null for the server's own matters.</param>
/// <param name="Class">The class of the object that it is about; null for none.</param>
/// <param name="Uuid">The object's uuid; null for none.</param>
/// <param name="Link">The object's page in the console; null for none.</param>
public sealed record PluginNotificationPart(
    Guid Id, Guid Incident, string Kind, string Severity, string Title, string Text, DateTimeOffset Time, string? Pool, string? Class, string? Uuid, string? Link)
{
    internal static PluginNotificationPart Of(JsonElement part) => new(
        part.GetProperty("id").GetGuid(),
        part.GetProperty("incident").GetGuid(),
        part.GetProperty("kind").GetString()!,
        part.GetProperty("severity").GetString()!,
        part.GetProperty("title").GetString()!,
        part.GetProperty("text").GetString()!,
        part.GetProperty("time").GetDateTimeOffset(),
        part.GetProperty("pool").GetString(),
        part.GetProperty("class").GetString(),
        part.GetProperty("uuid").GetString(),
        part.GetProperty("link").GetString());
}
