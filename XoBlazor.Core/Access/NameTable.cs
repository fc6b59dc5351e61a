using System.Runtime.CompilerServices;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Core.Access;

/// <summary>
/// By which words the objects of one pool are known: names, and a host's name on the network and its address. Immutable.
/// </summary>
internal sealed class NameTable
{
    /// <summary>Within a sentence shorter ones are left alone: they would be found everywhere.</summary>
    private const int ShortestWithin = 3;

    private static readonly ConditionalWeakTable<PoolPicture, NameTable> s_known = [];

    private readonly Dictionary<string, List<string>> _bearers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>>.AlternateLookup<ReadOnlySpan<char>> _byText;

    // Who has a name at all.
    private static readonly XapiClass[] s_classes = [.. XapiCodec.All.Where(c => c.FindField("name_label") is not null).Select(c => c.Class)];

    public NameTable(IEnumerable<XapiObject> objects)
    {
        _byText = _bearers.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var value in objects)
            foreach (var name in ObjectNames.NamesOf(value))
                Add(name, value.Ref);
    }

    /// <summary>Made once for each picture, when first asked.</summary>
    public static NameTable Of(PoolPicture pool) => s_known.GetValue(pool, static p => new(s_classes.SelectMany(c => p.All(c))));

    /// <summary>The references of those who bear exactly this name, from its first letter to its last.</summary>
    public IReadOnlyList<string> Bearers(ReadOnlySpan<char> name) => _byText.TryGetValue(name, out var bearers) ? bearers : [];

    /// <summary>The next name in a text from a place on, of now or of before, the longest where several begin, with those who bear or bore it.</summary>
    /// <param name="beyond">Names that end before it or there are passed over.</param>
    public (int Start, int End, IReadOnlyList<string> Now, IReadOnlyList<string> Before)? Find(string text, int from, int beyond, FormerNames former)
    {
        Span<int> ends = stackalloc int[NameWords.Most];
        for (var start = NameWords.Next(text, from); start < text.Length; start = NameWords.Next(text, NameWords.End(text, start)))
        {
            var count = 0;
            for (var at = start; at < text.Length && count < NameWords.Most; at = NameWords.Next(text, ends[count - 1]))
                ends[count++] = NameWords.End(text, at);
            for (; count > 0 && ends[count - 1] > beyond && ends[count - 1] - start >= ShortestWithin; count--)
            {
                var name = text.AsSpan(start, ends[count - 1] - start);
                var isNow = _byText.TryGetValue(name, out var now);
                if (former.TryFind(name, out var before) || isNow)
                    return (start, ends[count - 1], now ?? [], before);
            }
        }

        return null;
    }

    private void Add(string name, string reference)
    {
        var core = NameWords.Core(name);
        if (!_byText.TryGetValue(core, out var bearers))
            _bearers[core.ToString()] = bearers = [];
        bearers.Add(reference);
    }
}
