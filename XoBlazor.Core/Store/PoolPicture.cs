using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Core.Store;

/// <summary>
/// One pool's objects at one moment: immutable, safe from any thread, every question answered without a lock and, except for whole lists,
/// in constant time. An object that did not change is the same instance in the next version. A picture made for somebody who may not view
/// everything lacks the other objects: no question finds them, and who refers to them is not told either.
/// </summary>
public sealed class PoolPicture
{
    private readonly ClassTable[] _tables;
    private readonly PoolIndex _index;

    internal PoolPicture(string uuid, long version, ClassTable[] tables, PoolIndex index, TaskWork work, FormerNames former)
    {
        (Work, Former) = (work, former);
        Uuid = uuid;
        Version = version;
        _tables = tables;
        _index = index;
        Count = tables.Sum(t => t.Count);
        foreach (var pool in All<Pool>())
            Pool = pool;
    }

    /// <summary>The pool's uuid.</summary>
    public string Uuid { get; }

    /// <summary>The store's version that this picture came with.</summary>
    public long Version { get; }

    /// <summary>How many objects of all classes there are.</summary>
    public int Count { get; }

    /// <summary>The pool object itself; null until the first listing.</summary>
    public Pool? Pool { get; }

    internal ClassTable[] Tables => _tables;

    internal PoolIndex Index => _index;

    /// <summary>What tasks worked on; knows of objects that this picture does not show, too.</summary>
    internal TaskWork Work { get; }

    /// <summary>What objects of the pool were called before; knows of objects that this picture does not show, too.</summary>
    internal FormerNames Former { get; }

    public T? Get<T>(XenRef<T> reference) where T : XapiObject => Get(reference.Value) as T;

    public XapiObject? Get(string? reference) =>
        reference is not null && _index.TryFind(reference, out var slot) && ObjectAt(slot) is { } there
        && (ReferenceEquals(there.Ref, reference) || there.Ref == reference) ? there : null;

    /// <summary>The string that stands for a reference everywhere in the pool; null for one that nothing in it names. For whoever decodes what goes into the pool.</summary>
    internal string? Held(ReadOnlySpan<char> reference) => _index.Held(reference);

    /// <summary>The objects of a set field that exist.</summary>
    public IEnumerable<T> Get<T>(IEnumerable<XenRef<T>> references) where T : XapiObject
    {
        foreach (var reference in references)
            if (Get(reference) is { } there)
                yield return there;
    }

    /// <summary>Finds by uuid within a class.</summary>
    public T? GetByUuid<T>(string uuid) where T : XapiObject
    {
        foreach (var slot in _index.FindUuid(uuid))
            if (ObjectAt(slot) is T there && there.Uuid == uuid)
                return there;
        return null;
    }

    /// <summary>Finds by uuid in all classes; uuids are unique within a pool.</summary>
    public XapiObject? GetByUuid(string uuid)
    {
        if (_index.TryFindUuid(uuid, out var first) && ObjectAt(first) is { } likely && likely.Uuid == uuid)
            return likely;
        foreach (var slot in _index.FindUuid(uuid))
            if (ObjectAt(slot) is { } there && there.Uuid == uuid)
                return there;
        return null;
    }

    public ObjectList<T> All<T>() where T : XapiObject => new(_tables[(int)ClassOf<T>.Value]);

    public ObjectList<XapiObject> All(XapiClass type) => new(_tables[(int)type]);

    public int CountOf(XapiClass type) => _tables[(int)type].Count;

    /// <summary>The version in which an object of the class was last added or removed.</summary>
    public long MembershipVersion(XapiClass type) => _tables[(int)type].MembershipVersion;

    /// <summary>The version in which an object of the class last changed, came or went.</summary>
    public long ContentVersion(XapiClass type) => _tables[(int)type].ContentVersion;

    /// <summary>Everyone who holds this reference, with the field; the object itself need not exist.</summary>
    public IEnumerable<Referrer> Referrers(string? reference)
    {
        if (!TryEdges(reference, out var edges))
            yield break;
        foreach (var edge in edges)
            if (ObjectAt(edge.Source) is { } holder)
                yield return new(holder, XapiCodec.For(edge.Source.Class).Fields[edge.Field]);
    }

    /// <summary>The objects of one class that hold this reference in one field: <c>Referrers&lt;Vbd&gt;(vdi.Ref, VbdFields.Vdi)</c>.</summary>
    public IEnumerable<T> Referrers<T>(string? reference, int field) where T : XapiObject
    {
        if (!TryEdges(reference, out var edges))
            yield break;
        var start = Array.BinarySearch(edges, Edge.First(ClassOf<T>.Value));
        for (var i = start < 0 ? ~start : start; i < edges.Length && edges[i].Source.Class == ClassOf<T>.Value; i++)
            if (edges[i].Field == field && ObjectAt(edges[i].Source) is T holder)
                yield return holder;
    }

    /// <summary>What a task that is there works or worked on, as far as this server saw it and this picture shows it.</summary>
    public IEnumerable<XapiObject> WorkedOn(XapiTask task)
    {
        foreach (var (reference, _) in Work.Of(task.Ref))
            if (Get(reference) is { } holder)
                yield return holder;
    }

    /// <summary>The object's lasting name. One without a uuid is named by its reference, which lasts as long as the host's toolstack runs.</summary>
    public ObjectKey Key(XapiObject value) => new(Uuid, value.Uuid.Length > 0 ? value.Uuid : value.Ref);

    /// <summary>Every object of this uuid; only a confused host has more than one.</summary>
    internal IEnumerable<XapiObject> AllByUuid(string uuid)
    {
        foreach (var slot in _index.FindUuid(uuid))
            if (ObjectAt(slot) is { } there && there.Uuid == uuid)
                yield return there;
    }

    /// <summary>The edges of those who hold this reference, or name this uuid; holders that this picture does not show have theirs too.</summary>
    internal ReadOnlySpan<Edge> EdgesTo(string reference) => TryEdges(reference, out var edges) ? edges : [];

    /// <summary>The same from the first holder of a class on.</summary>
    internal ReadOnlySpan<Edge> EdgesTo(string reference, XapiClass from)
    {
        var edges = EdgesTo(reference);
        var start = edges.BinarySearch(Edge.First(from));
        return edges[(start < 0 ? ~start : start)..];
    }

    internal XapiObject? ObjectAt(Slot slot) => _tables[(int)slot.Class].Object(slot.Place);

    /// <summary>Adds the objects of one class that refer in one field to the object at a place.</summary>
    internal void AddReferrers(Slot target, XapiClass type, int field, HashSet<XapiObject> into)
    {
        var edges = _tables[(int)target.Class].Referrers(target.Place);
        var start = Array.BinarySearch(edges, Edge.First(type));
        for (var i = start < 0 ? ~start : start; i < edges.Length && edges[i].Source.Class == type; i++)
            if (edges[i].Field == field)
                into.Add(ObjectAt(edges[i].Source)!);
    }

    private bool TryEdges(string? reference, out Edge[] edges)
    {
        edges = [];
        if (reference is null || !_index.TryFind(reference, out var slot) || (ObjectAt(slot)?.Ref ?? _index.Owner(slot)) != reference)
            return false;
        edges = _tables[(int)slot.Class].Referrers(slot.Place);
        return edges.Length > 0;
    }
}
