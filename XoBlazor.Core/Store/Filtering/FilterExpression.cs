using System.Diagnostics.CodeAnalysis;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Core.Store.Filtering;

/// <summary>A parsed filter that does not know yet which class it is for. Immutable.</summary>
public sealed class FilterExpression
{
    private readonly FilterNode _root;

    private FilterExpression(string text, FilterNode root) => (Text, _root) = (text, root);

    public string Text { get; }

    public static bool TryParse(string? text, [NotNullWhen(true)] out FilterExpression? expression, [NotNullWhen(false)] out FilterError? error)
    {
        (expression, error) = (null, null);
        try
        {
            expression = new(text ?? "", FilterParser.Parse(text ?? ""));
            return true;
        }
        catch (FilterSyntaxException e)
        {
            error = e.Error;
            return false;
        }
    }

    /// <summary>For one class; a name that it does not have is an error.</summary>
    public bool TryCompile(XapiClass type, [NotNullWhen(true)] out Filter? filter, [NotNullWhen(false)] out FilterError? error)
    {
        (filter, error) = (null, null);
        try
        {
            filter = Compile(type, isLenient: false);
            return true;
        }
        catch (FilterSyntaxException e)
        {
            error = e.Error;
            return false;
        }
    }

    /// <summary>For a search over several classes: a property that this class does not have has no value here.</summary>
    public Filter CompileLeniently(XapiClass type) => Compile(type, isLenient: true);

    /// <summary>For objects of any class that are shown as documents.</summary>
    public DocumentFilter ForDocuments() => new(Text, _root);

    /// <summary>
    /// For a decision instead of a search: it must have a condition and ask for nothing but these properties by name; a word is the whole
    /// value (in any case), <c>*</c> stands for anything, and there are no regular expressions, whose time is limited.
    /// </summary>
    public bool TryCompileRule(XapiClass type, IReadOnlySet<string> properties, [NotNullWhen(true)] out Filter? filter, [NotNullWhen(false)] out FilterError? error)
    {
        filter = null;
        error = _root is FilterNode.All { Terms.IsEmpty: true } ? new(0, 1, "A condition is needed here.") : Unruly(_root, properties, isInside: false);
        if (error is not null)
            return false;
        try
        {
            filter = new(Text, type, new Compiler(type, isLenient: false, isWhole: true).Compile(_root));
            return true;
        }
        catch (FilterSyntaxException e)
        {
            error = e.Error;
            return false;
        }
    }

    private static FilterError? Unruly(FilterNode node, IReadOnlySet<string> properties, bool isInside) => node switch
    {
        FilterNode.All all => all.Terms.Select(t => Unruly(t, properties, isInside)).FirstOrDefault(e => e is not null),
        FilterNode.Any any => any.Terms.Select(t => Unruly(t, properties, isInside)).FirstOrDefault(e => e is not null),
        FilterNode.Not not => Unruly(not.Term, properties, isInside),
        FilterNode.Property property when isInside || properties.Contains(property.Name) => Unruly(property.Term, properties, isInside: true),
        FilterNode.Present present when isInside || properties.Contains(present.Name) => null,
        FilterNode.Value { Test: ValueTest.Pattern } => new(node.Position, node.Length, "A rule takes no regular expression; write * for any characters."),
        FilterNode.Value when isInside => null,
        _ => new(node.Position, node.Length, $"A rule asks for one of these by name: {string.Join(", ", properties)}."),
    };

    private Filter Compile(XapiClass type, bool isLenient) =>
        new(Text, type, _root is FilterNode.All { Terms.IsEmpty: true } ? null : new Compiler(type, isLenient, isWhole: false).Compile(_root));

    private sealed class Compiler(XapiClass type, bool isLenient, bool isWhole)
    {
        private readonly FilterProperties _properties = FilterProperties.Of(type);

        public FilterTerm Compile(FilterNode node) => Compile(node, null, "");

        /// <param name="on">The property whose values are tested; null for the object itself.</param>
        private FilterTerm Compile(FilterNode node, FilterProperty? on, string path) => node switch
        {
            FilterNode.All { Terms: [var only] } => Compile(only, on, path),
            FilterNode.All all => new FilterTerm.All([.. all.Terms.Select(t => Compile(t, on, path))]),
            FilterNode.Any any => new FilterTerm.Any([.. any.Terms.Select(t => Compile(t, on, path))]),
            FilterNode.Not not => new FilterTerm.Not(Compile(not.Term, on, path)),
            FilterNode.Property property => Find(property.Name, property, on, path) is { } found
                ? Compile(property.Term, found, path + property.Name + ":") : new FilterTerm.Never(),
            FilterNode.Present present => Find(present.Name, present, on, path) is { } found ? Holds(found, ValueTest.Something.Test) : new FilterTerm.Never(),
            FilterNode.Value value => Holds(on ?? _properties.Searched, value.Test),
            _ => throw new InvalidOperationException($"{node.GetType().Name} is no part of a filter"),
        };

        private FilterProperty? Find(string name, FilterNode at, FilterProperty? on, string path)
        {
            if ((on is null ? _properties.Find(name) : on.Sub(name)) is { } found)
                return found;
            if (isLenient)
                return null;
            var what = XapiCodec.For(type).WireName;
            var hint = on is null && _properties.Nearest(name) is { } nearest ? $" Did you mean '{nearest}'?" : " If the text holds a colon, put it in quotes.";
            throw new FilterSyntaxException(at.Position, at.Length, on is null ? $"A {what} has no property '{name}'.{hint}" : $"'{path.TrimEnd(':')}' of a {what} has no part '{name}'.{hint}");
        }

        private FilterTerm.Holds Holds(FilterProperty property, ValueTest test) => new(property, isWhole ? test.Whole : property.IsExact ? test.Exact : test);
    }
}
