using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.App.Api.XoObjects;

/// <summary>
/// How Xen Orchestra names objects: by uuid; default templates, whose uuids repeat across pools, by <c>pool uuid-uuid</c>; pool patches and
/// records without a uuid by their opaque reference.
/// </summary>
internal static class XoIds
{
    public static string Of(PoolPicture pool, XapiObject value) => value switch
    {
        Vm vm when vm.Kind() == VmKind.DefaultTemplate => $"{pool.Uuid}-{vm.Uuid}",
        PoolPatch patch => patch.Ref,
        _ => value.Uuid.Length > 0 ? value.Uuid : value.Ref,
    };

    /// <summary>
    /// The record whose object has this id, in what somebody sees; null where there is none. Of two pools that claim an id, such as for an SR
    /// that both know, the one that was here first has it.
    /// </summary>
    public static Located<XapiObject>? Find(StoreSnapshot store, string id)
    {
        foreach (var pool in store.Pools)
            if (Find(pool, id) is { } there)
                return new(pool, there);
        return null;
    }

    /// <summary>The record of a class whose object has this id.</summary>
    public static Located<T>? Find<T>(StoreSnapshot store, string id) where T : XapiObject =>
        Find(store, id) is { Object: T there } found ? new(found.Pool, there) : null;

    private static XapiObject? Find(PoolPicture pool, string id)
    {
        var found = XenRefText.NamesObject(id) ? pool.Get(id)
            : IsOfDefaultTemplate(pool, id) ? pool.GetByUuid(id[(pool.Uuid.Length + 1)..])
            : pool.GetByUuid(id);
        return found is not null && XoTypes.Has(found.Class) && Of(pool, found) == id ? found : null;
    }

    private static bool IsOfDefaultTemplate(PoolPicture pool, string id) =>
        id.Length > pool.Uuid.Length && id[pool.Uuid.Length] == '-' && id.StartsWith(pool.Uuid, StringComparison.Ordinal);
}
