using System.Globalization;
using System.Net;
using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Behaviour;

/// <summary>Networks, physical interfaces, VLANs and bonds (xapi-behaviour.md §9).</summary>
internal static class NetworkCalls
{
    private const string VlanMac = "fe:ff:ff:ff:ff:ff";
    private const int LongestBridge = 15;
    private const int LargestTag = 4094;

    public static void Register(CallRegistry calls)
    {
        calls.Register("network.create", CreateNetwork);
        calls.Register("network.destroy", DestroyNetwork);
        calls.RegisterAsync("VLAN.create", async call => (XapiValue)(await CreateVlanAsync(call, call.Object("tagged_PIF"), call.Int("tag"), call.Object("network"))).Ref);
        calls.RegisterAsync("VLAN.destroy", (Func<CallContext, Task>)DestroyVlanAsync);
        calls.RegisterAsync("pool.create_VLAN_from_PIF", call => CreateVlansAsync(call));
        calls.RegisterAsync("PIF.plug", (Func<CallContext, Task>)(call => PlugAsync(call, call.Object("self"))));
        calls.RegisterAsync("PIF.unplug", (Func<CallContext, Task>)UnplugAsync);
        calls.RegisterAsync("PIF.reconfigure_ip", (Func<CallContext, Task>)ReconfigureAsync);
        calls.RegisterAsync("PIF.reconfigure_ipv6", (Func<CallContext, Task>)Reconfigure6Async);
        calls.Register("PIF.scan", call => { });
        calls.Register("PIF.forget", Forget);
        calls.Register("host.management_reconfigure", call => Manage(call.Object("pif")));
        calls.Register("pool.management_reconfigure", ManageAll);
        calls.RegisterAsync("Bond.create", call => CreateBondAsync(call));
        calls.RegisterAsync("Bond.destroy", (Func<CallContext, Task>)DestroyBondAsync);
    }

    private static XapiValue CreateNetwork(CallContext call)
    {
        var wanted = call.Map("args");
        var db = call.Db;
        return db.Update(() =>
        {
            var bridge = wanted["bridge"]?.AsText ?? "";
            var taken = db.All("network").Select(network => network.Text("bridge")).ToHashSet();
            if (bridge.Length > LongestBridge) throw new XapiException("INVALID_VALUE", "bridge", bridge);
            if (bridge.Length > 0 && taken.Contains(bridge)) throw new XapiException("BRIDGE_NAME_EXISTS", bridge);
            if (bridge.Length == 0) bridge = Enumerable.Range(1, taken.Count + 1).Select(number => $"xapi{number}").First(name => !taken.Contains(name));
            return (XapiValue)db.Create("network",
            [
                .. wanted.Entries.Where(entry => entry.Key is not ("uuid" or "allowed_operations" or "current_operations")).Select(entry => (entry.Key, entry.Value)),
                ("bridge", bridge), ("MTU", wanted["MTU"] is IntValue { Number: > 0 } mtu ? mtu : 1500),
            ]).Ref;
        });
    }

    private static void DestroyNetwork(CallContext call)
    {
        var network = call.Object("self");
        if (network["other_config"].AsMap["is_host_internal_management_network"]?.AsText == "true") throw new XapiException("CANNOT_DESTROY_SYSTEM_NETWORK", network.Ref);
        var interfaces = network.FollowAll("VIFs", "VIF");
        var inUse = interfaces.Where(vif => vif.Bool("currently_attached")).ToList();
        if (inUse.Count > 0) throw new XapiException("NETWORK_CONTAINS_VIF", [.. inUse.Select(vif => vif.Ref)]);
        if (network["PIFs"].AsSet.Length > 0) throw new XapiException("NETWORK_CONTAINS_PIF", [.. network["PIFs"].AsTexts]);
        foreach (var vif in interfaces)
            DeviceMetrics.DestroyWith(vif);
        network.Destroy();
    }

    private static async Task<DbObject> CreateVlanAsync(CallContext call, DbObject card, long tag, DbObject network)
    {
        if (tag is < 0 or > LargestTag) throw new XapiException("VLAN_TAG_INVALID", tag.ToString(CultureInfo.InvariantCulture));
        if (call.Task is { Exists: true } task) task["resident_on"] = card.Text("host");
        var db = call.Db;
        var (untagged, vlan) = db.Update(() =>
        {
            var (host, device) = (card.Text("host"), card.Text("device"));
            if (db.All("PIF").Any(pif => pif.Text("host") == host && pif.Text("device") == device && pif.Int("VLAN") == tag))
                throw new XapiException("PIF_VLAN_EXISTS", card.Ref);
            if (network.FollowAll("PIFs", "PIF").Where(pif => pif.Text("host") == host).FirstOrDefault() is { } connected)
                throw new XapiException("NETWORK_ALREADY_CONNECTED", host, connected.Ref);
            var reference = Database.NewRef();
            var pif = db.Create("PIF",
                ("device", device), ("network", network.Ref), ("host", host), ("MAC", VlanMac), ("MTU", network.Int("MTU")), ("VLAN", tag),
                ("physical", false),
                ("metrics", card["metrics"]), ("VLAN_master_of", reference), ("currently_attached", false), ("ip_configuration_mode", "None"),
                ("managed", true),
                ("IPv6", XapiValue.SetOf("")), ("primary_address_type", "IPv4"), ("properties", XapiValue.EmptyMap));
            db.Insert("VLAN", reference, [("tagged_PIF", card.Ref), ("untagged_PIF", pif.Ref), ("tag", tag)]);
            return (pif, new DbObject(db, "VLAN", reference));
        });
        await PlugAsync(call, untagged);
        return vlan;
    }

    private static async Task<XapiValue> CreateVlansAsync(CallContext call)
    {
        var (card, network) = (call.Object("pif"), call.Object("network"));
        var made = new List<string>();
        foreach (var sibling in call.Db.Get("network", card.Text("network")).FollowAll("PIFs", "PIF"))
            made.Add((await CreateVlanAsync(call, sibling, call.Int("VLAN"), network)).Text("untagged_PIF"));
        return XapiValue.SetOf(made);
    }

    private static async Task DestroyVlanAsync(CallContext call)
    {
        var vlan = call.Object("self");
        var untagged = vlan.Follow("untagged_PIF", "PIF");
        if (untagged is { } pif)
        {
            AssertUnpluggable(pif);
            await Effort.SpendAsync(call, Effort.Network);
        }

        call.Db.Update(() =>
        {
            vlan.Destroy();
            untagged?.Destroy();
        });
    }

    private static async Task PlugAsync(CallContext call, DbObject pif)
    {
        if (pif.Follow("bond_slave_of", "Bond") is not null) throw new XapiException("CANNOT_PLUG_BOND_SLAVE", pif.Ref);
        await Effort.SpendAsync(call, Effort.Network);
        pif["currently_attached"] = true;
    }

    private static async Task UnplugAsync(CallContext call)
    {
        var pif = call.Object("self");
        AssertUnpluggable(pif);
        await Effort.SpendAsync(call, Effort.Network);
        pif["currently_attached"] = false;
    }

    private static async Task ReconfigureAsync(CallContext call)
    {
        var (pif, mode) = (call.Object("self"), call.Text("mode"));
        if (pif.Bool("management") && mode == "None") throw new XapiException("PIF_IS_MANAGEMENT_INTERFACE", pif.Ref);
        if (mode == "Static")
        {
            foreach (var (field, isNeeded) in new[] { ("IP", true), ("netmask", true), ("gateway", false) })
            {
                var text = call.Text(field);
                if ((text.Length > 0 || isNeeded) && !IPAddress.TryParse(text, out _)) throw new XapiException("INVALID_IP_ADDRESS_SPECIFIED", field);
            }
        }

        var wasAttached = pif.Bool("currently_attached");
        pif["currently_attached"] = false;
        call.Db.Update(() =>
        {
            pif["ip_configuration_mode"] = mode;
            foreach (var field in new[] { "IP", "netmask", "gateway", "DNS" })
                pif[field] = mode == "Static" ? call.Text(field) : "";
        });
        await Effort.SpendAsync(call, Effort.Network);
        pif["currently_attached"] = wasAttached;
    }

    private static async Task Reconfigure6Async(CallContext call)
    {
        var (pif, mode) = (call.Object("self"), call.Text("mode"));
        if (mode == "Static" && !(call.Text("IPv6").Split('/') is [var address, _] && IPAddress.TryParse(address, out _))) throw new XapiException("INVALID_IP_ADDRESS_SPECIFIED", "IPv6");
        await Effort.SpendAsync(call, Effort.Network);
        call.Db.Update(() =>
        {
            pif["ipv6_configuration_mode"] = mode;
            pif["IPv6"] = mode == "Static" ? XapiValue.SetOf(call.Text("IPv6")) : XapiValue.EmptySet;
            pif["ipv6_gateway"] = mode == "Static" ? call.Text("gateway") : "";
        });
    }

    private static void Forget(CallContext call)
    {
        var pif = call.Object("self");
        if (!pif.Bool("physical")) throw new XapiException("PIF_IS_NOT_PHYSICAL", pif.Ref);
        AssertUnpluggable(pif);
        pif.Follow("metrics", "PIF_metrics")?.Destroy();
        pif.Destroy();
    }

    /// <summary>The address in the database follows; where the host answers does not, in this simulator.</summary>
    private static void Manage(DbObject pif)
    {
        if (pif.Text("ip_configuration_mode") == "None" && pif.Text("ipv6_configuration_mode") == "None") throw new XapiException("PIF_HAS_NO_NETWORK_CONFIGURATION", pif.Ref);
        if (pif.Follow("bond_slave_of", "Bond") is not null) throw new XapiException("CANNOT_PLUG_BOND_SLAVE", pif.Ref);
        pif.Db.Update(() =>
        {
            foreach (var other in pif.Db.Where("PIF", "host", pif["host"]))
                other["management"] = other.Ref == pif.Ref;
        });
    }

    private static void ManageAll(CallContext call)
    {
        if (call.Db.Pool.Bool("ha_enabled")) throw new XapiException("HA_IS_ENABLED");
        foreach (var pif in call.Object("network").FollowAll("PIFs", "PIF"))
            Manage(pif);
    }

    private static void AssertUnpluggable(DbObject pif)
    {
        if (pif.Bool("management")) throw new XapiException("PIF_IS_MANAGEMENT_INTERFACE", pif.Ref);
        if (pif.Bool("disallow_unplug")) throw new XapiException("PIF_DOES_NOT_ALLOW_UNPLUG", pif.Ref);
        if (pif.Follow("network", "network") is not { } network) return;
        var host = pif.Text("host");
        foreach (var vif in network.FollowAll("VIFs", "VIF"))
        {
            if (vif.Bool("currently_attached") && vif.Follow("VM", "VM")?.Text("resident_on") == host) throw new XapiException("VIF_IN_USE", network.Ref, vif.Ref);
        }
    }

    private static async Task<XapiValue> CreateBondAsync(CallContext call)
    {
        var (network, db) = (call.Object("network"), call.Db);
        var members = call["members"].AsTexts.Select(reference => db.Get("PIF", reference)).ToList();
        if (members.Count == 0) throw new XapiException("PIF_BOND_NEEDS_MORE_MEMBERS");
        if (members.FirstOrDefault(pif => pif.Follow("bond_slave_of", "Bond") is not null) is { } bonded) throw new XapiException("PIF_ALREADY_BONDED", bonded.Ref);
        if (members.FirstOrDefault(pif => pif.Int("VLAN") >= 0) is { } tagged) throw new XapiException("PIF_VLAN_EXISTS", tagged.Ref);
        if (members.Select(pif => pif.Text("host")).Distinct().Skip(1).Any()) throw new XapiException("PIF_CANNOT_BOND_CROSS_HOST");
        await Effort.SpendAsync(call, Effort.Network);
        var bond = db.Update(() =>
        {
            var primary = members.OrderByDescending(pif => pif.Bool("management")).First();
            var count = db.Where("PIF", "host", primary["host"]).Count(pif => pif.Text("device").StartsWith("bond", StringComparison.Ordinal) && pif.Int("VLAN") < 0);
            var master = db.Create("PIF",
            [
                ("device", string.Create(CultureInfo.InvariantCulture, $"bond{count}")), ("network", network.Ref), ("host", primary["host"]),
                ("MAC", call.Text("MAC") is { Length: > 0 } mac ? mac : primary["MAC"]),
                ("MTU", network.Int("MTU")), ("VLAN", -1), ("physical", false), ("metrics", db.Create("PIF_metrics", ("carrier", true)).Ref),
                ("managed", true), ("management", primary["management"]),
                .. AddressFields.Select(field => (field, primary[field])),
            ]);
            var made = db.Create("Bond",
                ("master", master.Ref), ("primary_slave", primary.Ref), ("mode", call["mode"]), ("properties", call["properties"]),
                ("links_up", members.Count), ("auto_update_mac", call.Text("MAC").Length == 0));
            foreach (var member in members)
            {
                member["bond_slave_of"] = made.Ref;
                member["management"] = false;
                member["ip_configuration_mode"] = "None";
                member["IP"] = "";
                member["currently_attached"] = false;
            }

            master["currently_attached"] = true;
            return made;
        });
        call.Progress(1);
        return bond.Ref;
    }

    private static async Task DestroyBondAsync(CallContext call)
    {
        var bond = call.Object("self");
        await Effort.SpendAsync(call, Effort.Network);
        call.Db.Update(() =>
        {
            var master = bond.Follow("master", "PIF");
            var primary = bond.Follow("primary_slave", "PIF");
            foreach (var member in bond.FollowAll("slaves", "PIF"))
            {
                member["bond_slave_of"] = XapiValue.NullRef;
                member["currently_attached"] = true;
            }

            if (master is { } from && primary is { } to)
            {
                to["management"] = from["management"];
                foreach (var field in AddressFields)
                    to[field] = from[field];
            }

            bond.Destroy();
            master?.Follow("metrics", "PIF_metrics")?.Destroy();
            master?.Destroy();
        });
    }

    private static string[] AddressFields => ["ip_configuration_mode", "IP", "netmask", "gateway", "DNS"];
}
