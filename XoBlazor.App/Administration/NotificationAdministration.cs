using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Model;
using XoBlazor.Core.Notifications;
using XoBlazor.Core.Notifications.Rules;

namespace XoBlazor.App.Administration;

/// <summary>
/// What administrators do about notifications. Everything is recorded; refusals come as <see cref="AdministrationRefusedException"/>. Safe from any thread.
/// </summary>
internal sealed class NotificationAdministration(NotificationRules rules, NotificationOutbox outbox, AdministrationRunner runner)
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
