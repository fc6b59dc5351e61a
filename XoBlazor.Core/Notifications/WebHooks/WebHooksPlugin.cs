using System.Text.Json.Nodes;
using XoBlazor.Core.Model;
using XoBlazor.Core.Notifications.Posting;
using XoBlazor.Plugins;

namespace XoBlazor.Core.Notifications.WebHooks;

/// <summary>Carries messages to web hooks.</summary>
internal sealed class WebHooksPlugin(WebHookSender sender, TimeProvider time) : Plugin
{
    /// <summary>For a test; shorter than a plugin has for an answer.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private volatile WebHookSettings _settings = WebHookSettings.None;

    public override string Id => WebHooksBuiltIn.Id;

    public override string Version => WebHooksBuiltIn.Version;

    public override bool IsTestable => true;

    protected override Task ConfigureAsync(JsonObject configuration, CancellationToken cancellationToken)
    {
        var settings = WebHookSettings.Of(configuration);
        if (settings.Fault() is { } fault)
            throw new PluginRefusedException(PluginRefusedException.Lasting, fault);
        _settings = settings;
        return Task.CompletedTask;
    }

    protected override Task SendAsync(PluginNotification notification, CancellationToken cancellationToken) =>
        Refusals.WordedAsync(() => sender.SendAsync(_settings, notification.Recipient.GetString()!, OutgoingText.Read(notification), cancellationToken));

    /// <summary>Sends a message of its own, and says who took it.</summary>
    protected override async Task<JsonNode?> TestAsync(JsonNode? data, CancellationToken cancellationToken)
    {
        var (settings, name) = (_settings, ((string)data!["hook"]!).Trim());
        await Refusals.WithinAsync(
            s_patience, time, token => sender.SendAsync(settings, name, OutgoingText.Test("a web hook", time.GetUtcNow()), token), $"The web hook {ForeignText.Shown(name)} did not take the message", cancellationToken);
        return $"The web hook {ForeignText.Shown(name)} took a message.";
    }
}
