using System.Collections.Concurrent;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Api.OpenMetrics;

/// <summary>How late pools tell what happens: the time from the making of their newest task or message to its being in the picture, with the clock of the pool set right. Safe from any thread.</summary>
internal sealed class EventLag : IStoreObserver
{
    private readonly ConcurrentDictionary<string, TimeSpan> _lags = new(StringComparer.Ordinal);

    /// <summary>To the second, as hosts write moments; null until the pool has told of something new.</summary>
    public TimeSpan? Of(string pool) => _lags.TryGetValue(pool, out var lag) ? lag : null;

    public void Observe(StoreBatch batch)
    {
        if (batch.Origin == BatchOrigin.Forgotten)
            _lags.TryRemove(batch.Pool, out _);
        if (batch.Origin != BatchOrigin.Events)
            return;
        DateTimeOffset? made = null;
        foreach (var change in batch.Changes)
            if (change.Before is null && Made(change.After) is { } moment && !(moment < made))
                made = moment;
        if (made is { } newest && batch.Time + batch.HostClockOffset - newest is var lag)
            _lags[batch.Pool] = lag > TimeSpan.Zero ? lag : TimeSpan.Zero;
    }

    private static DateTimeOffset? Made(XapiObject? value) => value switch
    {
        XapiTask task => task.Created,
        XapiMessage message => message.Timestamp,
        _ => null,
    };
}
