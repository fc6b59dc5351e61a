using XoBlazor.App.Components.Live;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Components.Settings.Grants;

/// <summary>Where a grant holds, in words, with the names things have now.</summary>
public static class ScopeWords
{
    /// <param name="scope">Null for one of a newer version.</param>
    public static string Of(AccessScope? scope, Scene scene) => scope switch
    {
        null => "something this version does not know",
        AccessScope.Everything => "everything",
        AccessScope.OfPool pool => $"pool {PoolName(scene, pool.Pool)}",
        AccessScope.OfHost host => $"host {Name(scene, host.Host)}{(host.WithVms ? " and the VMs that run there" : "")}",
        AccessScope.OfObject one => scene.Find<XapiObject>(one.Object) is { } there ? $"{Kind(there)} {ObjectLooks.Name(there)}" : $"{one.Object.Uuid}, which is not here now",
        AccessScope.OfVms rule => $"VMs with {rule.Filter}{(rule.Pool is { } pool ? $" in {PoolName(scene, pool)}" : "")}",
        _ => throw new ArgumentOutOfRangeException(nameof(scope)),
    };

    /// <summary>What people call an object of this class, in the middle of a sentence.</summary>
    public static string Kind(XapiObject value) => value switch
    {
        Vm { IsASnapshot: true } => "snapshot",
        Vm { IsATemplate: true } => "template",
        Vm => "VM",
        Host => "host",
        Pool => "pool",
        Sr => "storage",
        Vdi => "disk",
        Network => "network",
        _ => value.Class.ToString(),
    };

    private static string PoolName(Scene scene, string uuid) => scene.Pool(uuid) is { } pool ? ForeignText.Shown(pool.Name) : $"{uuid}, which is not here now";

    private static string Name(Scene scene, ObjectKey key) => scene.Find<XapiObject>(key) is { } there ? ObjectLooks.Name(there) : $"{key.Uuid}, which is not here now";
}
