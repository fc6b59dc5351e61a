using System.Collections.Concurrent;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Api.Sessions;

namespace XoBlazor.App.Api.Rest.Events;

/// <summary>The streams of events that somebody listens to, or did a moment ago. In memory and bounded. Safe from any thread.</summary>
internal sealed class EventStreams(TimeProvider time)
{
    /// <summary>Of one account.</summary>
    public const int MostOfAccount = 64;

    /// <summary>How long a stream waits for its client to come back: as long as the feed remembers where it was.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, EventStream> _all = new(StringComparer.Ordinal);

    /// <summary>A new stream. Fails with <see cref="ApiException"/> when there are too many.</summary>
    public EventStream Open(ApiSession session)
    {
        foreach (var (id, old) in _all)
            if (old.LeftAt is { } left && time.GetElapsedTime(left) >= Kept)
                _all.TryRemove(id, out _);
        if (_all.Values.Count(one => one.Account == session.Account) >= MostOfAccount)
            throw new ApiException(ApiErrorCode.TooMany, $"more than {MostOfAccount} streams of yours are open, or were a minute ago; close some");
        var stream = new EventStream(session.Account);
        return _all[stream.Id] = stream;
    }

    /// <summary>Somebody's stream; null when there is none of this id, or it is somebody else's.</summary>
    public EventStream? Find(ApiSession session, string id) => _all.TryGetValue(id, out var stream) && stream.Account == session.Account ? stream : null;

    public void Forget(EventStream stream) => _all.TryRemove(stream.Id, out _);
}
