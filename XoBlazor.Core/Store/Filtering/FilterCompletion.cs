using System.Collections.Immutable;
using XoBlazor.Core.Model;

namespace XoBlazor.Core.Store.Filtering;

/// <summary>What could stand at the caret of a filter box: property names, and after a colon the values that occur.</summary>
public static class FilterCompletion
{
    private const int ObjectsLookedAt = 2000;
    private const int LongestValue = 64;

    public static ImmutableArray<FilterSuggestion> Suggest(string text, int caret, XapiClass type, StoreSnapshot store, int most = 12)
    {
        caret = Math.Clamp(caret, 0, text.Length);
        var start = caret;
        while (start > 0 && !char.IsWhiteSpace(text[start - 1]) && text[start - 1] is not ('(' or '!' or '|' or ':' or '"'))
            start--;
        var typed = text[start..caret];
        if (start == 0 || text[start - 1] != ':')
            return Names(FilterProperties.Of(type), typed, start, most);
        return Property(text, start - 1, type) is { } property ? Values(property, typed, start, type, store, most) : [];
    }

    private static ImmutableArray<FilterSuggestion> Names(FilterProperties properties, string typed, int start, int most) =>
    [
        .. properties.All.Where(p => p.Name.Contains(typed, StringComparison.OrdinalIgnoreCase))
            .OrderBy(p => p.Name.StartsWith(typed, StringComparison.OrdinalIgnoreCase) ? 0 : 1).Take(most)
            .Select(p => new FilterSuggestion(p.Name + ":", start, typed.Length, p.Kind)),
    ];

    private static ImmutableArray<FilterSuggestion> Values(FilterProperty property, string typed, int start, XapiClass type, StoreSnapshot store, int most)
    {
        var found = new Collector();
        foreach (var word in property.Kind == FilterValueKind.Truth ? ["true", "false"] : property.Choices)
            found.Text(word);
        if (found.Texts.Count == 0)
            Collect(property, type, store, found);
        return
        [
            .. found.Texts.Where(t => t.Contains(typed, StringComparison.OrdinalIgnoreCase))
                .OrderBy(t => t.StartsWith(typed, StringComparison.OrdinalIgnoreCase) ? 0 : 1).ThenBy(t => t, StringComparer.OrdinalIgnoreCase)
                .Take(most).Select(t => new FilterSuggestion(Quoted(t), start, typed.Length, property.Kind)),
        ];
    }

    private static void Collect(FilterProperty property, XapiClass type, StoreSnapshot store, Collector found)
    {
        var looked = 0;
        foreach (var pool in store.Pools)
        {
            foreach (var there in pool.All(type))
            {
                if (looked++ == ObjectsLookedAt)
                    return;
                property.Any(pool, there, found);
            }
        }
    }

    /// <summary>The property whose name (or chain of names) ends before the colon.</summary>
    private static FilterProperty? Property(string text, int colon, XapiClass type)
    {
        var start = colon;
        while (start > 0 && !char.IsWhiteSpace(text[start - 1]) && text[start - 1] is not ('(' or '!' or '|' or '"'))
            start--;
        FilterProperty? property = null;
        foreach (var name in text[start..colon].Split(':'))
        {
            property = start >= 0 && property is null ? FilterProperties.Of(type).Find(name) : property?.Sub(name);
            if (property is null)
                return null;
        }

        return property;
    }

    private static string Quoted(string text) =>
        text.Length > 0 && text.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or '@' or '$') && text[0] is not ('/' or '<' or '>')
            ? text : $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>A test that never holds and remembers what it was asked about.</summary>
    private sealed class Collector : ValueTest
    {
        public HashSet<string> Texts { get; } = new(StringComparer.Ordinal);

        public override bool Text(ReadOnlySpan<char> value)
        {
            if (value.Length is > 0 and <= LongestValue)
                Texts.GetAlternateLookup<ReadOnlySpan<char>>().Add(value);
            return false;
        }
    }
}
