using System.Collections.Immutable;
using System.Text;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Wire;

namespace XoBlazor.Core.Xapi.Codecs;

/// <summary>A class's fields, found by name. XAPI sends members in the datamodel's order, so the next field is guessed first, then the ones after it.</summary>
internal sealed class FieldTable
{
    private readonly byte[][] _names;
    private readonly byte[][] _members;

    public FieldTable(ImmutableArray<XapiField> fields)
    {
        Fields = fields;
        _names = [.. fields.Select(f => Encoding.UTF8.GetBytes(f.Wire))];
        _members = [.. fields.Select(f => Encoding.UTF8.GetBytes($"\"{f.Wire}\":"))];
    }

    public ImmutableArray<XapiField> Fields { get; }

    /// <summary>Takes the name of the member the reader was moved to and returns the field's index, or -1; <paramref name="next"/> carries the guess from call to call.</summary>
    public int Find(ref WireReader reader, ref int next)
    {
        if (next < _members.Length && reader.TryTake(_members[next]))
            return next++;
        var name = reader.Name(out _);
        for (var i = 0; i < _names.Length; i++)
        {
            var index = next + i < _names.Length ? next + i : next + i - _names.Length;
            if (!name.SequenceEqual(_names[index]))
                continue;
            next = index + 1;
            return index;
        }

        return -1;
    }
}
