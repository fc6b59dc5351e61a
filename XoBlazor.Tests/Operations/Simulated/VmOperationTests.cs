using System.Text.Json.Nodes;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Operations.Vms;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Operations.Simulated;

/// <summary>What the verbs of VMs do to a pool, as it is seen through the store.</summary>
public sealed class VmOperationTests
{
    private const long GiB = 1L << 30;

    [Fact]
    public async Task Set_ChangesEverythingThatIsGiven()
    {
        using var patience = Patience.Source();
        await using var pool = await OperatedPool.StartAsync(patience.Token);
        var vm = pool.AnyVm(VmPowerState.Halted);

        await pool.SucceedsAsync("vm.set", vm, new()
        {
            ["name_label"] = "renamed",
            ["CPUs"] = 6,
            ["memory"] = 5 * GiB,
            ["cpuWeight"] = 512,
            ["bootOrder"] = "ncd",
            ["high_availability"] = "restart",
            ["notes"] = "two\nlines",
            ["blockedOperations"] = new JsonObject { ["destroy"] = "payroll" },
            ["xenStoreData"] = new JsonObject { ["role"] = "web" },
            ["affinityHost"] = pool.Any<Host>().Uuid,
        }, p => p.GetByUuid<Vm>(vm.Uuid)!.XenstoreData.ContainsKey("vm-data/role"));

        var now = pool.Now(vm);
        Assert.Equal(("renamed", 6, 6, 5 * GiB, 5 * GiB), (now.NameLabel, now.VcpusAtStartup, now.VcpusMax, now.MemoryDynamicMin, now.MemoryDynamicMax));
        Assert.Equal(("512", "ncd", "restart", "two\nlines", "web"),
            (now.VcpusParams["weight"], now.HvmBootParams["order"], now.HaRestartPriority, now.OtherConfig["xo:notes"], now.XenstoreData["vm-data/role"]));
        Assert.Equal("payroll", now.BlockedOperations[VmOperation.Destroy]);
        Assert.Contains("payroll", await pool.RefusalAsync("vm.delete", now));

        await pool.SucceedsAsync("vm.set", now, new() { ["cpuWeight"] = null, ["affinityHost"] = null, ["blockedOperations"] = new JsonObject { ["destroy"] = null } },
            p => p.GetByUuid<Vm>(vm.Uuid) is { Affinity.IsNull: true, BlockedOperations.Count: 0 } one && !one.VcpusParams.ContainsKey("weight"));
    }

    [Fact]
    public async Task Set_OfARunningVm_StaysWithinItsLimits()
    {
        using var patience = Patience.Source();
        await using var pool = await OperatedPool.StartAsync(patience.Token);
        var vm = pool.AnyVm(VmPowerState.Running);

        Assert.Contains("while it runs", await pool.RefusalAsync("vm.set", vm, new() { ["memory"] = vm.MemoryStaticMax + GiB }));
        Assert.Contains("while it runs", await pool.RefusalAsync("vm.set", vm, new() { ["CPUs"] = vm.VcpusMax + 1 }));
        Assert.Contains("shut down", await pool.RefusalAsync("vm.set", vm, new() { ["memoryStaticMax"] = vm.MemoryStaticMax * 2 }));
        Assert.Contains("boot order", await pool.RefusalAsync("vm.set", vm, new() { ["bootOrder"] = "xyz" }));
        await pool.SucceedsAsync("vm.set", vm, new() { ["CPUs"] = 1 }, p => p.GetByUuid<Vm>(vm.Uuid)!.VcpusAtStartup == 1);
    }

    [Fact]
    public async Task Set_OneFails_SaysWhatWasDoneBefore()
    {
        using var patience = Patience.Source();
        await using var pool = await OperatedPool.StartAsync(patience.Token);
        var vm = pool.AnyVm(VmPowerState.Halted);
        pool.Refuse("VM.set_memory_limits");

        var result = await pool.RunAsync("vm.set", vm, new() { ["name_label"] = "kept", ["memory"] = GiB });

        Assert.Equal(OperationEnd.Failed, result.End);
        Assert.Contains("Done before that: Name.", result.Message);
    }

    [Fact]
    public async Task Snapshot_RevertAndDelete()
    {
        using var patience = Patience.Source();
        await using var pool = await OperatedPool.StartAsync(patience.Token);
        var vm = pool.AnyVm(VmPowerState.Halted);

        var snapshot = await pool.MakesAsync<Vm>("vm.snapshot", vm, new() { ["name"] = "before", ["description"] = "the change" });
        await pool.SucceedsAsync("vm.set", vm, new() { ["name_label"] = "changed" }, p => p.GetByUuid<Vm>(vm.Uuid)!.NameLabel == "changed");
        await pool.SucceedsAsync("snapshot.revert", snapshot, null, p => p.GetByUuid<Vm>(vm.Uuid)!.NameLabel == vm.NameLabel);
        var disks = pool.Picture.DisksOf(pool.Now(snapshot)).Where(disk => disk.Vdi is not null).Select(disk => disk.Vdi!).ToList();
        await pool.SucceedsAsync("snapshot.delete", pool.Now(snapshot), null, p => p.GetByUuid<Vm>(snapshot.Uuid) is null && disks.TrueForAll(disk => p.GetByUuid<Vdi>(disk.Uuid) is null));

        Assert.Equal(("before", VmKind.Snapshot, vm.Ref), (snapshot.NameLabel, snapshot.Kind(), snapshot.SnapshotOf.Value));
        Assert.NotEmpty(disks);
        Assert.NotNull(pool.Picture.GetByUuid<Vm>(vm.Uuid));
    }

    [Fact]
    public async Task Snapshot_WithMemory_IsACheckpoint()
    {
        using var patience = Patience.Source();
        await using var pool = await OperatedPool.StartAsync(patience.Token);
        var vm = pool.AnyVm(VmPowerState.Running);

        var snapshot = await pool.MakesAsync<Vm>("vm.snapshot", vm, new() { ["saveMemory"] = true });

        Assert.Equal((VmPowerState.Suspended, vm.NameLabel), (snapshot.PowerState, snapshot.NameLabel));
        Assert.Contains("not running", await pool.RefusalAsync("vm.snapshot", pool.AnyVm(VmPowerState.Halted), new() { ["saveMemory"] = true }));
    }

    [Fact]
    public async Task CloneCopyAndTemplate()
    {
        using var patience = Patience.Source();
        await using var pool = await OperatedPool.StartAsync(patience.Token);
        var vm = pool.AnyVm(VmPowerState.Halted);
        var sr = pool.Any<Sr>(one => one.Shared && one.ContentType != "iso");

        var clone = await pool.MakesAsync<Vm>("vm.clone", vm, new() { ["name"] = "clone" });
        var copy = await pool.MakesAsync<Vm>("vm.copy", vm, new() { ["name"] = "copy", ["sr"] = sr.Uuid });
        await pool.Fleet.UntilPictureAsync(p => p.DisksOf(p.GetByUuid<Vm>(copy.Uuid)!).Any(disk => disk.Sr?.Ref == sr.Ref), patience.Token);
        await pool.SucceedsAsync("vm.convert_to_template", clone, null, p => p.GetByUuid<Vm>(clone.Uuid)!.Kind() == VmKind.Template);
        await pool.SucceedsAsync("template.convert_to_vm", pool.Now(clone), null, p => p.GetByUuid<Vm>(clone.Uuid)!.Kind() == VmKind.Vm);

        Assert.Equal(("clone", "copy"), (clone.NameLabel, copy.NameLabel));
        Assert.Contains("is for ISOs", await pool.RefusalAsync("vm.copy", vm, new() { ["name"] = "x", ["sr"] = pool.Any<Sr>(one => one.ContentType == "iso").Uuid }));
    }

    [Fact]
    public async Task CloneOfASnapshot_IsAVm()
    {
        using var patience = Patience.Source();
        await using var pool = await OperatedPool.StartAsync(patience.Token);
        var snapshot = await pool.MakesAsync<Vm>("vm.snapshot", pool.AnyVm(VmPowerState.Halted), new() { ["name"] = "s" });

        var clone = await pool.MakesAsync<Vm>("vm.clone", snapshot, new() { ["name"] = "from-snapshot" });
        var template = await pool.MakesAsync<Vm>("snapshot.copy_to_template", snapshot, new() { ["name"] = "t" });
        await pool.Fleet.UntilPictureAsync(p => p.GetByUuid<Vm>(clone.Uuid)!.Kind() == VmKind.Vm && p.GetByUuid<Vm>(template.Uuid)!.Kind() == VmKind.Template, patience.Token);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Delete_TakesTheDisksThatAreItsAlone(bool withDisks)
    {
        using var patience = Patience.Source();
        await using var pool = await OperatedPool.StartAsync(patience.Token);
        var vm = pool.AnyVm(VmPowerState.Halted);
        var snapshot = await pool.MakesAsync<Vm>("vm.snapshot", vm, new() { ["name"] = "s" });
        var disks = VmDeletion.DisksOfItsOwn(pool.Picture, pool.Now(vm)).ToList();
        Assert.Contains(VmDeletion.Losses(pool.Picture, pool.Now(vm)), line => line == "snapshot s");

        await pool.SucceedsAsync("vm.delete", pool.Now(vm), new() { ["deleteDisks"] = withDisks }, p => p.GetByUuid<Vm>(vm.Uuid) is null && p.GetByUuid<Vm>(snapshot.Uuid) is null);
        await pool.Fleet.UntilPictureAsync(p => disks.TrueForAll(disk => p.GetByUuid<Vdi>(disk.Uuid) is null == withDisks), patience.Token);

        Assert.NotEmpty(disks);
    }

    [Fact]
    public async Task Delete_OfARunningVm_IsRefused()
    {
        using var patience = Patience.Source();
        await using var pool = await OperatedPool.StartAsync(patience.Token);

        Assert.Contains("shut it down first", await pool.RefusalAsync("vm.delete", pool.AnyVm(VmPowerState.Running)));
    }

    [Fact]
    public async Task Migrate_ToAnotherHostAndToOtherStorage()
    {
        using var patience = Patience.Source();
        await using var pool = await OperatedPool.StartAsync(patience.Token, "hosts=2,vms=900,seed=3");
        var vm = pool.Any<Vm>(one => one.Kind() == VmKind.Vm && one.PowerState == VmPowerState.Running
            && one.AllowedOperations.Contains(VmOperation.PoolMigrate) && pool.Picture.DisksOf(one).All(disk => disk.Sr is null or { Shared: true }));
        var (here, there) = (pool.Picture.Get(vm.ResidentOn)!, pool.Any<Host>(host => host.Ref != vm.ResidentOn.Value));

        Assert.Contains("is there already", await pool.RefusalAsync("vm.migrate", vm, new() { ["targetHost"] = here.Uuid }));
        await pool.SucceedsAsync("vm.migrate", vm, new() { ["targetHost"] = there.Uuid }, p => p.GetByUuid<Vm>(vm.Uuid)!.ResidentOn.Value == there.Ref);

        var sr = pool.Any<Sr>(one => one.Shared && one.ContentType != "iso" && pool.Picture.DisksOf(vm).All(disk => disk.Sr?.Ref != one.Ref));
        await pool.SucceedsAsync("vm.migrate", pool.Now(vm), new() { ["targetHost"] = here.Uuid, ["sr"] = sr.Uuid }, p =>
            p.GetByUuid<Vm>(vm.Uuid) is { } now && now.ResidentOn.Value == here.Ref && p.DisksOf(now).All(disk => disk.Vbd.Type == VbdType.Cd || disk.Sr?.Ref == sr.Ref));
    }

    [Fact]
    public async Task StartOn_ChosenHost_AndWhyNotOthers()
    {
        using var patience = Patience.Source();
        await using var pool = await OperatedPool.StartAsync(patience.Token);
        var vm = pool.Any<Vm>(one => one.Kind() == VmKind.Vm && one.PowerState == VmPowerState.Halted && pool.Picture.DisksOf(one).All(disk => disk.Sr is null or { Shared: true }));
        var (first, second) = (pool.Picture.All<Host>().First(), pool.Picture.All<Host>().Last());

        await pool.SucceedsAsync("host.disable", first, null, p => !p.GetByUuid<Host>(first.Uuid)!.Enabled);
        Assert.Contains("is in maintenance", await pool.RefusalAsync("vm.start_on", vm, new() { ["host"] = first.Uuid }));
        await pool.SucceedsAsync("vm.start_on", vm, new() { ["host"] = second.Uuid }, p => p.GetByUuid<Vm>(vm.Uuid)!.ResidentOn.Value == second.Ref);
    }

    [Fact]
    public async Task RecoveryStart_PutsTheBootOrderBack()
    {
        using var patience = Patience.Source();
        await using var pool = await OperatedPool.StartAsync(patience.Token);
        var vm = pool.AnyVm(VmPowerState.Halted);

        await pool.SucceedsAsync("vm.recovery_start", vm, null, p => p.GetByUuid<Vm>(vm.Uuid)!.PowerState == VmPowerState.Running);
        await pool.Fleet.UntilPictureAsync(p => p.GetByUuid<Vm>(vm.Uuid) is { } now && now.HvmBootPolicy == vm.HvmBootPolicy && now.HvmBootParams.SequenceEqual(vm.HvmBootParams), patience.Token);
    }

    [Fact]
    public async Task Discs_GoInAndOut()
    {
        using var patience = Patience.Source();
        await using var pool = await OperatedPool.StartAsync(patience.Token);
        var vm = pool.AnyVm(VmPowerState.Halted);
        var (disc, other) = (pool.Any<Vdi>(IsDisc), pool.Picture.All<Vdi>().Last(IsDisc));

        await pool.SucceedsAsync("vm.insert_cd", vm, new() { ["cd_id"] = disc.Uuid }, p => InDrive(p)?.Ref == disc.Ref);
        await pool.SucceedsAsync("vm.insert_cd", vm, new() { ["cd_id"] = other.Uuid }, p => InDrive(p)?.Ref == other.Ref);
        Assert.Contains($"in the drive of {vm.NameLabel}; eject it there first", await pool.RefusalAsync("vdi.delete", other));
        await pool.SucceedsAsync("vdi.insert", disc, new() { ["vm"] = vm.Uuid }, p => InDrive(p)?.Ref == disc.Ref);
        Assert.Contains("keeps its size", await pool.RefusalAsync("vdi.set", disc, new() { ["size"] = disc.VirtualSize * 2 }));
        Assert.Contains("is no ISO", await pool.RefusalAsync("vdi.insert", pool.Any<Vdi>(one => !IsDisc(one)), new() { ["vm"] = vm.Uuid }));
        await pool.SucceedsAsync("vm.eject_cd", vm, null, p => VmDiscs.DriveOf(p, p.GetByUuid<Vm>(vm.Uuid)!) is { Empty: true });
        Assert.Contains("There is no disc", await pool.RefusalAsync("vm.eject_cd", vm));
        Assert.Contains("is no ISO", await pool.RefusalAsync("vm.insert_cd", vm, new() { ["cd_id"] = pool.Any<Vdi>(one => !IsDisc(one)).Uuid }));

        bool IsDisc(Vdi one) => pool.Picture.Get(one.Sr)?.ContentType == "iso";
        Vdi? InDrive(PoolPicture p) => VmDiscs.DriveOf(p, p.GetByUuid<Vm>(vm.Uuid)!) is { } drive ? p.Get(drive.Vdi) : null;
    }

    [Fact]
    public async Task Tags_ComeAndGo()
    {
        using var patience = Patience.Source();
        await using var pool = await OperatedPool.StartAsync(patience.Token);
        var host = pool.Any<Host>();

        await pool.SucceedsAsync("host.add_tag", host, new() { ["tag"] = "rack 7" }, p => p.GetByUuid<Host>(host.Uuid)!.Tags.Contains("rack 7"));
        await pool.SucceedsAsync("host.remove_tag", pool.Now(host), new() { ["tag"] = "rack 7" }, p => !p.GetByUuid<Host>(host.Uuid)!.Tags.Contains("rack 7"));
        Assert.Contains("at least one letter", await pool.RefusalAsync("host.add_tag", host, new() { ["tag"] = " " }));
    }
}
