using System.Collections.Immutable;

namespace XoBlazor.Simulator.Data;

/// <summary>A map or a record: named values in a stable order.</summary>
internal sealed class MapValue(ImmutableArray<KeyValuePair<string, XapiValue>> entries) : XapiValue
{
    public ImmutableArray<KeyValuePair<string, XapiValue>> Entries { get; } = entries;

    public XapiValue? this[string key] => IndexOf(key) is >= 0 and var index ? Entries[index].Value : null;

    /// <summary>With the key set: in its old place, or in front when it is new, as xapi adds to maps.</summary>
    public MapValue With(string key, XapiValue value)
    {
        var entry = KeyValuePair.Create(key, value);
        return IndexOf(key) is >= 0 and var index ? new(Entries.SetItem(index, entry)) : new(Entries.Insert(0, entry));
    }

    public MapValue Without(string key) => IndexOf(key) is >= 0 and var index ? new(Entries.RemoveAt(index)) : this;

    public override bool Equals(XapiValue? other) => other is MapValue value && value.Entries.AsSpan().SequenceEqual(Entries.AsSpan());

    public override int GetHashCode() => Entries.Length;

    public override string ToString() => $"{{{string.Join(", ", Entries.Select(e => $"{e.Key}: {e.Value}"))}}}";

    private int IndexOf(string key)
    {
        for (var i = 0; i < Entries.Length; i++)
            if (Entries[i].Key == key)
                return i;
        return -1;
    }
}
