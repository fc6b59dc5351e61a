using System.Collections.Immutable;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.Core.Operations.Vms.CloudInit;

/// <summary>Drives that configure a guest at its first boot, made for VMs that are there and taken away again.</summary>
public static class ConfigDriveOperations
{
    public static Operation Create { get; } = new OperationOn<Vm>("vm.create_config_drive", VmRights.EditDevices, CreateAsync)
    {
        For = VmKinds.IsVm,
        Title = "New configuration drive",
        Progressive = "Making a configuration drive",
        Description = "Makes a drive from which cloud-init configures the guest when it boots.",
        Group = OperationGroup.Make,
        SuitsMany = false,
        Unless = (_, vm) => VmEdits.NotWhileOn(vm),
        UnlessWith = (_, _, given) => LengthProblem(given),
        Parameters =
        [
            Config with { IsRequired = true },
            NetworkConfig,
            StorageParameters.ForDisks("sr", "Storage") with { IsRequired = true, Present = (pool, vm) => pool.UsualSrOf((Vm)vm)?.Uuid },
        ],
    };

    public static Operation Delete { get; } = new OperationOn<Vm>("vm.delete_config_drive", VmRights.EditDevices, DeleteAsync)
    {
        For = vm => VmKinds.IsVm(vm) && ConfigDriveMark.IsOn(vm),
        Title = "Delete the configuration drive",
        Progressive = "Deleting the configuration drive",
        Description = "Takes away the drive that configured the guest at its first boot, with the secrets that may be on it.",
        Confirmation = Confirmation.Ask,
        Consequence = "A guest that has not read it yet stays without its configuration.",
        Group = OperationGroup.Delete,
        Unless = (pool, vm) => ConfigDriveMark.DriveOf(pool, vm) is not { } drive ? $"{pool.NameOf(vm)} has no configuration drive any more."
            : drive.CurrentlyAttached && vm.PowerState != VmPowerState.Running ? $"{pool.NameOf(vm)} neither runs nor is shut down; the drive cannot be taken off now." : null,
    };

    public static ImmutableArray<Operation> All { get; } = [Create, Delete];

    internal static OperationParameter Config => OperationParameter.Text("cloudConfig", "Cloud-init configuration") with { HasLines = true, MaxLength = 1 << 20, IsSecret = true };

    internal static OperationParameter NetworkConfig =>
        OperationParameter.Text("networkConfig", "Cloud-init network configuration") with { HasLines = true, MaxLength = 1 << 20, IsSecret = true, IsAdvanced = true };

    /// <summary>A letter may take four bytes.</summary>
    internal static string? LengthProblem(OperationArguments given) =>
        (given.Text("cloudConfig")?.Length ?? 0) + (given.Text("networkConfig")?.Length ?? 0) > FatImage.Room / 4 ? "The cloud-init configuration is too long for its drive." : null;

    private static Task CreateAsync(OperationWork work, Vm vm) => ConfigDrive.CreateAsync(
        work, new(vm.Ref), work.Arguments.Object<Sr>("sr")!, work.Arguments.Text("cloudConfig")!, work.Arguments.Text("networkConfig"), isForCoreOs: false, isOnce: false);

    private static async Task DeleteAsync(OperationWork work, Vm vm)
    {
        var drive = ConfigDriveMark.DriveOf(work.Pool, vm)!;
        await Plugging.TakeOffAsync(work, drive, drive.CurrentlyAttached);
        await work.RunAsync("VDI.destroy", drive.Vdi.Value!);
        await ConfigDriveMark.ClearAsync(work, vm);
    }
}
