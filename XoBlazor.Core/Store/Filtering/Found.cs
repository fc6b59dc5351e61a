using XoBlazor.Core.Model;

namespace XoBlazor.Core.Store.Filtering;

/// <summary>The objects that a search finds, searched for when the first one is asked about. For one thread.</summary>
internal sealed class Found(Action<HashSet<XapiObject>> search)
{
    private HashSet<XapiObject>? _objects;

    public bool Contains(XapiObject value)
    {
        if (_objects is null)
            search(_objects = new(ReferenceEqualityComparer.Instance));
        return _objects.Contains(value);
    }
}
