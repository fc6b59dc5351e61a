namespace XoBlazor.App.Api.XoObjects.Feed;

/// <summary>How the feed of changes keeps its promises; there is no reason to set them but a test.</summary>
internal sealed record XoFeedOptions
{
    /// <summary>Changes that come sooner after the step before are gathered into one.</summary>
    public TimeSpan Pace { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>The same where many listen and each step costs a message to each.</summary>
    public TimeSpan PaceForMany { get; init; } = TimeSpan.FromMilliseconds(50);

    public int Many { get; init; } = 10;

    /// <summary>
    /// A reader whose picture is older than this is cut off. Long enough for all objects over a slow line, during which nothing else is sent; who takes nothing
    /// at all is cut off by the socket long before.
    /// </summary>
    public TimeSpan MostBehind { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A feed that nobody reads, and where it was, are kept so long for those who come back.</summary>
    public TimeSpan KeptUnread { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Messages are kept so long for readers who are a little behind.</summary>
    public TimeSpan KeptMessages { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What is kept for readers who lag and for those who come back: steps, objects that changed in them, and bytes of messages.</summary>
    public int MostSteps { get; init; } = 1024;

    public int MostChanges { get; init; } = 20_000;

    public long MostBytes { get; init; } = 64 << 20;
}
