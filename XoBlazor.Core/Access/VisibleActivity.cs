using System.Collections.Immutable;
using XoBlazor.Core.Journal;

namespace XoBlazor.Core.Access;

/// <summary>How much of what somebody may see happened when.</summary>
/// <param name="Missing">Why there are no counts, in words that follow "Not shown: "; null when there are.</param>
public sealed record VisibleActivity(ImmutableArray<ActivityBucket> Buckets, string? Missing = null);
