using XoBlazor.Core.Model;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.Core.Store.Filtering;

/// <summary>Other objects, reached by a <see cref="Way"/>: compared by name and uuid, or by a property of theirs.</summary>
internal sealed class ObjectProperty : FilterProperty
{
    private readonly Way _way;
    private readonly FilterProperty? _there;
    private readonly FilterProperty _asked;
    private readonly string? _ifNone;
    private readonly TextColumn? _texts;

    public ObjectProperty(string name, Way way) : this(name, FilterValueKind.Object, way, null, null) { }

    private ObjectProperty(string name, FilterValueKind kind, Way way, FilterProperty? there, string? ifNone) : base(name, kind)
    {
        (_way, _there, _asked, _ifNone) = (way, there, there ?? Identity.Property, ifNone);
        if (way.CanGoBack && _asked.IsOwnText)
            _texts = new(way.Target, [_asked]);
    }

    internal override bool IsExact => _asked.IsExact;

    /// <summary>A property of the other object as one of this object.</summary>
    /// <param name="ifNone">The value where there is no other object; null when there is none then.</param>
    public ObjectProperty Asking(string name, FilterProperty property, string? ifNone = null) => new(name, property.Kind, _way, property, ifNone);

    internal override bool Any(PoolPicture pool, XapiObject value, ValueTest test) =>
        _way.Any(pool, value, _asked, test, out var isEmpty) || (isEmpty && _ifNone is not null && test.Text(_ifNone));

    /// <summary>Looks through the texts of all other objects, then goes back from those that match to who refers to them.</summary>
    internal override Func<XapiObject, bool> On(PoolPicture pool, ValueTest test)
    {
        if (_texts is null || (_ifNone is not null && test.Text(_ifNone)))
            return base.On(pool, test);
        var found = new Found(into =>
        {
            foreach (var there in _texts.Matching(pool, test))
                _way.Back(pool, there, into);
        });
        return _way.IsExact ? found.Contains : value => found.Contains(value) && Any(pool, value, test);
    }

    internal override FilterProperty? Sub(string name) =>
        (_there is null ? FilterProperties.Of(_way.Target).Find(name) : _there.Sub(name)) is { } property ? Asking(property.Name, property) : null;

    /// <summary>What an object is called, by people and by XAPI.</summary>
    private sealed class Identity() : FilterProperty("", FilterValueKind.Text)
    {
        public static readonly Identity Property = new();

        internal override bool IsOwnText => true;

        internal override void AddTexts(XapiObject value, TextChunk.Writer texts)
        {
            texts.Add(value.Uuid);
            if (ObjectNames.OwnName(value) is { Length: > 0 } name)
                texts.Add(name);
        }

        internal override bool Any(PoolPicture pool, XapiObject value, ValueTest test) =>
            test.Text(value.Uuid) || (ObjectNames.OwnName(value) is { Length: > 0 } name && test.Text(name));
    }
}
