using System.Globalization;
using XoBlazor.App.Data;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Model;
using XoBlazor.Core.Notifications;
using XoBlazor.Core.Notifications.Email;
using XoBlazor.Core.Notifications.Rules;
using XoBlazor.Core.Notifications.WebHooks;

namespace XoBlazor.App.Administration;

/// <summary>
/// What administrators do about notifications. Everything is recorded, without passwords and secrets; refusals come as <see cref="AdministrationRefusedException"/>. Safe from any thread.
/// </summary>
internal sealed class NotificationAdministration(NotificationRules rules, NotificationOutbox outbox, EmailTransport email, WebHookTransport hooks, NotificationSettingsStore settings, AdministrationRunner runner)
{
    /// <summary>Takes a new rule, or another version of one.</summary>
    public Task SaveRuleAsync(Requester requester, NotificationRule rule, CancellationToken token) =>
        RunAsync(requester, Act("notification.save-rule", rule).With("rule", RuleText.Write(rule)), () => rules.SaveAsync(rule, token), token);

    public Task RemoveRuleAsync(Requester requester, Guid id, CancellationToken token) =>
        RunAsync(requester, Act("notification.remove-rule", rules.Find(id), id), () => rules.RemoveAsync(id, token), token);

    /// <summary>Sends a message of a rule to an address, to see whether it arrives.</summary>
    public Task TestRuleAsync(Requester requester, Guid id, string address, CancellationToken token) =>
        RunAsync(requester, Act("notification.test", rules.Find(id), id).With("address", address), () => outbox.TryAsync(rules.Find(id) ?? throw NotificationRules.Gone(), address.Trim(), token), token);

    /// <summary>Sends a message again that was given up.</summary>
    public async Task SendAgainAsync(Requester requester, Guid message, CancellationToken token)
    {
        var known = await outbox.FindAsync(message, token);
        await RunAsync(requester, Act("notification.send-again", known is null ? null : rules.Find(known.Notification.Rule), known?.Notification.Rule ?? Guid.Empty).With("message", message.ToString("D")), () => outbox.SendAgainAsync(message, token), token);
    }

    /// <param name="given">Null takes the mail server away; one without a password keeps the one that is there, for the same server and name only.</param>
    public Task SetEmailAsync(Requester requester, EmailSettings? given, CancellationToken token)
    {
        var act = new AdministrationAct(AdministrationRights.Notifications, AuditCategory.Setting, "notification.set-email", new("mail server", null, "email", given?.Host ?? ""));
        if (given is not null)
            act = act.With("port", given.Port.ToString(CultureInfo.InvariantCulture)).With("security", given.Security.ToString()).With("from", given.From).With("user", given.User).With("certificate", given.Certificate);
        return RunAsync(requester, act, async () =>
        {
            var before = email.Settings;
            // Whoever turns it to another server does not get the password sent there.
            var isSame = given is not null && before is not null && before.Host.Equals(given.Host, StringComparison.OrdinalIgnoreCase) && before.Port == given.Port && before.User == given.User;
            await settings.SaveAsync(given is { User.Length: > 0, Password: null or "" } ? given with { Password = isSame ? before!.Password : throw new NotificationException("Enter the password: it is not taken along to another server or name.") } : given, token);
        }, token);
    }

    /// <param name="given">Hooks without a secret keep the one that a hook of the name and address has.</param>
    public Task SetWebHooksAsync(Requester requester, WebHookSettings given, CancellationToken token)
    {
        var act = new AdministrationAct(AdministrationRights.Notifications, AuditCategory.Setting, "notification.set-web-hooks", new("web hooks", null, "web-hooks", ""))
            .With("hooks", string.Join("; ", given.Hooks.Select(hook => $"{hook.Name} {WithoutQuery(hook.Url)}"))).With("allowed-networks", string.Join(' ', given.AllowedNetworks));
        return RunAsync(requester, act, () => settings.SaveAsync(given with
        {
            Hooks = [.. given.Hooks.Select(hook => hook.Secret is null && hooks.Settings.Find(hook.Name) is { } before && before.Url == hook.Url ? hook with { Secret = before.Secret } : hook with { Secret = hook.Secret is { Length: 0 } ? null : hook.Secret })],
        }, token), token);
    }

    /// <summary>What follows a question mark, and with some services the path, may be a key.</summary>
    internal static string WithoutQuery(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) ? address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped) + "/…" : "…";

    private static AdministrationAct Act(string action, NotificationRule rule) => Act(action, rule, rule.Id);

    private static AdministrationAct Act(string action, NotificationRule? rule, Guid id) =>
        new(AdministrationRights.Notifications, AuditCategory.Setting, action, new("notification rule", null, id.ToString("D"), ForeignText.Shown(rule?.Name ?? "")));

    private Task RunAsync(Requester requester, AdministrationAct act, Func<Task> work, CancellationToken token) => runner.RunAsync(requester, act, async _ =>
    {
        try
        {
            await work();
        }
        catch (NotificationException refused)
        {
            throw new AdministrationRefusedException(refused.Message);
        }
    }, token);
}
