using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.Core.Model;
using XoBlazor.Core.Notifications.Posting;
using XoBlazor.Core.Plugins;
using XoBlazor.Core.Plugins.Wants;

namespace XoBlazor.Core.Notifications.ByPlugin;

/// <summary>A way that a loaded plugin knows: each message is a <c>notification.send</c>, which it answers when its receiver took it.</summary>
internal sealed class PluginTransport(PluginFleet fleet, InstalledPlugin plugin, NotificationTransportWant want) : INotificationTransport
{
    private readonly string _plugin = plugin.Settings.Id;

    public string Id => $"{_plugin}/{want.Id}";

    public string Title => $"{ForeignText.Shown(want.Title)} ({ForeignText.Shown(plugin.Settings.Manifest.Name)})";

    public string AddressTitle => want.Recipient is null ? "Recipient" : "Recipient, as JSON";

    public bool ReachesPeople => false;

    public string? Obstacle => null;

    public string? Fault(string address)
    {
        try
        {
            Recipient(address);
            return null;
        }
        catch (NotificationException wrong)
        {
            return wrong.Message;
        }
    }

    public async Task SendAsync(string address, OutgoingMessage message, CancellationToken token)
    {
        try
        {
            await fleet.AskAsync(_plugin, "notification.send", new JsonObject
            {
                ["id"] = message.Id.ToString("D"),
                ["transport"] = want.Id,
                ["recipient"] = Recipient(address),
                ["title"] = message.Title,
                ["text"] = string.Join("\n\n", message.Parts.Select(part => message.Parts.Length == 1 ? part.Text : $"{part.Title}\n{part.Text}".Trim()).Concat(message.More > 0 ? [$"And {message.More} more."] : [])),
                ["link"] = message.Parts is [{ Link: { } link }] ? link : null,
                ["severity"] = JsonNamingPolicy.KebabCaseLower.ConvertName(message.Severity.ToString()),
            }, null, token);
        }
        catch (PluginException failed)
        {
            throw new NotificationException(failed.Message, inner: failed);
        }
    }

    private JsonNode Recipient(string address)
    {
        if (want.Recipient is not { } schema)
            return JsonValue.Create(address);
        try
        {
            return schema.Check(JsonNode.Parse(address));
        }
        catch (JsonException)
        {
            throw new NotificationException($"A recipient of {Title} is written as JSON, such as {{\"room\": \"ops\"}}.", isLasting: true);
        }
        catch (PluginException wrong)
        {
            throw new NotificationException($"A recipient of {Title} does not fit: {wrong.Message}", isLasting: true);
        }
    }
}
