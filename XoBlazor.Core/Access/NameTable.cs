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
    /// <summary>Names with more words are known by their first ones.</summary>
    private const int MostWords = 12;

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
            foreach (var name in NamesOf(value))
                Add(name, value.Ref);
    }

    /// <summary>Made once for each picture, when first asked.</summary>
    public static NameTable Of(PoolPicture pool) => s_known.GetValue(pool, static p => new(s_classes.SelectMany(c => p.All(c))));

    /// <summary>All words by which an object is known. What tasks and messages are called says what is done, not to what.</summary>
    public static IEnumerable<string> NamesOf(XapiObject value)
    {
        if (value is XapiTask or XapiMessage)
            yield break;
        if (ObjectNames.OwnName(value) is { Length: > 0 } name)
            yield return name;
        if (value is not Host host)
            yield break;
        if (host.Hostname.Length > 0)
            yield return host.Hostname;
        if (host.Address.Length > 0)
            yield return host.Address;
    }

    /// <summary>The references of those who are known by exactly this text.</summary>
    public IReadOnlyList<string> Bearers(ReadOnlySpan<char> text) => _byText.TryGetValue(Core(text), out var bearers) ? bearers : [];

    /// <summary>The next name in a text from a place on, the longest where several begin, with those who are known by it.</summary>
    public (int Start, int End, IReadOnlyList<string> Bearers)? Find(string text, int from)
    {
        Span<int> ends = stackalloc int[MostWords];
        for (var start = NextWord(text, from); start < text.Length; start = NextWord(text, EndOfWord(text, start)))
        {
            var count = 0;
            for (var at = start; at < text.Length && count < MostWords; at = NextWord(text, ends[count - 1]))
                ends[count++] = EndOfWord(text, at);
            for (; count > 0; count--)
                if (ends[count - 1] - start >= ShortestWithin && _byText.TryGetValue(text.AsSpan(start, ends[count - 1] - start), out var bearers))
                    return (start, ends[count - 1], bearers);
        }

        return null;
    }

    private void Add(string name, string reference)
    {
        var core = Core(name);
        if (!_byText.TryGetValue(core, out var bearers))
            _bearers[core.ToString()] = bearers = [];
        bearers.Add(reference);
    }

    /// <summary>From the first letter or digit to the last one of the twelfth word; a name without any is itself.</summary>
    private static ReadOnlySpan<char> Core(ReadOnlySpan<char> name)
    {
        var start = NextWord(name, 0);
        if (start >= name.Length)
            return name;
        var end = EndOfWord(name, start);
        for (var words = 1; words < MostWords && NextWord(name, end) is var next && next < name.Length; words++)
            end = EndOfWord(name, next);
        return name[start..end];
    }

    private static int NextWord(ReadOnlySpan<char> text, int from)
    {
        while (from < text.Length && !char.IsLetterOrDigit(text[from]))
            from++;
        return from;
    }

    private static int EndOfWord(ReadOnlySpan<char> text, int from)
    {
        while (from < text.Length && char.IsLetterOrDigit(text[from]))
            from++;
        return from;
    }
}
