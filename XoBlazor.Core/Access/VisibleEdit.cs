using System.Collections.Immutable;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Core.Access;

/// <summary>
/// The next version of what somebody sees of one pool. Judges the objects it is told to look at, and when one comes into view or goes, what
/// belongs to it, found through the reference index. Used once.
/// </summary>
/// <param name="shown">What was seen before; null for nothing.</param>
/// <param name="pool">The pool as it is now.</param>
internal sealed class VisibleEdit(ScopeIndex.InPool scopes, PoolPicture? shown, PoolPicture pool) : IReferenceVisitor
{
    private readonly Surroundings _around = new(pool);
    private readonly Queue<string> _waiting = new();
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly List<(XapiObject? Before, XapiObject? After)> _turns = [];
    private readonly Dictionary<string, bool> _turned = new(StringComparer.Ordinal);
    private readonly HashSet<string> _came = new(StringComparer.Ordinal);
    private bool _namesTurned;
    private FieldSet _visited;

    /// <summary>Everything the scopes name: where a first look begins.</summary>
    public void LookAtNamed()
    {
        foreach (var named in scopes.Named(pool))
            Look(named.Ref);
    }

    /// <summary>What tasks and messages say may read differently now.</summary>
    public void LookAtWords() => _namesTurned = true;

    /// <summary>What changed, and what it names as belonging to it, before or after.</summary>
    public void Look(in ObjectChange change)
    {
        Look(change.Object.Ref);
        if (change.Before is null)
            _came.Add(change.Object.Ref);
        _namesTurned |= !Names(change.Before).SequenceEqual(Names(change.After), StringComparer.Ordinal);
        LookAtHeld(change.Before);
        LookAtHeld(change.After);
        if (change.Before?.Uuid is { Length: > 0 } old && change.After?.Uuid != old)
            LookAtNamers(old);
        if (change.After?.Uuid is { Length: > 0 } now && change.Before?.Uuid != now)
            LookAtNamers(now);
    }

    /// <summary>The picture and what changed in it. A picture without objects is no picture to show.</summary>
    public (PoolPicture Picture, ImmutableArray<ObjectChange> Changes) Finish(long version)
    {
        JudgeWaiting();
        // Tasks that worked on what came, went or turned; nothing tells of the relations of what is gone, so they are looked at always.
        foreach (var (task, holders) in pool.Work.All)
            if (holders.Any(h => h.Value is not null || _turned.ContainsKey(h.Key) || _came.Contains(h.Key)))
                Look(task);
        JudgeWaiting();
        ChooseWords();

        var edits = new ClassTableEdit?[ReferenceFields.ClassCount];
        // All that goes goes first: its place may be another's now.
        foreach (var (before, _) in _turns)
            if (before is not null && shown!.Index.TryFind(before.Ref, out var slot))
                Edit(edits, slot.Class).SetObject(slot.Place, null);
        foreach (var (_, after) in _turns)
            if (after is not null && pool.Index.TryFind(after.Ref, out var slot))
                Edit(edits, slot.Class).SetObject(slot.Place, after);
        return (Build(edits, version), Changes());
    }

    public void Visit(int field, string reference)
    {
        if (_visited.Contains(field))
            Look(reference);
    }

    private void JudgeWaiting()
    {
        while (_waiting.TryDequeue(out var reference))
            Judge(reference);
    }

    private void Look(string reference)
    {
        if (_asked.Add(reference))
            _waiting.Enqueue(reference);
    }

    private void Judge(string reference)
    {
        var before = shown?.Get(reference);
        var there = pool.Get(reference);
        var after = there is not null && !Inheritance.IsForAdministratorsOnly(there.Class) && Walk.Reaches(scopes, _around, there, RightLevel.Read) ? there : null;
        if (ReferenceEquals(before, after))
            return;
        _turns.Add((before, after));
        _turned[reference] = after is not null;
        if (before is not null && after is not null && before.Class == after.Class)
            return;
        LookAtMembers(before);
        LookAtMembers(after);
    }

    /// <summary>
    /// Tasks and messages tell in their words of nothing that is not seen. What that is, is known now; what was shown before is looked at again when a name
    /// came up, or something came into view or went.
    /// </summary>
    private void ChooseWords()
    {
        ShownWords? words = null;
        for (var i = _turns.Count - 1; i >= 0; i--)
        {
            var (before, after) = _turns[i];
            if (after is not (XapiTask or XapiMessage))
                continue;
            after = Worded(after);
            if (before is not null && before.Class == after.Class && XapiCodec.For(after.Class).Compare(before, after).IsEmpty)
                _turns.RemoveAt(i);
            else
                _turns[i] = (before, after);
        }

        if (shown is null || (!_namesTurned && !_turns.Any(t => t.Before is null != t.After is null)))
            return;
        foreach (var type in (XapiClass[])[XapiClass.XapiTask, XapiClass.XapiMessage])
            foreach (var before in shown.All(type))
                if (!_turned.ContainsKey(before.Ref) && pool.Get(before.Ref) is { } there && there.Class == type
                    && Worded(there) is var after && !XapiCodec.For(type).Compare(before, after).IsEmpty)
                    _turns.Add((before, after));

        // Most batches tell of no task and no message: then nobody has to know what everything is called.
        XapiObject Worded(XapiObject value) => (words ??= ShownWords.Of(pool, Shows, Remembers)).Of(value);
    }

    private bool Shows(string reference) => _turned.TryGetValue(reference, out var isShown) ? isShown : shown?.Get(reference) is not null;

    private bool Remembers(Surroundings around, XapiObject last) => !Inheritance.IsForAdministratorsOnly(last.Class) && Walk.Reaches(scopes, around, last, RightLevel.Read);

    private static IEnumerable<string> Names(XapiObject? value) => value is null ? [] : ObjectNames.NamesOf(value);

    /// <summary>Whatever belongs to an object by this pool's relations.</summary>
    private void LookAtMembers(XapiObject? value)
    {
        if (value is null)
            return;
        LookAtHeld(value);
        LookAtNamers(value.Ref);
        if (value.Uuid.Length > 0)
            LookAtNamers(value.Uuid);
        if (value is not Pool)
            return;
        // Messages about the pool need not name it rightly.
        foreach (var message in pool.All<XapiMessage>())
            if (message.Cls == MessageClass.Pool)
                Look(message.Ref);
    }

    private void LookAtNamers(string name)
    {
        foreach (var edge in pool.EdgesTo(name))
            if ((Inheritance.OwnFields(edge.Source.Class).Contains(edge.Field) || IsVmOnHost(edge)) && pool.ObjectAt(edge.Source) is { } namer)
                Look(namer.Ref);
    }

    // A VM on a host belongs to it where a grant says so.
    private static bool IsVmOnHost(Edge edge) => edge.Source.Class == XapiClass.Vm && edge.Field == VmFields.ResidentOn;

    private void LookAtHeld(XapiObject? value)
    {
        if (value is null || (_visited = Inheritance.HolderFields(value.Class)).IsEmpty)
            return;
        XapiCodec.For(value.Class).VisitReferences(value, this);
        LooseReferences.Visit(value, this);
    }

    private ClassTableEdit Edit(ClassTableEdit?[] edits, XapiClass type) => edits[(int)type] ??= new(shown?.Tables[(int)type] ?? ClassTable.Empty);

    private PoolPicture Build(ClassTableEdit?[] edits, long version)
    {
        var tables = new ClassTable[edits.Length];
        for (var i = 0; i < tables.Length; i++)
        {
            var table = edits[i]?.Build(version) ?? shown?.Tables[i] ?? ClassTable.Empty;
            tables[i] = shown is null ? new(table.ObjectChunks, pool.Tables[i].ReferrerChunks, table.Count, version, version)
                : new(table.ObjectChunks, pool.Tables[i].ReferrerChunks, table.Count, table.MembershipVersion, table.ContentVersion);
        }

        return new(pool.Uuid, version, tables, pool.Index, pool.Work, pool.Former);
    }

    private ImmutableArray<ObjectChange> Changes()
    {
        var changes = ImmutableArray.CreateBuilder<ObjectChange>(_turns.Count);
        foreach (var (before, after) in _turns)
            VisiblePool.Tell(changes, before, after);
        return changes.DrainToImmutable();
    }
}
