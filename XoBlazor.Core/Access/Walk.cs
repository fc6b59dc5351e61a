using XoBlazor.Core.Model;

namespace XoBlazor.Core.Access;

/// <summary>
/// The way from an object up to what it belongs to, the nearest first, each once, so that loops end. One a thread is kept for the next
/// question; it holds no objects in between.
/// </summary>
internal sealed class Walk
{
    private const int FewEnoughToLook = 16;

    [ThreadStatic]
    private static Walk? s_spare;

    private readonly List<XapiObject> _reached = [];
    private readonly List<XapiObject> _next = [];
    private readonly HashSet<XapiObject> _seen = new(ReferenceEqualityComparer.Instance);

    /// <summary>True when the object, or anything it belongs to, is named by the scopes.</summary>
    public static bool Reaches(ScopeIndex.InPool scopes, in Surroundings around, XapiObject value, RightLevel level)
    {
        if (scopes.Names(around, value))
            return true;
        if (Inheritance.Of(value.Class).IsEmpty)
            return false;
        var walk = s_spare ?? new();
        s_spare = null;
        try
        {
            return walk.Climb(scopes, around, value, level);
        }
        finally
        {
            walk.Clear();
            s_spare = walk;
        }
    }

    private bool Climb(ScopeIndex.InPool scopes, in Surroundings around, XapiObject value, RightLevel level)
    {
        _reached.Add(value);
        for (var at = 0; at < _reached.Count; at++)
        {
            _next.Clear();
            Inheritance.AddContainers(around, _reached[at], level, _next);
            foreach (var container in _next)
            {
                if (!IsNew(container))
                    continue;
                if (scopes.Names(around, container))
                    return true;
                _reached.Add(container);
            }
        }

        return false;
    }

    private bool IsNew(XapiObject value)
    {
        if (_reached.Count < FewEnoughToLook)
        {
            foreach (var there in _reached)
                if (ReferenceEquals(there, value))
                    return false;
            return true;
        }

        if (_seen.Count == 0)
            _seen.UnionWith(_reached);
        return _seen.Add(value);
    }

    private void Clear()
    {
        _reached.Clear();
        _next.Clear();
        if (_seen.Count > 0)
            _seen.Clear();
    }
}
