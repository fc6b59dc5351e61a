using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

internal readonly struct SetWire<T, TWire> : IWire<ImmutableArray<T>> where TWire : IWire<T>
{
    public static ImmutableArray<T> Read(ref WireReader reader, ImmutableArray<T> old, DecodeContext context)
    {
        if (reader.TryTake("[]"u8))
            return [];
        if (!Container.Open(ref reader, WireKind.Array))
            return [];
        if (old.IsDefault)
            old = [];
        using var items = new Gathering<T>();
        var same = true;
        while (reader.NextItem())
        {
            var known = items.Count < old.Length;
            var item = TWire.Read(ref reader, known ? old[items.Count] : default!, context);
            same = same && known && TWire.Same(old[items.Count], item);
            items.Add(item);
        }

        return same && items.Count == old.Length ? old : ImmutableCollectionsMarshal.AsImmutableArray(items.Items.ToArray());
    }

    public static void Write(Utf8JsonWriter writer, ImmutableArray<T> value)
    {
        writer.WriteStartArray();
        foreach (var item in value)
            TWire.Write(writer, item);
        writer.WriteEndArray();
    }

    public static bool Same(ImmutableArray<T> a, ImmutableArray<T> b)
    {
        if (a == b)
            return true;
        if (a.Length != b.Length)
            return false;
        for (var i = 0; i < a.Length; i++)
            if (!TWire.Same(a[i], b[i]))
                return false;
        return true;
    }

    public static void Visit(ImmutableArray<T> value, int field, IReferenceVisitor visitor)
    {
        foreach (var item in value)
            TWire.Visit(item, field, visitor);
    }
}

internal readonly struct EnumSetWire<T> : IWire<EnumSet<T>> where T : struct, Enum
{
    public static EnumSet<T> Read(ref WireReader reader, EnumSet<T> old, DecodeContext context)
    {
        var set = default(EnumSet<T>);
        if (!Container.Open(ref reader, WireKind.Array))
            return set;
        while (reader.NextItem())
            set = set.With(EnumWire<T>.Read(ref reader, default, context));
        return set;
    }

    public static void Write(Utf8JsonWriter writer, EnumSet<T> value)
    {
        writer.WriteStartArray();
        foreach (var item in value)
            EnumWire<T>.Write(writer, item);
        writer.WriteEndArray();
    }

    public static bool Same(EnumSet<T> a, EnumSet<T> b) => a == b;
    public static void Visit(EnumSet<T> value, int field, IReferenceVisitor visitor) { }
}

internal readonly struct MapWire<TKey, TKeyWire, TValue, TValueWire> : IWire<XenMap<TKey, TValue>>
    where TKey : notnull where TKeyWire : IWireKey<TKey> where TValueWire : IWire<TValue>
{
    public static XenMap<TKey, TValue> Read(ref WireReader reader, XenMap<TKey, TValue> old, DecodeContext context)
    {
        if (reader.TryTake("{}"u8))
            return XenMap<TKey, TValue>.Empty;
        if (!Container.Open(ref reader, WireKind.Object))
            return XenMap<TKey, TValue>.Empty;
        old ??= XenMap<TKey, TValue>.Empty;
        using var entries = new Gathering<KeyValuePair<TKey, TValue>>();
        while (reader.NextMember())
        {
            // A host writes a map's keys in the same order each time.
            var key = TKeyWire.ReadKey(ref reader, entries.Count < old.Count ? old.Entries[entries.Count].Key : default, context);
            old.TryGetValue(key, out var before);
            entries.Add(new(key, TValueWire.Read(ref reader, before!, context)));
        }

        var map = XenMap<TKey, TValue>.Of(entries.Items);
        return Same(map, old) ? old : map;
    }

    public static void Write(Utf8JsonWriter writer, XenMap<TKey, TValue> value)
    {
        writer.WriteStartObject();
        foreach (var (key, item) in value.Entries)
        {
            writer.WritePropertyName(TKeyWire.KeyText(key));
            TValueWire.Write(writer, item);
        }

        writer.WriteEndObject();
    }

    public static bool Same(XenMap<TKey, TValue> a, XenMap<TKey, TValue> b)
    {
        if (ReferenceEquals(a, b))
            return true;
        if (a.Count != b.Count)
            return false;
        for (var i = 0; i < a.Count; i++)
            if (!TKeyWire.Same(a.Entries[i].Key, b.Entries[i].Key) || !TValueWire.Same(a.Entries[i].Value, b.Entries[i].Value))
                return false;
        return true;
    }

    public static void Visit(XenMap<TKey, TValue> value, int field, IReferenceVisitor visitor)
    {
        foreach (var (key, item) in value.Entries)
        {
            TKeyWire.Visit(key, field, visitor);
            TValueWire.Visit(item, field, visitor);
        }
    }
}

internal static class Container
{
    /// <summary>Opens an array or object; false for a null, which stands for an empty one.</summary>
    public static bool Open(ref WireReader reader, WireKind wanted)
    {
        var kind = reader.Peek();
        if (kind == WireKind.Null)
            return Nothing.Read(ref reader, false);
        if (kind != wanted)
            throw new JsonException($"{(wanted == WireKind.Array ? "a list" : "a map")} was expected where the host sent {kind}");
        if (wanted == WireKind.Array)
            reader.OpenArray();
        else
            reader.OpenObject();
        return true;
    }
}

/// <summary>Collects items in a borrowed array until their number is known.</summary>
internal ref struct Gathering<T>() : IDisposable
{
    private const int First = 32;

    private T[] _items = ArrayPool<T>.Shared.Rent(First);

    public int Count { get; private set; }

    public readonly ReadOnlySpan<T> Items => _items.AsSpan(0, Count);

    public void Add(T item)
    {
        if (Count == _items.Length)
        {
            var larger = ArrayPool<T>.Shared.Rent(2 * _items.Length);
            _items.CopyTo(larger, 0);
            Return(_items);
            _items = larger;
        }

        _items[Count++] = item;
    }

    public readonly void Dispose() => Return(_items);

    private readonly void Return(T[] items)
    {
        items.AsSpan(0, Math.Min(Count, items.Length)).Clear();
        ArrayPool<T>.Shared.Return(items);
    }
}
