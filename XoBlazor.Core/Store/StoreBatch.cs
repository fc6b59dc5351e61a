using System.Collections.Immutable;

namespace XoBlazor.Core.Store;

/// <summary>How a batch came to be.</summary>
public enum BatchOrigin
{
    /// <summary>The host told us what changed.</summary>
    Events,

    /// <summary>The pool was read anew, at the first connection or after a lost stream; the changes are the differences to the picture before, which for the first reading is empty.</summary>
    Listing,

    /// <summary>The administrator took the pool away; everything in it is removed.</summary>
    Forgotten,
}

/// <summary>
/// One step of one pool's picture, announced once after it was applied whole. Batches of one pool come in order.
/// </summary>
/// <param name="Pool">The pool's uuid.</param>
/// <param name="Version">The version that this batch made; grows with every batch of any pool.</param>
/// <param name="Time">When it was applied, by our clock.</param>
/// <param name="HostClockOffset">The host's clock minus ours as last measured; zero until known.</param>
public sealed record StoreBatch(
    string Pool, long Version, DateTimeOffset Time, TimeSpan HostClockOffset, BatchOrigin Origin, ImmutableArray<ObjectChange> Changes);
