using System.Collections.Immutable;

namespace XoBlazor.Core.Notifications.Rules;

/// <summary>All rules, as they hold now. Judges nobody: whoever changes them has asked for the right. Safe from any thread.</summary>
public sealed class NotificationRules(INotificationStore store, NotificationTransports transports) : IDisposable
{
    public const int Most = 200;

    private readonly SemaphoreSlim _one = new(1, 1);
    private volatile ImmutableSortedDictionary<Guid, NotificationRule> _all = ImmutableSortedDictionary<Guid, NotificationRule>.Empty;

    /// <summary>Other rules hold. Handlers only take note and do not throw.</summary>
    public event Action? Changed;

    /// <summary>By name.</summary>
    public ImmutableArray<NotificationRule> All => [.. _all.Values.OrderBy(rule => rule.Name, StringComparer.OrdinalIgnoreCase).ThenBy(rule => rule.Id)];

    internal ImmutableSortedDictionary<Guid, NotificationRule> Present => _all;

    public NotificationRule? Find(Guid id) => _all.GetValueOrDefault(id);

    public async Task LoadAsync(CancellationToken token)
    {
        await _one.WaitAsync(token);
        try
        {
            _all = (await store.RulesAsync(token)).ToImmutableSortedDictionary(rule => rule.Id, rule => rule);
        }
        finally
        {
            _one.Release();
        }

        Changed?.Invoke();
    }

    /// <summary>Takes a rule, in the place of the one with its id if there is one. Fails with <see cref="NotificationException"/>.</summary>
    public Task SaveAsync(NotificationRule rule, CancellationToken token) => ChangeAsync(async () =>
    {
        if (RuleCheck.Fault(rule, transports.Find(rule.How)) is { } fault)
            throw new NotificationException(fault);
        if (!_all.ContainsKey(rule.Id) && _all.Count >= Most)
            throw new NotificationException($"There are {Most} rules already. Remove one first.");
        if (_all.Values.Any(other => other.Id != rule.Id && other.Name.Equals(rule.Name, StringComparison.OrdinalIgnoreCase)))
            throw new NotificationException($"There is a rule '{rule.Name}' already. Give this one another name.");
        await store.SaveRuleAsync(rule, CancellationToken.None);
        _all = _all.SetItem(rule.Id, rule);
    }, token);

    /// <summary>Removes a rule with all that it knows; what waits to be sent for it is withheld.</summary>
    public Task RemoveAsync(Guid id, CancellationToken token) => ChangeAsync(async () =>
    {
        if (!_all.ContainsKey(id))
            throw Gone();
        await store.RemoveRuleAsync(id, CancellationToken.None);
        _all = _all.Remove(id);
    }, token);

    public void Dispose() => _one.Dispose();

    public static NotificationException Gone() => new("This rule is gone: somebody removed it meanwhile. Reload the list.");

    private async Task ChangeAsync(Func<Task> change, CancellationToken token)
    {
        await _one.WaitAsync(token);
        try
        {
            await change();
        }
        finally
        {
            _one.Release();
        }

        Changed?.Invoke();
    }
}
