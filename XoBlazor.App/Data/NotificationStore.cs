using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using XoBlazor.Core.Notifications;
using XoBlazor.Core.Notifications.Posting;
using XoBlazor.Core.Notifications.Rules;
using XoBlazor.Core.Notifications.Watching;

namespace XoBlazor.App.Data;

/// <summary>Keeps notifications in the database. What this version cannot read stays there and is left out.</summary>
internal sealed partial class NotificationStore(IDbContextFactory<AppDatabase> databases, ILogger<NotificationStore> log) : INotificationStore
{
    private const string WatchedName = "notifications/watched-until";

    private static readonly string s_waiting = nameof(OutboxState.Waiting);
    private static readonly string s_sending = nameof(OutboxState.Sending);

    public async Task<ImmutableArray<NotificationRule>> RulesAsync(CancellationToken token)
    {
        await using var database = await databases.CreateDbContextAsync(token);
        var entries = await database.NotificationRules.AsNoTracking().ToListAsync(token);
        return [.. entries.Select(Read).OfType<NotificationRule>()];
    }

    public async Task SaveRuleAsync(NotificationRule rule, CancellationToken token)
    {
        await using var database = await databases.CreateDbContextAsync(token);
        var isKnown = await database.NotificationRules.AnyAsync(one => one.Id == rule.Id, token);
        database.Entry(new NotificationRuleEntry { Id = rule.Id, Rule = RuleText.Write(rule) }).State = isKnown ? EntityState.Modified : EntityState.Added;
        await database.SaveChangesAsync(token);
    }

    public async Task RemoveRuleAsync(Guid rule, CancellationToken token)
    {
        await using var database = await databases.CreateDbContextAsync(token);
        await using var transaction = await database.Database.BeginTransactionAsync(token);
        await database.NotificationRules.Where(one => one.Id == rule).ExecuteDeleteAsync(token);
        await database.NotificationIncidents.Where(one => one.RuleId == rule).ExecuteDeleteAsync(token);
        await transaction.CommitAsync(token);
    }

    public async Task<ImmutableArray<Incident>> IncidentsAsync(CancellationToken token)
    {
        await using var database = await databases.CreateDbContextAsync(token);
        var entries = await database.NotificationIncidents.AsNoTracking().ToListAsync(token);
        return [.. entries.Select(entry => Read<Incident>(entry.Incident)).OfType<Incident>()];
    }

    public async Task<DateTimeOffset?> WatchedUntilAsync(CancellationToken token)
    {
        await using var database = await databases.CreateDbContextAsync(token);
        var kept = await database.Settings.AsNoTracking().SingleOrDefaultAsync(one => one.Name == WatchedName, token);
        return kept is not null && DateTimeOffset.TryParse(kept.Value, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var until) ? until : null;
    }

    public async Task<int> TellAsync(
        IReadOnlyCollection<Incident> changed, IReadOnlyCollection<(Guid Rule, string Subject)> forgotten, IReadOnlyList<OutboxEntry> messages, DateTimeOffset? watchedUntil, int mostWaiting, CancellationToken token)
    {
        await using var database = await databases.CreateDbContextAsync(token);
        await using var transaction = await database.Database.BeginTransactionAsync(token);
        var rules = (await database.NotificationRules.Select(rule => rule.Id).ToListAsync(token)).ToHashSet();
        foreach (var (rule, subject) in forgotten)
            await database.NotificationIncidents.Where(one => one.RuleId == rule && one.Subject == subject).ExecuteDeleteAsync(token);
        foreach (var incident in changed.Where(incident => rules.Contains(incident.Rule)))
        {
            var isKnown = await database.NotificationIncidents.AnyAsync(one => one.RuleId == incident.Rule && one.Subject == incident.Subject, token);
            database.Entry(new NotificationIncidentEntry { RuleId = incident.Rule, Subject = incident.Subject, Incident = JsonSerializer.Serialize(incident) }).State = isKnown ? EntityState.Modified : EntityState.Added;
        }

        var ids = messages.Select(message => message.Id).ToList();
        var known = ids.Count == 0 ? [] : (await database.NotificationMessages.Where(one => ids.Contains(one.Id)).Select(one => one.Id).ToListAsync(token)).ToHashSet();
        var added = messages.Where(message => !known.Contains(message.Id)).DistinctBy(message => message.Id).ToList();
        var room = added.Count == 0 ? 0 : Math.Max(mostWaiting - await database.NotificationMessages.CountAsync(one => one.State == s_waiting || one.State == s_sending, token), 0);
        database.NotificationMessages.AddRange(added.Take(room).Select(Write));

        if (watchedUntil is { } until)
        {
            var text = until.ToString("O", CultureInfo.InvariantCulture);
            if (await database.Settings.SingleOrDefaultAsync(one => one.Name == WatchedName, token) is { } setting)
                setting.Value = text;
            else
                database.Settings.Add(new SettingEntry { Name = WatchedName, Value = text });
        }

        await database.SaveChangesAsync(token);
        await transaction.CommitAsync(token);
        return Math.Max(added.Count - room, 0);
    }

    public async Task<ImmutableArray<OutboxEntry>> DueAsync(DateTimeOffset now, int most, CancellationToken token)
    {
        await using var database = await databases.CreateDbContextAsync(token);
        var entries = await database.NotificationMessages.AsNoTracking().Where(one => one.State == s_sending || (one.State == s_waiting && one.Due <= now))
            .OrderBy(one => one.Due).ThenBy(one => one.Told).Take(most).ToListAsync(token);
        return [.. entries.Select(Read).OfType<OutboxEntry>()];
    }

    public async Task UpdateAsync(IReadOnlyCollection<OutboxEntry> entries, CancellationToken token)
    {
        await using var database = await databases.CreateDbContextAsync(token);
        var ids = entries.Select(entry => entry.Id).ToList();
        var known = (await database.NotificationMessages.Where(one => ids.Contains(one.Id)).Select(one => one.Id).ToListAsync(token)).ToHashSet();
        foreach (var entry in entries.Where(entry => known.Contains(entry.Id)))
            database.Entry(Write(entry)).State = EntityState.Modified;
        await database.SaveChangesAsync(token);
    }

    public async Task<ImmutableArray<OutboxEntry>> ListAsync(OutboxState? state, int most, CancellationToken token)
    {
        await using var database = await databases.CreateDbContextAsync(token);
        var name = state?.ToString();
        var entries = await database.NotificationMessages.AsNoTracking().Where(one => name == null || one.State == name).OrderByDescending(one => one.Told).ThenBy(one => one.Id).Take(most).ToListAsync(token);
        return [.. entries.Select(Read).OfType<OutboxEntry>()];
    }

    public async Task<OutboxEntry?> FindAsync(Guid id, CancellationToken token)
    {
        await using var database = await databases.CreateDbContextAsync(token);
        return await database.NotificationMessages.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, token) is { } entry ? Read(entry) : null;
    }

    public async Task<ImmutableDictionary<OutboxState, int>> CountAsync(CancellationToken token)
    {
        await using var database = await databases.CreateDbContextAsync(token);
        var counts = await database.NotificationMessages.GroupBy(one => one.State).Select(group => new { group.Key, Count = group.Count() }).ToListAsync(token);
        return counts.Where(one => Enum.TryParse<OutboxState>(one.Key, out _)).ToImmutableDictionary(one => Enum.Parse<OutboxState>(one.Key), one => one.Count);
    }

    public async Task SweepAsync(DateTimeOffset before, CancellationToken token)
    {
        await using var database = await databases.CreateDbContextAsync(token);
        await database.NotificationMessages.Where(one => one.Ended < before).ExecuteDeleteAsync(token);
    }

    private static NotificationMessageEntry Write(OutboxEntry entry) => new()
    {
        Id = entry.Id,
        RuleId = entry.Notification.Rule,
        State = entry.State.ToString(),
        Told = entry.Notification.Time,
        Due = entry.Due,
        Ended = entry.Ended,
        Message = JsonSerializer.Serialize(entry),
    };

    private OutboxEntry? Read(NotificationMessageEntry entry) => Read<OutboxEntry>(entry.Message);

    private T? Read<T>(string text) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text);
        }
        catch (JsonException unreadable)
        {
            LogUnreadable(typeof(T).Name, unreadable.Message);
            return null;
        }
    }

    private NotificationRule? Read(NotificationRuleEntry entry)
    {
        try
        {
            return RuleText.Read(entry.Rule) with { Id = entry.Id };
        }
        catch (NotificationException unreadable)
        {
            LogUnreadable(entry.Id.ToString("D"), unreadable.Message);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "A part of the notifications ({What}) is left out, because this version cannot read it. {Problem}")]
    private partial void LogUnreadable(string what, string problem);
}
