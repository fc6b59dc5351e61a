using System.Collections.Immutable;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.App.Components.Live;

/// <summary>A change worth a line on the overview.</summary>
public sealed record RecentChange(long Number, DateTimeOffset Time, string Pool, ObjectChange Change, FieldSet Fields);

/// <summary>
/// The last changes to things that have a page, for the overview; measured values, book-keeping and what was only listed anew
/// are left out. Heard on the pools' writer threads, read from any.
/// </summary>
public sealed class RecentChanges : IStoreObserver
{
    private const int Most = 120;

    private static readonly ImmutableArray<FieldSet> s_telling = [.. XapiCodec.All.Select(Telling)];

    private readonly Lock _gate = new();
    private ImmutableList<RecentChange> _newest = [];
    private long _count;

    /// <summary>The newest first.</summary>
    public ImmutableList<RecentChange> Newest => Volatile.Read(ref _newest);

    /// <summary>The fields of a class whose changes are told.</summary>
    public static FieldSet Telling(XapiClass type) => s_telling[(int)type];

    public void Observe(StoreBatch batch)
    {
        if (batch.Origin == BatchOrigin.Forgotten)
            return;
        foreach (var change in batch.Changes)
        {
            var fields = change.Fields & Telling(change.Object.Class);
            if (!HasPage(change.Object.Class) || (change.Kind == ChangeKind.Modified && fields.IsEmpty) || (change.Kind == ChangeKind.Added && batch.Origin == BatchOrigin.Listing))
                continue;
            lock (_gate)
            {
                var newest = _newest.Insert(0, new(++_count, batch.Time, batch.Pool, change, fields));
                Volatile.Write(ref _newest, newest.Count > Most ? newest.RemoveAt(Most) : newest);
            }
        }
    }

    private static bool HasPage(XapiClass type) => type is XapiClass.Vm or XapiClass.Host or XapiClass.Pool or XapiClass.Sr or XapiClass.Vdi or XapiClass.Network;

    private static FieldSet Telling(XapiCodec codec)
    {
        var set = FieldSet.None;
        foreach (var field in codec.Fields)
            if (!FieldMeaning.IsBookkeeping(field.Wire) && !FieldMeaning.IsMeasured(field.Wire))
                set = set.With(field.Index);
        return set;
    }
}
