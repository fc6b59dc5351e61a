using System.Diagnostics.CodeAnalysis;
using XoBlazor.Core.Model;

namespace XoBlazor.Core.Store.Filtering;

/// <summary>
/// A filter in Xen Orchestra's language, ready for objects of one class; <see cref="FilterExpression"/> is the text before it knows the class.
/// Immutable, safe from any thread; matching is bounded in time whatever the text.
/// </summary>
public sealed class Filter
{
    private readonly Func<PoolPicture, XapiObject, bool>? _matches;

    internal Filter(string text, XapiClass type, Func<PoolPicture, XapiObject, bool>? matches) => (Text, Class, _matches) = (text, type, matches);

    public string Text { get; }

    public XapiClass Class { get; }

    /// <summary>Matches everything.</summary>
    public bool IsEmpty => _matches is null;

    /// <summary>Reads a filter for one class; names that the class does not have are errors.</summary>
    public static bool TryParse(string? text, XapiClass type, [NotNullWhen(true)] out Filter? filter, [NotNullWhen(false)] out FilterError? error)
    {
        filter = null;
        return FilterExpression.TryParse(text, out var expression, out error) && expression.TryCompile(type, out filter, out error);
    }

    public bool Matches(PoolPicture pool, XapiObject value) => _matches is null || _matches(pool, value);

    public bool Matches<T>(Located<T> located) where T : XapiObject => Matches(located.Pool, located.Object);
}
