using XoBlazor.Core.Journal.Storage;
using XoBlazor.Core.Model;

namespace XoBlazor.Core.Journal.Recording;

/// <summary>A class and a uuid: an object within its pool. Objects without a uuid go by their reference.</summary>
internal readonly record struct ObjectUid(XapiClass Class, string Uuid)
{
    public static ObjectUid Of(XapiObject value) => new(value.Class, value.Uuid.Length > 0 ? value.Uuid : value.Ref);
}

/// <summary>A state that is on disk.</summary>
internal sealed record CommittedState(XapiObject Object, long Position, DateTimeOffset RecordedAt);

/// <summary>
/// What the recorder remembers of an object that is there. The records are those of the live picture, so it costs little.
/// Only the writer touches it; <see cref="Committed"/> may be read from any thread.
/// </summary>
internal sealed class TrackedObject(StoredObject stored)
{
    public StoredObject Stored { get; } = stored;

    /// <summary>The last recorded state; null if it was recorded before this run and not needed yet.</summary>
    public XapiObject? Last { get; set; }

    public DateTimeOffset RecordedAt { get; set; }

    /// <summary>The present state, when only noise changed since <see cref="Last"/>.</summary>
    public XapiObject? Waiting { get; set; }

    /// <summary>When what is <see cref="Waiting"/> has waited long enough; of no meaning while nothing does.</summary>
    public DateTimeOffset DueAt { get; set; }

    /// <summary>Changes to noise since <see cref="Last"/>.</summary>
    public int Omitted { get; set; }

    public FieldSet SinceKeyFrame { get; set; }

    public int KeyFrameCost { get; set; }

    /// <summary>What carrying fields from entry to entry has cost since the key frame; when it exceeds a key frame's cost the next one is due.</summary>
    public int CarriedCost { get; set; }

    public volatile CommittedState? Committed;
}
