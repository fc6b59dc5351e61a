using System.Collections.Concurrent;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.Core.Store;

/// <summary>
/// The names that objects of one pool bore and do not bear any more, for what hosts wrote before says them still: of objects that have another name now,
/// and of those that are gone, with the last states of the latest of these. Taken in before the picture that lacks the name shows.
/// Bounded in entries, letters and gone objects: beyond, a name is remembered without its bearers, as one of nobody who is in view. None is forgotten.
/// One for all pictures of a pool; names only come, so readers take no lock. Safe from any thread.
/// </summary>
internal sealed class FormerNames(string pool, bool isWhole)
{
    /// <summary>Some 4 MiB when they are as long as names are.</summary>
    public const int MostNames = 16_384;

    // More would fill for hours where there are many pools, and look like a leak.
    private const int LeastGone = 64;
    private const int GoneShare = 32;
    private const int MostLetters = 1 << 20;
    private const int LongestName = 256;
    private const int MostBearers = 32;

    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, string[]> _bearers = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();
    private int _letters;
    private volatile NameFilter? _beyond;
    private volatile PoolWriter? _gone;
    private volatile bool _isWhole = isWhole;

    /// <summary>For pictures of which no text is read.</summary>
    public static FormerNames None { get; } = new("", isWhole: true);

    /// <summary>Nothing of the time before this server's start is missing that could be known. Until then nobody can tell what a text names.</summary>
    public bool IsWhole
    {
        get => _isWhole;
        set => _isWhole = value;
    }

    /// <summary>The last ones that went, as they were then, and what related them; null while there are none.</summary>
    public PoolPicture? Gone => _gone?.Picture;

    /// <summary>How many names are remembered with their bearers.</summary>
    public int Count => _bearers.Count;

    /// <summary>Objects whose last state is kept, to be judged by it: a share of the pool, so that what is gone weighs little beside what is there.</summary>
    /// <param name="living">Objects of the pool.</param>
    public static int MostGone(int living) => Math.Max(LeastGone, living / GoneShare);

    /// <summary>Objects of this class are kept when they go: those with names, and those that relate them to others.</summary>
    public static bool Keeps(XapiClass type) => !ObjectNames.NameFields(type).IsEmpty || type is XapiClass.Vbd or XapiClass.Pbd;

    /// <summary>Takes in what happened, before it shows.</summary>
    /// <param name="living">Objects of the pool before it.</param>
    public void Take(IReadOnlyList<ObjectChange> changes, int living)
    {
        List<XapiObject>? gone = null;
        foreach (var change in changes)
        {
            if (change.Before is not { } before)
            {
                Return(change.After!);
                continue;
            }

            var fields = ObjectNames.NameFields(before.Class);
            if (change.After is { } after ? change.Fields.Overlaps(fields) : !fields.IsEmpty)
                foreach (var name in ObjectNames.NamesOf(before).Except(change.After is null ? [] : ObjectNames.NamesOf(change.After), StringComparer.Ordinal))
                    Learn(name, Identity(before));
            if (change.After is null && Keeps(before.Class))
                (gone ??= []).Add(before);
        }

        if (gone is not null)
            Remember(gone, MostGone(living));
    }

    /// <param name="bearer">The uuid of who bore the name, or the reference where there is none.</param>
    public void Learn(string name, string bearer)
    {
        if (name.Length == 0)
            return;
        var core = NameWords.Core(name);
        lock (_gate)
        {
            var byText = _bearers.GetAlternateLookup<ReadOnlySpan<char>>();
            if (byText.TryGetValue(core, out var known))
            {
                if (!known.Contains(bearer))
                    byText[core] = [.. known.Length < MostBearers ? known : known.AsSpan(1), bearer];
            }
            else if (_bearers.Count < MostNames && core.Length <= LongestName && _letters + core.Length <= MostLetters)
            {
                _letters += core.Length;
                byText[core] = [bearer];
            }
            else
            {
                (_beyond ??= new()).Add(core);
            }
        }
    }

    /// <summary>Keeps the last states of what is gone, the last of them longest.</summary>
    /// <param name="most">How many are kept in all.</param>
    public void Remember(IReadOnlyList<XapiObject> gone, int most)
    {
        lock (_gate)
        {
            var writer = _gone ?? new ObjectStore(TimeProvider.System, []) { RemembersNames = false }.Open(pool);
            var updates = new List<ObjectUpdate>();
            foreach (var last in gone.Skip(gone.Count - most))
            {
                if (writer.Picture.Get(last.Ref) is null)
                    _order.Enqueue(last.Ref);
                updates.Add(ObjectUpdate.Present(LastState.Of(last)));
            }

            while (_order.Count > most)
                updates.Insert(0, ObjectUpdate.Gone(_order.Dequeue()));
            writer.Apply(updates);
            _gone = writer;
        }
    }

    /// <summary>Who bore exactly this name, from its first letter to its last; none where that is not known any more.</summary>
    /// <returns>False when nobody did.</returns>
    public bool TryFind(ReadOnlySpan<char> name, out string[] bearers)
    {
        if (!_bearers.IsEmpty && _bearers.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out bearers!))
            return true;
        bearers = [];
        return _beyond?.MayHold(name) == true;
    }

    /// <summary>What is there is not gone.</summary>
    private void Return(XapiObject value)
    {
        if (Gone?.Get(value.Ref) is null)
            return;
        lock (_gate)
            _gone!.Apply([ObjectUpdate.Gone(value.Ref)]);
    }

    private static string Identity(XapiObject value) => value.Uuid.Length > 0 ? value.Uuid : value.Ref;
}
