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
}
