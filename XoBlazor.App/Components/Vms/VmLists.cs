using XoBlazor.App.Components.Consoles;
using XoBlazor.App.Components.Lists;
using XoBlazor.App.Components.Live;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.App.Components.Vms;

/// <summary>The lists of VMs, templates and snapshots, which XAPI keeps in one class.</summary>
internal static class VmLists
{
    public static readonly ListDefinition<Vm> Vms = new()
    {
        Title = "VMs",
        Noun = "VM",
        Icon = "vm",
        Belongs = static (_, vm) => vm.Kind() == VmKind.Vm,
        DefaultOrder = [new("name")],
        Follows = [XapiClass.Vm, XapiClass.VmMetrics, XapiClass.VmGuestMetrics, XapiClass.Host, XapiClass.HostMetrics, XapiClass.Pool, XapiClass.Vbd, XapiClass.Vdi],
        Related = static (pool, vm) => pool.Get(vm.ResidentOn.IsNull ? vm.Affinity : vm.ResidentOn) is { } host
            ? new(pool.Get(vm.Metrics), pool.Get(vm.GuestMetrics), host, pool.Get(host.Metrics))
            : new(pool.Get(vm.Metrics), pool.Get(vm.GuestMetrics)),
        RelatedClasses = [XapiClass.VmMetrics, XapiClass.VmGuestMetrics, XapiClass.HostMetrics],
        Chips = [new("Running", "power_state:running"), new("Halted", "power_state:halted"), new("Suspended", "power_state:suspended")],
        Columns =
        [
            Columns.State<Vm>(static (_, vm) => VmLooks.State(vm)),
            Columns.Name<Vm>(),
            new("screen", "Screen")
            {
                Text = static (_, vm) => vm.PowerState == VmPowerState.Running ? "shown" : "",
                View = static cell => Screen.Draw(cell.Pool, cell.Object),
                Takes = ConsolePage.RightFor,
                IsPicture = true,
                IsShown = false,
                Width = 64,
                Card = CardPlace.Beside,
            },
            Columns.Link<Vm>("host", "Host", static (pool, vm) => pool.HostOf(vm)) with { Card = CardPlace.Second },
            Columns.Pool<Vm>(isShown: false),
            Columns.Number<Vm>("cpus", "vCPUs", static (pool, vm) => pool.VcpusOf(vm)),
            Columns.Bytes<Vm>("memory", "Memory", static (pool, vm) => pool.MemoryOf(vm)) with { Card = CardPlace.Second },
            new("address", "Address") { Text = static (pool, vm) => pool.MainAddressOf(vm)?.ToString() ?? "", IsMono = true, Width = 136, Card = CardPlace.Second },
            new("os", "OS") { Text = static (pool, vm) => pool.OsNameOf(vm), Width = 150 },
            Columns.Tags<Vm>(static vm => vm.Tags),
            Columns.Moment<Vm>("since", "Up since", static (pool, vm) => pool.StartedAt(vm)),
            Columns.Bytes<Vm>("disks", "Disks", static (pool, vm) => pool.DisksOf(vm).Sum(disk => disk.Vdi?.VirtualSize ?? 0)) with { IsShown = false },
            Columns.Description<Vm>(static vm => vm.NameDescription),
            Columns.Uuid<Vm>(),
        ],
    };

    public static readonly ListDefinition<Vm> Templates = new()
    {
        Title = "Templates",
        Noun = "template",
        Icon = "template",
        Belongs = static (_, vm) => vm.Kind() is VmKind.Template or VmKind.DefaultTemplate,
        DefaultOrder = [new("kind"), new("name")],
        Follows = [XapiClass.Vm, XapiClass.Pool],
        Columns =
        [
            Columns.Name<Vm>(),
            new("kind", "Made by") { Text = static (_, vm) => vm.Kind() == VmKind.DefaultTemplate ? "the product" : "a person", Width = 120, Card = CardPlace.Second },
            Columns.Pool<Vm>() with { Card = CardPlace.Second },
            Columns.Number<Vm>("cpus", "vCPUs", static (_, vm) => vm.VcpusAtStartup, hasTotal: false),
            Columns.Bytes<Vm>("memory", "Memory", static (_, vm) => vm.MemoryDynamicMax, hasTotal: false),
            Columns.Tags<Vm>(static vm => vm.Tags),
            Columns.Description<Vm>(static vm => vm.NameDescription) with { IsShown = true, Width = 320 },
            Columns.Uuid<Vm>(),
        ],
    };

    public static readonly ListDefinition<Vm> Snapshots = new()
    {
        Title = "Snapshots",
        Noun = "snapshot",
        Icon = "snapshot",
        Belongs = static (_, vm) => vm.Kind() == VmKind.Snapshot,
        DefaultOrder = [new("taken", Descending: true)],
        Follows = [XapiClass.Vm, XapiClass.Pool, XapiClass.Vbd, XapiClass.Vdi],
        Columns =
        [
            Columns.Name<Vm>(),
            Columns.Link<Vm>("of", "Snapshot of", static (pool, vm) => pool.Get(vm.SnapshotOf)) with { Card = CardPlace.Second, Width = 220 },
            Columns.Moment<Vm>("taken", "Taken", static (_, vm) => vm.SnapshotTime) with { Card = CardPlace.Second },
            new("memory", "With memory") { Text = static (_, vm) => vm.PowerState == VmPowerState.Suspended ? "yes" : "", Width = 110 },
            Columns.Bytes<Vm>("used", "Disk used", static (pool, vm) => pool.DisksOf(vm).Sum(disk => Math.Max(0, disk.Vdi?.PhysicalUtilisation ?? 0))),
            Columns.Pool<Vm>(),
            Columns.Description<Vm>(static vm => vm.NameDescription),
            Columns.Uuid<Vm>(),
        ],
    };
}
