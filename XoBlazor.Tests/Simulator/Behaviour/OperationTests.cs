using System.Text.Json;
using XoBlazor.Simulator;
using XoBlazor.Simulator.Data;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Simulator.Behaviour;

/// <summary>Operations beyond the recordings, as a client sees them, and the errors that refuse them.</summary>
public sealed class OperationTests : IAsyncLifetime
{
    private SimulatorHost _host = null!;
    private RpcClient _client = null!;

    private Database Db => _host.Pools[0].Simulator.Db;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await SimulatorHost.StartAsync(
            new() { Pools = [PoolSource.Demo()[0]], Addresses = AddressMode.Reachable, Pool = new() { OperationDuration = TimeSpan.Zero } }, Token);
        _client = await RpcClient.LogInAsync(_host.Pools[0].HttpUrl, Token);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Suspend_ThenResume_KeepsTheMemoryOnADiskMeanwhile()
    {
        var vm = Vm("queue-01");

        await CallAsync("VM.suspend", vm.Ref);
        var image = vm.Follow("suspend_VDI", "VDI");
        var suspended = vm.Text("power_state");
        await CallAsync("VM.resume", vm.Ref, false, false);

        Assert.Equal("Suspended", suspended);
        Assert.Equal("Running", vm.Text("power_state"));
        Assert.False(image!.Exists);
        Sound();
    }

    [Fact]
    public async Task HardShutdown_OfASuspendedVm_ThrowsItsMemoryAway()
    {
        var vm = Vm("queue-01");
        await CallAsync("VM.suspend", vm.Ref);
        var image = vm.Follow("suspend_VDI", "VDI")!;

        await CallAsync("VM.hard_shutdown", vm.Ref);

        Assert.Equal("Halted", vm.Text("power_state"));
        Assert.False(image.Exists);
        Sound();
    }

    [Fact]
    public async Task Migrate_ToAnotherHost_StaysRunningAndGetsNewConsoles()
    {
        var vm = Vm("web-01");
        var target = Db.All("host").First(host => host.Ref != vm.Text("resident_on"));
        var consoles = vm["consoles"].AsTexts.ToList();

        await CallAsync("VM.pool_migrate", vm.Ref, target.Ref, new { live = "true" });

        Assert.Equal(target.Ref, vm.Text("resident_on"));
        Assert.Equal("Running", vm.Text("power_state"));
        Assert.Empty(vm["consoles"].AsTexts.Intersect(consoles));
        Assert.Contains(target.Text("address"), vm.FollowAll("consoles", "console")[0].Text("location"), StringComparison.Ordinal);
        Sound();
    }

    [Fact]
    public async Task Checkpoint_ThenRevert_LeavesTheVmSuspended()
    {
        var vm = Vm("git-01");

        var checkpoint = (await CallAsync("VM.checkpoint", vm.Ref, "with memory")).GetString()!;
        var running = vm.Text("power_state");
        await CallAsync("VM.revert", checkpoint);

        Assert.Equal("Running", running);
        Assert.Equal("Suspended", Db.Get("VM", checkpoint).Text("power_state"));
        Assert.Equal("Suspended", vm.Text("power_state"));
        Assert.Equal("git-01", vm.Text("name_label"));
    }

    [Fact]
    public async Task Copy_ToAnotherStorage_MakesFullDisksThere()
    {
        var vm = Vm("legacy-crm");
        var sr = Db.Where("SR", "name_label", "iSCSI archive")[0];

        var copy = Db.Get("VM", (await CallAsync("VM.copy", vm.Ref, "copy", sr.Ref)).GetString()!);

        var disk = copy.FollowAll("VBDs", "VBD").Single(vbd => vbd.Text("type") == "Disk").Follow("VDI", "VDI")!;
        Assert.Equal(sr.Ref, disk.Text("SR"));
        Assert.NotEqual(vm.FollowAll("VIFs", "VIF")[0].Text("MAC"), copy.FollowAll("VIFs", "VIF")[0].Text("MAC"));
        Assert.NotEqual(vm["other_config"].AsMap["mac_seed"], copy["other_config"].AsMap["mac_seed"]);
        Sound();
    }

    [Fact]
    public async Task Snapshot_OnAChainedDriver_LeavesAHiddenBase()
    {
        var vm = Vm("cache-01");
        var disk = vm.FollowAll("VBDs", "VBD")[0].Follow("VDI", "VDI")!;

        await CallAsync("VM.snapshot", vm.Ref, "now", Array.Empty<string>());

        var parent = Db.GetByUuid("VDI", disk["sm_config"].AsMap["vhd-parent"]!.AsText);
        Assert.False(parent.Bool("managed"));
        Assert.Equal("base copy", parent.Text("name_label"));
        Sound();
    }

    [Fact]
    public async Task Provision_OfACloneOfATemplate_MakesTheDisksItAsksFor()
    {
        var template = Db.Where("VM", "name_label", "Debian Bookworm 12")[0];
        var clone = (await CallAsync("VM.clone", template.Ref, "fresh")).GetString()!;

        await CallAsync("VM.provision", clone);

        var vm = Db.Get("VM", clone);
        Assert.False(vm.Bool("is_a_template"));
        Assert.Equal(10L << 30, vm.FollowAll("VBDs", "VBD").Single().Follow("VDI", "VDI")!.Int("virtual_size"));
        Assert.Null(vm["other_config"].AsMap["disks"]);
        await CallAsync("VM.start", clone, false, false);
        Sound();
    }

    [Fact]
    public async Task InsertAndEject_OfADisc_FillAndEmptyTheDrive()
    {
        var drive = Vm("firewall-lab").FollowAll("VBDs", "VBD").Single(vbd => vbd.Text("type") == "CD");
        if (!drive.Bool("empty")) await CallAsync("VBD.eject", drive.Ref);
        var disc = Db.Where("VDI", "name_label", "FreeBSD-14.1-RELEASE-amd64-disc1.iso")[0];

        await CallAsync("VBD.insert", drive.Ref, disc.Ref);
        var failure = await _client.FailureAsync("VBD.insert", Token, drive.Ref, disc.Ref);
        await CallAsync("VBD.eject", drive.Ref);

        Assert.Equal(["VBD_NOT_EMPTY", drive.Ref], failure);
        Assert.True(drive.Bool("empty"));
        Sound();
    }

    [Fact]
    public async Task Evacuate_OfADisabledHost_MovesEveryVm()
    {
        var host = Db.Where("host", "name_label", "xcp-prod-01")[0];
        await CallAsync("host.disable", host.Ref);

        var task = (await CallAsync("Async.host.evacuate", host.Ref)).GetString()!;
        await EndAsync(task);

        Assert.Equal("success", Db.Get("task", task).Text("status"));
        Assert.All(host.FollowAll("resident_VMs", "VM"), vm => Assert.True(vm.Bool("is_control_domain")));
        Sound();
    }

    [Fact]
    public async Task Evacuate_OfAHostWithAVmBoundToIt_SaysWhichAndWhy()
    {
        var host = Vm("backup-proxy-01").Follow("resident_on", "host")!;

        var failure = await _client.FailureAsync("host.assert_can_evacuate", Token, host.Ref);

        Assert.Equal("CANNOT_EVACUATE_HOST", failure[0]);
        Assert.Contains(Vm("backup-proxy-01").Ref, failure[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reboot_OfAHost_TakesItAwayAndBringsItBack()
    {
        var host = Db.Where("host", "name_label", "xcp-prod-03")[0];
        var refused = await _client.FailureAsync("host.reboot", Token, host.Ref);
        await CallAsync("host.disable", host.Ref);

        await CallAsync("host.reboot", host.Ref);
        using var patience = Patience.Source();
        while (!host.Bool("enabled"))
            await Task.Yield();

        Assert.Equal(["HOST_NOT_DISABLED"], refused);
        Assert.True(host.Follow("metrics", "host_metrics")!.Bool("live"));
        Assert.DoesNotContain("reboot", host["allowed_operations"].AsTexts);
        Sound();
    }

    [Fact]
    public async Task RestartAgent_AfterItsAnswer_ForgetsEverySession()
    {
        await CallAsync("host.restart_agent", Db.Coordinator.Ref);

        using var patience = Patience.Source();
        while (_host.Pools[0].State.Sessions > 0)
            await Task.Yield();

        using var again = await RpcClient.LogInAsync(_host.Pools[0].HttpUrl, patience.Token);
        Assert.Equal("SESSION_INVALID", (await _client.FailureAsync("VM.get_all", Token))[0]);
    }

    [Fact]
    public async Task DesignateNewMaster_AfterItsAnswer_MovesTheCoordinator()
    {
        var next = Db.Where("host", "name_label", "xcp-prod-02")[0];

        await CallAsync("pool.designate_new_master", next.Ref);

        using var patience = Patience.Source();
        while (Db.Coordinator.Ref != next.Ref)
            await Task.Yield();
        Assert.Equal(["HOST_IS_SLAVE", next.Text("address")], await FailureOnceLinesAreCutAsync());
    }

    /// <summary>A coordinator cuts its lines as it goes; a call that meets the cut is made again.</summary>
    private async Task<string[]> FailureOnceLinesAreCutAsync()
    {
        while (true)
        {
            try
            {
                return [.. await _client.FailureAsync("VM.get_all", Token)];
            }
            catch (HttpRequestException)
            {
                await Task.Yield();
            }
        }
    }

    [Fact]
    public async Task Shutdown_OfAMember_ClosesItsAddress()
    {
        var host = Db.Where("host", "name_label", "xcp-prod-03")[0];
        await CallAsync("host.disable", host.Ref);

        await CallAsync("host.shutdown", host.Ref);
        using var patience = Patience.Source();
        while (host.Follow("metrics", "host_metrics")!.Bool("live"))
            await Task.Yield();

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => RpcClient.LogInAsync(new Uri($"http://{host.Text("address")}:{_host.Pools[0].HttpUrl.Port}/"), patience.Token));
        Assert.Contains("power_on", host["allowed_operations"].AsTexts);
        Sound();
    }

    [Fact]
    public async Task Housekeeping_AfterASnapshotIsGone_MergesItsBase()
    {
        var vm = Vm("cache-01");
        var disk = vm.FollowAll("VBDs", "VBD")[0].Follow("VDI", "VDI")!;
        var snapshot = Db.Get("VM", (await CallAsync("VM.snapshot", vm.Ref, "now", Array.Empty<string>())).GetString()!);
        var copy = snapshot.FollowAll("VBDs", "VBD").Single(vbd => vbd.Text("type") == "Disk").Text("VDI");
        await CallAsync("VM.destroy", snapshot.Ref);
        await CallAsync("VDI.destroy", copy);
        var parent = Db.GetByUuid("VDI", disk["sm_config"].AsMap["vhd-parent"]!.AsText);

        new XoBlazor.Simulator.Life.Housekeeping(_host.Pools[0].Simulator).MergeChains();

        Assert.False(parent.Exists);
        Assert.Null(disk["sm_config"].AsMap["vhd-parent"]);
        Sound();
    }

    [Fact]
    public async Task Storage_CreatedAndDestroyed_ComesAndGoesWithItsConnections()
    {
        var coordinator = Db.Coordinator;
        var sr = (await CallAsync("SR.create", coordinator.Ref, new { server = "10.0.0.9", serverpath = "/x" }, 0, "NFS new", "", "nfs", "user", true, new { })).GetString()!;
        var connections = Db.Get("SR", sr).FollowAll("PBDs", "PBD");

        var refused = await _client.FailureAsync("SR.forget", Token, sr);
        foreach (var pbd in connections)
            await CallAsync("PBD.unplug", pbd.Ref);
        await CallAsync("SR.destroy", sr);

        Assert.Equal(3, connections.Count);
        Assert.Equal(["SR_HAS_PBD", sr], refused);
        Assert.False(Db.Exists("SR", sr));
        Assert.All(connections, pbd => Assert.False(pbd.Exists));
    }

    [Fact]
    public async Task Bond_CreatedAndDestroyed_MovesTheAddressThereAndBack()
    {
        var host = Db.Coordinator;
        var network = (await CallAsync("network.create", new { name_label = "bonded", name_description = "", MTU = 1500, other_config = new { }, bridge = "", managed = true, tags = Array.Empty<string>() })).GetString()!;
        var cards = host.FollowAll("PIFs", "PIF").Where(pif => pif.Bool("physical") && pif.Follow("bond_slave_of", "Bond") is null).ToList();
        var management = cards.Single(pif => pif.Bool("management"));
        var address = management.Text("IP");

        var bond = Db.Get("Bond", (await CallAsync("Bond.create", network, cards.Select(pif => pif.Ref), "", "active-backup", new { })).GetString()!);
        var master = bond.Follow("master", "PIF")!;
        var (moved, isManagement) = (master.Text("IP"), master.Bool("management"));
        await CallAsync("Bond.destroy", bond.Ref);

        Assert.Equal(address, moved);
        Assert.True(isManagement);
        Assert.Equal(address, management.Text("IP"));
        Assert.True(management.Bool("management"));
        Assert.False(master.Exists);
    }

    [Fact]
    public async Task CleanShutdown_OfAGuestWithoutTools_IsNotAcknowledged()
    {
        var vm = Vm("firewall-lab");

        var failure = await _client.FailureAsync("VM.clean_shutdown", Token, vm.Ref);
        await CallAsync("VM.shutdown", vm.Ref);

        Assert.Equal(["VM_FAILED_SHUTDOWN_ACKNOWLEDGMENT", vm.Ref], failure);
        Assert.Equal("Halted", vm.Text("power_state"));
        Sound();
    }

    [Fact]
    public async Task ReconfigureIp_OfAStorageCard_WritesItsAddress()
    {
        var card = Db.Coordinator.FollowAll("PIFs", "PIF").Single(pif => pif.Text("device") == "eth1" && pif.Bool("physical"));

        await CallAsync("PIF.reconfigure_ip", card.Ref, "Static", "10.71.1.99", "255.255.255.0", "", "");
        var wrong = await _client.FailureAsync("PIF.reconfigure_ip", Token, card.Ref, "Static", "somewhere", "255.255.255.0", "", "");

        Assert.Equal("10.71.1.99", card.Text("IP"));
        Assert.True(card.Bool("currently_attached"));
        Assert.Equal(["INVALID_IP_ADDRESS_SPECIFIED", "IP"], wrong);
    }

    [Fact]
    public async Task BlockedOperation_OnAVm_IsRefusedWithItsReason()
    {
        var vm = Vm("db-master");
        await CallAsync("VM.add_to_blocked_operations", vm.Ref, "clean_shutdown", "never on a weekday");

        var failure = await _client.FailureAsync("VM.clean_shutdown", Token, vm.Ref);

        Assert.Equal(["OPERATION_BLOCKED", vm.Ref, "never on a weekday"], failure);
        Assert.DoesNotContain("clean_shutdown", vm["allowed_operations"].AsTexts);
    }

    [Theory]
    [InlineData("VM.start", "web-01", "VM_BAD_POWER_STATE", "halted", "running")]
    [InlineData("VM.resume", "web-01", "VM_BAD_POWER_STATE", "suspended", "running")]
    [InlineData("VM.clean_shutdown", "legacy-crm", "VM_BAD_POWER_STATE", "running", "halted")]
    [InlineData("VM.hard_shutdown", "legacy-crm", "VM_BAD_POWER_STATE", "paused, suspended, running", "halted")]
    [InlineData("VM.destroy", "web-01", "VM_BAD_POWER_STATE", "halted, suspended", "running")]
    public async Task Operation_InTheWrongState_NamesWhatItNeeds(string method, string name, string code, string expected, string actual)
    {
        var vm = Vm(name);
        object[] parameters = method is "VM.start" or "VM.resume" ? [vm.Ref, false, false] : [vm.Ref];

        var failure = await _client.FailureAsync(method, Token, parameters);

        Assert.Equal([code, vm.Ref, expected, actual], failure);
    }

    [Fact]
    public async Task Start_OfATemplate_IsRefused()
    {
        var template = Db.Where("VM", "name_label", "Rocky Linux 9")[0];

        Assert.Equal(["VM_IS_TEMPLATE", template.Ref, "start"], await _client.FailureAsync("VM.start", Token, template.Ref, false, false));
        Assert.Equal("VM_CANNOT_DELETE_DEFAULT_TEMPLATE", (await _client.FailureAsync("VM.destroy", Token, template.Ref))[0]);
    }

    [Fact]
    public async Task Start_WhenNoHostHasRoom_FindsNoHost()
    {
        var vm = Vm("legacy-crm");
        await CallAsync("VM.set_memory", vm.Ref, 1L << 40);

        Assert.Equal(["NO_HOSTS_AVAILABLE"], await _client.FailureAsync("VM.start", Token, vm.Ref, false, false));
        Assert.Equal("HOST_NOT_ENOUGH_FREE_MEMORY", (await _client.FailureAsync("VM.assert_can_boot_here", Token, vm.Ref, Db.Coordinator.Ref))[0]);
        Sound();
    }

    [Fact]
    public async Task Destroy_OfADiskInUse_IsRefused()
    {
        var disk = Vm("web-01").FollowAll("VBDs", "VBD").First(vbd => vbd.Text("type") == "Disk").Follow("VDI", "VDI")!;

        Assert.Equal(["VDI_IN_USE", disk.Ref, "destroy"], await _client.FailureAsync("VDI.destroy", Token, disk.Ref));
        Assert.Equal(["VDI_IN_USE", disk.Ref, "resize"], await _client.FailureAsync("VDI.resize", Token, disk.Ref, 1L << 40));
    }

    [Fact]
    public async Task CallThatHasToWait_WhenItIsCancelled_EndsAsCancelled()
    {
        var vm = Vm("web-02");
        vm.AddToMap("current_operations", "OpaqueRef:somebody-else", "pool_migrate");
        var task = (await CallAsync("Async.VM.pause", vm.Ref)).GetString()!;

        await CallAsync("task.cancel", task);
        await EndAsync(task);

        Assert.Equal("cancelled", Db.Get("task", task).Text("status"));
        Assert.Equal("Running", vm.Text("power_state"));
    }

    private DbObject Vm(string name) => Db.Where("VM", "name_label", name)[0];

    private Task<JsonElement> CallAsync(string method, params object?[] parameters) => _client.CallAsync(method, Token, parameters);

    private async Task EndAsync(string task)
    {
        using var patience = Patience.Source();
        while (Db.Get("task", task).Text("status") == "pending")
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private void Sound() => Assert.Empty(Db.Update(() => Soundness.Faults(Db)));
}
