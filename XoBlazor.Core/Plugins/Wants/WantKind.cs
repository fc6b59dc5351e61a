using System.Text.Json.Nodes;

namespace XoBlazor.Core.Plugins.Wants;

/// <summary>One kind of wants: what stands under <see cref="Key"/> in the <c>wants</c> of a manifest.</summary>
/// <param name="Key">Its name there.</param>
/// <param name="Read">The wants of a value and the plugin's id. Fails with <see cref="PluginException"/>.</param>
internal sealed record WantKind(string Key, Func<JsonNode, string, IEnumerable<Want>> Read)
{
    /// <summary>All that this server knows: one line for each extension point.</summary>
    public static IReadOnlyList<WantKind> All { get; } =
    [
        new("auth-provider", static (value, _) => AuthProviderWant.From(value)),
        new("read", static (value, _) => ReadWant.From(value)),
        new("operations", static (value, _) => OperationWant.From(value)),
        new("before", static (value, _) => BeforeWant.From(value)),
        new("after", static (value, _) => AfterWant.From(value)),
        new("provides", ProvidesWant.From),
        new("audit", static (value, _) => AuditWant.From(value)),
        new("schedule", static (value, _) => ScheduleWant.From(value)),
        new("storage", static (value, _) => StorageWant.From(value)),
        new("notifications", static (value, _) => NotificationTransportWant.From(value)),
        new("http-out", static (value, _) => HttpOutWant.From(value)),
        new("routes", static (value, _) => RouteWant.From(value)),
        new("ui", static (value, _) => UiWant.From(value)),
    ];
}
