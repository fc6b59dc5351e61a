using System.Collections.Frozen;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Api.XoObjects.Feed;

/// <summary>One step of a feed: the snapshot it led to and what was made of the way there for each format that somebody reads.</summary>
/// <param name="Made">When it was made, by the time provider's clock.</param>
internal sealed record XoStep(
    long Number, long Made, StoreSnapshot After, int Changes, IReadOnlyDictionary<XoFeedFormat, IReadOnlyList<ReadOnlyMemory<byte>>> Frames)
{
    public static IReadOnlyDictionary<XoFeedFormat, IReadOnlyList<ReadOnlyMemory<byte>>> NoFrames { get; } =
        FrozenDictionary<XoFeedFormat, IReadOnlyList<ReadOnlyMemory<byte>>>.Empty;

    public long Bytes { get; private init; } = Frames.Values.Sum(f => f.Sum(frame => (long)frame.Length));

    public XoStep WithoutFrames() => this with { Frames = NoFrames, Bytes = 0 };
}
