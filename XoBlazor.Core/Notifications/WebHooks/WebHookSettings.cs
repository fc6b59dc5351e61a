using System.Collections.Immutable;
using System.Net;
using System.Text.Json.Nodes;
using XoBlazor.Core.Model;

namespace XoBlazor.Core.Notifications.WebHooks;

/// <summary>The web hooks there are, and what may be reached by them beyond the public Internet. Immutable.</summary>
internal sealed record WebHookSettings
{
    public const int Most = 100;

    private const int LongestName = 100;
    private const int LongestUrl = 2000;
    private const int ShortestSecret = 16;

    public static WebHookSettings None { get; } = new();

    public ImmutableArray<WebHook> Hooks { get; init; } = [];

    /// <summary>Networks such as <c>10.1.0.0/16</c>, or single addresses, that hooks may reach though they are not on the public Internet.</summary>
    public ImmutableArray<string> AllowedNetworks { get; init; } = [];

    public IEnumerable<IPNetwork> Allowed => AllowedNetworks.Select(Network).OfType<IPNetwork>();

    /// <summary>From a configuration that fits the schema of the plugin.</summary>
    public static WebHookSettings Of(JsonObject configuration) => new()
    {
        Hooks = [.. (configuration["hooks"] as JsonArray ?? []).OfType<JsonObject>().Select(HookOf)],
        AllowedNetworks = [.. (configuration["allowedNetworks"] as JsonArray ?? []).Select(network => ((string)network!).Trim()).Where(network => network.Length > 0)],
    };

    public WebHook? Find(string name) => Hooks.FirstOrDefault(hook => hook.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Null when they can be used.</summary>
    public string? Fault() =>
        Hooks.Length > Most ? $"There are at most {Most} web hooks."
        : Hooks.Select(FaultOf).FirstOrDefault(fault => fault is not null)
        ?? (Hooks.DistinctBy(hook => hook.Name, StringComparer.OrdinalIgnoreCase).Count() < Hooks.Length ? "Two web hooks have one name." : null)
        ?? (AllowedNetworks.FirstOrDefault(text => Network(text) is null) is { } wrong ? $"'{ForeignText.Shown(wrong)}' is no network such as 10.1.0.0/16, and no address." : null);

    private static WebHook HookOf(JsonObject hook) => new(
        ((string)hook["name"]!).Trim(), ((string)hook["url"]!).Trim(), (string?)hook["secret"] is { Length: > 0 } secret ? secret : null,
        (string?)hook["format"] switch { "office365" => WebHookFormat.Office365, "slack" => WebHookFormat.Slack, _ => WebHookFormat.Json });

    private static string? FaultOf(WebHook hook) =>
        hook.Name.Trim().Length == 0 || hook.Name.Length > LongestName || hook.Name.Any(char.IsControl) ? $"A web hook needs a name of at most {LongestName} characters."
        : hook.Url.Length > LongestUrl || !Uri.TryCreate(hook.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.IdnHost.Length == 0 ? $"The address of the web hook {ForeignText.Shown(hook.Name)} begins with https:// or http:// and names a server."
        : url.UserInfo.Length > 0 ? $"A name and password do not belong into the address of the web hook {ForeignText.Shown(hook.Name)}. Use a secret in their place."
        : hook.Secret is { Length: > 0 and < ShortestSecret } ? $"The secret of the web hook {ForeignText.Shown(hook.Name)} is too short: it takes at least {ShortestSecret} characters."
        : null;

    private static IPNetwork? Network(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new(address, address.GetAddressBytes().Length * 8) : null;
}
