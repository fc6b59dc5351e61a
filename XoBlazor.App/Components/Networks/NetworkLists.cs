using XoBlazor.App.Components.Lists;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.App.Components.Networks;

/// <summary>The list of networks.</summary>
internal static class NetworkLists
{
    public static readonly ListDefinition<Network> Networks = new()
    {
        Title = "Networks",
        Noun = "network",
        Icon = "network",
        DefaultOrder = [new("pool"), new("name")],
        Follows = [XapiClass.Network, XapiClass.Pif, XapiClass.Vif, XapiClass.Bond, XapiClass.Vm, XapiClass.Pool],
        Columns =
        [
            Columns.Name<Network>(),
            Columns.Pool<Network>() with { Card = CardPlace.Second },
            new("kind", "Kind") { Text = Kind, Width = 120, Card = CardPlace.Second },
            new("vlan", "VLAN") { Text = static (pool, network) => Tag(pool, network) is >= 0 and var tag ? $"{tag}" : "", Sort = static (pool, network) => Tag(pool, network), IsNumber = true, Width = 80 },
            new("devices", "Interfaces") { Text = static (pool, network) => string.Join(", ", pool.Get(network.Pifs).Select(pif => pif.Device).Distinct().Order(StringComparer.Ordinal)), Width = 140 },
            Columns.Number<Network>("hosts", "Hosts", static (pool, network) => pool.Get(network.Pifs).Count(pif => pif.CurrentlyAttached), hasTotal: false),
            Columns.Number<Network>("vms", "VMs", static (pool, network) => pool.VmsOn(network).Count(), hasTotal: false) with { Card = CardPlace.Second },
            Columns.Number<Network>("mtu", "MTU", static (_, network) => network.Mtu, hasTotal: false),
            new("bridge", "Bridge") { Text = static (_, network) => network.Bridge, IsMono = true, Width = 110 },
            Columns.Tags<Network>(static network => network.Tags) with { IsShown = false },
            Columns.Description<Network>(static network => network.NameDescription),
            Columns.Uuid<Network>(),
        ],
    };

    private static string Kind(PoolPicture pool, Network network)
    {
        if (network.Pifs.IsEmpty)
            return "Internal";
        var pifs = pool.Get(network.Pifs).ToList();
        return Tag(pool, network) >= 0 ? "VLAN" : pifs.Any(pif => !pif.BondMasterOf.IsEmpty) ? "Bond" : "External";
    }

    private static long Tag(PoolPicture pool, Network network) => pool.Get(network.Pifs).Select(pif => pif.Vlan).DefaultIfEmpty(-1).Max();
}
