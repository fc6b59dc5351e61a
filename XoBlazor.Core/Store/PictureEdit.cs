using System.Collections.Immutable;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Core.Store;

/// <summary>
/// The next version of a pool's picture in the making: objects first, then in one pass the edges of all that changed. Used once, by the
/// pool's writer; nothing of it is visible before the built picture is.
/// </summary>
internal sealed class PictureEdit
{
    private const int MostCopies = 16;

    private readonly PoolPicture _before;
    private readonly ClassTableEdit?[] _edits = new ClassTableEdit?[ReferenceFields.ClassCount];
    private readonly ImmutableArray<ObjectChange>.Builder _changes = ImmutableArray.CreateBuilder<ObjectChange>();
    private readonly List<Slot> _slots = [];
    private readonly HashSet<int> _listed = [];
    private PoolIndex _index;
    private TaskWork _work;
    private readonly int _expected;
    private int _copies;

    /// <param name="expected">How many updates are coming; what a first listing fills is made large enough at once.</param>
    public PictureEdit(PoolPicture before, int expected = 0)
    {
        _before = before;
        _work = before.Work;
        _expected = expected;
        _index = before.Count == 0 && expected > 0 ? new(expected) : before.Index;
        if (_index.IsStale(before.Count))
            CopyIndex(slot => EdgesAt(slot).Length > 0);
    }

    /// <summary>Applies the last of each object's updates, so that every object takes one step in an edit.</summary>
    public void Apply(IEnumerable<ObjectUpdate> updates)
    {
        var last = new List<ObjectUpdate>(_expected);
        var places = new Dictionary<string, int>(_expected, StringComparer.Ordinal);
        foreach (var update in updates)
        {
            if (places.TryAdd(update.Ref, last.Count))
                last.Add(update);
            else
                last[places[update.Ref]] = update;
        }

        foreach (var update in last)
        {
            if (update.State is { } state)
                Put(state);
            else
                Remove(update.Ref);
        }
    }

    /// <summary>Counts an object as listed although its state is not told; it stays as it is.</summary>
    public void Keep(string reference)
    {
        if (_index.TryFind(reference, out var slot))
            _listed.Add(slot.Number);
    }

    /// <summary>Takes away the objects of these classes that no update of this edit named.</summary>
    public void RemoveUnlisted(IEnumerable<XapiClass> classes)
    {
        foreach (var type in classes)
        {
            foreach (var there in _before.All(type))
                if (!(_index.TryFind(there.Ref, out var slot) && _listed.Contains(slot.Number)))
                    Remove(there.Ref);
        }
    }

    /// <summary>Ends the edit: brings the edges up to date and tells what changed.</summary>
    public ImmutableArray<ObjectChange> Finish()
    {
        var edges = new EdgeChanges();
        for (var i = 0; i < _changes.Count; i++)
            edges.Collect(_changes[i], _slots[i]);
        Apply(edges);
        for (var i = 0; i < _changes.Count; i++)
        {
            if (_changes[i].After is not null || ObjectAt(_slots[i]) is not null)
                continue;
            if (EdgesAt(_slots[i]).Length > 0)
                _index.Own(_slots[i], _changes[i].Before!.Ref);
            else if (IsFree(_slots[i]))
                _index.Release(_slots[i]);
        }

        _work = _before.Work.After(_changes, reference => _index.TryFind(reference, out var slot) && ObjectAt(slot) is XapiTask task && task.Ref == reference);
        return _changes.DrainToImmutable();
    }

    /// <summary>The finished picture under the version it becomes visible with; cheap, because it happens under the store's lock.</summary>
    public PoolPicture Build(long version)
    {
        var tables = (ClassTable[])_before.Tables.Clone();
        for (var i = 0; i < tables.Length; i++)
            if (_edits[i] is { } edit)
                tables[i] = edit.Build(version);
        return new(_before.Uuid, version, tables, _index, _work, _before.Former);
    }

    private void Put(XapiObject state)
    {
        var slot = PlaceFor(state, out var there);
        _listed.Add(slot.Number);
        if (there is not null)
        {
            var fields = XapiCodec.For(state.Class).Compare(there, state);
            if (fields.IsEmpty)
                return;
            Note(slot, there, state, fields);
        }
        else
        {
            Note(slot, null, state, FieldSet.All);
        }

        Edit(slot.Class).SetObject(slot.Place, state);
        if ((there is null || there.Uuid != state.Uuid) && !_index.TryAddUuid(state.Uuid, slot))
            CopyIndex(IsMaybeMentioned);
    }

    private void Remove(string reference)
    {
        if (!_index.TryFind(reference, out var slot) || ObjectAt(slot) is not { } there || there.Ref != reference)
            return;
        Edit(slot.Class).SetObject(slot.Place, null);
        _listed.Remove(slot.Number);
        Note(slot, there, null, FieldSet.None);
    }

    private Slot PlaceFor(XapiObject state, out XapiObject? there)
    {
        there = null;
        if (!_index.TryFind(state.Ref, out var slot))
            return _index.Place(state.Ref, state.Class, IsFree);
        var owner = OwnerOf(slot);
        if (owner == state.Ref)
            there = ObjectAt(slot);
        if (slot.Class == state.Class && (owner is null || owner == state.Ref))
            return slot;

        // The reference stood for an object of another class, or its place went to another object after its own was gone.
        if (there is not null)
            Remove(state.Ref);
        there = null;
        OwnIndex();
        var place = _index.Place(state.Ref, state.Class, IsFree);
        if (owner == state.Ref)
        {
            Edit(place.Class).SetReferrers(place.Place, EdgesAt(slot));
            Edit(slot.Class).SetReferrers(slot.Place, []);
        }

        return place;
    }

    private void Note(Slot slot, XapiObject? there, XapiObject? after, FieldSet fields)
    {
        _changes.Add(new(there, after, fields));
        _slots.Add(slot);
    }

    private void Apply(EdgeChanges edges)
    {
        foreach (var change in edges.All)
            if (Target(change.Reference, change.Source.Class, change.Field, change.IsAdded) is { } target)
                edges.Resolve(target, new(change.Source, change.Field), change.IsAdded);
        foreach (var (target, changed) in edges.ByTarget())
        {
            var merged = EdgeChanges.Merge(EdgesAt(target), changed);
            Edit(target.Class).SetReferrers(target.Place, merged);
        }
    }

    private Slot? Target(string reference, XapiClass source, int field, bool isAdded)
    {
        if (_index.TryFind(reference, out var slot))
        {
            var owner = OwnerOf(slot);
            if (owner == reference)
                return slot;
            if (!isAdded)
                return null;
            if (owner is null)
            {
                _index.Own(slot, reference);
                return slot;
            }

            OwnIndex();
        }

        return isAdded && ReferenceFields.Of(source).Target(field) is { } type ? _index.Mention(reference, type, IsFree) : null;
    }

    /// <summary>From here on entries may be overwritten: no older version looks into this index.</summary>
    private void OwnIndex()
    {
        if (_copies == 0)
            CopyIndex(IsMaybeMentioned);
    }

    /// <summary>A copy takes time in proportion to the pool, and no sane host makes us need more than one.</summary>
    private void CopyIndex(Func<Slot, bool> isMentioned)
    {
        if (_copies++ < MostCopies)
            _index = _index.Copy(ObjectAt, OwnerOf, isMentioned);
    }

    /// <summary>In the middle of an edit the edges of a place may not have come yet.</summary>
    private static bool IsMaybeMentioned(Slot slot) => true;

    private bool IsFree(Slot slot) => OwnerOf(slot) is null;

    /// <summary>The reference whose object or edges stand at a place; an object that goes in this very edit owns its edges until they are gone.</summary>
    private string? OwnerOf(Slot slot) =>
        (ObjectAt(slot) ?? (EdgesAt(slot).Length > 0 ? _before.ObjectAt(slot) : null))?.Ref ?? _index.Owner(slot);

    private XapiObject? ObjectAt(Slot slot) =>
        _edits[(int)slot.Class] is { } edit ? edit.Object(slot.Place) : _before.Tables[(int)slot.Class].Object(slot.Place);

    private Edge[] EdgesAt(Slot slot) =>
        _edits[(int)slot.Class] is { } edit ? edit.Referrers(slot.Place) : _before.Tables[(int)slot.Class].Referrers(slot.Place);

    private ClassTableEdit Edit(XapiClass type) => _edits[(int)type] ??= new(_before.Tables[(int)type]);
}
