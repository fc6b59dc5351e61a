using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Access;

/// <summary>
/// The objects among which relations are followed: a pool's picture, and when something that is gone is judged, the gone objects in their
/// last known states beside it. What is there now prevails.
/// </summary>
internal readonly record struct Surroundings(PoolPicture Pool, PoolPicture? Gone = null)
{
    public XapiObject? Get(string? reference) => Pool.Get(reference) ?? Gone?.Get(reference);

    public T? Get<T>(XenRef<T> reference) where T : XapiObject => Get(reference.Value) as T;

    /// <summary>Adds those who hold the reference in the field.</summary>
    public void AddHolders(string reference, XapiClass type, int field, List<XapiObject> into)
    {
        Add(Pool, reference, type, field, into);
        if (Gone is not null)
            Add(Gone, reference, type, field, into);
    }

    private static void Add(PoolPicture pool, string reference, XapiClass type, int field, List<XapiObject> into)
    {
        foreach (var edge in pool.EdgesTo(reference, type))
            if (edge.Source.Class != type)
                break;
            else if (edge.Field == field && pool.ObjectAt(edge.Source) is { } holder)
                into.Add(holder);
    }
}
