using XoBlazor.Core.Model;

namespace XoBlazor.Core.Store.Filtering;

/// <summary>A part of a filter that knows its class: a question to an object. Immutable, safe from any thread.</summary>
internal abstract class FilterTerm
{
    /// <summary>The answer follows from the object alone, whatever becomes of others; false where that is not certain.</summary>
    public abstract bool IsOwn { get; }

    /// <summary>Looked up object by object: the obvious way, for a single one.</summary>
    public abstract bool Matches(PoolPicture pool, XapiObject value);

    /// <summary>The same answers for many objects of one picture, see <see cref="FilterProperty.On"/>.</summary>
    public abstract Func<XapiObject, bool> On(PoolPicture pool);

    /// <summary>A property that the class does not have.</summary>
    internal sealed class Never : FilterTerm
    {
        public override bool IsOwn => true;

        public override bool Matches(PoolPicture pool, XapiObject value) => false;

        public override Func<XapiObject, bool> On(PoolPicture pool) => static _ => false;
    }

    internal sealed class Holds(FilterProperty property, ValueTest test) : FilterTerm
    {
        public override bool IsOwn => property.IsOwn;

        public override bool Matches(PoolPicture pool, XapiObject value) => property.Any(pool, value, test);

        public override Func<XapiObject, bool> On(PoolPicture pool) => property.On(pool, test);
    }

    internal sealed class Not(FilterTerm term) : FilterTerm
    {
        public override bool IsOwn => term.IsOwn;

        public override bool Matches(PoolPicture pool, XapiObject value) => !term.Matches(pool, value);

        public override Func<XapiObject, bool> On(PoolPicture pool)
        {
            var on = term.On(pool);
            return value => !on(value);
        }
    }

    internal sealed class All(FilterTerm[] terms) : FilterTerm
    {
        public override bool IsOwn => Array.TrueForAll(terms, term => term.IsOwn);

        public override bool Matches(PoolPicture pool, XapiObject value)
        {
            foreach (var term in terms)
                if (!term.Matches(pool, value))
                    return false;
            return true;
        }

        public override Func<XapiObject, bool> On(PoolPicture pool)
        {
            var on = Array.ConvertAll(terms, t => t.On(pool));
            return value =>
            {
                foreach (var holds in on)
                    if (!holds(value))
                        return false;
                return true;
            };
        }
    }

    internal sealed class Any(FilterTerm[] terms) : FilterTerm
    {
        public override bool IsOwn => Array.TrueForAll(terms, term => term.IsOwn);

        public override bool Matches(PoolPicture pool, XapiObject value)
        {
            foreach (var term in terms)
                if (term.Matches(pool, value))
                    return true;
            return false;
        }

        public override Func<XapiObject, bool> On(PoolPicture pool)
        {
            var on = Array.ConvertAll(terms, t => t.On(pool));
            return value =>
            {
                foreach (var holds in on)
                    if (holds(value))
                        return true;
                return false;
            };
        }
    }
}
