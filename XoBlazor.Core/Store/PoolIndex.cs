using System.Collections.Concurrent;
using XoBlazor.Core.Model;

namespace XoBlazor.Core.Store;

/// <summary>
/// Where references and uuids lead, shared by consecutive versions of a pool's picture. Only grows, so that a reader of an old version
/// finds what it found before: what an entry leads to is checked against the object that stands there in the reader's version.
/// The pool's writer adds; any thread reads without a lock. An entry that would have to be overwritten is a reason for a <see cref="Copy"/>.
/// </summary>
internal sealed class PoolIndex
{
    /// <summary>
    /// Entries that lead nowhere are borne up to this share of the pool: a copy then costs each of them as much as some lookups. More would be cheaper
    /// still, but with many pools an hour passes until each has its share, and memory grows for as long.
    /// </summary>
    private const int StaleShare = 32;

    private const int LeastStale = 64;
    private const int MostTwins = 64;

    private readonly ConcurrentDictionary<string, int> _slots;
    private readonly ConcurrentDictionary<string, int> _uuids;

    /// <summary>From a slot to an older one whose object has (or had) the same uuid: a VM restored under its old identity.</summary>
    private readonly ConcurrentDictionary<int, int> _twins = new();

    /// <summary>Whose edges stand at a place that has no object. Such a place never goes to another object while this index lives.</summary>
    private readonly ConcurrentDictionary<int, string> _owners = new();

    private readonly int[] _used;
    private readonly Stack<int>[] _free;

    /// <summary>Entries that were needed when this copy was made although they lead to no object.</summary>
    private int _mentions;

    public PoolIndex(int expected = 0)
        : this(new int[ReferenceFields.ClassCount], [.. Enumerable.Range(0, ReferenceFields.ClassCount).Select(_ => new Stack<int>())], expected) { }

    private PoolIndex(int[] used, Stack<int>[] free, int expected)
    {
        _used = used;
        _free = free;
        _slots = new(1, Math.Max(expected, 31), StringComparer.Ordinal);
        _uuids = new(1, Math.Max(expected, 31), StringComparer.Ordinal);
    }

    public bool TryFind(string reference, out Slot slot)
    {
        var found = _slots.TryGetValue(reference, out var number);
        slot = new(number);
        return found;
    }

    /// <summary>The string by which a reference is held here; null for one that leads nowhere.</summary>
    public string? Held(ReadOnlySpan<char> reference) => _slots.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(reference, out var held, out _) ? held : null;

    /// <summary>The slots that may hold an object of this uuid, newest first.</summary>
    public IEnumerable<Slot> FindUuid(string uuid)
    {
        if (!_uuids.TryGetValue(uuid, out var number))
            yield break;
        do
            yield return new(number);
        while (_twins.TryGetValue(number, out number));
    }

    /// <summary>The slot that most likely holds the uuid's object; when it does not, <see cref="FindUuid"/> has the others.</summary>
    public bool TryFindUuid(string uuid, out Slot slot)
    {
        var found = _uuids.TryGetValue(uuid, out var number);
        slot = new(number);
        return found;
    }

    /// <summary>References that lead somewhere, or did once.</summary>
    public int Count => _slots.Count;

    /// <summary>True when so many entries lead nowhere that a <see cref="Copy"/> pays.</summary>
    public bool IsStale(int live) => _slots.Count - live - _mentions > Math.Max(LeastStale, live / StaleShare);

    public string? Owner(Slot slot) => _owners.GetValueOrDefault(slot.Number);

    public void Own(Slot slot, string reference) => _owners.TryAdd(slot.Number, reference);

    /// <summary>A place for a reference that so far is only mentioned.</summary>
    public Slot Mention(string reference, XapiClass type, Func<Slot, bool> isFree)
    {
        var slot = Place(reference, type, isFree);
        Own(slot, reference);
        return slot;
    }

    /// <summary>A place for a new object, a freed one where <paramref name="isFree"/> confirms it.</summary>
    public Slot Place(string reference, XapiClass type, Func<Slot, bool> isFree)
    {
        while (_free[(int)type].TryPop(out var place))
        {
            var slot = new Slot(type, place);
            if (!isFree(slot))
                continue;
            _slots[reference] = slot.Number;
            return slot;
        }

        return Unused(reference, type);
    }

    /// <summary>Offers a place for reuse; it is looked at again before it is given away, so offering too often does no harm.</summary>
    public void Release(Slot slot) => _free[(int)slot.Class].Push(slot.Place);

    /// <summary>Notes the object's uuid; false when that would hide another entry from readers of old versions.</summary>
    public bool TryAddUuid(string uuid, Slot slot)
    {
        if (uuid.Length == 0 || _uuids.TryAdd(uuid, slot.Number))
            return true;
        var head = _uuids[uuid];
        var steps = 0;
        for (var next = head; ;)
        {
            // A host whose objects all have one uuid must not cost the square of their number: the later ones are found by reference only.
            if (next == slot.Number || ++steps > MostTwins)
                return true;
            if (!_twins.TryGetValue(next, out next))
                break;
        }

        if (!_twins.TryAdd(slot.Number, head))
            return false;
        _uuids[uuid] = slot.Number;
        return true;
    }

    /// <summary>
    /// An index of the same places with only the entries that lead somewhere: the objects of the tables, and references that are
    /// mentioned but have no object. The old one stays with the old versions.
    /// </summary>
    /// <param name="isMentioned">Whether anybody still holds the reference of a place that has no object; one that nobody does is given back.</param>
    public PoolIndex Copy(Func<Slot, XapiObject?> objectAt, Func<Slot, string?> ownerOf, Func<Slot, bool> isMentioned)
    {
        var copy = new PoolIndex(_used, _free, _slots.Count);
        foreach (var (reference, number) in _slots)
        {
            var slot = new Slot(number);
            if (ownerOf(slot) != reference)
                continue;
            if (objectAt(slot) is { } there)
            {
                copy.TryAddUuid(there.Uuid, slot);
            }
            else if (isMentioned(slot))
            {
                copy.Own(slot, reference);
                copy._mentions++;
            }
            else
            {
                copy.Release(slot);
                continue;
            }

            copy._slots[reference] = number;
        }

        return copy;
    }

    private Slot Unused(string reference, XapiClass type)
    {
        var place = _used[(int)type];
        if (place == Slot.MostPlaces)
            throw new InvalidOperationException($"The host lists more than {Slot.MostPlaces} objects of one class.");
        _used[(int)type] = place + 1;
        var slot = new Slot(type, place);
        _slots[reference] = slot.Number;
        return slot;
    }
}
