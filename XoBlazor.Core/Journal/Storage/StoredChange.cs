using System.Collections.Immutable;

namespace XoBlazor.Core.Journal.Storage;

/// <summary>
/// One entry on its way to disk. With its key frame, or with the fields carried since the last one, it tells the object's whole state:
/// the picture as of a moment needs one key frame and one entry, however often the object changed.
/// </summary>
public sealed class StoredChange
{
    /// <summary>Set by the storage when the entry is written.</summary>
    public long Position { get; set; }

    /// <summary>Null for a marker.</summary>
    public StoredObject? Object { get; init; }

    public required string Pool { get; init; }

    public required EntryKind Kind { get; init; }

    public required EntryOrigin Origin { get; init; }

    public required DateTimeOffset Time { get; init; }

    public TimeSpan HostClockOffset { get; init; }

    public string Name { get; init; } = "";

    /// <summary>How many changes to noisy fields were left out before this one.</summary>
    public int Omitted { get; init; }

    public ImmutableArray<StoredFieldChange> Fields { get; init; } = [];

    /// <summary>The present values of fields that changed since the last key frame and did not change now.</summary>
    public ImmutableArray<StoredField> Carried { get; init; } = [];

    /// <summary>The whole state, when this entry is a key frame; additions always are.</summary>
    public ImmutableArray<StoredField>? KeyFrame { get; init; }

    public JournalMarker? Marker { get; init; }
}
