using System.Buffers;
using System.Collections.Immutable;
using XoBlazor.Core.Model;

namespace XoBlazor.Core.Store.Filtering;

/// <summary>The texts of the objects in one chunk of a picture's table, end to end in one piece of memory. Immutable.</summary>
internal sealed class TextChunk
{
    /// <summary>Stands after every value; no host sends it.</summary>
    private const char End = '\0';

    private readonly char[] _text;
    private readonly int[] _ends;
    private readonly ImmutableArray<int> _odd;

    private TextChunk(char[] text, int[] ends, ImmutableArray<int> odd) => (_text, _ends, _odd) = (text, ends, odd);

    /// <summary>The places whose values hold the separator in spite of all: they are not in here and must be looked at one by one.</summary>
    public ImmutableArray<int> Odd => _odd;

    public static TextChunk Of(XapiObject?[] objects, ImmutableArray<FilterProperty> properties)
    {
        var writer = new Writer(objects.Length);
        foreach (var there in objects)
        {
            if (there is not null)
                foreach (var property in properties)
                    property.AddTexts(there, writer);
            writer.EndPlace();
        }

        return writer.ToChunk();
    }

    /// <summary>The places of which a value satisfies the test, each once, in order.</summary>
    public IEnumerable<int> Matching(ValueTest test) => test.Occurring is { } wanted ? Occurring(wanted) : OneByOne(test);

    private IEnumerable<int> Occurring(SearchValues<string> wanted)
    {
        var place = 0;
        for (var at = 0; at < _text.Length; at = _ends[place++])
        {
            var hit = _text.AsSpan(at).IndexOfAny(wanted);
            if (hit < 0)
                yield break;
            while (_ends[place] <= at + hit)
                place++;
            yield return place;
        }
    }

    private IEnumerable<int> OneByOne(ValueTest test)
    {
        for (var (place, at) = (0, 0); place < _ends.Length; at = _ends[place++])
            if (Any(_text.AsSpan(at, _ends[place] - at), test))
                yield return place;
    }

    private static bool Any(ReadOnlySpan<char> values, ValueTest test)
    {
        while (!values.IsEmpty)
        {
            var length = values.IndexOf(End);
            if (test.Text(values[..length]))
                return true;
            values = values[(length + 1)..];
        }

        return false;
    }

    /// <summary>Takes the values of one place after the other.</summary>
    internal sealed class Writer(int places)
    {
        private const int UsualLength = 128;

        private readonly List<char> _text = new(places * UsualLength);
        private readonly int[] _ends = new int[places];
        private readonly ImmutableArray<int>.Builder _odd = ImmutableArray.CreateBuilder<int>();
        private int _place;
        private bool _isOdd;

        public void Add(string value)
        {
            _isOdd |= value.Contains(End, StringComparison.Ordinal);
            _text.AddRange(value.AsSpan());
            _text.Add(End);
        }

        public void EndPlace()
        {
            if (_isOdd)
            {
                var start = _place > 0 ? _ends[_place - 1] : 0;
                _text.RemoveRange(start, _text.Count - start);
                _odd.Add(_place);
                _isOdd = false;
            }

            _ends[_place++] = _text.Count;
        }

        public TextChunk ToChunk() => new([.. _text], _ends, _odd.ToImmutable());
    }
}
