using System.Collections.Immutable;
using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Patching.Rehearsing;

/// <summary>Asks a host which of its VMs cannot leave it, and says why in words (<c>host.get_vms_which_prevent_evacuation</c>: VM → code and parameters).</summary>
internal static class HostBlocks
{
    /// <summary>The host plans a place for each VM before it answers.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    /// <summary>Fails with a <see cref="XapiException"/>.</summary>
    public static async Task<ImmutableArray<HostBlock>> AskAsync(XapiConnection connection, PoolPicture pool, Host host, CancellationToken token)
    {
        var answer = await connection.CallAsync("host.get_vms_which_prevent_evacuation", [host.Ref], Lists, token, s_patience);
        // A VM that something is done to right now is no obstacle: the host waits for it.
        return
        [
            .. answer.Select(one => (Vm: pool.Get(one.Key) as Vm, Code: one.Value))
                .Where(one => one.Vm is { IsControlDomain: false } && one.Code is [not "OTHER_OPERATION_IN_PROGRESS", ..])
                .OrderBy(one => one.Vm!.NameLabel, StringComparer.Ordinal).Select(one => Of(pool, host, one.Vm!, one.Code)),
        ];
    }

    private static HostBlock Of(PoolPicture pool, Host host, Vm vm, ImmutableArray<string> error)
    {
        var reason = ReasonOf(pool, vm, error);
        var words = XapiErrorText.Of(error[0], [.. error.Skip(1)], pool.NameOfReference);
        return new(vm, reason, reason switch
        {
            BlockReason.LocalDisk => $"{Disks(pool, vm, error, VbdType.Disk)} is on {Storage(pool, error)}, which the other hosts do not reach.",
            BlockReason.InsertedDisc => $"The disc {Disks(pool, vm, error, VbdType.Cd)} is in its drive.",
            BlockReason.PinnedDevice => $"A device of {pool.NameOf(host)} is its own (a passthrough device, a vGPU or SR-IOV).",
            BlockReason.Drivers => $"Its guest has no drivers with which it could move. {words}",
            BlockReason.Paused => "It is paused, and only a VM that runs can move.",
            BlockReason.CpuFeatures => $"It uses what the processors of other hosts lack. {words}",
            _ => words,
        }, $"{Solution(pool, vm, reason)}{(MayBeAsked(vm) || vm.PowerState != VmPowerState.Running ? "" : " Its guest cannot be asked to: its power would be cut.")}", string.Join(' ', error));
    }

    /// <summary>Its guest can be asked to shut down; otherwise only its power can be cut.</summary>
    public static bool MayBeAsked(Vm vm) => vm.AllowedOperations.Contains(VmOperation.CleanShutdown);

    private static string Solution(PoolPicture pool, Vm vm, BlockReason reason) => reason switch
    {
        BlockReason.LocalDisk => "Migrate its disk to shared storage, or let it be shut down during its host's turn.",
        BlockReason.InsertedDisc => "Eject it.",
        BlockReason.PinnedDevice or BlockReason.CpuFeatures => "Let it be shut down during its host's turn.",
        BlockReason.Drivers => "Install the guest tools, or let it be shut down during its host's turn.",
        BlockReason.Memory => "Shut down or move VMs elsewhere to make room, or let it be shut down during its host's turn.",
        BlockReason.Network => "Give the other hosts this network, or let it be shut down during its host's turn.",
        BlockReason.Paused => "Unpause it, or let it be shut down during its host's turn.",
        BlockReason.NoHost => "Put another host into service.",
        BlockReason.Other => $"Put that right, or let {pool.NameOf(vm)} be shut down during its host's turn.",
    };

    private static BlockReason ReasonOf(PoolPicture pool, Vm vm, ImmutableArray<string> error) => error[0] switch
    {
        "VM_REQUIRES_SR" => pool.DisksOf(vm).Where(disk => disk.Sr?.Ref == At(error, 2)).All(disk => disk.Vbd.Type == VbdType.Cd) ? BlockReason.InsertedDisc : BlockReason.LocalDisk,
        "VM_HAS_PCI_ATTACHED" or "VM_HAS_VGPU" or "VM_HAS_SRIOV_VIF" or "VM_REQUIRES_GPU" or "VM_REQUIRES_VGPU" or "VM_REQUIRES_VUSB" or "VM_HAS_VUSBS" => BlockReason.PinnedDevice,
        "HOST_NOT_ENOUGH_FREE_MEMORY" => BlockReason.Memory,
        "VM_MISSING_PV_DRIVERS" or "VM_OLD_PV_DRIVERS" or "VM_LACKS_FEATURE" => BlockReason.Drivers,
        "VM_INCOMPATIBLE_WITH_THIS_HOST" or "VM_HOST_INCOMPATIBLE_VERSION" or "VM_HOST_INCOMPATIBLE_VERSION_MIGRATE" or "VM_HOST_INCOMPATIBLE_VIRTUAL_HARDWARE_PLATFORM_VERSION" => BlockReason.CpuFeatures,
        "VM_BAD_POWER_STATE" => BlockReason.Paused,
        "VM_REQUIRES_NETWORK" or "HOST_CANNOT_ATTACH_NETWORK" => BlockReason.Network,
        "NO_HOSTS_AVAILABLE" or "HOST_DISABLED" or "HOST_NOT_LIVE" => BlockReason.NoHost,
        _ => BlockReason.Other,
    };

    private static string Disks(PoolPicture pool, Vm vm, ImmutableArray<string> error, VbdType type)
    {
        var names = pool.DisksOf(vm).Where(disk => disk.Vbd.Type == type && disk.Vdi is not null && (disk.Sr?.Ref == At(error, 2) || error[0] != "VM_REQUIRES_SR")).Select(disk => pool.NameOf(disk.Vdi!)).ToList();
        return names.Count == 0 ? type == VbdType.Cd ? "that it was given" : "A disk of it" : $"'{string.Join("', '", names)}'";
    }

    private static string Storage(PoolPicture pool, ImmutableArray<string> error) => pool.NameOfReference(At(error, 2)) ?? "storage";

    private static string? At(ImmutableArray<string> error, int place) => place < error.Length ? error[place] : null;

    private static Dictionary<string, ImmutableArray<string>> Lists(ref Utf8JsonReader reader)
    {
        var map = new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            var items = ImmutableArray.CreateBuilder<string>();
            reader.Read();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                items.Add(reader.GetString() ?? "");
            map[name] = items.ToImmutable();
        }

        return map;
    }
}
