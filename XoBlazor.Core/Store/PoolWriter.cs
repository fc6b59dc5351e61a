using System.Collections.Immutable;
using XoBlazor.Core.Model;

namespace XoBlazor.Core.Store;

/// <summary>
/// The one who may change a pool's picture. Used by one thread at a time; a second one at the same time is a programming error and is told so.
/// Disposing gives the right away and leaves the objects as they are.
/// </summary>
public sealed class PoolWriter : IDisposable
{
    private static readonly XapiClass[] s_allClasses = Enum.GetValues<XapiClass>();

    private readonly ObjectStore _store;
    private int _busy;
    private bool _closed;

    internal PoolWriter(ObjectStore store, string poolUuid)
    {
        _store = store;
        PoolUuid = poolUuid;
        Picture = store.Current.Pool(poolUuid) ?? EmptyPicture();
    }

    public string PoolUuid { get; }

    /// <summary>The pool as of the last batch.</summary>
    public PoolPicture Picture { get; private set; }

    /// <summary>The host's clock minus ours as last measured; goes with every batch.</summary>
    public TimeSpan HostClockOffset { get; set; }

    /// <summary>
    /// Applies what one answer of the host said, as one batch. Updates that change nothing are dropped; null when nothing is left.
    /// Of several updates of one object only the last counts.
    /// </summary>
    public StoreBatch? Apply(IEnumerable<ObjectUpdate> updates)
    {
        using var turn = Enter();
        var edit = new PictureEdit(Picture);
        edit.Apply(updates);
        var changes = edit.Finish();
        return changes.IsEmpty ? null : Publish(edit, changes, BatchOrigin.Events);
    }

    /// <summary>Applies a complete reading of the pool, or of the given classes: what it does not name is gone. Always announced, even when nothing changed.</summary>
    /// <param name="unreadable">References that the reading named without a state we can read; they stay as they were.</param>
    public StoreBatch ApplyListing(IEnumerable<XapiObject> objects, IEnumerable<XapiClass>? classes = null, IEnumerable<string>? unreadable = null)
    {
        using var turn = Enter();
        var listed = objects as IReadOnlyCollection<XapiObject> ?? [.. objects];
        var edit = new PictureEdit(Picture, listed.Count);
        edit.Apply(listed.Select(ObjectUpdate.Present));
        foreach (var reference in unreadable ?? [])
            edit.Keep(reference);
        edit.RemoveUnlisted(classes ?? s_allClasses);
        return Publish(edit, edit.Finish(), BatchOrigin.Listing);
    }

    /// <summary>Takes the whole pool out of the store, for good.</summary>
    public StoreBatch Forget()
    {
        using var turn = Enter();
        var edit = new PictureEdit(Picture);
        edit.RemoveUnlisted(s_allClasses);
        return Publish(edit, edit.Finish(), BatchOrigin.Forgotten);
    }

    public void Dispose()
    {
        if (_closed)
            return;
        _closed = true;
        _store.Close(PoolUuid);
    }

    private StoreBatch Publish(PictureEdit edit, ImmutableArray<ObjectChange> changes, BatchOrigin origin)
    {
        // A pool that is taken out takes its names along.
        if (_store.RemembersNames && origin != BatchOrigin.Forgotten)
            Picture.Former.Take(changes, Picture.Count);
        var batch = _store.Publish(edit, changes, PoolUuid, origin, HostClockOffset);
        Picture = _store.Current.Pool(PoolUuid) ?? EmptyPicture();
        return batch;
    }

    private PoolPicture EmptyPicture()
    {
        var tables = new ClassTable[ReferenceFields.ClassCount];
        Array.Fill(tables, ClassTable.Empty);
        return new(PoolUuid, 0, tables, new(), TaskWork.None, _store.RemembersNames ? new(PoolUuid, !_store.HasUntoldPast(PoolUuid)) : FormerNames.None);
    }

    private Turn Enter()
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        return Interlocked.Exchange(ref _busy, 1) == 0 ? new(this)
            : throw new InvalidOperationException($"Two threads write the pool {PoolUuid} at once; a pool has exactly one writer.");
    }

    private readonly struct Turn(PoolWriter writer) : IDisposable
    {
        public void Dispose() => Volatile.Write(ref writer._busy, 0);
    }
}
