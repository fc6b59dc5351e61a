using System.Collections.Immutable;
using XoBlazor.Core.Model;

namespace XoBlazor.Core.Xapi;

/// <summary>One answer of <c>event.from</c>: to be applied as a whole. Its events are not in the order of time and may dangle into each other.</summary>
/// <param name="Token">Where the next call goes on; valid for the same subscription and session only.</param>
/// <param name="Events">One event for an object at most, as XAPI promises; events of classes we do not know are left out.</param>
/// <param name="ValidRefCounts">How many objects of each class the host has: more here than in our picture, or fewer, means news was lost.</param>
/// <param name="Unreadable">Records that could not be decoded; they are missing in <paramref name="Events"/>.</param>
public sealed record XapiEventBatch(
    string Token,
    ImmutableArray<XapiEvent> Events,
    IReadOnlyDictionary<XapiClass, int> ValidRefCounts,
    ImmutableArray<UnreadableRecord> Unreadable);
