using System.Text.Json.Nodes;
using XoBlazor.Core.Model;
using XoBlazor.Core.Patching.Rehearsing;
using XoBlazor.Core.Patching.Rolling;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Simulator.Data;
using XoBlazor.Tests.Patching.Rolling;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Patching.Rehearsing;

/// <summary>What a rehearsal says of a pool, its hosts and the VMs that cannot leave them.</summary>
public sealed class RehearsalTests
{
    private const string Make = "hosts=3,vms=9,seed=5";

    [Theory]
    [InlineData("VM_REQUIRES_SR sr", BlockReason.LocalDisk, "which the other hosts do not reach", "Migrate its disk")]
    [InlineData("VM_HAS_PCI_ATTACHED", BlockReason.PinnedDevice, "a passthrough device", "Let it be shut down")]
    [InlineData("VM_HAS_VGPU", BlockReason.PinnedDevice, "a vGPU", "Let it be shut down")]
    [InlineData("VM_HAS_SRIOV_VIF", BlockReason.PinnedDevice, "SR-IOV", "Let it be shut down")]
    [InlineData("HOST_NOT_ENOUGH_FREE_MEMORY 8589934592 1073741824", BlockReason.Memory, "memory", "make room")]
    [InlineData("VM_MISSING_PV_DRIVERS", BlockReason.Drivers, "no drivers", "Install the guest tools")]
    [InlineData("VM_LACKS_FEATURE", BlockReason.Drivers, "no drivers", "Install the guest tools")]
    [InlineData("VM_INCOMPATIBLE_WITH_THIS_HOST host features", BlockReason.CpuFeatures, "processors of other hosts lack", "Let it be shut down")]
    [InlineData("VM_REQUIRES_NETWORK network", BlockReason.Network, "", "Give the other hosts this network")]
    [InlineData("NO_HOSTS_AVAILABLE", BlockReason.NoHost, "", "Put another host into service")]
    [InlineData("SOMETHING_NEW", BlockReason.Other, "something new", "Put that right")]
    public async Task Rehearsal_VmThatCannotLeave_SaysWhyByNameAndWhatHelps(string error, BlockReason reason, string words, string solution)
    {
        using var patience = Patience.Source();
        await using var pool = await RolledPool.StartAsync(patience.Token, Make);
        var vm = pool.Picture.All<Vm>().First(one => one.Kind() == VmKind.Vm && one.PowerState == VmPowerState.Running);
        Block(pool, vm, error);

        var rehearsal = await pool.RehearseAsync();
        var agreed = await pool.RehearseAsync(new() { ["shutdownVms"] = new JsonArray(vm.Uuid) });

        var finding = Assert.Single(rehearsal.Findings, one => one.Level == FindingLevel.Blocks);
        Assert.Equal((vm.Uuid, vm.NameLabel, reason), (finding.About, finding.Name, finding.Reason));
        Assert.Contains(words, finding.Words, StringComparison.Ordinal);
        Assert.Contains(solution, finding.Solution!, StringComparison.Ordinal);
        Assert.DoesNotContain("OpaqueRef", finding.Words, StringComparison.Ordinal);
        Assert.True(!rehearsal.IsReady && agreed.IsReady);
        Assert.Contains($"{vm.NameLabel}: ", RehearsalText.Of(rehearsal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rehearsal_DiscThatOnlyItsHostReaches_IsEjectedByOneOperation()
    {
        using var patience = Patience.Source();
        await using var pool = await RolledPool.StartAsync(patience.Token, Make);
        var vm = pool.Picture.All<Vm>().First(one => one.Kind() == VmKind.Vm && one.PowerState == VmPowerState.Running);
        var iso = InsertLocalDisc(pool, vm);
        await pool.Server.UntilAsync(now => now.DisksOf(now.GetByUuid<Vm>(vm.Uuid)!).Any(disk => disk.Vdi?.Uuid == iso), patience.Token);

        var finding = Assert.Single((await pool.RehearseAsync()).Findings, one => one.Level == FindingLevel.Blocks);
        Assert.Equal((vm.Uuid, BlockReason.InsertedDisc, "vm.eject_cd"), (finding.About, finding.Reason, finding.Fix));
        await pool.Server.RunAsync(finding.Fix!, patience.Token, target: pool.Picture.GetByUuid<Vm>(finding.About!));

        Assert.True((await pool.RehearseAsync()).IsReady);
    }

    [Fact]
    public async Task Rehearsal_OfThePool_TellsOrderHostsAndWhatIsSwitchedOff()
    {
        using var patience = Patience.Source();
        await using var pool = await RolledPool.StartAsync(patience.Token, Make);
        var storage = pool.Picture.All<Sr>().First(sr => sr.Shared && sr.ContentType != "iso");
        await pool.Server.RunAsync("pool.enable_ha", patience.Token, new() { ["heartbeatSrs"] = new JsonArray(storage.Uuid) });
        await pool.Server.RunAsync("pool.set", patience.Token, new() { ["auto_poweron"] = true });
        var down = RollingCourse.Order(pool.Picture).Last();
        var metrics = pool.Simulator.Db.GetByUuid("host", down.Uuid).Follow("metrics", "host_metrics")!;
        metrics["live"] = false;
        await pool.Server.UntilAsync(now => now.Pool is { HaEnabled: true } && RollingCourse.StartsVms(now) && !now.IsHostLive(now.GetByUuid<Host>(down.Uuid)!), patience.Token);

        var rehearsal = await pool.RehearseAsync();

        Assert.Equal(RollingCourse.Order(pool.Picture).Select(host => host.Uuid), rehearsal.Hosts.Select(host => host.Uuid));
        Assert.True(rehearsal.Hosts[0].IsCoordinator);
        Assert.Contains(rehearsal.Findings, one => one.Kind == "pool" && one.Words.StartsWith("HA is on", StringComparison.Ordinal));
        Assert.Contains(rehearsal.Findings, one => one.Kind == "pool" && one.Words.StartsWith("Automatic power-on is on", StringComparison.Ordinal));
        Assert.Contains(rehearsal.Findings, one => one.About == down.Uuid && one.Level == FindingLevel.Blocks && one.Words == "It is down.");
        Assert.All(rehearsal.Failures.Take(2), failure => Assert.EndsWith("HA and automatic power-on are off.", failure.Leaves, StringComparison.Ordinal));
        Assert.True(rehearsal.Expected >= TimeSpan.FromMinutes(15) && rehearsal.Reckoning.Length > 0);
    }

    [Fact]
    public async Task Rehearsal_VmWhoseGuestCannotBeAsked_SaysThatItsPowerWouldBeCut()
    {
        using var patience = Patience.Source();
        await using var pool = await RolledPool.StartAsync(patience.Token, Make);
        var vm = pool.Picture.All<Vm>().First(one => one.Kind() == VmKind.Vm && one.PowerState == VmPowerState.Running);
        Block(pool, vm, "VM_HAS_PCI_ATTACHED");
        pool.Simulator.Db.GetByUuid("VM", vm.Uuid)["allowed_operations"] = XapiValue.SetOf("hard_shutdown");
        await pool.Server.UntilAsync(now => now.GetByUuid<Vm>(vm.Uuid) is { AllowedOperations.Count: 1 }, patience.Token);

        var rehearsal = await pool.RehearseAsync();
        var agreed = await pool.RehearseAsync(new() { ["shutdownPinnedVms"] = true });

        Assert.EndsWith("Its guest cannot be asked to: its power would be cut.", Assert.Single(rehearsal.Findings, one => one.About == vm.Uuid).Solution, StringComparison.Ordinal);
        Assert.Contains("its power is cut", Assert.Single(agreed.Findings, one => one.About == vm.Uuid).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rehearsal_LicencesDisksAndSnapshotSchedules_AreLookedAt()
    {
        using var patience = Patience.Source();
        await using var pool = await RolledPool.StartAsync(patience.Token, Make);
        var hosts = RollingCourse.Order(pool.Picture).ToList();
        var vm = pool.Picture.All<Vm>().First(one => one.Kind() == VmKind.Vm);
        var soon = TimeProvider.System.GetUtcNow().AddDays(3);
        pool.Simulator.Db.Update(() =>
        {
            var db = pool.Simulator.Db;
            db.GetByUuid("host", hosts[0].Uuid)["license_params"] = XapiValue.MapOf(("expiry", "20200101T00:00:00Z"));
            db.GetByUuid("host", hosts[1].Uuid)["license_params"] = XapiValue.MapOf(("expiry", soon.ToString("yyyyMMdd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture)));
            var schedule = db.Create("VMSS", ("name_label", "nightly"), ("enabled", true), ("type", "snapshot"), ("frequency", "daily"), ("schedule", XapiValue.MapOf(("hour", "2"), ("min", "30"))));
            db.GetByUuid("VM", vm.Uuid)["snapshot_schedule"] = schedule.Ref;
        });
        pool.Simulator.Messages.Create("ALARM", 3, "VM", pool.Picture.ControlDomainOf(hosts[2])!.Uuid,
            "value: 0.95\nconfig:\n<variable><name value=\"fs_usage\"/><alarm_trigger_level value=\"0.9\"/></variable>");
        await pool.Server.UntilAsync(now => now.All<XapiMessage>().Any(message => message.Name == "ALARM") && now.All<Vmss>().Any(one => one.Vms.Length == 1)
            && now.GetByUuid<Host>(hosts[1].Uuid)!.LicenseParams.Count == 1, patience.Token);

        var warned = (await pool.RehearseAsync(operation: "pool.rehearse_rolling_update")).Findings.Where(one => one.Level == FindingLevel.Warns).ToList();

        Assert.Contains(warned, one => one.About == hosts[0].Uuid && one.Words == "Its licence has expired.");
        Assert.Contains(warned, one => one.About == hosts[1].Uuid && one.Words == $"Its licence ends on {soon:yyyy-MM-dd}.");
        Assert.Contains(warned, one => one.About == hosts[2].Uuid && one.Words.EndsWith("Use of the control domain's file system is 95 %, the limit is 90 %.", StringComparison.Ordinal));
        Assert.Contains(warned, one => one.Kind == "pool" && one.Words.StartsWith("The snapshot schedule 'nightly' takes snapshots of 1 VM every day at 02:30", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rehearsal_OfAnUpdateThatCannotBeInstalledHere_IsBlocked()
    {
        using var patience = Patience.Source();
        await using var pool = await RolledPool.StartAsync(patience.Token, Make);
        pool.Simulator.Db.Create("SR", ("name_label", "XOSTOR"), ("type", "linstor"), ("shared", true));
        await pool.Server.UntilAsync(now => now.All<Sr>().Any(sr => sr.Type == "linstor"), patience.Token);

        var (update, reboot) = (await pool.RehearseAsync(operation: "pool.rehearse_rolling_update"), await pool.RehearseAsync());

        Assert.Contains(update.Findings, one => one.Level == FindingLevel.Blocks && one.Words.StartsWith("The pool has XOSTOR storage", StringComparison.Ordinal));
        Assert.True(reboot.IsReady);
    }

    /// <summary>The host says of this VM that it cannot leave. A word that names a kind of object stands for one.</summary>
    private static void Block(RolledPool pool, Vm vm, string error)
    {
        var blocked = pool.Simulator.Db.GetByUuid("VM", vm.Uuid);
        var disk = blocked.FollowAll("VBDs", "VBD").Select(drive => drive.Follow("VDI", "VDI")).First(vdi => vdi is not null)!;
        string[] parts = [.. error.Split(' ').Select((word, place) => word switch
        {
            "sr" => disk.Follow("SR", "SR")!.Ref,
            "host" => blocked.Text("resident_on"),
            "network" => blocked.FollowAll("VIFs", "VIF").First().Text("network"),
            _ => word,
        })];
        parts = [parts[0], .. error.StartsWith("HOST_", StringComparison.Ordinal) ? [] : (string[])[blocked.Ref], .. parts[1..]];
        pool.Simulator.Calls.Register("host.get_vms_which_prevent_evacuation", call => blocked.Text("resident_on") == call.Object("self").Ref ? XapiValue.MapOf((blocked.Ref, XapiValue.SetOf([.. parts]))) : XapiValue.MapOf());
    }

    /// <summary>Storage of its host alone, with a disc that lies in the VM's drive; gives the disc's uuid.</summary>
    private static string InsertLocalDisc(RolledPool pool, Vm vm)
    {
        var db = pool.Simulator.Db;
        return db.Update(() =>
        {
            var there = db.GetByUuid("VM", vm.Uuid);
            var host = there.Text("resident_on");
            var sr = db.Create("SR", ("name_label", "Discs of the host"), ("content_type", "iso"), ("type", "iso"), ("shared", false));
            db.Create("PBD", ("SR", sr.Ref), ("host", host), ("currently_attached", true));
            var disc = db.Create("VDI", ("SR", sr.Ref), ("name_label", "tools.iso"), ("type", "user"), ("virtual_size", 1L << 20), ("managed", true));
            db.Create("VBD", ("VM", there.Ref), ("VDI", disc.Ref), ("type", "CD"), ("mode", "RO"), ("userdevice", "9"), ("currently_attached", true), ("empty", false));
            return disc.Uuid;
        });
    }
}
