using XoBlazor.Core.Journal;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Components.Live;

/// <summary>In the past: the objects that are not now as they were then. The frame cascades it.</summary>
public sealed record ChangedSince(IReadOnlyDictionary<ObjectKey, ObjectDifference> Differences)
{
    public static readonly ChangedSince Nothing = new(new Dictionary<ObjectKey, ObjectDifference>());

    public bool Contains(ObjectKey key) => Differences.ContainsKey(key);
}
