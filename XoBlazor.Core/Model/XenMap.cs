using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace XoBlazor.Core.Model;

/// <summary>
/// An immutable map of a XAPI field, kept as one array ordered by key: small, cheap to compare, looked up by bisection.
/// Of a key that comes twice the last value stays.
/// </summary>
public sealed class XenMap<TKey, TValue> : IReadOnlyDictionary<TKey, TValue> where TKey : notnull
{
    private const int LongestByInsertion = 32;

    private static readonly IComparer<TKey> s_order =
        typeof(TKey) == typeof(string) ? (IComparer<TKey>)(object)StringComparer.Ordinal : new KeyOrder();

    private readonly KeyValuePair<TKey, TValue>[] _entries;

    private XenMap(KeyValuePair<TKey, TValue>[] entries) => _entries = entries;

    [SuppressMessage("Design", "CA1000", Justification = "The empty map belongs to the type of map.")]
    public static XenMap<TKey, TValue> Empty { get; } = new([]);

    public int Count => _entries.Length;

    public ReadOnlySpan<KeyValuePair<TKey, TValue>> Entries => _entries;

    public IEnumerable<TKey> Keys => _entries.Select(e => e.Key);

    public IEnumerable<TValue> Values => _entries.Select(e => e.Value);

    public TValue this[TKey key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"The map has no key '{key}'.");

    [SuppressMessage("Design", "CA1000", Justification = "A factory reads better here than a second type.")]
    public static XenMap<TKey, TValue> Of(params ReadOnlySpan<KeyValuePair<TKey, TValue>> entries)
    {
        if (entries.IsEmpty)
            return Empty;
        var copy = entries.ToArray();
        if (!IsStrictlyOrdered(copy))
            copy = Order(copy);

        return new(copy);
    }

    public bool ContainsKey(TKey key) => TryGetValue(key, out _);

    public bool TryGetValue(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        int low = 0, high = _entries.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = s_order.Compare(_entries[middle].Key, key);
            if (order == 0)
            {
                value = _entries[middle].Value;
                return true;
            }

            if (order < 0)
                low = middle + 1;
            else
                high = middle - 1;
        }

        value = default;
        return false;
    }

    public IEnumerator<KeyValuePair<TKey, TValue>> GetEnumerator() => ((IEnumerable<KeyValuePair<TKey, TValue>>)_entries).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Sorts stably, so that the last of equal keys is the one that stays.</summary>
    private static KeyValuePair<TKey, TValue>[] Order(KeyValuePair<TKey, TValue>[] entries)
    {
        if (entries.Length > LongestByInsertion)
            entries = [.. entries.OrderBy(e => e.Key, s_order)];
        for (var i = 1; i < entries.Length; i++)
        {
            var entry = entries[i];
            var place = i;
            for (; place > 0 && s_order.Compare(entries[place - 1].Key, entry.Key) > 0; place--)
                entries[place] = entries[place - 1];
            entries[place] = entry;
        }

        var kept = 0;
        for (var i = 0; i < entries.Length; i++)
            if (i + 1 == entries.Length || s_order.Compare(entries[i].Key, entries[i + 1].Key) != 0)
                entries[kept++] = entries[i];
        Array.Resize(ref entries, kept);
        return entries;
    }

    private static bool IsStrictlyOrdered(KeyValuePair<TKey, TValue>[] entries)
    {
        for (var i = 1; i < entries.Length; i++)
            if (s_order.Compare(entries[i - 1].Key, entries[i].Key) >= 0)
                return false;
        return true;
    }

    /// <summary>Orders numbers and enumerations by value, references by their text.</summary>
    private sealed class KeyOrder : IComparer<TKey>
    {
        public int Compare(TKey? x, TKey? y) => x is IComparable comparable
            ? comparable.CompareTo(y)
            : string.CompareOrdinal(x?.ToString(), y?.ToString());
    }
}
