using System.Text.RegularExpressions;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations.Vms;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Transfers.Xva;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Operations.Transfers;

/// <summary>
/// A VM through us to other storage, of its pool or another: one host's export is the other's import. What runs goes as it is at the beginning, by a snapshot that is
/// taken away again. What comes of it stays only when every block had its checksum and every disk is there in its size.
/// </summary>
internal static partial class VmStreaming
{
    /// <summary>Returns the VM that was made; until the caller keeps it, it is taken away when a later step fails.</summary>
    /// <param name="keepsAddresses">The MAC addresses, too: for a VM that goes over as a whole.</param>
    public static async Task<XenRef<Vm>> RunAsync(OperationWork work, OperationWork there, Vm vm, Sr sr, string name, bool keepsAddresses)
    {
        var isTemporary = IsByTemporary(vm);
        work.Expect(isTemporary ? 2 : 1);
        // What is made is known again by this, also after a restart.
        var mark = Leftover.NewMark();
        var from = new XenRef<Vm>(vm.Ref);
        var temporary = $"{vm.NameLabel} ({mark})";
        await work.RememberAsync(new() { Mark = mark, Act = work.Number, Target = work.Pool.Key(vm), To = there.Pool.Uuid, Snapshot = isTemporary ? temporary : "" });
        try
        {
            if (isTemporary)
            {
                from = await work.RunAsync<Vm>("VM.snapshot", vm.Ref, temporary);
                // Snapshots are marked as templates, and would be imported as such.
                await work.CallAsync("VM.set_is_a_template", XapiValue.Ref(from), false);
            }

            var made = await PipeAsync(work, there, from, vm, sr, mark);
            work.Undo($"the VM '{name}' in {there.Pool.Name()}", () => VmCleanup.DestroyAsync(there, made));
            await AssertDisksAsync(work, there, vm, made);
            await there.CallAsync("VM.set_name_label", XapiValue.Ref(made), name);
            if (vm.IsASnapshot)
                await there.CallAsync("VM.set_is_a_template", XapiValue.Ref(made), false);
            await ConnectAsync(work, there, vm, made, keepsAddresses);
            return made;
        }
        finally
        {
            if (isTemporary && !from.IsNull && from.Value != vm.Ref)
                await Temporary.RemoveAsync(work, $"a snapshot of {vm.NameLabel}", () => VmCleanup.DestroyAsync(work, from));
        }
    }

    /// <summary>Whether it goes as a snapshot that is taken for it.</summary>
    public static bool IsByTemporary(Vm vm) => vm is { IsASnapshot: false, PowerState: not (VmPowerState.Halted or VmPowerState.Suspended) };

    /// <summary>Path and query of the handler that sends a VM.</summary>
    /// <param name="from">What is sent: the VM, or a snapshot that was taken for it.</param>
    /// <param name="compression"><c>gzip</c> or <c>zstd</c>; anything else is none.</param>
    public static string ExportOf(XenRef<Vm> from, Vm vm, string? compression)
    {
        var asked = compression switch { "gzip" => "&use_compression=true", "zstd" => "&use_compression=zstd", _ => "" };
        // Of a suspended VM its memory goes along; without being asked, hosts leave it out.
        return $"/export?ref={from}{asked}{(vm.PowerState == VmPowerState.Suspended ? "&preserve_power_state=true" : "")}";
    }

    private static async Task<XenRef<Vm>> PipeAsync(OperationWork work, OperationWork there, XenRef<Vm> from, Vm vm, Sr sr, string mark)
    {
        await using var watch = new XvaWatch();
        var result = await HostPipe.RunAsync(
            work, new($"Copy of {vm.NameLabel}", ExportOf(from, vm, CompressionOf(work, there)), null, mark),
            there, new($"Copy of {vm.NameLabel}", $"/import?sr_id={sr.Ref}", HostEndpoints.Near(there, sr), mark),
            watch, result => work.Leftover is { } leftover ? work.RememberAsync(leftover with { Made = result }) : Task.CompletedTask,
            unwanted => Temporary.RemoveAsync(work, $"the copy in {there.Pool.Name()}", () => RemoveAsync(there, unwanted)));
        if (!watch.IsSeen)
            work.Note("Its checksums were not verified on the way: this system has no library for zstd (libzstd1).");
        return References(result) is [var made, ..] ? made : throw new OperationFailedException($"{there.Pool.Name()} imported it, and says that no VM came of it.");
    }

    public static List<XenRef<Vm>> References(string result) => [.. ItsReference().Matches(result).Select(match => new XenRef<Vm>(match.Value))];

    public static async Task RemoveAsync(OperationWork there, string result)
    {
        foreach (var vm in References(result))
            await VmCleanup.DestroyAsync(there, vm);
    }

    private static string? CompressionOf(OperationWork work, OperationWork there) =>
        work.Arguments.Text("compression") is var asked && asked == "auto" ? CopyFacts.AutomaticCompression(work.Pool, there.Pool) : asked;

    /// <summary>Every disk of the VM is there, and not smaller; storage may round it up.</summary>
    private static async Task AssertDisksAsync(OperationWork work, OperationWork there, Vm vm, XenRef<Vm> made)
    {
        var drives = await VmCleanup.DrivesAsync(there, made);
        foreach (var (drive, disk, _) in work.Pool.DisksOf(vm).Where(one => one.Vbd.Type == VbdType.Disk))
        {
            if (disk is null)
                continue;
            if (drives.Find(one => one.Place == drive.Userdevice && !one.IsDisc) is not { Disk.IsNull: false } copy)
                throw new OperationFailedException($"The disk {work.Pool.NameOf(disk)} did not arrive in {there.Pool.Name()}, though both hosts say that all went well. Nothing of it stays; try again.");
            var size = await there.Connection.CallNumberAsync("VDI.get_virtual_size", [XapiValue.Ref(copy.Disk)], there.Token);
            if (size < disk.VirtualSize)
                throw new OperationFailedException($"The disk {work.Pool.NameOf(disk)} has {SizeText.Write(disk.VirtualSize)}, and {SizeText.Write(size)} of it arrived in {there.Pool.Name()}. Nothing of it stays; try again.");
        }
    }

    /// <summary>Puts the devices on the networks that were chosen: a host takes what resembles the old one, or makes one for it, which goes again.</summary>
    public static async Task ConnectAsync(OperationWork work, OperationWork there, Vm vm, XenRef<Vm> made, bool keepsAddresses)
    {
        var wanted = NetworkChoice.For(work.Pool, vm, there.Pool, work.Arguments).ToDictionary(one => one.Device.Device);
        foreach (var reference in await there.Connection.CallTextsAsync("VM.get_VIFs", [XapiValue.Ref(made)], there.Token))
        {
            var before = await there.AskAsync("VIF.get_network", reference);
            if (!wanted.TryGetValue(await there.AskAsync("VIF.get_device", reference), out var choice) || choice.Network is not { } network)
                continue;
            if (keepsAddresses)
            {
                var device = choice.Device;
                await there.CallAsync("VIF.destroy", reference);
                await there.MakeAsync<Vif>("VIF.create", DiskRecords.Vif(made, network, device.Device, device.Mac, device.Ipv4Allowed, device.Ipv6Allowed));
            }
            else if (before != network.Ref)
            {
                await there.CallAsync("VIF.move", reference, network.Ref);
            }

            if (before != network.Ref && there.Pool.Get(before) is null)
                await RemoveNetworkAsync(there, before);
        }
    }

    /// <summary>A network that was made for the import; one that something uses by now stays.</summary>
    private static async Task RemoveNetworkAsync(OperationWork there, string network)
    {
        try
        {
            await there.CallAsync("network.destroy", network);
        }
        catch (XapiFailureException)
        {
            // Another device of the VM is on it still, or somebody else found it useful.
        }
    }

    // The set of the VMs that were made, as the XML of a call's answer.
    [GeneratedRegex("OpaqueRef:[0-9A-Za-z-]{1,64}", RegexOptions.CultureInvariant)]
    private static partial Regex ItsReference();
}
