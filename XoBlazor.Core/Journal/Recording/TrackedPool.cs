using System.Collections.Concurrent;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Journal.Recording;

/// <summary>What the recorder remembers of one pool.</summary>
internal sealed class TrackedPool(string uuid)
{
    private int _listed;
    private HashSet<ObjectUid>? _early;

    public string Uuid { get; } = uuid;

    public ConcurrentDictionary<ObjectUid, TrackedObject> Objects { get; } = new();

    /// <summary>The time of the pool's last entry.</summary>
    public DateTimeOffset LastTime { get; set; }

    public TimeSpan HostClockOffset { get; set; }

    /// <summary>The first reading of the pool in this run, while it is being compared with what the journal knows.</summary>
    public StoreBatch? Listing { get; private set; }

    public void BeginListing(StoreBatch batch)
    {
        Listing = batch;
        _listed = 0;
        _early = [];
    }

    /// <summary>The next objects of the first reading; none at its end.</summary>
    public IEnumerable<ObjectChange> NextListed(int most)
    {
        var batch = Listing!;
        for (; most > 0 && _listed < batch.Changes.Length; _listed++)
        {
            var change = batch.Changes[_listed];
            if (_early!.Contains(ObjectUid.Of(change.Object)))
                continue;
            most--;
            yield return change;
        }
    }

    public bool IsListingDone => Listing is not null && _listed >= Listing.Changes.Length;

    /// <summary>True the first time, when news about the object come before the comparison got to it.</summary>
    public bool TakeEarly(ObjectUid uid) => _early!.Add(uid);

    public void EndListing() => (Listing, _early) = (null, null);
}
