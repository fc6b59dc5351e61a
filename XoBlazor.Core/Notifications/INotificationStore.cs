using System.Collections.Immutable;
using XoBlazor.Core.Notifications.Posting;
using XoBlazor.Core.Notifications.Rules;
using XoBlazor.Core.Notifications.Watching;

namespace XoBlazor.Core.Notifications;

/// <summary>Keeps rules, what they told of, and what is to be sent. Every method is one transaction. Safe from any thread.</summary>
public interface INotificationStore
{
    /// <summary>All that can be read; one that this version cannot read stays there and is left out.</summary>
    Task<ImmutableArray<NotificationRule>> RulesAsync(CancellationToken token);

    Task SaveRuleAsync(NotificationRule rule, CancellationToken token);

    /// <summary>With its incidents; what waits for it is withheld.</summary>
    Task RemoveRuleAsync(Guid rule, CancellationToken token);

    Task<ImmutableArray<Incident>> IncidentsAsync(CancellationToken token);

    /// <summary>Up to when all that happened was looked at; null before the first time.</summary>
    Task<DateTimeOffset?> WatchedUntilAsync(CancellationToken token);

    /// <summary>
    /// Keeps, all or nothing, what was found out and what is to be sent because of it. Messages whose id is known already, waiting or ended, are left out, and so are the newest beyond
    /// <paramref name="mostWaiting"/>; their number is returned.
    /// </summary>
    Task<int> TellAsync(IReadOnlyCollection<Incident> changed, IReadOnlyCollection<(Guid Rule, string Subject)> forgotten, IReadOnlyList<OutboxEntry> messages, DateTimeOffset? watchedUntil, int mostWaiting, CancellationToken token);

    /// <summary>What waits and is due, and what was on its way when the server stopped, the oldest first.</summary>
    Task<ImmutableArray<OutboxEntry>> DueAsync(DateTimeOffset now, int most, CancellationToken token);

    /// <summary>Writes entries that are there in the place of what they were.</summary>
    Task UpdateAsync(IReadOnlyCollection<OutboxEntry> entries, CancellationToken token);

    /// <summary>The newest first.</summary>
    /// <param name="state">Null for all.</param>
    Task<ImmutableArray<OutboxEntry>> ListAsync(OutboxState? state, int most, CancellationToken token);

    Task<OutboxEntry?> FindAsync(Guid id, CancellationToken token);

    /// <summary>How many there are in each state.</summary>
    Task<ImmutableDictionary<OutboxState, int>> CountAsync(CancellationToken token);

    /// <summary>Takes away what ended before a moment.</summary>
    Task SweepAsync(DateTimeOffset before, CancellationToken token);
}
