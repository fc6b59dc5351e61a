using XoBlazor.Core.Store;

namespace XoBlazor.App.Api.XoObjects.Feed;

/// <summary>Where one reader is with one format. Moved by the reader's thread within the gate of its feed.</summary>
internal sealed class XoCursor(XoFeedReader reader, XoFeedFormat format)
{
    public XoFeedReader Reader => reader;

    public XoFeedFormat Format => format;

    /// <summary>The feed it is read from.</summary>
    public XoFeed? Feed { get; set; }

    /// <summary>The step it has reached.</summary>
    public long Number { get; set; }

    /// <summary>
    /// The snapshots that what the reader has came from: one as a rule; several after it was led from one view to another before it had caught up
    /// with the first. Null within is nothing at all.
    /// </summary>
    public List<StoreSnapshot?> Has { get; } = [];

    /// <summary>Since when, by the time provider's clock, the reader's picture is not the present one; null when it is.</summary>
    public long? BehindSince { get; set; }
}
