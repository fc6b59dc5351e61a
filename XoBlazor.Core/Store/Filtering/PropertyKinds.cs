using System.Collections.Immutable;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.Core.Store.Filtering;

internal sealed class TextProperty(string name, Func<PoolPicture, XapiObject, string?> read, bool isExact = false, params ImmutableArray<string> choices)
    : FilterProperty(name, choices.IsDefaultOrEmpty ? FilterValueKind.Text : FilterValueKind.Choice)
{
    public override ImmutableArray<string> Choices => choices.IsDefault ? [] : choices;

    internal override bool IsExact => isExact;

    internal override bool Any(PoolPicture pool, XapiObject value, ValueTest test) => read(pool, value) is { } text && test.Text(text);
}

internal sealed class NumberProperty(string name, Func<PoolPicture, XapiObject, double?> read) : FilterProperty(name, FilterValueKind.Number)
{
    internal override bool Any(PoolPicture pool, XapiObject value, ValueTest test) => read(pool, value) is { } number && test.Number(number);
}

internal sealed class TruthProperty(string name, Func<PoolPicture, XapiObject, bool> read) : FilterProperty(name, FilterValueKind.Truth)
{
    internal override bool Any(PoolPicture pool, XapiObject value, ValueTest test) => test.Truth(read(pool, value));
}

internal sealed class ListProperty(string name, Func<PoolPicture, XapiObject, IEnumerable<string>> read, params ImmutableArray<string> choices)
    : FilterProperty(name, FilterValueKind.List)
{
    public override ImmutableArray<string> Choices => choices.IsDefault ? [] : choices;

    internal override bool Any(PoolPicture pool, XapiObject value, ValueTest test)
    {
        foreach (var text in read(pool, value))
            if (test.Text(text))
                return true;
        return false;
    }
}

internal sealed class ArrayProperty(string name, Func<XapiObject, ImmutableArray<string>> read) : FilterProperty(name, FilterValueKind.List)
{
    internal override bool Any(PoolPicture pool, XapiObject value, ValueTest test)
    {
        foreach (var text in read(value))
            if (test.Text(text))
                return true;
        return false;
    }
}

internal sealed class MapProperty(string name, Func<PoolPicture, XapiObject, XenMap<string, string>?> read) : FilterProperty(name, FilterValueKind.Map)
{
    internal override bool Any(PoolPicture pool, XapiObject value, ValueTest test)
    {
        if (read(pool, value) is { } map)
            foreach (var (_, text) in map.Entries)
                if (test.Text(text))
                    return true;
        return false;
    }

    /// <summary>The value under a key; a number where it reads as one.</summary>
    internal override FilterProperty Sub(string name) => new Entry(name, this);

    private sealed class Entry(string key, MapProperty map) : FilterProperty(key, FilterValueKind.Text)
    {
        internal override bool Any(PoolPicture pool, XapiObject value, ValueTest test) =>
            map.Read(pool, value) is { } entries && entries.TryGetValue(Name, out var text)
            && (test.Text(text) || (Quantity.TryParsePlain(text, out var number) && test.Number(number)));
    }

    private XenMap<string, string>? Read(PoolPicture pool, XapiObject value) => read(pool, value);
}

/// <summary>Other objects: compared by name and uuid, or by a property of theirs.</summary>
internal sealed class ObjectProperty : FilterProperty
{
    private readonly XapiClass _target;
    private readonly Func<PoolPicture, XapiObject, XapiObject?>? _one;
    private readonly Func<PoolPicture, XapiObject, IEnumerable<XapiObject>>? _many;

    public ObjectProperty(string name, XapiClass target, Func<PoolPicture, XapiObject, XapiObject?> one) : base(name, FilterValueKind.Object) =>
        (_target, _one) = (target, one);

    public ObjectProperty(string name, XapiClass target, Func<PoolPicture, XapiObject, IEnumerable<XapiObject>> many) : base(name, FilterValueKind.Object) =>
        (_target, _many) = (target, many);

    internal override bool Any(PoolPicture pool, XapiObject value, ValueTest test) => Any(pool, value, there =>
        test.Text(there.Uuid) || (ObjectNames.OwnName(there) is { Length: > 0 } own && test.Text(own)));

    internal override FilterProperty? Sub(string name) => FilterProperties.Of(_target).Find(name) is { } property ? new Related(property, this) : null;

    private bool Any(PoolPicture pool, XapiObject value, Func<XapiObject, bool> holds)
    {
        if (_one is not null)
            return _one(pool, value) is { } only && holds(only);
        foreach (var there in _many!(pool, value))
            if (holds(there))
                return true;
        return false;
    }

    private sealed class Related(FilterProperty property, ObjectProperty way) : FilterProperty(property.Name, property.Kind)
    {
        internal override bool IsExact => property.IsExact;

        internal override bool Any(PoolPicture pool, XapiObject value, ValueTest test) => way.Any(pool, value, there => property.Any(pool, there, test));

        internal override FilterProperty? Sub(string name) => property.Sub(name) is { } sub ? new Related(sub, way) : null;
    }
}
