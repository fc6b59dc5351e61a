using System.Runtime.InteropServices;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Core.Store;

/// <summary>The references that a batch of changes adds and drops, first by holder, then gathered by target.</summary>
internal sealed class EdgeChanges : IReferenceVisitor
{
    private readonly List<(string Reference, int Field, Slot Source, bool IsAdded)> _all = [];
    private readonly List<ulong> _targets = [];
    private readonly List<EdgeChange> _resolved = [];
    private readonly List<Mention> _old = [];
    private readonly List<Mention> _new = [];
    private List<Mention> _into = null!;
    private FieldSet _fields;

    public IReadOnlyList<(string Reference, int Field, Slot Source, bool IsAdded)> All => _all;

    public void Collect(in ObjectChange change, Slot source)
    {
        _fields = ReferenceFields.Of(change.Object.Class).Fields;
        if (change.Kind == ChangeKind.Modified)
            _fields &= change.Fields;
        if (_fields.IsEmpty)
            return;
        Read(change.Before, _old);
        Read(change.After, _new);
        Difference(source);
    }

    public void Visit(int field, string reference)
    {
        if (_fields.Contains(field))
            _into.Add(new(field, reference));
    }

    public void Resolve(Slot target, Edge edge, bool isAdded)
    {
        _targets.Add(((ulong)(uint)target.Number << 32) | (uint)edge.Source.Number);
        _resolved.Add(new(edge, isAdded));
    }

    /// <summary>The changes grouped by target; each group is ordered by the holder.</summary>
    public IEnumerable<(Slot Target, ArraySegment<EdgeChange> Changes)> ByTarget()
    {
        var (keys, changes) = (_targets.ToArray(), _resolved.ToArray());
        Array.Sort(keys, changes);
        for (var start = 0; start < keys.Length;)
        {
            var target = keys[start] >> 32;
            var end = start + 1;
            while (end < keys.Length && keys[end] >> 32 == target)
                end++;
            yield return (new((int)target), new(changes, start, end - start));
            start = end;
        }
    }

    /// <summary>The ordered list with the changes made; both are sets, so adding twice is adding once.</summary>
    public static Edge[] Merge(Edge[] old, ArraySegment<EdgeChange> changes)
    {
        var dropped = new HashSet<Edge>();
        var added = new List<Edge>(changes.Count);
        foreach (var change in changes)
        {
            if (change.IsAdded)
                added.Add(change.Edge);
            else
                dropped.Add(change.Edge);
        }

        added.Sort();
        var merged = new List<Edge>(old.Length + added.Count);
        int i = 0, j = 0;
        while (i < old.Length || j < added.Count)
        {
            var takeOld = j == added.Count || (i < old.Length && old[i].CompareTo(added[j]) <= 0);
            var edge = takeOld ? old[i++] : added[j++];
            if ((takeOld && dropped.Contains(edge)) || (merged.Count > 0 && merged[^1] == edge))
                continue;
            merged.Add(edge);
        }

        return [.. merged];
    }

    private void Read(XapiObject? value, List<Mention> into)
    {
        into.Clear();
        _into = into;
        if (value is not null)
        {
            XapiCodec.For(value.Class).VisitReferences(value, this);
            LooseReferences.Visit(value, this);
        }
    }

    /// <summary>Most lists change at one place: what is equal at both ends is passed over.</summary>
    private void Difference(Slot source)
    {
        var old = CollectionsMarshal.AsSpan(_old);
        var now = CollectionsMarshal.AsSpan(_new);
        var start = old.CommonPrefixLength(now);
        var (oldEnd, nowEnd) = (old.Length, now.Length);
        while (oldEnd > start && nowEnd > start && old[oldEnd - 1] == now[nowEnd - 1])
            (oldEnd, nowEnd) = (oldEnd - 1, nowEnd - 1);

        if (oldEnd > start)
        {
            // A list may name an object twice; it is dropped only when no mention of it is left.
            var left = new HashSet<Mention>(_new);
            foreach (var mention in old[start..oldEnd])
                if (!left.Contains(mention))
                    _all.Add((mention.Reference, mention.Field, source, false));
        }

        foreach (var mention in now[start..nowEnd])
            _all.Add((mention.Reference, mention.Field, source, true));
    }

    internal readonly record struct EdgeChange(Edge Edge, bool IsAdded);

    private readonly record struct Mention(int Field, string Reference);
}
