using XoBlazor.Core.Model;

namespace XoBlazor.Core.Store.Filtering;

/// <summary>How one gets from an object to others.</summary>
internal sealed class Way
{
    private readonly Func<PoolPicture, XapiObject, XapiObject?>? _one;
    private readonly Func<PoolPicture, XapiObject, IEnumerable<XapiObject>>? _many;
    private readonly Action<PoolPicture, Slot, HashSet<XapiObject>>? _back;

    /// <summary>To one object at most.</summary>
    public Way(XapiClass target, Func<PoolPicture, XapiObject, XapiObject?> one) => (Target, _one) = (target, one);

    public Way(XapiClass target, Func<PoolPicture, XapiObject, IEnumerable<XapiObject>> many) => (Target, _many) = (target, many);

    /// <summary>Along a field of references, which can be gone back.</summary>
    public Way(XapiClass target, XapiClass source, int field, Func<PoolPicture, XapiObject, XapiObject?> one) : this(target, one) =>
        (_back, IsExact) = ((pool, there, into) => pool.AddReferrers(there, source, field, into), true);

    /// <inheritdoc cref="Way(XapiClass, XapiClass, int, Func{PoolPicture, XapiObject, XapiObject?})"/>
    public Way(XapiClass target, XapiClass source, int field, Func<PoolPicture, XapiObject, IEnumerable<XapiObject>> many) : this(target, many) =>
        (_back, IsExact) = ((pool, there, into) => pool.AddReferrers(there, source, field, into), true);

    /// <summary>A rule to one object, of which it is known from where it may lead there.</summary>
    /// <param name="candidates">All from which it may lead to an object, and maybe others.</param>
    public Way(XapiClass target, Func<PoolPicture, XapiObject, XapiObject?> one, Func<PoolPicture, XapiObject, IEnumerable<XapiObject>> candidates) : this(target, one) =>
        _back = (pool, there, into) => into.UnionWith(candidates(pool, pool.ObjectAt(there)!));

    public XapiClass Target { get; }

    public bool CanGoBack => _back is not null;

    /// <summary>Going back finds no others than those from which it leads here.</summary>
    public bool IsExact { get; }

    /// <summary>Whether the property holds of one of those it leads to; <paramref name="isEmpty"/> when it leads nowhere.</summary>
    public bool Any(PoolPicture pool, XapiObject value, FilterProperty asked, ValueTest test, out bool isEmpty)
    {
        isEmpty = true;
        if (_one is not null)
        {
            if (_one(pool, value) is not { } only)
                return false;
            isEmpty = false;
            return asked.Any(pool, only, test);
        }

        foreach (var there in _many!(pool, value))
        {
            isEmpty = false;
            if (asked.Any(pool, there, test))
                return true;
        }

        return false;
    }

    /// <summary>Adds the objects from which it leads, or may lead, to this place.</summary>
    public void Back(PoolPicture pool, Slot there, HashSet<XapiObject> into) => _back!(pool, there, into);
}
