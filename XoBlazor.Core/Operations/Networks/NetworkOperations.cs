using System.Collections.Immutable;
using System.Globalization;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Operations.Networks;

/// <summary>A pool's networks: inside the pool, on a VLAN, on a bond.</summary>
public static class NetworkOperations
{
    private static readonly Right s_create = new("network.create", "Make networks", RightLevel.Administer);
    private static readonly Right s_edit = new("network.edit", "Change networks", RightLevel.Administer);

    /// <summary>Needed on the interface of a host that a network is put on.</summary>
    private static readonly Right s_interface = new("pif.use", "Put networks on interfaces", RightLevel.Administer);

    public static Operation Create { get; } = new OperationOn<Pool>("network.create", s_create, CreateAsync)
    {
        Title = "New network",
        Progressive = "Making a network",
        Description = "Makes a network inside the pool, or on a VLAN of an interface on every host.",
        Group = OperationGroup.Make,
        Makes = XapiClass.Network,
        SuitsMany = false,
        UnlessWith = (_, _, given) => given.Object<Pif>("pif") is null && (given.Number("vlan") ?? 0) > 0 ? "A VLAN needs an interface." : null,
        Parameters =
        [
            .. Names,
            OperationParameter.Object<Pif>("pif", "On interface", s_interface) with { Unsuitable = NotPhysical, Description = "Left empty, the network is inside the pool only." },
            OperationParameter.Number("vlan", "VLAN", 0, 4094) with { Description = "0 for untagged." },
            OperationParameter.Flag("nbd", "For NBD") with { IsAdvanced = true },
        ],
    };

    public static Operation CreateBonded { get; } = new OperationOn<Pool>("network.create_bonded", s_create, CreateBondedAsync)
    {
        Title = "New bonded network",
        Progressive = "Making a bonded network",
        Description = "Joins interfaces of a host, and those of the same names on the other hosts, to one network.",
        Confirmation = Confirmation.Ask,
        Consequence = "The interfaces are interrupted while they are joined; when one of them is the management interface, so is the connection to its host.",
        Group = OperationGroup.Make,
        Makes = XapiClass.Network,
        SuitsMany = false,
        UnlessWith = BondObstacle,
        Parameters =
        [
            .. Names,
            OperationParameter.List("pifs", "Interfaces", OperationParameter.Object<Pif>("pif", "Interface", s_interface) with { Unsuitable = NotPhysical }) with { IsRequired = true },
            OperationParameter.Choice("bondMode", "Mode", "balance-slb", "active-backup", "lacp") with { IsRequired = true },
        ],
    };

    public static Operation Edit { get; } = new EditOperation<Network>("network.set", s_edit,
        Edit<Network>.Text("name_label", "Name", "network.set_name_label", network => network.NameLabel),
        Edit<Network>.Text("name_description", "Description", "network.set_name_description", network => network.NameDescription, longest: 4096),
        Edit<Network>.Number("mtu", "MTU", "network.set_MTU", network => network.Mtu, 68, 65535),
        Edit<Network>.Entry(OperationParameter.Flag("automatic", "New VMs get a device on it") with { IsAdvanced = true }, "other_config", "automatic", network => network.OtherConfig),
        new Edit<Network>(OperationParameter.Flag("defaultIsLocked", "Devices locked unless they say otherwise") with { IsAdvanced = true, Present = (_, network) => ((Network)network).DefaultLockingMode == NetworkDefaultLockingMode.Disabled },
            (work, network) => work.CallAsync("network.set_default_locking_mode", network.Ref, work.Arguments.Flag("defaultIsLocked") == true ? "disabled" : "unlocked")),
        new Edit<Network>(OperationParameter.Flag("nbd", "For NBD") with { IsAdvanced = true, Present = (_, network) => ((Network)network).Purpose.Contains(NetworkPurpose.Nbd) },
            (work, network) => work.CallAsync(work.Arguments.Flag("nbd") == true ? "network.add_purpose" : "network.remove_purpose", network.Ref, "nbd")))
    {
        Title = "Edit",
        Progressive = "Changing",
        Description = "Changes the network's name, description or MTU.",
    };

    public static Operation Delete { get; } = new OperationOn<Network>("network.delete", new("network.delete", "Delete networks", RightLevel.Administer), DeleteAsync)
    {
        Title = "Delete",
        Progressive = "Deleting",
        Description = "Deletes the network, with the VLANs or the bond it is on.",
        Confirmation = Confirmation.TypeName,
        Consequence = "VMs with a device on it lose that device.",
        Group = OperationGroup.Delete,
        Unless = (pool, network) =>
            pool.Get(network.Pifs).Any(pif => pif.Physical) ? $"{pool.NameOf(network)} is that of a physical interface and stays with it."
            : pool.Get(network.Pifs).Any(pif => pif.Management) ? $"{pool.NameOf(network)} carries the management of a host."
            : pool.Get(network.Vifs).Any(device => device.CurrentlyAttached) ? $"{pool.NameOf(network)} is in use by VMs that run."
            : null,
        Loses = (pool, network) => pool.VmsOn(network).Select(vm => $"a network device of {pool.NameOf(vm)}"),
    };

    public static ImmutableArray<Operation> All { get; } = [Create, CreateBonded, Edit, Delete];

    private static ImmutableArray<OperationParameter> Names =>
    [
        OperationParameter.Text("name", "Name") with { IsRequired = true },
        OperationParameter.Text("description", "Description"),
        OperationParameter.Number("mtu", "MTU", 68, 65535) with { Default = 1500, IsAdvanced = true },
    ];

    private static async Task CreateAsync(OperationWork work, Pool pool)
    {
        var network = await MakeAsync(work);
        if (work.Arguments.Object<Pif>("pif") is { } card)
        {
            var tag = work.Arguments.Number("vlan") ?? 0;
            await work.RunAsync("pool.create_VLAN_from_PIF", card.Ref, XapiValue.Ref(network), tag);
        }

        if (work.Arguments.Flag("nbd") == true)
            await work.CallAsync("network.add_purpose", XapiValue.Ref(network), "nbd");
        work.Made(network);
    }

    private static async Task CreateBondedAsync(OperationWork work, Pool pool)
    {
        var (cards, mode) = (work.Arguments.List<Pif>("pifs"), work.Arguments.Text("bondMode")!);
        var devices = cards.Select(card => card.Device).ToHashSet(StringComparer.Ordinal);
        var network = await MakeAsync(work);
        var hosts = work.Pool.All<Host>().OrderBy(work.Pool.IsCoordinator).ToList();
        work.Expect(hosts.Count);
        // The members first: the coordinator's interruption is the last.
        foreach (var host in hosts)
        {
            var members = work.Pool.Get(host.Pifs).Where(pif => pif.Physical && devices.Contains(pif.Device)).Select(pif => (XapiValue)pif.Ref).ToList();
            if (members.Count == 0)
                continue;
            var bond = await work.RunAsync<Bond>("Bond.create", XapiValue.Ref(network), XapiValue.Set(members), "", mode, new Dictionary<string, string>());
            work.Undo($"the bond on {work.Pool.NameOf(host)}", () => work.CallAsync("Bond.destroy", XapiValue.Ref(bond)));
        }

        work.Made(network);
    }

    private static async Task<XenRef<Network>> MakeAsync(OperationWork work)
    {
        var name = work.Arguments.Text("name")!;
        var network = await work.MakeAsync<Network>("network.create", new Dictionary<string, XapiValue>
        {
            ["name_label"] = name,
            ["name_description"] = work.Arguments.Text("description") ?? "",
            ["MTU"] = work.Arguments.Number("mtu")!.Value,
            ["other_config"] = new Dictionary<string, string>(),
            ["tags"] = XapiValue.Set([]),
        });
        work.Undo($"the network '{name}'", () => work.CallAsync("network.destroy", XapiValue.Ref(network)));
        return network;
    }

    private static async Task DeleteAsync(OperationWork work, Network network)
    {
        foreach (var pif in work.Pool.Get(network.Pifs))
        {
            if (!pif.VlanMasterOf.IsNull)
                await work.RunAsync("VLAN.destroy", XapiValue.Ref(pif.VlanMasterOf));
            foreach (var bond in pif.BondMasterOf)
                await work.RunAsync("Bond.destroy", XapiValue.Ref(bond));
        }

        await work.CallAsync("network.destroy", network.Ref);
    }

    private static string? NotPhysical(PoolPicture pool, XapiObject target, XapiObject candidate)
    {
        var pif = (Pif)candidate;
        return pif.Vlan >= 0 ? $"{pool.NameOf(pif)} is a VLAN itself." : !pif.BondSlaveOf.IsNull ? $"{pool.NameOf(pif)} is part of a bond." : null;
    }

    private static string? BondObstacle(PoolPicture pool, Pool target, OperationArguments given)
    {
        var cards = given.List<Pif>("pifs");
        return cards.Distinct().Count() < 2 ? "A bond joins at least two interfaces."
            : cards.Select(card => card.Host).Distinct().Count() > 1 ? "The interfaces are named on one host; those of the same names on the other hosts follow."
            : cards.FirstOrDefault(card => !card.Physical) is { } virtually ? $"{pool.NameOf(virtually)} is no physical interface." : null;
    }
}
