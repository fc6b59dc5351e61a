using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using XoBlazor.App.Components.Live;
using XoBlazor.Core.Model;

namespace XoBlazor.App.Components.Lists;

/// <summary>
/// The lists that people look at now, made once for all circuits that see and ask the same and at most once a second, however many changes come.
/// Safe from any thread.
/// </summary>
public sealed class ListResults(TimeProvider time)
{
    /// <summary>How old an order may be.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromMilliseconds(950);

    private const int MostKept = 64;

    // By who sees the same; gone when nobody of them is there any more.
    private readonly ConditionalWeakTable<object, ConcurrentDictionary<(object List, string Query), Entry>> _byViewers = [];

    /// <summary>The list as of <paramref name="scene"/>, or one that is less than a second older. A past scene is made anew and not kept.</summary>
    public ListResult Get<T>(ListDefinition<T> list, Scene scene, ListFilter filter, ImmutableArray<Order> order) where T : XapiObject
    {
        if (scene.IsPast)
            return ListWork.Make(list, scene, filter.Filter, order);

        var key = (list, $"{filter.Text}\n{string.Join(',', order)}");
        var entries = _byViewers.GetValue(scene.Viewers ?? this, _ => new());
        var entry = entries.GetOrAdd(key, _ => new());
        lock (entry)
        {
            var stamp = (list.Stamp(scene), scene.Pools.Length);
            var now = time.GetTimestamp();
            if (entry.Result is { } kept && (entry.Stamp == stamp || time.GetElapsedTime(entry.Made, now) < Age))
                return kept;
            entry.Result = ListWork.Make(list, scene, filter.Filter, order, entry.Result);
            entry.Stamp = stamp;
            entry.Made = now;
        }

        Tidy(entries);
        return entry.Result;
    }

    private static void Tidy(ConcurrentDictionary<(object List, string Query), Entry> entries)
    {
        if (entries.Count <= MostKept)
            return;
        foreach (var (key, _) in entries.OrderBy(pair => pair.Value.Made).Take(entries.Count - MostKept))
            entries.TryRemove(key, out _);
    }

    private sealed class Entry
    {
        public ListResult? Result { get; set; }

        public (long, int) Stamp { get; set; }

        public long Made { get; set; }
    }
}
