using System.Collections.Concurrent;

namespace XoBlazor.App.Api.Limits;

/// <summary>A rate for each user, in all their connections and windows together. Remembers as many users as there are accounts that ever asked since the start. Thread-safe.</summary>
/// <param name="perSecond">In the long run.</param>
/// <param name="atOnce">After a pause.</param>
internal abstract class RatesByUser(int perSecond, int atOnce, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, RateLimit> _byUser = new(StringComparer.Ordinal);

    public RateLimit Of(string user) => _byUser.GetOrAdd(user, _ => new(perSecond, atOnce, time));
}
