using Microsoft.Extensions.Logging;
using XoBlazor.Core.Access;

namespace XoBlazor.App.Api.XoObjects.Feed;

/// <summary>The feeds of all who read one: one for each <see cref="Sight"/>, made when somebody reads it and given up some time after nobody does. Safe from any thread.</summary>
internal sealed class XoFeeds : IAsyncDisposable
{
    private static readonly TimeSpan s_lookEvery = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<Sight, XoFeed> _feeds = new(ReferenceEqualityComparer.Instance);
    private readonly XoFeedOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<XoFeeds> _logger;
    private readonly ITimer _looking;

    public XoFeeds(TimeProvider time, ILogger<XoFeeds> logger, XoFeedOptions? options = null)
    {
        (_time, _logger, _options) = (time, logger, options ?? new());
        _looking = time.CreateTimer(_ => Look(), null, s_lookEvery, s_lookEvery);
    }

    /// <summary>Begins to read what the view's actor may view, from now on. The reader is disposed by the caller, before the view.</summary>
    /// <param name="tellsAll">Of everything, until there is a subscription; nothing before otherwise.</param>
    /// <param name="mark">Makes a message of a position, which is given out when a client that has everything so far is there; null for none.</param>
    public XoFeedReader Open(VisibleStore view, bool tellsAll = true, Func<string, ReadOnlyMemory<byte>>? mark = null) => new(this, view, tellsAll, mark);

    /// <summary>The feed of those who see this.</summary>
    public XoFeed For(Sight sight)
    {
        lock (_gate)
            return ForLocked(sight);
    }

    /// <summary>Lets a cursor read the feed of those who see this, which is not given up before.</summary>
    public void Join(XoCursor cursor, Sight sight, bool fromNow)
    {
        lock (_gate)
            ForLocked(sight).Join(cursor, fromNow);
    }

    public async ValueTask DisposeAsync()
    {
        await _looking.DisposeAsync();
        List<XoFeed> feeds;
        lock (_gate)
        {
            feeds = [.. _feeds.Values];
            _feeds.Clear();
        }

        foreach (var feed in feeds)
        {
            feed.Dispose();
            await feed.Run;
        }
    }

    private XoFeed ForLocked(Sight sight)
    {
        if (_feeds.TryGetValue(sight, out var feed) && !feed.Run.IsCompleted)
            return feed;
        feed?.Dispose();
        return _feeds[sight] = new(sight, _options, _time, _logger);
    }

    private void Look()
    {
        List<XoFeed> feeds;
        lock (_gate)
        {
            foreach (var (sight, feed) in _feeds.Where(f => f.Value.IsIdle).ToList())
            {
                feed.Dispose();
                _feeds.Remove(sight);
            }

            feeds = [.. _feeds.Values];
        }

        foreach (var feed in feeds)
            feed.Look();
    }
}
