using System.Text.Json.Nodes;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Operations.Simulated;

/// <summary>What the verbs of disks, network devices, networks, hosts, storage and pools do, as it is seen through the store.</summary>
public sealed class PartOperationTests
{
    private const long GiB = 1L << 30;

    [Fact]
    public async Task Disk_FromItsMakingToItsEnd()
    {
        using var patience = Patience.Source();
        await using var pool = await OperatedPool.StartAsync(patience.Token);
        var vm = pool.Any<Vm>(one => one.Kind() == VmKind.Vm && one.PowerState == VmPowerState.Running && one.AllowedOperations.Contains(VmOperation.CleanShutdown)
            && pool.Picture.DisksOf(one).Any(other => other.Sr is { Shared: true }));
        var storages = pool.Picture.All<Sr>().Where(one => one.ContentType != "iso" && one.Type != "udev" && pool.Picture.HostsOf(one).Any()).OrderByDescending(one => one.Shared).ToList();

        var disk = await pool.MakesAsync<Vdi>("vm.create_disk", vm, new() { ["name"] = "data", ["size"] = "4 GiB", ["sr"] = storages[0].Uuid });
        await pool.Fleet.UntilPictureAsync(p => Drive() is { CurrentlyAttached: true }, patience.Token);
        Assert.Contains("is in use", await pool.RefusalAsync("vdi.delete", disk));
        await pool.SucceedsAsync("vbd.disconnect", Drive()!, null, p => Drive() is { CurrentlyAttached: false });
        await pool.SucceedsAsync("vbd.connect", Drive()!, null, p => Drive() is { CurrentlyAttached: true });
        await pool.SucceedsAsync("vbd.delete", Drive()!, null, p => Drive() is null);
        await pool.SucceedsAsync("vdi.set", pool.Now(disk), new() { ["name_label"] = "archive", ["size"] = "6 GiB" }, p => p.GetByUuid<Vdi>(disk.Uuid) is { NameLabel: "archive", VirtualSize: 6 * GiB });
        Assert.Contains("cannot be made smaller", await pool.RefusalAsync("vdi.set", pool.Now(disk), new() { ["size"] = GiB }));
        await pool.SucceedsAsync("vm.attach_disk", vm, new() { ["vdi"] = disk.Uuid }, p => Drive() is not null);
        await pool.SucceedsAsync("vbd.delete", Drive()!, null, p => Drive() is null);
        var moved = await pool.MakesAsync<Vdi>("vdi.migrate", pool.Now(disk), new() { ["sr_id"] = storages[1].Uuid });
        await pool.Fleet.UntilPictureAsync(p => p.GetByUuid<Vdi>(disk.Uuid) is null, patience.Token);
        Assert.Equal(storages[1].Ref, moved.Sr.Value);
        await pool.SucceedsAsync("vdi.delete", moved, null, p => p.GetByUuid<Vdi>(moved.Uuid) is null);

        Vbd? Drive() => pool.Picture.GetByUuid<Vdi>(disk.Uuid) is { } now ? pool.Picture.Get(now.Vbds).FirstOrDefault() : null;
    }

    [Fact]
    public async Task NetworkDevice_FromItsMakingToItsEnd()
    {
        using var patience = Patience.Source();
        await using var pool = await OperatedPool.StartAsync(patience.Token);
        var vm = pool.Any<Vm>(one => one.Kind() == VmKind.Vm && one.PowerState == VmPowerState.Running && one.AllowedOperations.Contains(VmOperation.CleanShutdown));
        var networks = pool.Picture.All<Network>().Where(network => !network.Pifs.IsEmpty).Take(2).ToList();

        var device = await pool.MakesAsync<Vif>("vm.create_interface", vm, new() { ["network"] = networks[0].Uuid });
        await pool.Fleet.UntilPictureAsync(p => p.GetByUuid<Vif>(device.Uuid)!.CurrentlyAttached, patience.Token);
        await pool.SucceedsAsync("vif.set", pool.Now(device), new() { ["network"] = networks[1].Uuid, ["rateLimit"] = 2048 },
            p => p.GetByUuid<Vif>(device.Uuid) is { } now && now.Network.Value == networks[1].Ref && now.QosAlgorithmParams.TryGetValue("kbps", out var rate) && rate == "2048");
        await pool.SucceedsAsync("vif.disconnect", pool.Now(device), null, p => !p.GetByUuid<Vif>(device.Uuid)!.CurrentlyAttached);
        var remade = await pool.MakesAsync<Vif>("vif.set", pool.Now(device), new() { ["mac"] = "02:00:00:00:00:42" });
        Assert.Equal(("02:00:00:00:00:42", device.Device, networks[1].Ref), (remade.Mac, remade.Device, remade.Network.Value));
        await pool.SucceedsAsync("vif.delete", remade, null, p => p.GetByUuid<Vif>(remade.Uuid) is null && p.GetByUuid<Vif>(device.Uuid) is null);
        Assert.Contains("multicast", await pool.RefusalAsync("vm.create_interface", vm, new() { ["network"] = networks[0].Uuid, ["mac"] = "01:00:00:00:00:01" }));
    }

    [Fact]
    public async Task Networks_InternalVlanAndBonded()
    {
        using var patience = Patience.Source();
        await using var pool = await OperatedPool.StartAsync(patience.Token);
        var host = pool.Any<Host>(pool.Picture.IsCoordinator);
        var cards = pool.Picture.Get(host.Pifs).Where(pif => pif.Physical && pif.BondSlaveOf.IsNull).ToList();
        var trunk = pool.Picture.Get(host.Pifs).First(pif => pif.Vlan < 0 && pif.BondSlaveOf.IsNull);

        var inside = await pool.MakesAsync<Network>("network.create", pool.Picture.Pool!, new() { ["name"] = "inside", ["mtu"] = 9000 });
        Assert.Equal(("inside", 9000, 0), (inside.NameLabel, inside.Mtu, inside.Pifs.Length));
        await pool.SucceedsAsync("network.set", inside, new() { ["name_label"] = "renamed", ["automatic"] = true },
            p => p.GetByUuid<Network>(inside.Uuid) is { NameLabel: "renamed" } now && now.OtherConfig.ContainsKey("automatic"));
        await pool.SucceedsAsync("network.delete", pool.Now(inside), null, p => p.GetByUuid<Network>(inside.Uuid) is null);

        var tagged = await pool.MakesAsync<Network>("network.create", pool.Picture.Pool!, new() { ["name"] = "tagged", ["pif"] = trunk.Uuid, ["vlan"] = 777 });
        await pool.Fleet.UntilPictureAsync(p => p.Get(p.GetByUuid<Network>(tagged.Uuid)!.Pifs).Count(pif => pif.Vlan == 777) == 2, patience.Token);
        await pool.SucceedsAsync("network.delete", pool.Now(tagged), null, p => p.GetByUuid<Network>(tagged.Uuid) is null && !p.All<Pif>().Any(pif => pif.Vlan == 777));
        Assert.Contains("needs an interface", await pool.RefusalAsync("network.create", pool.Picture.Pool!, new() { ["name"] = "x", ["vlan"] = 5 }));
        Assert.Contains("physical interface", await pool.RefusalAsync("network.delete", pool.Any<Network>(network => pool.Picture.Get(network.Pifs).Any(pif => pif.Physical))));

        var bonded = await pool.MakesAsync<Network>("network.create_bonded", pool.Picture.Pool!, new() { ["name"] = "bonded", ["pifs"] = new JsonArray(cards[0].Uuid, cards[1].Uuid), ["bondMode"] = "active-backup" });
        await pool.Fleet.UntilPictureAsync(p => p.Get(p.GetByUuid<Network>(bonded.Uuid)!.Pifs).Count(pif => !pif.BondMasterOf.IsEmpty) == 2, patience.Token);
        Assert.Contains("at least two", await pool.RefusalAsync("network.create_bonded", pool.Picture.Pool!, new() { ["name"] = "x", ["pifs"] = new JsonArray(trunk.Uuid), ["bondMode"] = "lacp" }));
    }

    [Fact]
    public async Task Network_WhoseVlanFails_IsTakenAwayAgain()
    {
        using var patience = Patience.Source();
        await using var pool = await OperatedPool.StartAsync(patience.Token);
        var trunk = pool.Any<Pif>(pif => pif.Vlan < 0 && pif.BondSlaveOf.IsNull);
        pool.Refuse("pool.create_VLAN_from_PIF");

        var result = await pool.RunAsync("network.create", pool.Picture.Pool!, new() { ["name"] = "never", ["pif"] = trunk.Uuid, ["vlan"] = 778 });

        Assert.Equal(OperationEnd.Failed, result.End);
        Assert.DoesNotContain("Left behind", result.Message, StringComparison.Ordinal);
        Assert.Equal(0, pool.Fleet.Pool.Simulator.Db.Update(() => pool.Fleet.Pool.Simulator.Db.All("network").Count(network => network.Text("name_label") == "never")));
    }

    [Fact]
    public async Task Host_InAndOutOfMaintenance()
    {
        using var patience = Patience.Source();
        await using var pool = await OperatedPool.StartAsync(patience.Token);
        var host = pool.Any<Host>(one => !pool.Picture.IsCoordinator(one));

        await pool.SucceedsAsync("host.set", host, new() { ["name_label"] = "iron-2", ["name_description"] = "rack 7" }, p => p.GetByUuid<Host>(host.Uuid) is { NameLabel: "iron-2", NameDescription: "rack 7" });
        Assert.Contains("is in service", await pool.RefusalAsync("host.enable", host));
        await pool.SucceedsAsync("host.disable", host, null, p => !p.GetByUuid<Host>(host.Uuid)!.Enabled);
        await pool.SucceedsAsync("host.enable", host, null, p => p.GetByUuid<Host>(host.Uuid)!.Enabled);
        foreach (var vm in pool.Picture.VmsOn(host).ToList())
            await pool.SucceedsAsync("vm.hard_shutdown", vm, null, p => p.GetByUuid<Vm>(vm.Uuid)!.PowerState == VmPowerState.Halted);
        await pool.SucceedsAsync("host.enter_maintenance", host, null, p => !p.GetByUuid<Host>(host.Uuid)!.Enabled);
        Assert.Contains("is there", await pool.RefusalAsync("host.forget", host));
        await pool.SucceedsAsync("host.shutdown", host, null, p => !p.IsHostLive(p.GetByUuid<Host>(host.Uuid)!));
    }

    [Fact]
    public async Task Host_ThatCannotBeEmptied_GoesBackIntoService()
    {
        using var patience = Patience.Source();
        await using var pool = await OperatedPool.StartAsync(patience.Token);
        var host = pool.Any<Host>(one => !pool.Picture.IsCoordinator(one));
        pool.Refuse("host.evacuate");

        var result = await pool.RunAsync("host.enter_maintenance", host);
        await pool.Fleet.UntilPictureAsync(p => p.GetByUuid<Host>(host.Uuid)!.Enabled, patience.Token);

        Assert.Equal(OperationEnd.Failed, result.End);
    }

    [Fact]
    public async Task Storage_FromItsMakingToItsEnd()
    {
        using var patience = Patience.Source();
        await using var pool = await OperatedPool.StartAsync(patience.Token);
        var host = pool.Any<Host>(pool.Picture.IsCoordinator);

        var sr = await pool.MakesAsync<Sr>("sr.create_nfs", host, new() { ["nameLabel"] = "nas", ["server"] = "192.0.2.9", ["serverPath"] = "/export", ["nfsVersion"] = "4.1" });
        await pool.Fleet.UntilPictureAsync(p => p.ConnectionOf(p.GetByUuid<Sr>(sr.Uuid)!) == SrConnection.Connected, patience.Token);
        var link = pool.Picture.Get(pool.Now(sr).Pbds).First();
        Assert.Equal(("192.0.2.9", "/export", "4.1", true), (link.DeviceConfig["server"], link.DeviceConfig["serverpath"], link.DeviceConfig["nfsversion"], pool.Now(sr).Shared));
        await pool.SucceedsAsync("sr.set", sr, new() { ["name_label"] = "nas-1" }, p => p.GetByUuid<Sr>(sr.Uuid)!.NameLabel == "nas-1");
        await pool.SucceedsAsync("sr.scan", pool.Now(sr), null, _ => true);
        await pool.SucceedsAsync("sr.set_default", pool.Now(sr), null, p => p.Pool!.DefaultSr.Value == sr.Ref);
        var disk = await pool.MakesAsync<Vdi>("sr.create_disk", pool.Now(sr), new() { ["name"] = "d", ["size"] = GiB });
        Assert.Contains("still holds disks", await pool.RefusalAsync("sr.destroy", pool.Now(sr)));
        await pool.SucceedsAsync("vdi.delete", disk, null, p => p.GetByUuid<Vdi>(disk.Uuid) is null);
        await pool.SucceedsAsync("pbd.disconnect", link, null, p => !p.GetByUuid<Pbd>(link.Uuid)!.CurrentlyAttached);
        await pool.SucceedsAsync("sr.connect_all", pool.Now(sr), null, p => p.GetByUuid<Pbd>(link.Uuid)!.CurrentlyAttached);
        await pool.SucceedsAsync("sr.forget", pool.Now(sr), null, p => p.GetByUuid<Sr>(sr.Uuid) is null);
    }

    [Fact]
    public async Task Pool_IsRenamed()
    {
        using var patience = Patience.Source();
        await using var pool = await OperatedPool.StartAsync(patience.Token);
        var sr = pool.Any<Sr>(one => one.Shared && one.ContentType != "iso");

        await pool.SucceedsAsync("pool.set", pool.Picture.Pool!, new() { ["name_label"] = "north", ["defaultSr"] = sr.Uuid, ["auto_poweron"] = true },
            p => p.Pool is { NameLabel: "north" } own && own.DefaultSr.Value == sr.Ref && own.OtherConfig.GetValueOrDefault("auto_poweron") == "true");
        await pool.SucceedsAsync("pool.set", pool.Picture.Pool!, new() { ["defaultSr"] = null }, p => p.Pool!.DefaultSr.IsNull);
    }
}
