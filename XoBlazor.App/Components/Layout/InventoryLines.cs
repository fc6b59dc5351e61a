using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Ui;
using XoBlazor.Core.Model;

namespace XoBlazor.App.Components.Layout;

/// <summary>Lays the inventory out as lines: pool, then its hosts with the VMs that run there, VMs that run nowhere, and its storage. Only what is opened.</summary>
internal static class InventoryLines
{
    public static List<TreeNode> Of(Scene scene, IReadOnlySet<string> open)
    {
        var lines = new List<TreeNode>();
        foreach (var pool in scene.Pools.OrderBy(p => p.Name, StringComparer.OrdinalIgnoreCase))
        {
            var isOpen = open.Contains(pool.Uuid);
            var state = PoolLooks.State(pool);
            lines.Add(new(pool.Uuid, 1, pool, pool.Picture?.Pool, "pool", pool.Name, $"/pools/{Uri.EscapeDataString(pool.Uuid)}",
                pool.IsConnected ? "" : state.ToneClass, state.Word, pool.Picture is null ? null : isOpen));
            if (isOpen && pool.Picture is not null)
                AddPool(lines, pool, open);
        }

        return lines;
    }

    private static void AddPool(List<TreeNode> lines, ScenePool pool, IReadOnlySet<string> open)
    {
        var picture = pool.Picture!;
        var machines = picture.All<Vm>().Where(vm => vm is { IsATemplate: false, IsASnapshot: false, IsControlDomain: false })
            .ToLookup(vm => picture.Get(vm.ResidentOn) is null ? "" : vm.ResidentOn.Value!);
        foreach (var host in ByName(picture.All<Host>()))
            AddGroup(Object(pool, host, 2) with { IsOpen = open.Contains(Id(pool, host)) }, machines[host.Ref]);
        // Where a VM runs is not for everybody to see: such a VM runs all the same.
        AddGroup(Group("unseen", "vm", "On hosts you may not view"), machines[""].Where(Runs), isAlways: false);
        AddGroup(Group("nowhere", "vm", "Not running"), machines[""].Where(vm => !Runs(vm)), isAlways: picture.All<Host>().Any());
        AddGroup(Group("storage", "sr", "Storage"), picture.All<Sr>(), isAlways: picture.All<Host>().Any());

        TreeNode Group(string id, string icon, string name)
        {
            var full = $"{pool.Uuid}/{id}";
            return new(full, 2, pool, null, icon, name, null, "", null, open.Contains(full));
        }

        void AddGroup<T>(TreeNode head, IEnumerable<T> inside, bool isAlways = true) where T : XapiObject
        {
            var some = inside.ToList();
            if (some.Count == 0 && !isAlways)
                return;
            lines.Add(some.Count == 0 ? head with { IsOpen = null } : head);
            if (head.IsOpen == true)
                lines.AddRange(ByName(some).Select(there => Object(pool, there, 3)));
        }
    }

    private static bool Runs(Vm vm) => vm.PowerState is VmPowerState.Running or VmPowerState.Paused;

    private static IEnumerable<T> ByName<T>(IEnumerable<T> objects) where T : XapiObject =>
        objects.OrderBy(ObjectLooks.Name, StringComparer.OrdinalIgnoreCase);

    private static TreeNode Object(ScenePool pool, XapiObject value, int depth)
    {
        var state = ObjectLooks.State(pool.Picture!, value);
        return new(Id(pool, value), depth, pool, value, ObjectLooks.Icon(value), ObjectLooks.Name(value), ObjectUrl.Of(pool.Uuid, value), state?.ToneClass ?? "", state?.Word, null);
    }

    private static string Id(ScenePool pool, XapiObject value) => $"{pool.Uuid}/{value.Uuid}";
}
