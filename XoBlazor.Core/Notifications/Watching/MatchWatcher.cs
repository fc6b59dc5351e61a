using XoBlazor.Core.Model;
using XoBlazor.Core.Notifications.Rules;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Core.Notifications.Watching;

/// <summary>Objects that begin or stop to match a filter. What is so when it first looks is no news.</summary>
internal sealed class MatchWatcher(NotificationTrigger.ObjectMatches trigger) : StoreWatcher(trigger.Class, trigger.Filter)
{
    /// <summary>What was so from the beginning, by pool and subject.</summary>
    private readonly Dictionary<string, HashSet<string>> _old = new(StringComparer.Ordinal);

    private readonly string _class = XapiCodec.For(trigger.Class).WireName;

    protected override void LookAtAll(WatchScene scene, PoolPicture pool, bool isFirst, IncidentBook book)
    {
        var matching = Matching(pool).ToHashSet<XapiObject>(ReferenceEqualityComparer.Instance);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        if (isFirst)
            _old[pool.Uuid] = new(StringComparer.Ordinal);
        foreach (var value in pool.All(trigger.Class))
        {
            if (!IsMeant(value))
                continue;
            var subject = Subject(pool.Uuid, value);
            seen.Add(subject);
            var holds = matching.Contains(value) != trigger.Stops;
            if (isFirst && holds && !book.IsHeld(subject))
                _old[pool.Uuid].Add(subject);
            else
                Judge(pool, value, subject, holds, book);
        }

        foreach (var subject in book.Held.Where(subject => subject.StartsWith(pool.Uuid + "/", StringComparison.Ordinal) && !seen.Contains(subject)).ToList())
            book.HoldsNot(subject, null);
        _old[pool.Uuid].IntersectWith(seen);
    }

    protected override void Take(WatchScene scene, PoolPicture pool, ObjectChange change, IncidentBook book)
    {
        var subject = Subject(pool.Uuid, change.Object);
        if (change.After is not { } after || !IsMeant(after))
        {
            _old[pool.Uuid].Remove(subject);
            book.HoldsNot(subject, Finding.Of(pool, change.Object, $"{pool.NameOf(change.Object)} is gone", "It matches the rule no more, because it is not there."));
        }
        // What is new and does not match has not stopped to.
        else if (trigger.Stops && change.Before is null && !Matches(pool, after))
        {
            _old[pool.Uuid].Add(subject);
        }
        else
        {
            Judge(pool, after, subject, Matches(pool, after) != trigger.Stops, book);
        }
    }

    private void Judge(PoolPicture pool, XapiObject value, string subject, bool holds, IncidentBook book)
    {
        if (!holds)
        {
            _old[pool.Uuid].Remove(subject);
            book.HoldsNot(subject, Say(pool, value, !trigger.Stops));
        }
        else if (!_old[pool.Uuid].Contains(subject))
        {
            book.Holds(subject, Say(pool, value, trigger.Stops));
        }
    }

    private Finding Say(PoolPicture pool, XapiObject value, bool stops) => Finding.Of(pool, value,
        $"{pool.NameOf(value)} {(stops ? "does not match any more" : "matches")}: {trigger.Filter}", $"The {_class} {pool.NameOf(value)} in the pool {pool.Name()} {(stops ? "stopped to match" : "matches")} the filter {trigger.Filter}.");
}
