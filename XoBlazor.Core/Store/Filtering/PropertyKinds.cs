using System.Collections.Immutable;
using XoBlazor.Core.Model;

namespace XoBlazor.Core.Store.Filtering;

internal sealed class TextProperty : FilterProperty
{
    private readonly Func<PoolPicture, XapiObject, string?> _read;
    private readonly Func<XapiObject, string?>? _own;
    private readonly ImmutableArray<string> _choices;
    private readonly bool _isExact;

    /// <summary>A text that neighbours have a say in.</summary>
    public TextProperty(string name, Func<PoolPicture, XapiObject, string?> read, bool isExact = false, params ImmutableArray<string> choices)
        : base(name, choices.IsDefaultOrEmpty ? FilterValueKind.Text : FilterValueKind.Choice) =>
        (_read, _isExact, _choices) = (read, isExact, choices.IsDefault ? [] : choices);

    /// <summary>A text that follows from the object alone.</summary>
    public TextProperty(string name, Func<XapiObject, string?> own, bool isExact = false, params ImmutableArray<string> choices)
        : this(name, (_, value) => own(value), isExact, choices) => _own = own;

    public override ImmutableArray<string> Choices => _choices;

    internal override bool IsExact => _isExact;

    internal override bool IsOwnText => _own is not null;

    internal override void AddTexts(XapiObject value, TextChunk.Writer texts)
    {
        if (_own!(value) is { } text)
            texts.Add(text);
    }

    internal override bool Any(PoolPicture pool, XapiObject value, ValueTest test) => _read(pool, value) is { } text && test.Text(text);
}

internal sealed class NumberProperty(string name, Func<PoolPicture, XapiObject, double?> read) : FilterProperty(name, FilterValueKind.Number)
{
    private readonly bool _isOwn;

    /// <summary>A number that follows from the object alone.</summary>
    public NumberProperty(string name, Func<XapiObject, double?> own) : this(name, (_, value) => own(value)) => _isOwn = true;

    internal override bool IsOwn => _isOwn;

    internal override bool Any(PoolPicture pool, XapiObject value, ValueTest test) => read(pool, value) is { } number && test.Number(number);
}

internal sealed class TruthProperty(string name, Func<PoolPicture, XapiObject, bool> read) : FilterProperty(name, FilterValueKind.Truth)
{
    private readonly bool _isOwn;

    /// <inheritdoc cref="NumberProperty(string, Func{XapiObject, double?})"/>
    public TruthProperty(string name, Func<XapiObject, bool> own) : this(name, (_, value) => own(value)) => _isOwn = true;

    internal override bool IsOwn => _isOwn;

    internal override bool Any(PoolPicture pool, XapiObject value, ValueTest test) => test.Truth(read(pool, value));
}

internal sealed class ListProperty(string name, Func<XapiObject, IEnumerable<string>> read, params ImmutableArray<string> choices)
    : FilterProperty(name, FilterValueKind.List)
{
    public override ImmutableArray<string> Choices => choices.IsDefault ? [] : choices;

    internal override bool IsOwnText => true;

    internal override void AddTexts(XapiObject value, TextChunk.Writer texts)
    {
        foreach (var text in read(value))
            texts.Add(text);
    }

    internal override bool Any(PoolPicture pool, XapiObject value, ValueTest test)
    {
        foreach (var text in read(value))
            if (test.Text(text))
                return true;
        return false;
    }
}

internal sealed class ArrayProperty(string name, Func<XapiObject, ImmutableArray<string>> read) : FilterProperty(name, FilterValueKind.List)
{
    internal override bool IsOwnText => true;

    internal override void AddTexts(XapiObject value, TextChunk.Writer texts)
    {
        foreach (var text in read(value))
            texts.Add(text);
    }

    internal override bool Any(PoolPicture pool, XapiObject value, ValueTest test)
    {
        foreach (var text in read(value))
            if (test.Text(text))
                return true;
        return false;
    }
}

internal sealed class MapProperty(string name, Func<XapiObject, XenMap<string, string>> read) : FilterProperty(name, FilterValueKind.Map)
{
    internal override bool IsOwnText => true;

    internal override void AddTexts(XapiObject value, TextChunk.Writer texts)
    {
        foreach (var (_, text) in read(value).Entries)
            texts.Add(text);
    }

    internal override bool Any(PoolPicture pool, XapiObject value, ValueTest test)
    {
        foreach (var (_, text) in read(value).Entries)
            if (test.Text(text))
                return true;
        return false;
    }

    /// <summary>The value under a key; a number where it reads as one.</summary>
    internal override FilterProperty Sub(string name) => new Entry(name, this);

    private sealed class Entry(string key, MapProperty map) : FilterProperty(key, FilterValueKind.Text)
    {
        internal override bool IsOwn => true;

        internal override bool Any(PoolPicture pool, XapiObject value, ValueTest test) =>
            map.Read(value).TryGetValue(Name, out var text)
            && (test.Text(text) || (Quantity.TryParsePlain(text, out var number) && test.Number(number)));
    }

    private XenMap<string, string> Read(XapiObject value) => read(value);
}
