using System.Collections.Frozen;
using System.Collections.Immutable;
using XoBlazor.Core.Model;

namespace XoBlazor.Core.Journal;

/// <summary>
/// One whole pool as the journal holds it for a moment: immutable, its references resolve within it. Records that have not changed since are the
/// live picture's own.
/// </summary>
public sealed class PoolPicture
{
    private readonly FrozenDictionary<XapiClass, ImmutableArray<RecordedObject>> _byClass;
    private readonly Lazy<FrozenDictionary<string, RecordedObject>> _byReference;
    private readonly Lazy<FrozenDictionary<string, RecordedObject>> _byUuid;

    public PoolPicture(string pool, DateTimeOffset moment, bool isComplete, IReadOnlyCollection<RecordedObject> objects)
    {
        (Pool, Moment, IsComplete, Count) = (pool, moment, isComplete, objects.Count);
        _byClass = objects.GroupBy(o => o.Object.Class).ToFrozenDictionary(g => g.Key, g => g.ToImmutableArray());
        _byReference = new(() => Index(objects, o => o.Ref));
        _byUuid = new(() => Index(objects, o => o.Uuid));
    }

    /// <summary>The pool's uuid.</summary>
    public string Pool { get; }

    public DateTimeOffset Moment { get; }

    /// <summary>False when the moment lies before the journal's first entry of what is kept, so that objects may be missing.</summary>
    public bool IsComplete { get; }

    public int Count { get; }

    public IEnumerable<RecordedObject> All => _byClass.Values.SelectMany(v => v);

    public ImmutableArray<RecordedObject> OfClass(XapiClass type) => _byClass.TryGetValue(type, out var objects) ? objects : [];

    public RecordedObject? FindByUuid(string uuid) => _byUuid.Value.GetValueOrDefault(uuid);

    /// <summary>The object a reference names in this picture.</summary>
    public T? Find<T>(XenRef<T> reference) where T : XapiObject =>
        reference.Value is { } value && _byReference.Value.TryGetValue(value, out var found) ? found.Object as T : null;

    private static FrozenDictionary<string, RecordedObject> Index(IEnumerable<RecordedObject> objects, Func<XapiObject, string> key) =>
        objects.Where(o => key(o.Object).Length > 0).DistinctBy(o => key(o.Object)).ToFrozenDictionary(o => key(o.Object), StringComparer.Ordinal);
}
