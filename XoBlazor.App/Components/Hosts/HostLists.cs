using XoBlazor.App.Components.Lists;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Ui;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.App.Components.Hosts;

/// <summary>The list of hosts.</summary>
internal static class HostLists
{
    private const double AlmostFull = 0.9;

    public static readonly ListDefinition<Host> Hosts = new()
    {
        Title = "Hosts",
        Noun = "host",
        Icon = "host",
        DefaultOrder = [new("pool"), new("name")],
        Follows = [XapiClass.Host, XapiClass.HostMetrics, XapiClass.HostCpu, XapiClass.Pool, XapiClass.Vm],
        Columns =
        [
            Columns.State<Host>(HostLooks.State),
            Columns.Name<Host>(),
            Columns.Pool<Host>() with { Card = CardPlace.Second },
            new("role", "Role") { Text = static (pool, host) => pool.IsCoordinator(host) ? "Coordinator" : "", Width = 110 },
            new("address", "Address") { Text = static (_, host) => host.Address, IsMono = true, Width = 140, Card = CardPlace.Second },
            Columns.Number<Host>("vms", "VMs", static (pool, host) => pool.VmsOn(host).Count()),
            Columns.Number<Host>("cpus", "CPUs", static (pool, host) => pool.CpusOf(host)),
            Columns.Share<Host>("memory", "Memory", static (pool, host) => pool.MemoryOf(host) is { Total: > 0 } use ? (double)use.Used / use.Total : null, AlmostFull,
                static (pool, host) => pool.MemoryOf(host) is { Total: > 0 } use ? $"{Format.Bytes(use.Used)} of {Format.Bytes(use.Total)}" : "–") with { Width = 230, Card = CardPlace.Second },
            new("product", "Version") { Text = static (_, host) => HostFacts.ProductOf(host), Width = 130 },
            Columns.Moment<Host>("since", "Up since", static (_, host) => HostFacts.BootedAt(host)),
            Columns.Tags<Host>(static host => host.Tags) with { IsShown = false },
            Columns.Description<Host>(static host => host.NameDescription),
            Columns.Uuid<Host>(),
        ],
    };
}
