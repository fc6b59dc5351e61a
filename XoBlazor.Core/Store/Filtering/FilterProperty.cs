using System.Collections.Immutable;
using XoBlazor.Core.Model;

namespace XoBlazor.Core.Store.Filtering;

/// <summary>
/// A name that a filter may use on objects of a class. A property may have several values; a test holds when it holds for one of them.
/// Found by <see cref="FilterProperties"/>.
/// </summary>
public abstract class FilterProperty(string name, FilterValueKind kind)
{
    public string Name { get; } = name;

    public FilterValueKind Kind { get; } = kind;

    /// <summary>The words a <see cref="FilterValueKind.Choice"/> knows.</summary>
    public virtual ImmutableArray<string> Choices => [];

    /// <summary>Texts are compared whole, not searched.</summary>
    internal virtual bool IsExact => false;

    /// <summary>The values are texts that follow from the object alone: <see cref="AddTexts"/> has them all.</summary>
    internal virtual bool IsOwnText => false;

    /// <summary>The values follow from the object alone, whatever becomes of others; false where that is not certain.</summary>
    internal virtual bool IsOwn => IsOwnText;

    internal virtual void AddTexts(XapiObject value, TextChunk.Writer texts) => throw new NotSupportedException($"{Name} is no text of the object's own.");

    internal abstract bool Any(PoolPicture pool, XapiObject value, ValueTest test);

    /// <summary>The same answers for many objects of one picture, where they can be had for less than one by one. For one thread.</summary>
    internal virtual Func<XapiObject, bool> On(PoolPicture pool, ValueTest test) => value => Any(pool, value, test);

    /// <summary>The property within the property, or null when there cannot be one.</summary>
    internal virtual FilterProperty? Sub(string name) => null;

    /// <summary>The same property under another name.</summary>
    internal FilterProperty As(string name) => new Alias(name, this);

    private sealed class Alias(string name, FilterProperty property) : FilterProperty(name, property.Kind)
    {
        public override ImmutableArray<string> Choices => property.Choices;

        internal override bool IsExact => property.IsExact;

        internal override bool IsOwnText => property.IsOwnText;

        internal override bool IsOwn => property.IsOwn;

        internal override void AddTexts(XapiObject value, TextChunk.Writer texts) => property.AddTexts(value, texts);

        internal override bool Any(PoolPicture pool, XapiObject value, ValueTest test) => property.Any(pool, value, test);

        internal override Func<XapiObject, bool> On(PoolPicture pool, ValueTest test) => property.On(pool, test);

        internal override FilterProperty? Sub(string name) => property.Sub(name);
    }
}
