using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using XoBlazor.Core.Access;
using XoBlazor.Core.Notifications.Rules;
using XoBlazor.Core.Plugins;
using XoBlazor.Core.Plugins.Reach;
using XoBlazor.Core.Plugins.Wants;
using XoBlazor.Core.Store;
using XoBlazor.Plugins;

namespace XoBlazor.Core.Notifications.ByPlugin;

/// <summary>Takes what plugins tell (<c>notifications.send</c>), as often as they may, and keeps it until rules have looked at it. Safe from any thread.</summary>
internal sealed class PluginNotices(ObjectStore store, AccessEngine access, TimeProvider time) : IPluginFacility
{
    public const int MostPerMinute = 30;

    private const int MostWaiting = 1_000;

    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<DateTimeOffset>> _pace = new(StringComparer.Ordinal);
    private readonly Queue<PluginNotice> _waiting = new();
    private long _number;

    public IReadOnlyList<string> Methods { get; } = ["notifications.send"];

    public ValueTask<JsonNode?> AnswerAsync(PluginSettings plugin, string method, JsonElement parameters, CancellationToken token)
    {
        if (!plugin.Given.Has<NotificationSendWant>())
            throw new PluginRefusedException(PluginRefusedException.NotAccepted, "That the plugin sends notifications was not accepted.");
        var title = PluginArguments.Text(parameters, "title", Notification.LongestTitle);
        var text = PluginArguments.TextOrNull(parameters, "text", Notification.LongestText) ?? "";
        var severity = (PluginArguments.TextOrNull(parameters, "severity", 20) ?? "information") switch
        {
            "information" => NotificationSeverity.Information,
            "warning" => NotificationSeverity.Warning,
            "critical" => NotificationSeverity.Critical,
            _ => throw new PluginRefusedException(PluginRefusedException.InvalidParameters, "'severity' has to be information, warning or critical."),
        };
        ObjectKey? about = PluginArguments.TextOrNull(parameters, "pool", 100) is { } pool && PluginArguments.TextOrNull(parameters, "id", 100) is { } id ? Visible(plugin, new(pool, id)) : null;
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (!_pace.TryGetValue(plugin.Id, out var told))
                _pace[plugin.Id] = told = new();
            while (told.Count > 0 && now - told.Peek() >= s_minute)
                told.Dequeue();
            if (told.Count >= MostPerMinute || _waiting.Count >= MostWaiting)
                throw new PluginRefusedException(PluginRefusedException.TooMuch, $"A plugin sends at most {MostPerMinute} notifications a minute. Send one that sums them up.");
            told.Enqueue(now);
            _waiting.Enqueue(new(++_number, plugin.Id, plugin.Manifest.Name, title, text, severity, about));
        }

        return new(JsonValue.Create(true));
    }

    /// <summary>What was told since the last call.</summary>
    public ImmutableArray<PluginNotice> Take()
    {
        lock (_gate)
        {
            ImmutableArray<PluginNotice> taken = [.. _waiting];
            _waiting.Clear();
            return taken;
        }
    }

    // What it may not view does not exist for it, here either.
    private ObjectKey Visible(PluginSettings plugin, ObjectKey key) =>
        store.Current.Pool(key.Pool) is { } pool && (pool.GetByUuid(key.Uuid) ?? pool.Get(key.Uuid)) is { } value && access.Allows(PluginActor.Of(plugin).Actor, Right.View, pool, value)
            ? pool.Key(value) : throw new PluginRefusedException(PluginRefusedException.NotThere, AccessEngine.NoSuchObject(key));
}
