using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using XoBlazor.Core.Model;

namespace XoBlazor.Core.Xapi.Codecs;

internal readonly struct SetWire<T, TWire> : IWire<ImmutableArray<T>> where TWire : IWire<T>
{
    public static ImmutableArray<T> Read(ref Utf8JsonReader reader, ImmutableArray<T> old, DecodeContext context)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return [];
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException($"a list was expected where the host sent {reader.TokenType}");
        var items = new List<T>();
        var same = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var before = items.Count < old.Length ? old[items.Count] : default!;
            var item = TWire.Read(ref reader, before, context);
            same = same && items.Count < old.Length && TWire.Same(before, item);
            items.Add(item);
        }

        return same && items.Count == old.Length ? old : ImmutableCollectionsMarshal.AsImmutableArray(items.ToArray());
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
    public static EnumSet<T> Read(ref Utf8JsonReader reader, EnumSet<T> old, DecodeContext context)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return default;
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException($"a list was expected where the host sent {reader.TokenType}");
        var set = default(EnumSet<T>);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
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
    public static XenMap<TKey, TValue> Read(ref Utf8JsonReader reader, XenMap<TKey, TValue> old, DecodeContext context)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return XenMap<TKey, TValue>.Empty;
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException($"a map was expected where the host sent {reader.TokenType}");
        var entries = new List<KeyValuePair<TKey, TValue>>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = TKeyWire.ReadKey(ref reader, context);
            reader.Read();
            old.TryGetValue(key, out var before);
            entries.Add(new(key, TValueWire.Read(ref reader, before!, context)));
        }

        var map = XenMap<TKey, TValue>.Of(CollectionsMarshal.AsSpan(entries));
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
