using System.Collections.Immutable;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Journal;

/// <summary>One line of the journal: what became of one object, or a remark about the journal itself.</summary>
/// <param name="Position">The place in the journal's order; grows, never used twice. Also the cursor for paging.</param>
/// <param name="Time">Our clock when the store announced the change.</param>
/// <param name="HostClockOffset">The host's clock minus ours as last measured.</param>
/// <param name="Class">The class's name on the wire; empty for a marker.</param>
/// <param name="Name">The object's name label at that time; empty where its class has none.</param>
/// <param name="Fields">What changed; for an addition the values that differ from their defaults; none for a removal.</param>
/// <param name="Omitted">How many changes to noisy fields were left out before this one (see <see cref="ThinningRule"/>); <see cref="FieldDifference.Old"/> is the last recorded value.</param>
public sealed record JournalEntry(
    long Position,
    DateTimeOffset Time,
    TimeSpan HostClockOffset,
    EntryKind Kind,
    EntryOrigin Origin,
    string Pool,
    string Class,
    string Uuid,
    string Name,
    ImmutableArray<FieldDifference> Fields,
    int Omitted,
    JournalMarker? Marker)
{
    public ObjectKey Key => new(Pool, Uuid);

    public DateTimeOffset HostTime => Time + HostClockOffset;
}
