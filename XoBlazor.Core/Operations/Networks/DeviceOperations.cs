using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations.Vms;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Operations.Networks;

/// <summary>The network devices of VMs.</summary>
public static class DeviceOperations
{
    private static readonly Right s_edit = new("vif.edit", "Change network devices of VMs", RightLevel.Manage);
    private static readonly Right s_connect = new("vif.connect", "Connect network devices of VMs", RightLevel.Operate);

    public static Operation Create { get; } = new OperationOn<Vm>("vm.create_interface", s_edit, CreateAsync)
    {
        For = VmKinds.IsVmOrTemplate,
        Title = "New network device",
        Progressive = "Making a network device",
        Description = "Gives the VM one more network device, connected at once where the VM runs.",
        Group = OperationGroup.Make,
        Makes = XapiClass.Vif,
        UnlessWith = (_, _, given) => NewDevices.MacProblem(given.Text("mac")),
        Parameters = [.. NewDevices.Fields, OperationParameter.Number("position", "Place", 0, 255) with { IsAdvanced = true }],
    };

    public static Operation Edit { get; } = new OperationOn<Vif>("vif.set", s_edit, EditAsync)
    {
        Title = "Edit",
        Progressive = "Changing",
        Description = "Changes the device's network, MAC address or limits.",
        Group = OperationGroup.Change,
        UnlessWith = (_, _, given) => NewDevices.MacProblem(given.Text("mac")),
        Parameters =
        [
            OperationParameter.Object<Network>("network", "Network", UseRights.Network) with { Present = (pool, device) => pool.Get(((Vif)device).Network)?.Uuid },
            OperationParameter.Text("mac", "MAC address") with { MaxLength = 17, Present = (_, device) => ((Vif)device).Mac, Description = "A new one needs the device unplugged and made anew." },
            OperationParameter.Choice("lockingMode", "Locking", "network_default", "locked", "unlocked", "disabled") with { IsAdvanced = true, Present = (_, device) => EnumText<VifLockingMode>.Wire(((Vif)device).LockingMode) },
            OperationParameter.List("allowedIpv4Addresses", "Allowed IPv4 addresses", OperationParameter.Text("address", "Address")) with { IsAdvanced = true, Present = (_, device) => Texts(((Vif)device).Ipv4Allowed) },
            OperationParameter.List("allowedIpv6Addresses", "Allowed IPv6 addresses", OperationParameter.Text("address", "Address")) with { IsAdvanced = true, Present = (_, device) => Texts(((Vif)device).Ipv6Allowed) },
            OperationParameter.Number("rateLimit", "Rate limit in kB/s", 1) with { IsClearable = true, IsAdvanced = true, Present = (_, device) => ((Vif)device).QosAlgorithmParams.TryGetValue("kbps", out var rate) && long.TryParse(rate, out var number) ? number : null },
            OperationParameter.Flag("txChecksumming", "Checksums by the host") with { IsAdvanced = true, Present = (_, device) => !((Vif)device).OtherConfig.TryGetValue("ethtool-tx", out var tx) || tx != "false" },
        ],
    };

    public static Operation Connect { get; } = new OperationOn<Vif>("vif.connect", s_connect, (work, device) => work.RunAsync("VIF.plug", device.Ref))
    {
        Title = "Connect",
        Progressive = "Connecting",
        Description = "Plugs the device's cable in.",
        Unless = (pool, device) => To(pool, device, VifOperation.Plug, isAttachedWanted: false),
    };

    public static Operation Disconnect { get; } = new OperationOn<Vif>("vif.disconnect", s_connect, (work, device) => work.RunAsync("VIF.unplug", device.Ref))
    {
        Title = "Disconnect",
        Progressive = "Disconnecting",
        Description = "Pulls the device's cable.",
        Confirmation = Confirmation.Ask,
        Consequence = "The guest is off this network until the device is connected again.",
        Unless = (pool, device) => To(pool, device, VifOperation.Unplug, isAttachedWanted: true),
    };

    public static Operation Delete { get; } = new OperationOn<Vif>("vif.delete", s_edit, (work, device) => Plugging.TakeOffAsync(work, device, device.CurrentlyAttached))
    {
        Title = "Delete",
        Progressive = "Deleting",
        Description = "Takes the network device off the VM.",
        Confirmation = Confirmation.Ask,
        Consequence = "The guest loses this network; a device made later has another MAC address unless you give it this one.",
        Group = OperationGroup.Delete,
        Unless = (pool, device) => device.CurrentlyAttached ? To(pool, device, VifOperation.Unplug, isAttachedWanted: true) : null,
    };

    public static ImmutableArray<Operation> All { get; } = [Create, Edit, Connect, Disconnect, Delete];

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode?)text)]);

    private static async Task CreateAsync(OperationWork work, Vm vm)
    {
        var given = work.Arguments;
        var place = given.Number("position")?.ToString(CultureInfo.InvariantCulture) ?? FreePlace(work.Pool, vm);
        var device = await work.MakeAsync<Vif>("VIF.create", DiskRecords.Vif(
            new(vm.Ref), given.Object<Network>("network")!, place, given.Text("mac") ?? "", given.List<string>("allowedIpv4Addresses"), given.List<string>("allowedIpv6Addresses")));
        work.Made(device);
        await Plugging.PlugOrNoteAsync(work, vm, device, "It");
    }

    /// <summary>XAPI can move a device to another network, but not give it another address: for that it is made anew in its place.</summary>
    private static async Task EditAsync(OperationWork work, Vif device)
    {
        var given = work.Arguments;
        if (given.Text("mac") is { } mac && !string.Equals(mac, device.Mac, StringComparison.OrdinalIgnoreCase))
            device = await RemakeAsync(work, device, mac);
        else if (given.Object<Network>("network") is { } network && network.Ref != device.Network.Value)
            await work.CallAsync("VIF.move", device.Ref, network.Ref);
        if (given.Text("lockingMode") is { } locking)
            await work.CallAsync("VIF.set_locking_mode", device.Ref, locking);
        foreach (var family in (string[])["4", "6"])
            if (given.Has($"allowedIpv{family}Addresses"))
                await work.CallAsync($"VIF.set_ipv{family}_allowed", device.Ref, given.List<string>($"allowedIpv{family}Addresses").ToArray());
        if (given.Has("rateLimit"))
        {
            await work.CallAsync("VIF.set_qos_algorithm_type", device.Ref, given.Number("rateLimit") is null ? "" : "ratelimit");
            await work.SetEntryAsync(device, "qos_algorithm_params", "kbps", given.Number("rateLimit")?.ToString(CultureInfo.InvariantCulture));
        }

        if (given.Flag("txChecksumming") is { } checksums)
            await work.SetEntryAsync(device, "other_config", "ethtool-tx", checksums ? "true" : "false");
    }

    private static async Task<Vif> RemakeAsync(OperationWork work, Vif device, string mac)
    {
        var network = work.Arguments.Object<Network>("network") ?? work.Pool.Get(device.Network) ?? throw new OperationFailedException("The device's network is gone.");
        await Plugging.TakeOffAsync(work, device, device.CurrentlyAttached);
        work.Did("the device was taken off, to be made anew");
        var made = await work.MakeAsync<Vif>("VIF.create", DiskRecords.Vif(device.Vm, network, device.Device, mac, device.Ipv4Allowed, device.Ipv6Allowed));
        work.Made(made);
        if (device.CurrentlyAttached && work.Pool.Get(device.Vm) is { } vm)
            await Plugging.PlugOrNoteAsync(work, vm, made, "It");
        return device with { Ref = made.Value! };
    }

    private static string FreePlace(PoolPicture pool, Vm vm)
    {
        var used = pool.NetworkDevicesOf(vm).Select(device => device.Vif.Device).ToHashSet();
        return Enumerable.Range(0, 256).Select(place => place.ToString(CultureInfo.InvariantCulture)).First(place => !used.Contains(place));
    }

    private static string? To(PoolPicture pool, Vif device, VifOperation wanted, bool isAttachedWanted) =>
        Plugging.Obstacle(pool, device, device.Vm, device.CurrentlyAttached, isAttachedWanted, device.AllowedOperations.Contains(wanted));
}
