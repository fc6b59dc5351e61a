using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.Core.Model;
using XoBlazor.Core.Notifications.Email;
using XoBlazor.Core.Notifications.Posting;
using XoBlazor.Core.Plugins;
using XoBlazor.Core.Plugins.Wants;

namespace XoBlazor.Core.Notifications.ByPlugin;

/// <summary>A way that a plugin knows: each message is a <c>notification.send</c>, which it answers when its receiver took it.</summary>
internal sealed class PluginTransport(PluginFleet fleet, InstalledPlugin plugin, NotificationTransportWant want) : INotificationTransport
{
    /// <summary>Longer than whoever sends a message waits: a receiver that hangs is no failure of a part of the server, which listens to its token.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(15);

    private readonly string _plugin = plugin.Settings.Id;
    private readonly string _name = ForeignText.Shown(plugin.Settings.Manifest.Name);

    public string Id => IsBuiltIn ? want.Id : $"{_plugin}/{want.Id}";

    public string Title => IsBuiltIn ? want.Title : $"{ForeignText.Shown(want.Title)} ({_name})";

    public string AddressTitle => want.RecipientTitle is { } title ? ForeignText.Shown(title) : want.ReachesPeople ? "E-mail address" : want.Recipient is null ? "Recipient" : "Recipient, as JSON";

    public bool ReachesPeople => want.ReachesPeople;

    public string? Plugin => _plugin;

    public string? Obstacle => plugin.Status.State switch
    {
        PluginState.Loaded => want.Recipients is not null && !Names().Any() ? $"{_name}: nobody is entered yet whom messages can go to. Configure it in Settings → Plugins." : null,
        PluginState.Unloaded when !plugin.IsConfigured => $"{_name} is not configured. Configure it in Settings → Plugins, and load it.",
        PluginState.Unloaded => $"{_name} is not loaded. Load it in Settings → Plugins.",
        PluginState.Loading or PluginState.Waiting => $"{_name} is on its way to be loaded. If that lasts, look in Settings → Plugins what keeps it.",
        PluginState.GivenUp => $"{_name} failed and is not loaded any more. See in Settings → Plugins why, and load it again.",
    };

    private bool IsBuiltIn => plugin.Settings.Manifest.IsBuiltIn;

    public string? Fault(string address)
    {
        if (want.ReachesPeople)
            return EmailAddresses.Read(address) is null ? $"'{ForeignText.Shown(address)}' is no e-mail address." : null;
        if (want.Recipients is not null)
            return Names().Contains(address, StringComparer.OrdinalIgnoreCase) ? null : $"There is no '{ForeignText.Shown(address)}' in the configuration of {_name}. Enter it in Settings → Plugins first.";
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
        var told = new JsonObject
        {
            ["id"] = message.Id.ToString("D"),
            ["transport"] = want.Id,
            ["recipient"] = Recipient(address),
            ["title"] = message.Title,
            ["text"] = string.Join("\n\n", message.Parts.Select(part => message.Parts.Length == 1 ? part.Text : $"{part.Title}\n{part.Text}".Trim()).Concat(message.More > 0 ? [$"And {message.More} more."] : [])),
            ["link"] = message.Parts is [{ Link: { } link }] ? link : null,
            ["severity"] = OutgoingText.Word(message.Severity),
            ["rule"] = OutgoingText.Rule(message),
            ["time"] = OutgoingText.Time(message.Time),
            ["more"] = message.More,
            ["notifications"] = OutgoingText.Parts(message),
        };
        try
        {
            await (IsBuiltIn ? fleet.AskLongAsync(_plugin, "notification.send", told, s_longest, token) : fleet.AskAsync(_plugin, "notification.send", told, null, token));
        }
        catch (PluginException failed)
        {
            token.ThrowIfCancellationRequested();
            throw new NotificationException(failed.Message, failed.IsLasting, failed);
        }
    }

    /// <summary>Those that the configuration lists.</summary>
    private IEnumerable<string> Names() =>
        plugin.Settings.Configuration is { } configuration && JsonNode.Parse(configuration)?[want.Recipients!] is JsonArray entries
            ? entries.Select(entry => (entry as JsonObject)?["name"] is JsonValue value && value.TryGetValue<string>(out var name) ? name : null).OfType<string>() : [];

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
