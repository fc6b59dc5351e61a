using System.Collections.Concurrent;
using XoBlazor.Core.Journal;
using XoBlazor.Core.Journal.Storage;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Access;

/// <summary>What gone objects were just before they went: what rules ask of a VM is what it was then. Remembers some, as they do not change any more. Safe from any thread.</summary>
internal sealed class LastStates(JournalReader journal)
{
    private const int LatestEntries = 20;
    private const int MostRemembered = 10_000;

    private readonly ConcurrentDictionary<(string Pool, string Class, string Uuid, long Removal), XapiObject?> _known = new();

    /// <summary>The last state of an object that is gone or not there now; null when nothing is known of it.</summary>
    public async Task<XapiObject?> OfAsync(ObjectKey key, CancellationToken token)
    {
        var latest = await journal.ObjectTimelineAsync(key, null, LatestEntries, token);
        if (latest.Entries.FirstOrDefault(e => e.Kind != EntryKind.Marker) is not { } last)
            return null;
        if (_known.TryGetValue((key.Pool, last.Class, key.Uuid, last.Position), out var known))
            return known;
        var moment = last.Kind == EntryKind.Removed ? last.Time.AddMilliseconds(-1) : last.Time;
        return Remember(new(key.Pool, last.Class, key.Uuid), last.Position, (await journal.ObjectAsOfAsync(key, moment, token))?.Object);
    }

    /// <summary>The state before a removal, read when it is not known yet.</summary>
    public XapiObject? Of(StoredObject stored, long removal, Func<XapiObject?> read) =>
        _known.TryGetValue((stored.Pool, stored.Class, stored.Uuid, removal), out var known) ? known : Remember(stored, removal, read());

    private XapiObject? Remember(StoredObject stored, long removal, XapiObject? state)
    {
        if (_known.Count >= MostRemembered)
            _known.Clear();
        return _known[(stored.Pool, stored.Class, stored.Uuid, removal)] = state;
    }
}
