using System.Collections.Immutable;

namespace XoBlazor.Core.Store;

/// <summary>"Look again": what became of the store since the signal before.</summary>
/// <param name="Now">The store as it is after these batches, exactly.</param>
/// <param name="Batches">What changed, in order; empty when too much did.</param>
/// <param name="LookAtEverything">More changed than is kept for a slow subscriber: read <paramref name="Now"/> as if it were the first.</param>
public sealed record StoreSignal(StoreSnapshot Now, ImmutableArray<StoreBatch> Batches, bool LookAtEverything);
