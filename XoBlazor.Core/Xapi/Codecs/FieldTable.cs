using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using XoBlazor.Core.Model;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>A class's fields, found by name. XAPI sends members in the datamodel's order, so the next field is guessed first.</summary>
internal sealed class FieldTable
{
    private readonly byte[][] _names;
    private readonly FrozenDictionary<string, int> _byName;

    public FieldTable(ImmutableArray<XapiField> fields)
    {
        Fields = fields;
        _names = [.. fields.Select(f => Encoding.UTF8.GetBytes(f.Wire))];
        _byName = fields.ToFrozenDictionary(f => f.Wire, f => f.Index, StringComparer.Ordinal);
    }

    public ImmutableArray<XapiField> Fields { get; }

    /// <summary>The index of the field whose name the reader stands on, or -1; <paramref name="next"/> carries the guess from call to call.</summary>
    public int Find(ref Utf8JsonReader reader, ref int next)
    {
        if (next < _names.Length && reader.ValueTextEquals(_names[next]))
            return next++;
        if (!_byName.TryGetValue(reader.GetString()!, out var index))
            return -1;
        next = index + 1;
        return index;
    }
}
