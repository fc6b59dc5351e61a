using XoBlazor.Core.Model;

namespace XoBlazor.Core.Store;

/// <summary>The next version of a <see cref="ClassTable"/> in the making: copies a chunk when it is first written to, shares the rest.</summary>
internal sealed class ClassTableEdit
{
    private readonly ClassTable _before;
    private readonly HashSet<int> _ownedObjects = [];
    private readonly HashSet<int> _ownedReferrers = [];
    private XapiObject?[]?[] _objects;
    private Edge[]?[]?[] _referrers;
    private int _count;
    private bool _membersChanged;
    private bool _contentChanged;

    public ClassTableEdit(ClassTable before)
    {
        _before = before;
        _objects = before.ObjectChunks;
        _referrers = before.ReferrerChunks;
        _count = before.Count;
    }

    public XapiObject? Object(int place)
    {
        var chunk = place >> ClassTable.ChunkBits;
        return chunk < _objects.Length ? _objects[chunk]?[place & (ClassTable.ChunkSize - 1)] : null;
    }

    public Edge[] Referrers(int place)
    {
        var chunk = place >> ClassTable.ChunkBits;
        return (chunk < _referrers.Length ? _referrers[chunk]?[place & (ClassTable.ChunkSize - 1)] : null) ?? [];
    }

    public void SetObject(int place, XapiObject? value)
    {
        var chunk = Own(ref _objects, _before.ObjectChunks, _ownedObjects, place >> ClassTable.ChunkBits);
        ref var cell = ref chunk[place & (ClassTable.ChunkSize - 1)];
        _contentChanged = true;
        if (cell is null != value is null)
        {
            _membersChanged = true;
            _count += value is null ? -1 : 1;
        }

        cell = value;
    }

    public void SetReferrers(int place, Edge[] edges)
    {
        var chunk = Own(ref _referrers, _before.ReferrerChunks, _ownedReferrers, place >> ClassTable.ChunkBits);
        chunk[place & (ClassTable.ChunkSize - 1)] = edges.Length == 0 ? null : edges;
    }

    public ClassTable Build(long version) => new(_objects, _referrers, _count,
        _membersChanged ? version : _before.MembershipVersion, _contentChanged ? version : _before.ContentVersion);

    private static T?[] Own<T>(ref T?[]?[] chunks, T?[]?[] before, HashSet<int> owned, int number) where T : class
    {
        if (ReferenceEquals(chunks, before) || number >= chunks.Length)
        {
            // Doubling keeps the first listing linear; later versions copy the top only once a batch.
            var length = number < chunks.Length ? chunks.Length : Math.Max(number + 1, chunks.Length + (chunks.Length >> 1));
            Array.Resize(ref chunks, length);
            if (ReferenceEquals(chunks, before))
                chunks = (T?[]?[])before.Clone();
        }

        if (!owned.Add(number))
            return chunks[number]!;
        return chunks[number] = chunks[number] is { } shared ? (T?[])shared.Clone() : new T?[ClassTable.ChunkSize];
    }
}
