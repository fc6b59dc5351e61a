using System.Collections.Immutable;

namespace XoBlazor.Core.Journal.Storage;

/// <summary>How far a look at the gone objects came.</summary>
/// <param name="Horizon">Entries before this position may be of gone objects that were not handed over; 0 when all were.</param>
/// <param name="Last">The last position that was asked about.</param>
/// <param name="Living">The pools that have objects which are there as far as the journal knows, by uuid.</param>
public sealed record GoneStretch(long Horizon, long Last, ImmutableArray<string> Living);
