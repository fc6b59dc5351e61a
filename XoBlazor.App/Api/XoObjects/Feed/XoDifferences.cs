using System.Collections.Immutable;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.App.Api.XoObjects.Feed;

/// <summary>
/// Which objects differ between two snapshots, which may be what different people see. Looks at the records that changed and at all that depend
/// on them, and compares what was with what is byte by byte: an object that looks the same has not changed. For one thread.
/// </summary>
internal sealed class XoDifferences : IDisposable
{
    private static readonly ImmutableArray<XapiClass> s_classes = [.. Enum.GetValues<XapiClass>()];

    private readonly XoDocument _old = new();
    private readonly XoDocument _new = new();

    /// <param name="before">Null for nothing at all.</param>
    /// <param name="batches">All that happened in between, where that is known; everything is compared otherwise.</param>
    public IEnumerable<XoChange> Between(StoreSnapshot? before, StoreSnapshot now, IReadOnlyCollection<StoreBatch>? batches = null)
    {
        var told = batches?.ToLookup(b => b.Pool, StringComparer.Ordinal);
        var asked = new HashSet<string>(StringComparer.Ordinal);
        foreach (var uuid in now.Pools.Concat(before?.Pools ?? []).Select(p => p.Uuid).Distinct(StringComparer.Ordinal))
        {
            var (was, isNow) = (before?.Pool(uuid), now.Pool(uuid));
            if (ReferenceEquals(was, isNow) || (told is not null && !told.Contains(uuid)))
                continue;
            foreach (var reference in Affected(was, isNow, told?[uuid]))
                foreach (var id in Ids(was, isNow, reference))
                    if (asked.Add(id) && Change(before, now, id) is { } change)
                        yield return change;
        }
    }

    public void Dispose()
    {
        _old.Dispose();
        _new.Dispose();
    }

    /// <summary>The references of the records whose objects may differ.</summary>
    private static HashSet<string> Affected(PoolPicture? was, PoolPicture? now, IEnumerable<StoreBatch>? batches)
    {
        var affected = new HashSet<string>(StringComparer.Ordinal);
        if (was is null || now is null)
        {
            foreach (var type in XoTypes.Classes)
                foreach (var value in (was ?? now)!.All(type))
                    affected.Add(value.Ref);
            return affected;
        }

        var (before, after) = (new XoDependents(was), new XoDependents(now));
        foreach (var (reference, fields) in batches is null ? Compared(was, now) : Told(batches))
        {
            var (old, current) = (was.Get(reference), now.Get(reference));
            if (ReferenceEquals(old, current))
                continue;
            affected.Add(reference);
            if (old is not null && current is not null && old.Class == current.Class && XoIds.Of(was, old) == XoIds.Of(now, current))
            {
                before.AddOfFields(old, fields, affected);
                after.AddOfFields(current, fields, affected);
                continue;
            }

            if (old is not null)
                before.AddOfExistence(old, affected);
            if (current is not null)
                after.AddOfExistence(current, affected);
        }

        return affected;
    }

    private static Dictionary<string, FieldSet> Told(IEnumerable<StoreBatch> batches)
    {
        var told = new Dictionary<string, FieldSet>(StringComparer.Ordinal);
        foreach (var batch in batches)
            foreach (var change in batch.Changes)
                told[change.Object.Ref] = told.GetValueOrDefault(change.Object.Ref) | (change.Kind == ChangeKind.Modified ? change.Fields : FieldSet.All);
        return told;
    }

    private static IEnumerable<KeyValuePair<string, FieldSet>> Compared(PoolPicture was, PoolPicture now)
    {
        foreach (var type in s_classes)
        {
            foreach (var current in now.All(type))
                if (was.Get(current.Ref) is not { } old)
                    yield return new(current.Ref, FieldSet.All);
                else if (!ReferenceEquals(old, current))
                    yield return new(current.Ref, old.Class == type ? XapiCodec.For(type).Compare(old, current) : FieldSet.All);
            foreach (var old in was.All(type))
                if (now.Get(old.Ref) is null)
                    yield return new(old.Ref, FieldSet.All);
        }
    }

    /// <summary>What became of the object of this id; null when it looks the same. Two pools may claim an id, and only the first is shown.</summary>
    private XoChange? Change(StoreSnapshot? before, StoreSnapshot now, string id)
    {
        var (old, current) = (before is null ? null : XoIds.Find(before, id), XoIds.Find(now, id));
        if (old is null && current is null)
            return null;
        var change = new XoChange(id, State(_old, old), State(_new, current));
        return change.Old is { } a && change.New is { } b && a.Document.Span.SequenceEqual(b.Document.Span) ? null : change;
    }

    private static XoState? State(XoDocument document, Located<XapiObject>? there) =>
        there is { } found ? new(found.Pool, found.Object, document.Write(found.Pool, found.Object)) : null;

    /// <summary>The ids that a record's object had and has.</summary>
    private static IEnumerable<string> Ids(PoolPicture? was, PoolPicture? now, string reference)
    {
        foreach (var pool in new[] { was, now })
            if (pool?.Get(reference) is { } there && XoTypes.Has(there.Class))
                yield return XoIds.Of(pool, there);
    }
}
