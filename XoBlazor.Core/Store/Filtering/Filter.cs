using System.Diagnostics.CodeAnalysis;
using XoBlazor.Core.Model;

namespace XoBlazor.Core.Store.Filtering;

/// <summary>
/// A filter in Xen Orchestra's language, ready for objects of one class; <see cref="FilterExpression"/> is the text before it knows the class.
/// Immutable, safe from any thread; matching is bounded in time whatever the text.
/// </summary>
public sealed class Filter
{
    private readonly FilterTerm? _term;

    internal Filter(string text, XapiClass type, FilterTerm? term) => (Text, Class, _term) = (text, type, term);

    public string Text { get; }

    public XapiClass Class { get; }

    /// <summary>Matches everything.</summary>
    public bool IsEmpty => _term is null;

    /// <summary>Whether it matches an object follows from that alone, whatever becomes of others; false where that is not certain.</summary>
    public bool IsOwn => _term?.IsOwn ?? true;

    /// <summary>Reads a filter for one class; names that the class does not have are errors.</summary>
    public static bool TryParse(string? text, XapiClass type, [NotNullWhen(true)] out Filter? filter, [NotNullWhen(false)] out FilterError? error)
    {
        filter = null;
        return FilterExpression.TryParse(text, out var expression, out error) && expression.TryCompile(type, out filter, out error);
    }

    /// <summary>For a single object; many of one picture are asked through <see cref="On"/>.</summary>
    public bool Matches(PoolPicture pool, XapiObject value) => _term is null || _term.Matches(pool, value);

    /// <summary>
    /// The filter for many objects of one picture: what can be found out for all of them at once is, when the first one is asked about.
    /// For one thread; to be let go with the picture.
    /// </summary>
    public Func<XapiObject, bool> On(PoolPicture pool) => _term?.On(pool) ?? (static _ => true);
}
