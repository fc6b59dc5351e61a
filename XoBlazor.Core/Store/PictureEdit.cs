using System.Collections.Immutable;
using System.Runtime.InteropServices;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Core.Store;

/// <summary>
/// The next version of a pool's picture in the making: objects first, then in one pass the edges of all that changed. Used once, by the
/// pool's writer; nothing of it is visible before the built picture is.
/// </summary>
internal sealed class PictureEdit
{
    private readonly PoolPicture _before;
    private readonly ClassTableEdit?[] _edits = new ClassTableEdit?[ReferenceFields.ClassCount];
    private readonly List<ObjectChange> _changes = [];
    private readonly List<Slot> _slots = [];
    private readonly Dictionary<string, int> _changeOf = new(StringComparer.Ordinal);
    private readonly HashSet<int> _listed = [];
    private PoolIndex _index;
    private bool _ownsIndex;

    public PictureEdit(PoolPicture before)
    {
        _before = before;
        _index = before.Index;
        if (_index.IsStale(before.Count))
            OwnIndex();
    }

    public void Apply(in ObjectUpdate update)
    {
        if (update.State is { } state)
            Put(state);
        else
            Remove(update.Ref);
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

    /// <summary>Ends the edit: brings the edges up to date and tells what changed on the whole.</summary>
    public ImmutableArray<ObjectChange> Finish()
    {
        var changes = ImmutableArray.CreateBuilder<ObjectChange>(_changes.Count);
        var edges = new EdgeChanges();
        for (var i = 0; i < _changes.Count; i++)
        {
            var change = _changes[i];
            if (change is { Before: null, After: null } or { Before: not null, After: not null, Fields.IsEmpty: true })
                continue;
            changes.Add(change);
            edges.Collect(change, _slots[i]);
        }

        Apply(edges);
        for (var i = 0; i < _changes.Count; i++)
            if (_changes[i].After is null && IsFree(_slots[i]))
                _index.Release(_slots[i]);
        return changes.DrainToImmutable();
    }

    /// <summary>The finished picture under the version it becomes visible with; cheap, because it happens under the store's lock.</summary>
    public PoolPicture Build(long version)
    {
        var tables = (ClassTable[])_before.Tables.Clone();
        for (var i = 0; i < tables.Length; i++)
            if (_edits[i] is { } edit)
                tables[i] = edit.Build(version);
        return new(_before.Uuid, version, tables, _index);
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
            OwnIndex();
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
        there = ObjectAt(slot);
        if (slot.Class == state.Class && (there is null || there.Ref == state.Ref))
            return slot;

        // The reference stood for an object of another class, or its place went to another object after its own was gone.
        if (there is not null && there.Ref == state.Ref)
            Remove(state.Ref);
        var isOurs = there is null || there.Ref == state.Ref;
        there = null;
        OwnIndex();
        var place = _index.Place(state.Ref, state.Class, IsFree);
        if (isOurs)
        {
            Edit(place.Class).SetReferrers(place.Place, EdgesAt(slot));
            Edit(slot.Class).SetReferrers(slot.Place, []);
        }

        return place;
    }

    /// <summary>Keeps one change an object, from the state before this edit to the last one.</summary>
    private void Note(Slot slot, XapiObject? there, XapiObject? after, FieldSet fields)
    {
        ref var at = ref CollectionsMarshal.GetValueRefOrAddDefault(_changeOf, (after ?? there)!.Ref, out var known);
        if (!known)
        {
            at = _changes.Count;
            _changes.Add(new(there, after, fields));
            _slots.Add(slot);
            return;
        }

        var before = _changes[at].Before;
        if (before is not null && after is not null && before.Class != after.Class)
        {
            // Both happened: one object went, another came under its reference.
            at = _changes.Count;
            _changes.Add(new(null, after, FieldSet.All));
            _slots.Add(slot);
            return;
        }

        _changes[at] = new(before, after,
            before is not null && after is not null ? XapiCodec.For(after.Class).Compare(before, after) : after is null ? FieldSet.None : FieldSet.All);
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
            if (merged.Length == 0 && ObjectAt(target) is null)
                _index.Release(target);
        }
    }

    private Slot? Target(string reference, XapiClass source, int field, bool isAdded)
    {
        if (_index.TryFind(reference, out var slot))
        {
            if (ObjectAt(slot) is not { } there || there.Ref == reference)
                return slot;
            if (!isAdded)
                return null;
            OwnIndex();
        }

        return isAdded && ReferenceFields.Of(source).Target(field) is { } type ? _index.Mention(reference, type) : null;
    }

    private void OwnIndex()
    {
        if (_ownsIndex)
            return;
        _index = _index.Copy(ObjectAt, s => EdgesAt(s).Length > 0);
        _ownsIndex = true;
    }

    private bool IsFree(Slot slot) => ObjectAt(slot) is null && EdgesAt(slot).Length == 0;

    private XapiObject? ObjectAt(Slot slot) =>
        _edits[(int)slot.Class] is { } edit ? edit.Object(slot.Place) : _before.Tables[(int)slot.Class].Object(slot.Place);

    private Edge[] EdgesAt(Slot slot) =>
        _edits[(int)slot.Class] is { } edit ? edit.Referrers(slot.Place) : _before.Tables[(int)slot.Class].Referrers(slot.Place);

    private ClassTableEdit Edit(XapiClass type) => _edits[(int)type] ??= new(_before.Tables[(int)type]);
}
