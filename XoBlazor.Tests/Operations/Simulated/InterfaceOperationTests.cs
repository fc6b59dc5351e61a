using System.Text.Json.Nodes;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Operations.Simulated;

/// <summary>What the verbs of hosts' interfaces, of HA and of the search for storage do, as it is seen through the store.</summary>
public sealed class InterfaceOperationTests
{
    [Fact]
    public async Task Interface_GoesDownAndUp_AndGetsAnAddress()
    {
        using var patience = Patience.Source();
        await using var pool = await OperatedPool.StartAsync(patience.Token);
        var own = pool.Any<Pif>(pif => pif.Management);
        var spare = pool.Any<Pif>(pif => pif is { Physical: true, Management: false, CurrentlyAttached: true, BondSlaveOf.IsNull: true } && !pool.Picture.Get(pool.Picture.Get(pif.Network)!.Vifs).Any(device => device.CurrentlyAttached));

        Assert.Contains("managed by", await pool.RefusalAsync("pif.disconnect", own));
        await pool.SucceedsAsync("pif.disconnect", spare, null, p => !p.GetByUuid<Pif>(spare.Uuid)!.CurrentlyAttached);
        await pool.SucceedsAsync("pif.connect", pool.Now(spare), null, p => p.GetByUuid<Pif>(spare.Uuid)!.CurrentlyAttached);
        Assert.Contains("'ip'", await pool.RefusalAsync("pif.reconfigure_ip", spare, new() { ["mode"] = "Static", ["ip"] = "10.1", ["netmask"] = "255.255.255.0" }));
        Assert.Contains("'ipv6'", await pool.RefusalAsync("pif.reconfigure_ip", spare, new() { ["ipv6Mode"] = "Static", ["ipv6"] = "fd00::5" }));
        await pool.SucceedsAsync("pif.reconfigure_ip", pool.Now(spare), new() { ["mode"] = "Static", ["ip"] = "10.9.0.5", ["netmask"] = "255.255.255.0", ["ipv6Mode"] = "Static", ["ipv6"] = "fd00::5/64" },
            p => p.GetByUuid<Pif>(spare.Uuid) is { Ip: "10.9.0.5", IpConfigurationMode: IpConfigurationMode.Static } now && now.Ipv6 is ["fd00::5/64"]);
    }

    [Fact]
    public async Task Management_MovesToAnInterfaceWithAnAddress()
    {
        using var patience = Patience.Source();
        await using var pool = await OperatedPool.StartAsync(patience.Token);
        var host = pool.Any<Host>(one => !pool.Picture.IsCoordinator(one));
        var spare = pool.Picture.Get(host.Pifs).First(pif => pif is { Physical: true, Management: false, BondSlaveOf.IsNull: true });

        await pool.SucceedsAsync("pif.reconfigure_ip", spare, new() { ["mode"] = "None" }, p => p.GetByUuid<Pif>(spare.Uuid)!.IpConfigurationMode == IpConfigurationMode.None);
        Assert.Contains("has no address", await pool.RefusalAsync("host.set_management", host, new() { ["pif"] = spare.Uuid }));
        await pool.SucceedsAsync("pif.reconfigure_ip", spare, new() { ["mode"] = "DHCP" }, p => p.GetByUuid<Pif>(spare.Uuid)!.IpConfigurationMode == IpConfigurationMode.Dhcp);
        await pool.SucceedsAsync("host.set_management", host, new() { ["pif"] = spare.Uuid }, p => p.Get(host.Pifs).Single(pif => pif.Management).Uuid == spare.Uuid);
        await pool.SucceedsAsync("host.scan_pifs", host, null, _ => true);
    }

    [Fact]
    public async Task Vlan_ChangesOnEveryHost_AndGoes()
    {
        using var patience = Patience.Source();
        await using var pool = await OperatedPool.StartAsync(patience.Token);
        var trunk = pool.Any<Pif>(pif => pif.Vlan < 0 && pif.BondSlaveOf.IsNull);
        var network = await pool.MakesAsync<Network>("network.create", pool.Picture.Pool!, new() { ["name"] = "tagged", ["pif"] = trunk.Uuid, ["vlan"] = 777 });
        await pool.Fleet.UntilPictureAsync(p => p.Get(p.GetByUuid<Network>(network.Uuid)!.Pifs).Count(pif => pif.Vlan == 777) == 2, patience.Token);

        await pool.SucceedsAsync("pif.set_vlan", pool.Picture.Get(pool.Now(network).Pifs).First(), new() { ["vlan"] = "778" }, p => p.Get(p.GetByUuid<Network>(network.Uuid)!.Pifs).Count(pif => pif.Vlan == 778) == 2);
        Assert.DoesNotContain(pool.Picture.All<Pif>(), pif => pif.Vlan == 777);
        await pool.SucceedsAsync("pif.delete", pool.Picture.Get(pool.Now(network).Pifs).First(), null, p => p.Get(p.GetByUuid<Network>(network.Uuid)!.Pifs).Count() == 1);
    }

    [Fact]
    public async Task Vlan_ThatCannotBeMadeAnew_IsTheOldOneAgain()
    {
        using var patience = Patience.Source();
        await using var pool = await OperatedPool.StartAsync(patience.Token);
        var trunk = pool.Any<Pif>(pif => pif.Vlan < 0 && pif.BondSlaveOf.IsNull);
        var taken = await pool.MakesAsync<Network>("network.create", pool.Picture.Pool!, new() { ["name"] = "taken", ["pif"] = trunk.Uuid, ["vlan"] = 901 });
        var network = await pool.MakesAsync<Network>("network.create", pool.Picture.Pool!, new() { ["name"] = "tagged", ["pif"] = trunk.Uuid, ["vlan"] = 900 });
        await pool.Fleet.UntilPictureAsync(p => p.Get(p.GetByUuid<Network>(network.Uuid)!.Pifs).Count() == 2, patience.Token);

        var result = await pool.RunAsync("pif.set_vlan", pool.Picture.Get(pool.Now(network).Pifs).First(), new() { ["vlan"] = 901 });
        await pool.Fleet.UntilPictureAsync(p => p.Get(p.GetByUuid<Network>(network.Uuid)!.Pifs).Count(pif => pif.Vlan == 900) == 2, patience.Token);

        Assert.Equal(OperationEnd.Failed, result.End);
        Assert.Equal(2, pool.Picture.Get(pool.Now(taken).Pifs).Count());
    }

    [Fact]
    public async Task Ha_OnAndOff()
    {
        using var patience = Patience.Source();
        await using var pool = await OperatedPool.StartAsync(patience.Token);
        var shared = pool.Any<Sr>(sr => sr.Shared && sr.ContentType != "iso" && pool.Picture.ConnectionOf(sr) == SrConnection.Connected);
        var local = pool.Any<Sr>(sr => !sr.Shared && sr.ContentType != "iso");

        Assert.Contains("is not shared", await pool.RefusalAsync("pool.enable_ha", pool.Picture.Pool!, new() { ["heartbeatSrs"] = new JsonArray(local.Uuid) }));
        Assert.Contains("needs storage", await pool.RefusalAsync("pool.enable_ha", pool.Picture.Pool!, new() { ["heartbeatSrs"] = new JsonArray() }));
        Assert.Contains("HA is off", await pool.RefusalAsync("pool.disable_ha", pool.Picture.Pool!));
        await pool.SucceedsAsync("pool.enable_ha", pool.Picture.Pool!, new() { ["heartbeatSrs"] = new JsonArray(shared.Uuid), ["hostFailures"] = 1, ["configuration"] = new JsonObject { ["timeout"] = "60" } },
            p => p.Pool is { HaEnabled: true, HaHostFailuresToTolerate: 1 } own && own.HaConfiguration["timeout"] == "60");
        await pool.SucceedsAsync("pool.disable_ha", pool.Picture.Pool!, null, p => p.Pool is { HaEnabled: false });
    }

    [Fact]
    public async Task Host_LogsElsewhere_TellsItsTime_AndGoesDownInAnEmergency()
    {
        using var patience = Patience.Source();
        await using var pool = await OperatedPool.StartAsync(patience.Token);
        var host = pool.Any<Host>(one => !pool.Picture.IsCoordinator(one) && pool.Picture.VmsOn(one).Any(vm => vm.AllowedOperations.Contains(VmOperation.Suspend)));
        var vm = pool.Picture.VmsOn(host).First(one => one.AllowedOperations.Contains(VmOperation.Suspend));

        await pool.SucceedsAsync("host.set", host, new() { ["syslogDestination"] = "192.0.2.5" }, p => p.GetByUuid<Host>(host.Uuid)!.Logging.GetValueOrDefault("syslog_destination") == "192.0.2.5");
        await pool.SucceedsAsync("host.set", host, new() { ["syslogDestination"] = null }, p => !p.GetByUuid<Host>(host.Uuid)!.Logging.ContainsKey("syslog_destination"));
        var clock = await pool.RunAsync("host.check_clock", host);
        Assert.True(clock.Answer!.GetValue<bool>());
        await pool.RunAsync("host.emergency_shutdown", host);
        await pool.Fleet.UntilPictureAsync(p => !p.IsHostLive(p.GetByUuid<Host>(host.Uuid)!) && p.GetByUuid<Vm>(vm.Uuid)!.PowerState == VmPowerState.Suspended, patience.Token);
    }

    [Fact]
    public async Task Probes_ListWhatThereIs_AndStorageThatIsThereIsTakenOver()
    {
        using var patience = Patience.Source();
        await using var pool = await OperatedPool.StartAsync(patience.Token);
        var host = pool.Any<Host>(pool.Picture.IsCoordinator);
        var portal = new JsonObject { ["target"] = "192.0.2.7" };

        Assert.Equal("""[{"path":"/export/a","acl":"*"},{"path":"/export/b","acl":"*"}]""", await FoundAsync("sr.probe_nfs", new() { ["server"] = "nas" }));
        Assert.Equal("[]", await FoundAsync("sr.probe_nfs_exists", new() { ["server"] = "nas", ["serverPath"] = "/export/a" }));
        Assert.Equal("""[{"iqn":"iqn.2026-01.test:0","ip":"192.0.2.7"},{"iqn":"iqn.2026-01.test:1","ip":"192.0.2.7"}]""", await FoundAsync("sr.probe_iscsi_iqns", portal.DeepClone().AsObject()));
        Assert.Contains("\"scsiId\":\"36000a1\"", await FoundAsync("sr.probe_iscsi_luns", new() { ["target"] = "192.0.2.7", ["targetIqn"] = "iqn.2026-01.test:0" }));
        Assert.Contains("\"lun\":1", await FoundAsync("sr.probe_hba", new()));
        var known = (string)JsonNode.Parse(await FoundAsync("sr.probe_nfs_exists", new() { ["server"] = "nas", ["serverPath"] = "/export/b" }))![0]!["uuid"]!;

        var sr = await pool.MakesAsync<Sr>("sr.create_nfs", host, new() { ["nameLabel"] = "old", ["server"] = "nas", ["serverPath"] = "/export/b", ["srUuid"] = known });
        await pool.Fleet.UntilPictureAsync(p => p.ConnectionOf(p.GetByUuid<Sr>(sr.Uuid)!) == SrConnection.Connected, patience.Token);
        Assert.Equal((known, 2), (sr.Uuid, pool.Picture.Get(pool.Now(sr).Pbds).Count()));
        Assert.Contains("already", await pool.RefusalAsync("sr.create_nfs", host, new() { ["nameLabel"] = "again", ["server"] = "nas", ["serverPath"] = "/export/b", ["srUuid"] = known }));

        async Task<string> FoundAsync(string operation, JsonObject arguments) => (await pool.RunAsync(operation, host, arguments)).Answer!.ToJsonString();
    }

    [Theory]
    [InlineData("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><SRlist><SR><UUID>&e;</UUID></SR></SRlist>")]
    [InlineData("not XML <at all")]
    public async Task Probe_WithAnAnswerThatCannotBeRead_Fails(string answer)
    {
        using var patience = Patience.Source();
        await using var pool = await OperatedPool.StartAsync(patience.Token);
        pool.Fleet.Pool.Simulator.Calls.Register("SR.probe", _ => (XoBlazor.Simulator.Data.XapiValue)answer);

        var result = await pool.RunAsync("sr.probe_nfs_exists", pool.Any<Host>(), new() { ["server"] = "nas", ["serverPath"] = "/x" });

        Assert.Equal((OperationEnd.Failed, "The storage driver gave an answer that cannot be read."), (result.End, result.Message));
    }

    [Fact]
    public async Task CustomField_IsSetAndTakenAway()
    {
        using var patience = Patience.Source();
        await using var pool = await OperatedPool.StartAsync(patience.Token);
        var network = pool.Any<Network>();

        await pool.SucceedsAsync("network.set_custom_field", network, new() { ["name"] = "owner", ["value"] = "ada" }, p => p.GetByUuid<Network>(network.Uuid)!.OtherConfig.GetValueOrDefault("XenCenter.CustomFields.owner") == "ada");
        await pool.SucceedsAsync("network.set_custom_field", network, new() { ["name"] = "owner" }, p => !p.GetByUuid<Network>(network.Uuid)!.OtherConfig.ContainsKey("XenCenter.CustomFields.owner"));
    }

    [Fact]
    public async Task UsbDevice_IsGivenToAVm_AndTakenAway()
    {
        using var patience = Patience.Source();
        await using var pool = await OperatedPool.StartAsync(patience.Token);
        var (db, host, vm) = (pool.Fleet.Pool.Simulator.Db, pool.Any<Host>(), pool.AnyVm(VmPowerState.Halted));
        var (group, device) = db.Update(() =>
        {
            var made = db.Create("USB_group", ("name_label", "keys"));
            return (made.Uuid, db.Create("PUSB", ("USB_group", made.Ref), ("host", host.Ref), ("passthrough_enabled", false)).Uuid);
        });
        await pool.Fleet.UntilPictureAsync(p => p.GetByUuid<Pusb>(device) is not null, patience.Token);

        Assert.Contains("pass-through is off", await pool.RefusalAsync("vm.create_vusb", vm, new() { ["usbGroup"] = group }));
        await pool.SucceedsAsync("pusb.set", pool.Picture.GetByUuid<Pusb>(device)!, new() { ["enabled"] = true }, p => p.GetByUuid<Pusb>(device)!.PassthroughEnabled);
        var usb = await pool.MakesAsync<Vusb>("vm.create_vusb", vm, new() { ["usbGroup"] = group });
        Assert.Contains("not plugged in", await pool.RefusalAsync("vusb.unplug", usb));
        await pool.SucceedsAsync("vusb.destroy", usb, null, p => p.GetByUuid<Vusb>(usb.Uuid) is null);
        await pool.SucceedsAsync("host.scan_pusbs", host, null, _ => true);
    }

    [Fact]
    public async Task Plugins_AnswerInTheirWords()
    {
        using var patience = Patience.Source();
        await using var pool = await OperatedPool.StartAsync(patience.Token);
        var (host, vm) = (pool.Any<Host>(), pool.AnyVm(VmPowerState.Running));
        var sr = pool.Any<Sr>(one => one.ContentType != "iso" && one.Type != "udev" && pool.Picture.HostsOf(one).Any());
        Assert.Equal("XENAPI_MISSING_PLUGIN smartctl.py", (await pool.RunAsync("host.check_disks", host)).Code);
        pool.Fleet.Pool.Simulator.Calls.Register("host.call_plugin", call => call.Text("plugin") switch
        {
            "smartctl.py" => """{"sda":"PASSED","sdb":"FAILED"}""",
            "hyperthreading.py" => "True",
            "coalesce-leaf" => call.Map("args")["vm_uuid"]!.AsText == vm.Uuid ? "Success" : "another",
            "trim" => "<errcode>TrimException</errcode>",
            _ => "no JSON",
        });

        var disks = await pool.RunAsync("host.check_disks", host);
        Assert.Equal(("Done. sda: PASSED; sdb: FAILED", """{"sda":"PASSED","sdb":"FAILED"}"""), (disks.Message, disks.Answer!.ToJsonString()));
        Assert.Equal("Done. Hyper-threading is on.", (await pool.RunAsync("host.check_hyperthreading", host)).Message);
        Assert.Contains("cannot be read", (await pool.RunAsync("host.check_raid", host)).Message);
        Assert.Equal(OperationEnd.Succeeded, (await pool.RunAsync("vm.coalesce_leaf", vm)).End);
        Assert.Contains("Edition xcp-ng", (await pool.RunAsync("pool.check_licence", pool.Picture.Pool!)).Message);
        var driver = pool.Any<Sm>(one => one.Type == sr.Type);
        if (driver.Features.ContainsKey("SR_TRIM"))
            Assert.Contains("TrimException", (await pool.RunAsync("sr.reclaim_space", sr)).Message);
        else
            Assert.Contains("cannot do that", await pool.RefusalAsync("sr.reclaim_space", sr));
    }
}
