using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using XoBlazor.Core.Model;
using XoBlazor.Core.Notifications.Rules;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Notifications.Posting;

/// <summary>
/// Sends what is due. What it promises: a message is written down before it is sent, as being on its way and under an id that stays; a receiver took it before it counts as delivered.
/// So nothing is lost, and nothing is sent twice, but for one case: when the server ends between the receiver's yes and the note of it, that message is sent once more, under the
/// same id. A transport that hangs or fails delays no other. One loop; <see cref="SendAsync"/> is one turn of it.
/// </summary>
internal sealed partial class NotificationPost(
    NotificationRules rules, NotificationTransports transports, INotificationStore kept, RecipientJudge judge, ObjectStore store, NotificationLinks links, NotificationOptions options, TimeProvider time, Random random, ILogger<NotificationPost> logger)
{
    /// <summary>More things that are due for somebody at once go in one message.</summary>
    public const int MostSingly = 5;

    /// <summary>More than so many are counted only.</summary>
    public const int MostParts = 100;

    private const int MostAtOnce = 2_000;
    private const int MostOnTheWay = 4;

    private static readonly TimeSpan s_turn = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_sweep = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, Task> _busy = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _wake = new(0, 1);
    private DateTimeOffset _nextSweep;

    /// <summary>Something became of a message. Handlers only take note and do not throw.</summary>
    public event Action? Changed;

    /// <summary>There is something to send.</summary>
    public void Wake()
    {
        lock (_wake)
        {
            if (_wake.CurrentCount == 0)
                _wake.Release();
        }
    }

    /// <summary>Runs until cancelled; what is on its way then is waited for, not longer than a transport may take.</summary>
    public async Task RunAsync(CancellationToken token)
    {
        await using var clock = time.CreateTimer(_ => Wake(), null, s_turn, s_turn);
        while (!token.IsCancellationRequested)
        {
            try
            {
                await _wake.WaitAsync(token);
                await BeginAsync(token);
            }
            catch (Exception broken)
            {
                if (token.IsCancellationRequested)
                    break;
                LogBroken(broken);
            }
        }

        await Task.WhenAll(_busy.Values);
    }

    /// <summary>Sends all that is due, and ends when that is done.</summary>
    internal async Task SendAsync(CancellationToken token)
    {
        await BeginAsync(token);
        await Task.WhenAll(_busy.Values);
    }

    /// <summary>Sends a message that no rule found a reason for, to see whether it gets through. Fails with <see cref="NotificationException"/>.</summary>
    public async Task TryAsync(NotificationRule rule, string address, INotificationTransport how, CancellationToken token)
    {
        var now = time.GetUtcNow();
        var part = new OutgoingPart(Guid.NewGuid(), Guid.Empty, NotificationKind.Test, NotificationSeverity.Information, $"Test of the rule {rule.Name}", "Somebody tries out whether messages of this rule arrive. Nothing happened.", now, null, null, null, null);
        await DeliverAsync(how, address, new(part.Id, rule.Id, rule.Name, now, [part with { Incident = part.Id }]), token);
    }

    private async Task BeginAsync(CancellationToken token)
    {
        var now = time.GetUtcNow();
        foreach (var (how, task) in _busy.Where(pair => pair.Value.IsCompleted).ToList())
            _busy.Remove(how);
        if (now >= _nextSweep)
        {
            await kept.SweepAsync(now - options.Kept, token);
            _nextSweep = now + s_sweep;
        }

        foreach (var group in (await kept.DueAsync(now, MostAtOnce, token)).GroupBy(entry => entry.How))
            if (!_busy.ContainsKey(group.Key))
                _busy[group.Key] = SendAllAsync(group.Key, [.. group], now, token);
    }

    private async Task SendAllAsync(string how, ImmutableArray<OutboxEntry> due, DateTimeOffset now, CancellationToken token)
    {
        try
        {
            await Parallel.ForEachAsync(Messages(due), new ParallelOptions { MaxDegreeOfParallelism = MostOnTheWay, CancellationToken = token }, async (entries, _) => await SendAsync(transports.Find(how), how, entries, now, token));
        }
        catch (Exception broken)
        {
            if (!token.IsCancellationRequested)
                LogBroken(broken);
        }
    }

    /// <summary>What goes together: what was on its way together before, what was collected, and what is too much to go one by one.</summary>
    private static IEnumerable<ImmutableArray<OutboxEntry>> Messages(ImmutableArray<OutboxEntry> due)
    {
        foreach (var again in due.Where(entry => entry.Message is not null).GroupBy(entry => entry.Message))
            yield return [.. again];
        foreach (var same in due.Where(entry => entry.Message is null).GroupBy(entry => (entry.Notification.Rule, entry.User, entry.Address)))
        {
            var all = same.ToImmutableArray();
            if (all.Length > MostSingly)
            {
                yield return all;
                continue;
            }

            if (all.Where(entry => entry.IsCollected).ToImmutableArray() is { IsEmpty: false } collected)
                yield return collected;
            foreach (var one in all.Where(entry => !entry.IsCollected))
                yield return [one];
        }
    }

    private async Task SendAsync(INotificationTransport? transport, string how, ImmutableArray<OutboxEntry> entries, DateTimeOffset now, CancellationToken token)
    {
        var id = entries[0].Message ?? (entries.Length == 1 ? entries[0].Id : Guid.NewGuid());
        // On its way, and as which message: a crash from here on repeats this one under its id.
        entries = [.. entries.Select(entry => entry with { Message = id, State = OutboxState.Sending, Attempts = entry.Attempts + 1 })];
        await kept.UpdateAsync(entries, token);

        string? problem = null;
        var isLasting = false;
        var withheld = new List<OutboxEntry>();
        var sent = new List<OutboxEntry>();
        try
        {
            if (transport is null)
                throw new NotificationException($"There is no way '{ForeignText.Shown(how)}' to send anything now. Load the plugin that has it.");
            if (transport.Obstacle is { } obstacle)
                throw new NotificationException(obstacle);
            var shown = new List<(OutboxEntry Entry, Notification Shown)>();
            foreach (var entry in entries)
            {
                var verdict = rules.Find(entry.Notification.Rule) is null ? Verdict.Withheld("Its rule was removed.") : await judge.JudgeAsync(entry, transport, token);
                if (verdict.Shown is null)
                    withheld.Add(entry with { State = OutboxState.Withheld, Problem = verdict.Reason, Ended = now });
                else
                    shown.Add((entry with { Address = verdict.Address }, verdict.Shown));
            }

            sent.AddRange(shown.Select(one => one.Entry));
            if (sent is [{ Address: { } address }, ..])
                await DeliverAsync(transport, address, Compose(id, [.. shown]), token);
        }
        catch (NotificationException failed)
        {
            (problem, isLasting) = (failed.Message, failed.IsLasting);
        }

        var end = time.GetUtcNow();
        var left = entries.Where(entry => withheld.All(other => other.Id != entry.Id)).Select(entry => sent.Find(other => other.Id == entry.Id) ?? entry);
        var isGivenUp = isLasting || entries[0].Attempts >= options.MostAttempts;
        await kept.UpdateAsync(
            [
                .. withheld,
                .. left.Select(entry => problem is null ? entry with { State = OutboxState.Delivered, Ended = end, Problem = null }
                    : isGivenUp ? entry with { State = OutboxState.Dead, Ended = end, Problem = problem }
                    : entry with { State = OutboxState.Waiting, Due = end + Pause(entry.Attempts), Problem = problem }),
            ], CancellationToken.None);
        if (problem is not null && isGivenUp)
            LogGivenUp(entries[0].RuleName, how, entries[0].Attempts, problem);
        Changed?.Invoke();
    }

    private async Task DeliverAsync(INotificationTransport transport, string address, OutgoingMessage message, CancellationToken token)
    {
        using var patience = new CancellationTokenSource(options.Patience, time);
        // A stop of the server lets go what takes longer; that is sent again under its id.
        await using var stop = token.Register(() => patience.CancelAfter(s_grace));
        try
        {
            // One that does not listen to its token is left behind.
            await transport.SendAsync(address, message, patience.Token).WaitAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            throw new NotificationException($"{transport.Title} did not take the message within {options.Patience.TotalSeconds:0} s. Is the receiver overloaded, or a firewall between?");
        }
        catch (Exception broken) when (broken is not (NotificationException or OperationCanceledException))
        {
            LogBroken(broken);
            throw new NotificationException($"{transport.Title} broke on the message: {ForeignText.Shown(broken.Message)}", inner: broken);
        }
    }

    private OutgoingMessage Compose(Guid id, ImmutableArray<(OutboxEntry Entry, Notification Shown)> all)
    {
        var ordered = all.OrderBy(one => one.Shown.Time).ToList();
        var parts = ordered.Take(MostParts).Select(one => new OutgoingPart(
            one.Shown.Id, one.Shown.Incident, one.Shown.Kind, one.Shown.Severity, one.Shown.Title, one.Shown.Text, one.Shown.Time, one.Shown.Pool, one.Shown.Class, one.Shown.About?.Uuid, Link(one.Shown)));
        return new(id, all[0].Entry.Notification.Rule, all[0].Entry.RuleName, ordered[^1].Shown.Time, [.. parts], Math.Max(all.Length - MostParts, 0));
    }

    private string? Link(Notification shown) => options.Address.Length > 0 && shown.About is { } key && store.Current.Find(key) is { } about && links(key, about) is { } path ? options.Address.TrimEnd('/') + path : null;

    private TimeSpan Pause(int attempts)
    {
        var full = options.FirstPause * Math.Pow(2, Math.Min(attempts - 1, 30));
        return (full < options.LongestPause ? full : options.LongestPause) * (1 - (random.NextDouble() / 2));
    }

    [LoggerMessage(LogLevel.Error, "Sending notifications broke; it is tried again")]
    private partial void LogBroken(Exception broken);

    [LoggerMessage(LogLevel.Warning, "A message of the rule {Rule} by {How} is given up after {Attempts} attempts: {Problem}")]
    private partial void LogGivenUp(string rule, string how, int attempts, string problem);
}
