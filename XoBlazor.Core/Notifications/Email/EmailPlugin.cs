using System.Text.Json.Nodes;
using XoBlazor.Core.Model;
using XoBlazor.Core.Notifications.Posting;
using XoBlazor.Plugins;

namespace XoBlazor.Core.Notifications.Email;

/// <summary>Carries messages as e-mail.</summary>
internal sealed class EmailPlugin(TimeProvider time) : Plugin
{
    /// <summary>For a test; shorter than a plugin has for an answer.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private volatile EmailSettings? _settings;

    public override string Id => EmailBuiltIn.Id;

    public override string Version => EmailBuiltIn.Version;

    public override bool IsTestable => true;

    private EmailSettings Settings => _settings ?? throw new PluginRefusedException(PluginRefusedException.Refused, "No mail server is configured. Configure one.");

    protected override Task ConfigureAsync(JsonObject configuration, CancellationToken cancellationToken)
    {
        var settings = EmailSettings.Of(configuration);
        if (settings.Fault() is { } fault)
            throw new PluginRefusedException(PluginRefusedException.Lasting, fault);
        _settings = settings;
        return Task.CompletedTask;
    }

    protected override Task SendAsync(PluginNotification notification, CancellationToken cancellationToken) =>
        Refusals.WordedAsync(() => EmailSender.SendAsync(Settings, notification.Recipient.GetString()!, OutgoingText.Read(notification), cancellationToken));

    /// <summary>Sends a message of its own, and says who took it.</summary>
    protected override async Task<JsonNode?> TestAsync(JsonNode? data, CancellationToken cancellationToken)
    {
        var (settings, to) = (Settings, ((string)data!["to"]!).Trim());
        await Refusals.WithinAsync(
            s_patience, time, token => EmailSender.SendAsync(settings, to, OutgoingText.Test("the e-mail settings", time.GetUtcNow()), token), $"{settings.Host} did not take the message", cancellationToken);
        return $"{settings.Host} took a message to {ForeignText.Shown(to)}. Look whether it arrives.";
    }
}
