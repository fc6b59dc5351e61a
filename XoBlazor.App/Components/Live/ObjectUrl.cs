using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Components.Live;

/// <summary>Where each object's page is. Addresses hold the lasting identity, so that they can be mailed and kept.</summary>
public static class ObjectUrl
{
    /// <summary>The object's page; null for classes that have none.</summary>
    public static string? Of(string pool, XapiObject value)
    {
        if (value is Pool)
            return $"/pools/{Uri.EscapeDataString(pool)}";
        var area = value switch
        {
            Vm => "vms",
            Host => "hosts",
            Sr => "srs",
            Vdi => "vdis",
            Network => "networks",
            XapiTask => "tasks",
            _ => null,
        };
        var id = value.Uuid.Length > 0 ? value.Uuid : value.Ref;
        return area is null ? null : $"/{area}/{Uri.EscapeDataString(pool)}/{Uri.EscapeDataString(id)}";
    }

    public static string? Of(ObjectKey key, XapiObject value) => Of(key.Pool, value);

    /// <summary>The object whose page has this address; null for none, and for pages that are of no object.</summary>
    public static Located<XapiObject>? Find(StoreSnapshot seen, string address)
    {
        var parts = address.Split('?', '#')[0].Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString).ToList();
        return parts switch
        {
            ["pools", var uuid] when seen.Pool(uuid) is { Pool: { } about } pool => new(pool, about),
            [not "pools", var uuid, var id, ..] when seen.Pool(uuid) is { } pool && (pool.GetByUuid(id) ?? pool.Get(id)) is { } found => new(pool, found),
            _ => null,
        };
    }
}
