using System.Collections.Immutable;
using XoBlazor.Core.Journal.Storage;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Core.Journal.Recording;

/// <summary>An entry composed, and what to remember of its object once it is on disk.</summary>
internal readonly record struct Composed(StoredChange Change, TrackedObject? Tracked, XapiObject? State);

/// <summary>When and how a change was seen.</summary>
internal readonly record struct Sighting(DateTimeOffset Time, TimeSpan HostClockOffset, EntryOrigin Origin);

/// <summary>
/// Makes entries out of states: what differs from the last recorded state, thinned by the policy, with a key frame when one is due.
/// It relies on nothing but the present state, so a lost or repeated change heals itself. One thread.
/// </summary>
internal sealed class ChangeComposer(ThinningPolicy policy) : IDisposable
{
    // A short or repeated value takes about this much in a row.
    private const int SharedValueCost = 5;
    private const int KeyFrameBaseCost = 24;

    // Of those in the queue that do not wait any more, this share is borne.
    private const int DeadShare = 4;
    private const int LeastDead = 64;

    private readonly StateEncoder _encoder = new();
    private PriorityQueue<(TrackedPool Pool, ObjectUid Uid, TrackedObject Tracked), DateTimeOffset> _due = new();
    private int _dead;

    /// <summary>Entries of noise in the queue, of which some may not wait any more.</summary>
    public int Queued => _due.Count;

    /// <summary>Changes left out by the policy.</summary>
    public long Omitted { get; private set; }

    public DateTimeOffset? NextDue => _due.TryPeek(out _, out var due) ? due : null;

    /// <summary>An object that is there; null if nothing has to be written.</summary>
    public Composed? Present(TrackedPool pool, XapiObject now, Sighting seen)
    {
        var uid = ObjectUid.Of(now);
        if (!pool.Objects.TryGetValue(uid, out var tracked))
        {
            var stored = new StoredObject(pool.Uuid, XapiCodec.For(now.Class).WireName, uid.Uuid);
            pool.Objects[uid] = tracked = new TrackedObject(stored);
            return Write(pool, tracked, now, EntryKind.Added, [], FieldSet.None, seen);
        }

        var last = tracked.Last!;
        var changed = ReferenceEquals(last, now) ? FieldSet.None : XapiCodec.For(now.Class).Compare(last, now);
        if (changed.IsEmpty && last.Ref == now.Ref)
        {
            StopWaiting(tracked);
            return null;
        }

        var patience = last.Ref == now.Ref ? policy.Patience(now.Class, changed) : TimeSpan.Zero;
        if (patience > TimeSpan.Zero && seen.Time < tracked.RecordedAt + patience)
        {
            if (tracked.Waiting is null)
            {
                tracked.DueAt = tracked.RecordedAt + patience;
                _due.Enqueue((pool, uid, tracked), tracked.DueAt);
            }

            tracked.Waiting = now;
            tracked.Omitted++;
            Omitted++;
            return null;
        }

        // What differs only below the precision of the wire's texts, such as parts of a second, is no change.
        var changes = _encoder.Changes(last, now, changed).RemoveAll(static c => c.Old.Span.SequenceEqual(c.New.Span));
        return changes.IsEmpty ? null : Write(pool, tracked, now, EntryKind.Modified, changes, changed, seen);
    }

    /// <summary>An object that is gone; null if the journal never knew it.</summary>
    public Composed? Gone(TrackedPool pool, ObjectUid uid, Sighting seen)
    {
        if (!pool.Objects.TryRemove(uid, out var tracked))
            return null;
        StopWaiting(tracked);
        pool.LastTime = seen.Time;
        return new(new StoredChange
        {
            Object = tracked.Stored,
            Pool = pool.Uuid,
            Kind = EntryKind.Removed,
            Origin = seen.Origin,
            Time = seen.Time,
            HostClockOffset = seen.HostClockOffset,
            Name = tracked.Last is { } last ? _encoder.Name(last) : "",
            Omitted = tracked.Omitted,
        }, null, null);
    }

    /// <summary>Noise that has waited long enough.</summary>
    public IEnumerable<Composed> Due(DateTimeOffset now)
    {
        while (_due.TryPeek(out var waiting, out var due) && due <= now)
        {
            _due.Dequeue();
            var (pool, uid, tracked) = waiting;
            if (!IsWaiting(tracked, due))
            {
                _dead--;
                continue;
            }

            var present = tracked.Waiting!;
            tracked.Waiting = null;
            // Its pool was forgotten or is compared anew.
            if (!pool.Objects.TryGetValue(uid, out var current) || current != tracked)
                continue;
            // The last of the changes left out is the one written now.
            tracked.Omitted = Math.Max(0, tracked.Omitted - 1);
            Omitted--;
            if (Present(pool, present, new(now, pool.HostClockOffset, EntryOrigin.Events)) is { } composed)
                yield return composed;
        }
    }

    /// <summary>Takes over what is on disk of an object from an earlier run.</summary>
    public static void Adopt(TrackedObject tracked, StoredState state, XapiObject last)
    {
        tracked.Last = last;
        tracked.RecordedAt = state.RecordedAt;
        tracked.Committed = new(last, state.Position, state.RecordedAt);
        var codec = XapiCodec.For(last.Class);
        var since = FieldSet.None;
        foreach (var name in state.SinceKeyFrame)
            if (codec.FindField(name) is { } field)
                since = since.With(field.Index);
        tracked.SinceKeyFrame = since;
        tracked.KeyFrameCost = KeyFrameBaseCost + state.Fields.Sum(f => f.Json.Length) / 2;
        tracked.CarriedCost = 0;
    }

    public void Dispose() => _encoder.Dispose();

    private Composed Write(
        TrackedPool pool, TrackedObject tracked, XapiObject now, EntryKind kind, ImmutableArray<StoredFieldChange> changes, FieldSet changed, Sighting seen)
    {
        var carriedSet = tracked.SinceKeyFrame.Without(changed);
        var carried = _encoder.Fields(now, carriedSet);
        tracked.CarriedCost += carried.Sum(f => 2 + Math.Min(f.Json.Length, SharedValueCost));
        ImmutableArray<StoredField>? keyFrame = null;
        // A new reference is no field, so nothing would carry it on.
        if (kind == EntryKind.Added || tracked.CarriedCost > tracked.KeyFrameCost || tracked.Last!.Ref != now.Ref)
        {
            keyFrame = _encoder.State(now);
            carried = [];
            tracked.SinceKeyFrame = FieldSet.None;
            tracked.KeyFrameCost = KeyFrameBaseCost + keyFrame.Value.Sum(f => f.Json.Length) / 2;
            tracked.CarriedCost = 0;
        }
        else
            tracked.SinceKeyFrame |= changed;

        var change = new StoredChange
        {
            Object = tracked.Stored,
            Pool = pool.Uuid,
            Kind = kind,
            Origin = seen.Origin,
            Time = seen.Time,
            HostClockOffset = seen.HostClockOffset,
            Name = _encoder.Name(now),
            Omitted = tracked.Omitted,
            Fields = changes,
            Carried = carried,
            KeyFrame = keyFrame,
        };
        tracked.Last = now;
        StopWaiting(tracked);
        tracked.Omitted = 0;
        tracked.RecordedAt = pool.LastTime = seen.Time;
        return new(change, tracked, now);
    }

    private static bool IsWaiting(TrackedObject tracked, DateTimeOffset due) => tracked.Waiting is not null && tracked.DueAt == due;

    /// <summary>Its entry stays in the queue until there are too many such: what waits for an hour would hold what is gone for as long.</summary>
    private void StopWaiting(TrackedObject tracked)
    {
        if (tracked.Waiting is null)
            return;
        tracked.Waiting = null;
        if (++_dead <= Math.Max(LeastDead, _due.Count / DeadShare))
            return;
        _due = new(_due.UnorderedItems.Where(static x => IsWaiting(x.Element.Tracked, x.Priority)).DistinctBy(static x => x.Element.Tracked));
        _dead = 0;
    }
}
