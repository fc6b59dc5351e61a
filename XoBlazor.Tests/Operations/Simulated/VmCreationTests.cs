using System.Text.Json.Nodes;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Simulator;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Operations.Simulated;

public sealed class VmCreationTests
{
    private const long GiB = 1L << 30;

    [Fact]
    public async Task Create_FromADefaultTemplate_HasEverythingThatWasAskedFor()
    {
        using var patience = Patience.Source();
        await using var pool = await OperatedPool.StartAsync(patience.Token);
        var template = pool.Any<Vm>(vm => vm.IsDefaultTemplate);
        var sr = pool.Any<Sr>(one => one.Shared && one.ContentType != "iso");
        var networks = pool.Picture.All<Network>().Take(2).ToList();
        var host = pool.Any<Host>();

        var vm = await pool.MakesAsync<Vm>("vm.create", template, new()
        {
            ["name_label"] = "web-9",
            ["name_description"] = "made by a test",
            ["CPUs"] = 4,
            ["coresPerSocket"] = 2,
            ["memory"] = "3 GiB",
            ["tags"] = new JsonArray("prod", "web"),
            ["affinityHost"] = host.Uuid,
            ["VDIs"] = new JsonArray(
                new JsonObject { ["name_label"] = "root", ["size"] = 12 * GiB, ["sr"] = sr.Uuid }, new JsonObject { ["name_label"] = "data", ["size"] = "20GiB", ["sr"] = sr.Uuid }),
            ["VIFs"] = new JsonArray(new JsonObject { ["network"] = networks[0].Uuid, ["mac"] = "02:00:00:00:00:09" }, new JsonObject { ["network"] = networks[1].Uuid }),
            ["hvmBootFirmware"] = "uefi",
            ["secureBoot"] = true,
            ["cloudConfig"] = "#cloud-config\nhostname: web-9\n",
            ["networkConfig"] = "version: 2\n",
            ["bootAfterCreate"] = true,
        });
        await pool.Fleet.UntilPictureAsync(p => p.GetByUuid<Vm>(vm.Uuid) is { PowerState: VmPowerState.Running, Vbds.Length: > 2 }, patience.Token);
        vm = pool.Now(vm);

        Assert.Equal(("web-9", "made by a test", VmKind.Vm), (vm.NameLabel, vm.NameDescription, vm.Kind()));
        Assert.Equal((4, 4, "2"), (vm.VcpusAtStartup, vm.VcpusMax, vm.Platform["cores-per-socket"]));
        Assert.Equal((3 * GiB, 3 * GiB), (vm.MemoryDynamicMin, vm.MemoryDynamicMax));
        Assert.Equal(["prod", "web"], vm.Tags.Order());
        Assert.Equal(("uefi", "true", host.Ref), (vm.HvmBootParams["firmware"], vm.Platform["secureboot"], vm.Affinity.Value));
        var disks = pool.Picture.DisksOf(vm).Where(disk => disk.Vbd.Type == VbdType.Disk).ToList();
        Assert.Equal([("root", 12 * GiB, true), ("data", 20 * GiB, false)], disks.Take(2).Select(disk => (disk.Vdi!.NameLabel, disk.Vdi.VirtualSize, disk.Vbd.Bootable)));
        Assert.All(disks, disk => Assert.Equal(sr.Ref, disk.Sr!.Ref));
        Assert.Equal([(networks[0].Ref, true), (networks[1].Ref, false)],
            pool.Picture.NetworkDevicesOf(vm).Select(device => (device.Network!.Ref, device.Vif.Mac == "02:00:00:00:00:09")));

        var (label, files) = FatReader.Read(pool.ContentOf(disks[2].Vdi!));
        Assert.Equal("cidata", label);
        Assert.Equal("#cloud-config\nhostname: web-9\n", files["user-data"]);
        Assert.Equal("version: 2\n", files["network-config"]);
        Assert.Equal($"instance-id: {vm.Uuid}\n", files["meta-data"]);
        var end = await pool.MadeByAsync(vm);
        Assert.Equal((AuditOutcome.Succeeded, template.Uuid, "web-9"), (end.Outcome, end.Target!.Id, end.Made!.Name));
    }

    [Fact]
    public async Task Create_FromATemplateWithDisks_ChangesThem()
    {
        using var patience = Patience.Source();
        await using var pool = await OperatedPool.StartAsync(patience.Token);
        var source = pool.AnyVm(VmPowerState.Halted);
        await pool.SucceedsAsync("vm.convert_to_template", source, null, p => p.GetByUuid<Vm>(source.Uuid)!.IsATemplate);
        var disk = pool.Picture.DisksOf(source).First(one => one.Vbd.Type == VbdType.Disk);
        var other = pool.Any<Sr>(sr => sr.ContentType != "iso" && sr.Type != "udev" && sr.Ref != disk.Sr!.Ref && pool.Picture.HostsOf(sr).Any());

        var vm = await pool.MakesAsync<Vm>("vm.create", pool.Now(source), new()
        {
            ["name_label"] = "from-template",
            ["existingDisks"] = new JsonObject { [disk.Vbd.Userdevice] = new JsonObject { ["name_label"] = "system", ["size"] = disk.Vdi!.VirtualSize + GiB, ["sr"] = other.Uuid } },
            ["VIFs"] = new JsonArray(),
        });
        await pool.Fleet.UntilPictureAsync(p => p.DisksOf(p.GetByUuid<Vm>(vm.Uuid)!).Any(one => one.Vdi?.NameLabel == "system")
            && p.NetworkDevicesOf(p.GetByUuid<Vm>(vm.Uuid)!).IsEmpty && p.DisksOf(p.GetByUuid<Vm>(vm.Uuid)!).Any(one => one.Sr?.Ref == other.Ref), patience.Token);

        var made = pool.Picture.DisksOf(pool.Now(vm)).First(one => one.Vbd.Userdevice == disk.Vbd.Userdevice);
        Assert.Equal((disk.Vdi.VirtualSize + GiB, other.Ref), (made.Vdi!.VirtualSize, made.Sr!.Ref));
        Assert.Equal(VmPowerState.Halted, pool.Now(vm).PowerState);
        Assert.Equal(disk.Vdi.VirtualSize, pool.Now(disk.Vdi).VirtualSize);
    }

    [Fact]
    public async Task Create_WithHardwareOfItsOwn_HasIt()
    {
        using var patience = Patience.Source();
        await using var pool = await OperatedPool.StartAsync(patience.Token);
        var db = pool.Fleet.Pool.Simulator.Db;
        var (group, type, other) = db.Update(() =>
        {
            var made = db.Create("GPU_group", ("name_label", "cards"));
            var kind = db.Create("VGPU_type", ("model_name", "V8"));
            made["enabled_VGPU_types"] = XoBlazor.Simulator.Data.XapiValue.SetOf(kind.Ref);
            return (made.Uuid, kind.Uuid, db.Create("VGPU_type", ("model_name", "V9")).Uuid);
        });
        await pool.Fleet.UntilPictureAsync(p => p.GetByUuid<VgpuType>(other) is not null, patience.Token);
        var template = pool.Any<Vm>(vm => vm.IsDefaultTemplate);

        Assert.Contains("has no GPU", await pool.RefusalAsync("vm.create", template, new() { ["name_label"] = "x", ["gpuGroup"] = group, ["vgpuType"] = other }));
        Assert.Contains("needs the group", await pool.RefusalAsync("vm.create", template, new() { ["name_label"] = "x", ["vgpuType"] = type }));
        var vm = await pool.MakesAsync<Vm>("vm.create", template, new() { ["name_label"] = "cad", ["createVtpm"] = true, ["gpuGroup"] = group, ["vgpuType"] = type, ["copyHostBiosStrings"] = true });
        await pool.Fleet.UntilPictureAsync(p => p.GetByUuid<Vm>(vm.Uuid) is { Vtpms.Length: 1, Vgpus.Length: 1, BiosStrings.Count: > 0 }, patience.Token);
        var (tpm, gpu) = (pool.Picture.Get(pool.Now(vm).Vtpms).Single(), pool.Picture.Get(pool.Now(vm).Vgpus).Single());

        Assert.Equal((pool.Picture.GetByUuid<GpuGroup>(group)!.Ref, pool.Picture.GetByUuid<VgpuType>(type)!.Ref), (gpu.GpuGroup.Value, gpu.Type.Value));
        Assert.Equal(pool.Any<Host>(pool.Picture.IsCoordinator).BiosStrings.Count, pool.Now(vm).BiosStrings.Count);
        Assert.Contains("only one", await pool.RefusalAsync("vm.create_vtpm", pool.Now(vm)));
        await pool.SucceedsAsync("vtpm.destroy", tpm, null, p => p.GetByUuid<Vm>(vm.Uuid)!.Vtpms.IsEmpty);
        await pool.SucceedsAsync("vgpu.destroy", gpu, null, p => p.GetByUuid<Vm>(vm.Uuid)!.Vgpus.IsEmpty);
        await pool.MakesAsync<Vtpm>("vm.create_vtpm", pool.Now(vm));
        await pool.MakesAsync<Vgpu>("vm.create_vgpu", pool.Now(vm), new() { ["gpuGroup"] = group });
    }

    [Fact]
    public async Task Create_ForCoreOs_HasADriveAsOpenStackMakesIt()
    {
        using var patience = Patience.Source();
        await using var pool = await OperatedPool.StartAsync(patience.Token);
        var template = pool.Any<Vm>(one => one.IsDefaultTemplate);

        Assert.Contains("no network configuration", await pool.RefusalAsync("vm.create", template, new() { ["name_label"] = "x", ["coreOs"] = true, ["cloudConfig"] = "#cloud-config", ["networkConfig"] = "version: 2" }));
        var vm = await pool.MakesAsync<Vm>("vm.create", template, new() { ["name_label"] = "core", ["coreOs"] = true, ["cloudConfig"] = "#cloud-config\nhostname: core\n" });
        await pool.Fleet.UntilPictureAsync(p => DriveOf(p, vm) is not null, patience.Token);

        var (label, files) = FatReader.Read(pool.ContentOf(DriveOf(pool.Picture, vm)!));
        Assert.Equal("config-2", label);
        Assert.Equal("#cloud-config\nhostname: core\n", files["openstack/latest/user_data"]);
        Assert.Contains(vm.Uuid, files["openstack/latest/meta_data.json"]);
    }

    [Fact]
    public async Task Create_WithAConfigurationForOneBoot_LosesItWhenTheGuestReports()
    {
        using var patience = Patience.Source();
        await using var pool = await OperatedPool.StartAsync(patience.Token);

        var vm = await pool.MakesAsync<Vm>("vm.create", pool.Any<Vm>(one => one.IsDefaultTemplate), new()
        {
            ["name_label"] = "once",
            ["cloudConfig"] = "#cloud-config",
            ["destroyCloudConfigVdiAfterBoot"] = true,
        });
        await pool.Fleet.UntilPictureAsync(p => DriveOf(p, vm) is not null, patience.Token);
        var drive = DriveOf(pool.Picture, vm)!;
        await pool.SucceedsAsync("vm.start", pool.Now(vm), null, p => p.GetByUuid<Vdi>(drive.Uuid) is null && p.GetByUuid<Vm>(vm.Uuid)!.OtherConfig.All(one => !one.Key.Contains("cloud_config", StringComparison.Ordinal)));

        Assert.Equal(VmPowerState.Running, pool.Now(vm).PowerState);
    }

    [Fact]
    public async Task ConfigDrive_OfAVmThatIsThere_IsMadeAndTakenAway()
    {
        using var patience = Patience.Source();
        await using var pool = await OperatedPool.StartAsync(patience.Token);
        var vm = pool.AnyVm(VmPowerState.Halted);
        var sr = pool.Any<Sr>(one => one.Shared && one.ContentType != "iso");

        await pool.SucceedsAsync("vm.create_config_drive", vm, new() { ["cloudConfig"] = "#cloud-config", ["sr"] = sr.Uuid },
            p => DriveOf(p, vm) is not null && p.GetByUuid<Vm>(vm.Uuid)!.OtherConfig.Any(one => one.Key.Contains("cloud_config", StringComparison.Ordinal)));
        await pool.SucceedsAsync("vm.delete_config_drive", pool.Now(vm), null, p => DriveOf(p, vm) is null && p.GetByUuid<Vm>(vm.Uuid)!.OtherConfig.All(one => !one.Key.Contains("cloud_config", StringComparison.Ordinal)));
        Assert.Contains("another kind", await pool.RefusalAsync("vm.delete_config_drive", pool.Now(vm)));
    }

    [Fact]
    public async Task Create_LeavesOutADiskOfTheTemplate()
    {
        using var patience = Patience.Source();
        await using var pool = await OperatedPool.StartAsync(patience.Token);
        var source = pool.AnyVm(VmPowerState.Halted);
        await pool.SucceedsAsync("vm.convert_to_template", source, null, p => p.GetByUuid<Vm>(source.Uuid)!.IsATemplate);
        var place = pool.Picture.DisksOf(source).First(one => one.Vbd.Type == VbdType.Disk).Vbd.Userdevice;
        var name = pool.Picture.DisksOf(source).First(one => one.Vbd.Userdevice == place).Vdi!.NameLabel;
        var disks = pool.Picture.All<Vdi>().Count(one => one.Managed && one.NameLabel == name);

        var vm = await pool.MakesAsync<Vm>("vm.create", pool.Now(source), new()
        {
            ["name_label"] = "bare",
            ["existingDisks"] = new JsonObject { [place] = new JsonObject { ["destroy"] = true } },
            ["VDIs"] = new JsonArray(new JsonObject { ["name_label"] = "root", ["size"] = GiB }),
        });
        await pool.Fleet.UntilPictureAsync(p => p.DisksOf(p.GetByUuid<Vm>(vm.Uuid)!).Any(one => one.Vdi?.NameLabel == "root"), patience.Token);

        var made = pool.Picture.DisksOf(pool.Now(vm)).Where(one => one.Vbd.Type == VbdType.Disk).ToList();
        Assert.Equal(pool.Picture.DisksOf(pool.Now(source)).Count(one => one.Vbd.Type == VbdType.Disk), made.Count);
        Assert.True(made.Single(one => one.Vdi!.NameLabel == "root").Vbd.Bootable);
        await pool.Fleet.UntilPictureAsync(p => p.All<Vdi>().Count(one => one.Managed && one.NameLabel == name) == disks, patience.Token);
    }

    [Theory]
    [InlineData("VIF.create")]
    [InlineData("VDI.create")]
    [InlineData("VBD.create")]
    [InlineData("VM.add_tags")]
    [InlineData("task.create")]
    public async Task Create_SomethingFails_LeavesNothingBehind(string method)
    {
        using var patience = Patience.Source();
        await using var pool = await OperatedPool.StartAsync(patience.Token);
        var before = Rows(pool);
        pool.Refuse(method);

        var result = await pool.RunAsync("vm.create", pool.Any<Vm>(vm => vm.IsDefaultTemplate), new()
        {
            ["name_label"] = "never",
            ["tags"] = new JsonArray("x"),
            ["VDIs"] = new JsonArray(new JsonObject { ["size"] = GiB }),
            ["VIFs"] = new JsonArray(new JsonObject { ["network"] = pool.Any<Network>().Uuid }),
            ["cloudConfig"] = "#cloud-config",
        });

        Assert.Equal(OperationEnd.Failed, result.End);
        Assert.DoesNotContain("Left behind", result.Message, StringComparison.Ordinal);
        Assert.Equal(before, Rows(pool));
    }

    [Fact]
    public async Task Create_ThatDoesNotStart_StaysAndSaysWhy()
    {
        using var patience = Patience.Source();
        await using var pool = await OperatedPool.StartAsync(patience.Token);
        pool.Refuse("VM.start");

        var result = await pool.RunAsync("vm.create", pool.Any<Vm>(vm => vm.IsDefaultTemplate), new() { ["name_label"] = "cold", ["bootAfterCreate"] = true });

        Assert.Equal(OperationEnd.Succeeded, result.End);
        Assert.Contains("It was not started:", result.Message);
        Assert.Equal("cold", pool.Picture.GetByUuid<Vm>(result.Made!.Value.Uuid)!.NameLabel);
    }

    [Fact]
    public async Task Create_WhatCannotBe_IsRefusedWithTheReason()
    {
        using var patience = Patience.Source();
        await using var pool = await OperatedPool.StartAsync(patience.Token);
        var template = pool.Any<Vm>(vm => vm.IsDefaultTemplate);
        var iso = pool.Any<Sr>(sr => sr.ContentType == "iso");

        Assert.Contains("is for ISOs", await pool.RefusalAsync("vm.create", template, new() { ["name_label"] = "x", ["VDIs"] = new JsonArray(new JsonObject { ["size"] = 1, ["sr"] = iso.Uuid }) }));
        Assert.Contains("has no disk 9", await pool.RefusalAsync("vm.create", template, new() { ["name_label"] = "x", ["existingDisks"] = new JsonObject { ["9"] = new JsonObject() } }));
        Assert.Contains("no MAC address", await pool.RefusalAsync("vm.create", template, new() { ["name_label"] = "x", ["VIFs"] = new JsonArray(new JsonObject { ["network"] = pool.Any<Network>().Uuid, ["mac"] = "zz" }) }));
        Assert.Contains("cannot be divided", await pool.RefusalAsync("vm.create", template, new() { ["name_label"] = "x", ["CPUs"] = 3, ["coresPerSocket"] = 2 }));
        Assert.Contains("another kind of object", await pool.RefusalAsync("vm.create", pool.AnyVm(VmPowerState.Halted), new() { ["name_label"] = "x" }));
    }

    /// <summary>The host's own rows, not the store's: what was made and taken away may never have been seen.</summary>
    private static Dictionary<string, int> Rows(OperatedPool pool) =>
        new[] { "VM", "VDI", "VBD", "VIF" }.ToDictionary(type => type, type => pool.Fleet.Pool.Simulator.Db.Update(() => pool.Fleet.Pool.Simulator.Db.All(type).Count()));

    private static Vdi? DriveOf(PoolPicture pool, Vm vm) => pool.DisksOf(pool.GetByUuid<Vm>(vm.Uuid)!).FirstOrDefault(disk => disk.Vdi?.NameLabel == "Cloud-init configuration")?.Vdi;
}
