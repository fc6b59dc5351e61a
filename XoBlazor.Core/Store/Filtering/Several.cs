using System.Collections.Immutable;
using XoBlazor.Core.Model;

namespace XoBlazor.Core.Store.Filtering;

/// <summary>Several properties of one class as one: where a bare word is looked for.</summary>
internal sealed class Several(XapiClass type, params ImmutableArray<FilterProperty> properties) : FilterProperty("", FilterValueKind.List)
{
    private readonly ImmutableArray<FilterProperty> _others = properties.RemoveAll(p => p.IsOwnText);
    private readonly TextColumn _own = new(type, properties.RemoveAll(p => !p.IsOwnText));

    internal override bool IsOwnText => _others.IsEmpty;

    internal override bool IsOwn => _others.All(p => p.IsOwn);

    internal override void AddTexts(XapiObject value, TextChunk.Writer texts)
    {
        foreach (var property in properties)
            property.AddTexts(value, texts);
    }

    internal override bool Any(PoolPicture pool, XapiObject value, ValueTest test)
    {
        foreach (var property in properties)
            if (property.Any(pool, value, test))
                return true;
        return false;
    }

    internal override Func<XapiObject, bool> On(PoolPicture pool, ValueTest test)
    {
        var own = new Found(found =>
        {
            foreach (var slot in _own.Matching(pool, test))
                found.Add(pool.ObjectAt(slot)!);
        });
        Func<XapiObject, bool>[] others = [.. _others.Select(p => p.On(pool, test))];
        return value =>
        {
            if (own.Contains(value))
                return true;
            foreach (var other in others)
                if (other(value))
                    return true;
            return false;
        };
    }
}
