namespace XoBlazor.Core.Notifications.WebHooks;

/// <summary>An address that messages are sent to. Immutable.</summary>
/// <param name="Name">What rules call it.</param>
/// <param name="Secret">What its messages are signed with; null for no signature.</param>
internal sealed record WebHook(string Name, string Url, string? Secret = null, WebHookFormat Format = WebHookFormat.Json);
