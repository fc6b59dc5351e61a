using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations.Vms.CloudInit;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Operations.Vms;

/// <summary>A VM made from a template: the copy, its settings, disks, devices and configuration drive, and its first start. Whatever fails before it is whole takes it away again.</summary>
public static partial class VmCreation
{
    private const string TemplateDisks = "disks";

    public static Operation Create { get; } = new OperationOn<Vm>("vm.create", VmRights.Create, CreateAsync)
    {
        For = VmKinds.IsTemplate,
        Title = "New VM from this",
        Progressive = "Making a VM",
        Description = "Makes a VM from the template.",
        Group = OperationGroup.Make,
        Makes = XapiClass.Vm,
        SuitsMany = false,
        UnlessWith = Obstacle,
        Needs = Needs,
        Parameters =
        [
            OperationParameter.Text("name_label", "Name") with { IsRequired = true },
            OperationParameter.Text("name_description", "Description") with { MaxLength = 4096, Present = (_, template) => ((Vm)template).NameDescription },
            .. VmEdits.OfNew.Where(parameter => parameter.Name is "CPUs" or "coresPerSocket" or "memory"),
            OperationParameter.Map("existingDisks", "The template's disks", OperationParameter.Record("disk", "Disk", [.. NewDisks.Fields, NewDisks.LeftOut])) with { KeyTitle = "Place", Present = ExistingDisks, IsFixed = true },
            OperationParameter.List("VDIs", "New disks", OperationParameter.Record("disk", "Disk", [.. NewDisks.Fields.Select(field => field.Name == "size" ? field with { IsRequired = true } : field)])) with { Present = PlannedDisks },
            OperationParameter.List("VIFs", "Network devices", OperationParameter.Record("device", "Device", NewDevices.Fields)) with { Present = ExistingDevices },
            OperationParameter.Record("installation", "Install from",
                OperationParameter.Choice("method", "From", "cdrom", "network") with { IsRequired = true },
                OperationParameter.Object<Vdi>("cd", "Disc", UseRights.Disc) with { Unsuitable = VmDiscs.NoDisc },
                OperationParameter.Text("repository", "Address") with { MaxLength = 4096 }),
            ConfigDriveOperations.Config,
            ConfigDriveOperations.NetworkConfig,
            OperationParameter.Flag("coreOs", "Configuration for CoreOS") with { IsAdvanced = true, Description = "The configuration drive has the form that CoreOS reads, which knows no network configuration." },
            OperationParameter.Flag("destroyCloudConfigVdiAfterBoot", "Configuration drive for one boot") with { IsAdvanced = true, Description = "It is deleted when the guest's tools have reported, with the secrets on it." },
            OperationParameter.Flag("bootAfterCreate", "Start it as soon as it is made"),
            OperationParameter.List("tags", "Tags", OperationParameter.Text("tag", "Tag")),
            OperationParameter.Flag("clone", "Fast clone") with { Default = true, IsAdvanced = true, Description = "Shares the template's disks until they are changed; otherwise they are copied whole." },
            OperationParameter.Flag("createVtpm", "Virtual TPM") with { IsAdvanced = true },
            .. GpuOperations.Parameters.Select(parameter => parameter with { IsAdvanced = true }),
            OperationParameter.Flag("copyHostBiosStrings", "BIOS strings of the host") with { IsAdvanced = true, Description = "For software that is licensed to a maker's machines; from the home host, or the coordinator." },
            .. VmEdits.OfNew.Where(parameter => parameter.Name is not ("CPUs" or "coresPerSocket" or "memory")).Select(parameter => parameter with { IsAdvanced = true }),
        ],
    };

    private static JsonNode? ExistingDisks(PoolPicture pool, XapiObject template) =>
        new JsonObject(pool.DisksOf((Vm)template).Where(disk => disk is { Vbd.Type: VbdType.Disk, Vdi: not null }).Select(disk => KeyValuePair.Create(disk.Vbd.Userdevice, (JsonNode?)new JsonObject
        {
            ["name_label"] = disk.Vdi!.NameLabel,
            ["name_description"] = disk.Vdi.NameDescription,
            ["size"] = disk.Vdi.VirtualSize,
            ["sr"] = disk.Sr?.Uuid,
        })).DistinctBy(one => one.Key));

    /// <summary>What a template that came with the pool would make by itself.</summary>
    private static JsonNode? PlannedDisks(PoolPicture pool, XapiObject template) =>
        ((Vm)template).OtherConfig.TryGetValue(TemplateDisks, out var plan)
            ? new JsonArray([.. ProvisionedSizes(plan).Select(size => (JsonNode?)new JsonObject { ["size"] = size, ["sr"] = pool.DefaultSr()?.Uuid })]) : null;

    private static IEnumerable<long> ProvisionedSizes(string plan) =>
        PlannedSize().Matches(plan).Select(match => long.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 0).Where(size => size > 0);

    private static JsonNode? ExistingDevices(PoolPicture pool, XapiObject template) =>
        new JsonArray([.. pool.NetworkDevicesOf((Vm)template).Where(device => device.Network is not null).Select(device => (JsonNode?)new JsonObject { ["network"] = device.Network!.Uuid })]);

    private static async Task CreateAsync(OperationWork work, Vm template)
    {
        var given = work.Arguments;
        var (disks, devices) = (given.List<OperationArguments>("VDIs"), given.List<OperationArguments>("VIFs"));
        work.Expect(8 + disks.Count + given.Map<OperationArguments>("existingDisks").Count);
        var name = given.Text("name_label")!;

        var vm = given.Flag("clone") == false
            ? await work.RunAsync<Vm>("VM.copy", template.Ref, name, XenRefText.Null)
            : await work.RunAsync<Vm>("VM.clone", template.Ref, name);
        work.Undo($"the VM '{name}'", () => VmCleanup.DestroyAsync(work, vm));
        // The settings are judged and set as those of a VM that is off, which it is until the end.
        var made = template with { Ref = vm.Value!, NameLabel = name, PowerState = VmPowerState.Halted, IsATemplate = false, IsDefaultTemplate = false };

        await work.CallAsync("VM.set_name_description", made.Ref, given.Text("name_description") ?? template.NameDescription);
        // What is listed takes the place of the template's plan, also when it is nothing.
        if (given.Has("VDIs"))
            await work.CallAsync("VM.remove_from_other_config", made.Ref, TemplateDisks);
        await work.RunAsync("VM.provision", made.Ref);
        foreach (var edit in VmEdits.Settings.Where(edit => given.Has(edit.Parameter.Name)))
            await edit.Set(work, made);
        work.Step();
        await AddHardwareAsync(work, made);
        await SetInstallationAsync(work, made);
        var drives = await VmCleanup.DrivesAsync(work, vm);
        foreach (var (place, wanted) in given.Map<OperationArguments>("existingDisks"))
        {
            var drive = drives.First(drive => drive.Place == place && !drive.IsDisc);
            if (NewDisks.IsLeftOut(wanted))
            {
                await NewDisks.RemoveAsync(work, drive);
                drives.Remove(drive);
            }
            else
            {
                await NewDisks.ChangeAsync(work, vm, drive, wanted);
            }
        }

        foreach (var disk in disks)
            await NewDisks.AddAsync(work, vm, name, disk, isBootable: disks[0] == disk && drives.TrueForAll(drive => !drive.IsBootable));
        if (given.Has("VIFs"))
            await NewDevices.ReplaceAsync(work, vm, devices);
        if (given.Text("cloudConfig") is { Length: > 0 } cloudConfig)
            await ConfigDrive.CreateAsync(
                work, vm, StorageFor(work.Pool, template, given)!, cloudConfig, given.Text("networkConfig"), given.Flag("coreOs") == true, given.Flag("destroyCloudConfigVdiAfterBoot") == true);
        foreach (var tag in given.List<string>("tags").Distinct())
            await work.CallAsync("VM.add_tags", made.Ref, tag);

        work.Made(vm);
        work.Keep();
        if (given.Flag("bootAfterCreate") == true)
            await StartAsync(work, vm);
    }

    /// <summary>A VM that is made but does not start stays, and why it did not is said: it can be looked at and started.</summary>
    private static async Task StartAsync(OperationWork work, XenRef<Vm> vm)
    {
        try
        {
            await work.RunAsync("VM.start", XapiValue.Ref(vm), false, false);
        }
        catch (XapiFailureException failure)
        {
            work.Note($"It was not started: {XapiErrorText.Of(failure.Code, failure.Parameters, _ => null)}");
        }
    }

    private static async Task AddHardwareAsync(OperationWork work, Vm vm)
    {
        var given = work.Arguments;
        if (given.Flag("createVtpm") == true && vm.Vtpms.IsEmpty)
            await TpmOperations.MakeAsync(work, vm);
        if (given.Object<GpuGroup>("gpuGroup") is not null)
            await GpuOperations.MakeAsync(work, vm);
        if (given.Flag("copyHostBiosStrings") == true && (given.Object<Host>("affinityHost")?.Ref ?? work.Pool.Pool?.Master.Value) is { } host)
            await work.CallAsync("VM.copy_bios_strings", vm.Ref, host);
    }

    private static async Task SetInstallationAsync(OperationWork work, Vm vm)
    {
        if (work.Arguments.Record("installation") is not { } installation)
            return;
        var (isNetwork, isHvm) = (installation.Text("method") == "network", vm.HvmBootPolicy.Length > 0 || vm.DomainType == DomainType.Hvm);
        if (isHvm)
            await work.SetEntryAsync(vm, "HVM_boot_params", "order", isNetwork ? "cnd" : "cdn");
        else
            await work.SetEntryAsync(vm, "other_config", "install-repository", isNetwork ? installation.Text("repository") : "cdrom");
        if (isNetwork || installation.Object<Vdi>("cd") is not { } disc)
            return;
        var drive = (await VmCleanup.DrivesAsync(work, new(vm.Ref))).Find(one => one.IsDisc);
        if (drive is null)
            await VmDiscs.CreateDriveAsync(work, new(vm.Ref), new(disc.Ref), VmDiscs.UsualPlace, isBootable: !isHvm);
        else if (drive.Disk.IsNull)
            await work.CallAsync("VBD.insert", XapiValue.Ref(drive.Drive), disc.Ref);
        else
            await ReplaceDiscAsync(work, drive, disc);
    }

    private static async Task ReplaceDiscAsync(OperationWork work, NewDrive drive, Vdi disc)
    {
        await work.CallAsync("VBD.eject", XapiValue.Ref(drive.Drive));
        await work.CallAsync("VBD.insert", XapiValue.Ref(drive.Drive), disc.Ref);
    }

    private static string? Obstacle(PoolPicture pool, Vm template, OperationArguments given)
    {
        var places = pool.DisksOf(template).Where(disk => disk.Vbd.Type == VbdType.Disk).ToDictionary(disk => disk.Vbd.Userdevice);
        foreach (var (place, wanted) in given.Map<OperationArguments>("existingDisks"))
        {
            if (!places.TryGetValue(place, out var disk))
                return $"{pool.NameOf(template)} has no disk {ForeignText.Shown(place)}.";
            if (wanted.Number("size") < disk.Vdi?.VirtualSize)
                return $"Disk {ForeignText.Shown(place)} of {pool.NameOf(template)} cannot be made smaller.";
        }

        foreach (var network in given.List<OperationArguments>("VIFs"))
            if (NewDevices.MacProblem(network.Text("mac")) is { } problem)
                return problem;
        if (given.Text("networkConfig") is not null && given.Text("cloudConfig") is not { Length: > 0 })
            return "A network configuration for cloud-init needs a configuration beside it.";
        if (ConfigDriveOperations.LengthProblem(given) is { } tooLong)
            return tooLong;
        if (given.Flag("coreOs") == true && given.Text("networkConfig") is { Length: > 0 })
            return "CoreOS takes no network configuration; it belongs into the configuration itself.";
        if (GpuOperations.Problem(pool, given) is { } noGpu)
            return noGpu;
        if ((given.Text("cloudConfig") is { Length: > 0 } || given.List<OperationArguments>("VDIs").Any(disk => disk.Object<Sr>("sr") is null)) && StorageFor(pool, template, given) is null)
            return "The pool has no default storage; say on which the disks are to be.";
        return VmEdits.Settings.Where(edit => given.Has(edit.Parameter.Name)).Select(edit => edit.Unless?.Invoke(pool, template, given)).FirstOrDefault(reason => reason is not null);
    }

    /// <summary>The storage and networks that the template's own disks and devices are on, where nothing else was asked for.</summary>
    private static IEnumerable<FurtherRight> Needs(PoolPicture pool, Vm template, OperationArguments given)
    {
        var changed = given.Map<OperationArguments>("existingDisks");
        foreach (var disk in pool.DisksOf(template).Where(disk => disk.Vbd.Type == VbdType.Disk && disk.Sr is not null))
            if (changed.GetValueOrDefault(disk.Vbd.Userdevice)?.Object<Sr>("sr") is null)
                yield return new(UseRights.Sr, disk.Sr!);
        var (disks, makesItsOwn) = (given.List<OperationArguments>("VDIs"), template.OtherConfig.ContainsKey(TemplateDisks) && !given.Has("VDIs"));
        if ((makesItsOwn || disks.Any(disk => disk.Object<Sr>("sr") is null) || given.Text("cloudConfig") is { Length: > 0 }) && StorageFor(pool, template, given) is { } sr)
            yield return new(UseRights.Sr, sr);
        if (makesItsOwn && pool.DefaultSr() is { } standard)
            yield return new(UseRights.Sr, standard);
        if (!given.Has("VIFs"))
            foreach (var device in pool.NetworkDevicesOf(template))
                if (device.Network is { } network)
                    yield return new(UseRights.Network, network);
    }

    /// <summary>Where a disk goes that nobody named a storage for: beside the first new disk, or the template's, or on the pool's default.</summary>
    internal static Sr? StorageFor(PoolPicture pool, Vm template, OperationArguments given) =>
        given.List<OperationArguments>("VDIs").Select(disk => disk.Object<Sr>("sr")).FirstOrDefault(sr => sr is not null)
        ?? pool.UsualSrOf(template);

    /// <summary>A host's text, read without following anything in it.</summary>
    [GeneratedRegex("\\bsize=\"([0-9]{1,18})\"", RegexOptions.NonBacktracking)]
    private static partial Regex PlannedSize();
}
