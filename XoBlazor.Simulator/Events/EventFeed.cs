using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Datamodel;
using XoBlazor.Simulator.Messages;

namespace XoBlazor.Simulator.Events;

/// <summary>
/// Answers <c>event.from</c>: what changed since a token, waiting for a change when there is none. The rules are xapi's
/// (<c>xapi_event.ml</c>): messages first, then all additions, modifications, deletions; one event an object; a snapshot is the
/// object's present state, never a difference; the token covers only what the subscription matched.
/// </summary>
internal sealed class EventFeed(Database db, MessageLog messages, PoolOptions options, TimeProvider time)
{
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(24);

    private readonly ClassSchema[] _backwards = [.. db.Schema.Classes.OrderByDescending(c => c.Name, StringComparer.Ordinal)];

    /// <summary>Waits until something matches or the time is over. <paramref name="session"/> ends with the session of the caller.</summary>
    public async Task<EventBatch> FromAsync(IEnumerable<string> names, string tokenText, double seconds, CancellationToken session)
    {
        var token = Token.Parse(tokenText);
        var subscriptions = new Subscriptions(names);
        var timeout = seconds >= 0 && seconds < 9_000_000 ? TimeSpan.FromSeconds(seconds) : s_longest;
        using var deadline = new CancellationTokenSource(timeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, session);
        var seen = token.Database;
        while (true)
        {
            var change = Task.WhenAny(db.NextChange, messages.NextChange);
            var batch = Collect(subscriptions, token, ref seen);
            if (batch.Events.Count > 0 || deadline.IsCancellationRequested)
                return batch;
            try
            {
                await change.WaitAsync(stop.Token);
                if (options.EventDelay > TimeSpan.Zero)
                    await Task.Delay(options.EventDelay, time, session);
            }
            catch (OperationCanceledException) when (!session.IsCancellationRequested)
            {
                // The time is over: look once more, then answer with what there is.
            }
        }
    }

    /// <summary>What a client would be told that asked now and did not wait.</summary>
    public EventBatch Since(Subscriptions subscriptions, string tokenText)
    {
        var token = Token.Parse(tokenText);
        var seen = token.Database;
        return Collect(subscriptions, token, ref seen);
    }

    /// <param name="subscriptions">What the client wants to hear of.</param>
    /// <param name="token">Where the client stands.</param>
    /// <param name="seen">How far the changes have been looked through without finding any that matches.</param>
    private EventBatch Collect(Subscriptions subscriptions, Token token, ref long seen)
    {
        var from = seen;
        var to = 0L;
        var events = new List<XapiEvent>();
        var messageNumber = 0L;
        if (subscriptions.WantsMessages && db.Schema.FindClass("message") is { } messageClass)
        {
            var (deleted, added, last) = messages.ChangedSince(token.Messages);
            events.AddRange(deleted.Select(d => new XapiEvent(0, messageClass, EventOperation.Del, d.Ref, null)));
            events.AddRange(added.Select(m => new XapiEvent(0, messageClass, EventOperation.Add, m.Ref, m.State)));
            messageNumber = Math.Max(last, token.Messages);
        }

        var batch = db.Update(() =>
        {
            to = db.Generation;
            var generation = from < 0 ? CollectAll(subscriptions, events) : CollectSince(subscriptions, token.Database, from, events);
            var deletions = CollectDeletions(subscriptions, token.Database, events);
            generation = Math.Max(Math.Max(generation, deletions), token.Database);
            return new EventBatch(events, [.. Counts()], new Token(generation, messageNumber).ToString());
        });
        seen = to;
        return batch;
    }

    private long CollectAll(Subscriptions subscriptions, List<XapiEvent> events)
    {
        var newest = 0L;
        foreach (var table in db.Tables)
            if (table.Schema.Fact.HasEvents && subscriptions.WantsAnyOf(table.Schema.Name))
            {
                var whole = subscriptions.WantsClass(table.Schema.Name);
                events.EnsureCapacity(events.Count + (whole ? table.Count : 1));
                foreach (var row in table.Sorted)
                    if (whole || subscriptions.Wants(table.Schema.Name, row.Ref))
                    {
                        events.Add(new(row.Created, table.Schema, EventOperation.Add, row.Ref, row.State));
                        newest = Math.Max(newest, row.Modified);
                    }
            }

        return newest;
    }

    private long CollectSince(Subscriptions subscriptions, long since, long seen, List<XapiEvent> events)
    {
        var newest = 0L;
        var changed = db.ChangedSince(seen)
            .Where(row => row.Table.Schema.Fact.HasEvents && subscriptions.Wants(row.Table.Schema.Name, row.Ref))
            .OrderBy(row => row.Created > since ? 0 : 1).ThenBy(row => row.Table.Schema.Order).ThenBy(row => row.Ref, StringComparer.Ordinal);
        foreach (var row in changed)
        {
            var isNew = row.Created > since;
            events.Add(new(
                isNew ? row.Created : row.Modified, row.Table.Schema, isNew ? EventOperation.Add : EventOperation.Mod, row.Ref, row.State));
            newest = Math.Max(newest, row.Modified);
        }

        return newest;
    }

    private long CollectDeletions(Subscriptions subscriptions, long since, List<XapiEvent> events)
    {
        var newest = 0L;
        foreach (var table in db.Tables)
            if (table.Deletions.Count > 0 && table.Schema.Fact.HasEvents && subscriptions.WantsAnyOf(table.Schema.Name))
                for (var i = table.Deletions.Count - 1; i >= 0 && table.Deletions[i].Deleted > since; i--)
                    if (table.Deletions[i] is var deletion && subscriptions.Wants(table.Schema.Name, deletion.Ref))
                    {
                        newest = Math.Max(newest, deletion.Deleted);
                        if (deletion.Created <= since)
                            events.Add(new(deletion.Deleted, table.Schema, EventOperation.Del, deletion.Ref, null));
                    }

        return newest;
    }

    /// <summary>Every class with the number of its objects, whatever was subscribed; in xapi's order, which is that of the names backwards.</summary>
    private IEnumerable<(ClassSchema, int)> Counts() => _backwards.Select(c => (c, db.FindTable(c.Name)?.Count ?? 0));
}
