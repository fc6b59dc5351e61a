using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Making;

/// <summary>
/// A made pool's networks and the cards that carry them: eth0 for management, eth1 for storage, eth2 and eth3 bonded for the VMs, the
/// VLANs on that bond.
/// </summary>
internal sealed class MadeNetworks
{
    private const string VlanMac = "fe:ff:ff:ff:ff:ff";

    private readonly MadeRows _rows;
    private readonly PoolPlan _plan;
    private readonly DbObject _management;
    private readonly DbObject _storage;
    private readonly DbObject _bonded;
    private readonly DbObject[] _spare;
    private readonly List<DbObject> _vlans = [];

    public MadeNetworks(MadeRows rows, PoolPlan plan)
    {
        (_rows, _plan) = (rows, plan);
        _management = Network("Pool-wide network associated with eth0", "xenbr0");
        _storage = Network("Pool-wide network associated with eth1", "xenbr1");
        _spare = [Network("Pool-wide network associated with eth2", "xenbr2"), Network("Pool-wide network associated with eth3", "xenbr3")];
        _bonded = Network("Bond 0", "xapi0");
        rows.Add("network",
            ("name_label", "Host internal management network"),
            ("name_description", "Network on which guests will be assigned a private link-local IP address which can be used to talk XenAPI"),
            ("bridge", "xenapi"), ("MTU", 1500), ("managed", true),
            ("other_config", XapiValue.MapOf(
                ("is_guest_installer_network", "true"), ("is_host_internal_management_network", "true"), ("ip_begin", "169.254.0.1"),
                ("ip_end", "169.254.255.254"), ("netmask", "255.255.0.0"))));
        foreach (var (name, _) in plan.Vlans)
            _vlans.Add(Network(name, $"xapi{_vlans.Count + 1}"));
    }

    /// <summary>The network of a number as plans use them: 0 the management network, then the VLANs.</summary>
    public DbObject this[int number] => number == 0 ? _management : _vlans[(number - 1) % _vlans.Count];

    /// <summary>A host's cards, its bond and its share of every VLAN.</summary>
    public void AddTo(DbObject host, int number)
    {
        var address = host.Text("address");
        Card(host, number, 0, _management, address);
        Card(host, number, 1, _storage, $"10.{_plan.Subnet}.1.{number + 11}");
        var members = new[] { Card(host, number, 2, _spare[0], null), Card(host, number, 3, _spare[1], null) };
        var master = _rows.Add("PIF",
            ("device", "bond0"), ("network", _bonded.Ref), ("host", host.Ref), ("MAC", members[0]["MAC"]), ("MTU", 1500), ("VLAN", -1),
            ("physical", false), ("currently_attached", true),
            ("managed", true), ("metrics", Metrics(number, 4).Ref), ("primary_address_type", "IPv4"), ("ip_configuration_mode", "None"));
        var bond = _rows.Add("Bond",
            ("master", master.Ref), ("primary_slave", members[0].Ref), ("mode", "lacp"), ("links_up", 2), ("auto_update_mac", true),
            ("properties", XapiValue.MapOf(("hashing_algorithm", "tcpudp_ports"))));
        foreach (var member in members)
            member["bond_slave_of"] = bond.Ref;
        for (var index = 0; index < _vlans.Count; index++)
            Vlan(host, master, _vlans[index], _plan.Vlans[index].Tag);
    }

    private DbObject Network(string name, string bridge) =>
        _rows.Add("network", ("name_label", name), ("bridge", bridge), ("MTU", 1500), ("managed", true), ("default_locking_mode", "unlocked"));

    private DbObject Card(DbObject host, int number, int card, DbObject network, string? address) => _rows.Add("PIF",
        ("device", $"eth{card}"), ("network", network.Ref), ("host", host.Ref), ("MAC", $"52:54:00:{_plan.Subnet % 256:x2}:{number:x2}:{card:x2}"),
        ("MTU", 1500), ("VLAN", -1),
        ("physical", true), ("currently_attached", address is not null), ("ip_configuration_mode", address is null ? "None" : "Static"),
        ("IP", address ?? ""),
        ("netmask", address is null ? "" : "255.255.255.0"), ("gateway", card == 0 ? $"10.{_plan.Subnet}.0.1" : ""),
        ("DNS", card == 0 ? $"10.{_plan.Subnet}.0.1" : ""), ("management", card == 0),
        ("metrics", Metrics(number, card).Ref), ("managed", true), ("primary_address_type", "IPv4"), ("properties", XapiValue.MapOf(("gro", "on"))),
        ("igmp_snooping_status", "disabled"));

    private DbObject Metrics(int number, int card) => _rows.Add("PIF_metrics",
        ("carrier", true), ("speed", 25_000), ("duplex", true), ("vendor_id", "15b3"), ("vendor_name", "Mellanox Technologies"),
        ("device_id", "1015"), ("device_name", "MT27710 Family [ConnectX-4 Lx]"),
        ("pci_bus_path", $"0000:{number:x2}:00.{card}"), ("last_updated", _rows.Now));

    private void Vlan(DbObject host, DbObject master, DbObject network, int tag)
    {
        var untagged = _rows.Add("PIF",
            ("device", "bond0"), ("network", network.Ref), ("host", host.Ref), ("MAC", VlanMac), ("MTU", 1500), ("VLAN", tag), ("physical", false),
            ("currently_attached", true), ("managed", true),
            ("metrics", master["metrics"]), ("primary_address_type", "IPv4"), ("ip_configuration_mode", "None"));
        var vlan = _rows.Add("VLAN", ("tagged_PIF", master.Ref), ("untagged_PIF", untagged.Ref), ("tag", tag));
        untagged["VLAN_master_of"] = vlan.Ref;
    }
}
