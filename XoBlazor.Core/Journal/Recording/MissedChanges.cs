using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Journal.Recording;

/// <summary>
/// The sum of one pool's changes that found the queue full: for each object what it is now. Bounded by the number of objects, however long
/// the disk stands still.
/// </summary>
internal sealed class MissedChanges(StoreBatch first)
{
    public Dictionary<ObjectUid, XapiObject?> Objects { get; } = [];

    public DateTimeOffset Since { get; } = first.Time;

    public StoreBatch Last { get; private set; } = first;

    public long Changes { get; private set; }

    /// <summary>The pool was taken away within; what the journal knew of it before is gone.</summary>
    public bool HasForgotten { get; private set; }

    /// <summary>The pool was read anew within; if that was the first reading, objects that are not in it are gone.</summary>
    public bool HasListing { get; private set; }

    /// <summary>Changes that will not be in the journal one by one.</summary>
    public long Dropped => Changes - Objects.Count;

    public void Add(StoreBatch batch)
    {
        Last = batch;
        Changes += batch.Changes.Length;
        HasListing |= batch.Origin == BatchOrigin.Listing;
        HasForgotten |= batch.Origin == BatchOrigin.Forgotten;
        foreach (var change in batch.Changes)
            Objects[ObjectUid.Of(change.Object)] = change.After;
    }
}
