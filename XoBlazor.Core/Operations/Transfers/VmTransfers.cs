using System.Collections.Immutable;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations.Vms;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Transfers;
using XoBlazor.Core.Transfers.Xva;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Operations.Transfers;

/// <summary>Whole VMs, out of a pool and into it, in the host's own format (XVA).</summary>
public static class VmTransfers
{
    public static Operation Export { get; } = new OperationOn<Vm>("vm.export", TransferRights.ExportVm, ExportAsync)
    {
        For = VmKinds.IsNotControlDomain,
        Title = "Export",
        Progressive = "Exporting",
        Description = "Sends the VM with its disks as one file; one that runs, as it is at the beginning.",
        Bytes = TransferDirection.Out,
        SuitsMany = false,
        Group = OperationGroup.Move,
        Unless = (pool, vm) => vm.IsDefaultTemplate ? $"{pool.NameOf(vm)} came with the pool and has no disks to export." : null,
        Parameters = [OperationParameter.Choice("compression", "Compression", "none", "gzip", "zstd") with { Default = "none", Description = "zstd needs hosts from 2019 on." }],
    };

    public static Operation Import { get; } = new OperationOn<Sr>("sr.import_vm", TransferRights.ImportVm, (work, sr) => ImportAsync(work, sr, (TransferSource)work.End!))
    {
        Title = "Import a VM",
        Progressive = "Importing a VM",
        Description = "Makes a VM of what is sent, an XVA file; its disks go on this storage.",
        Bytes = TransferDirection.In,
        Makes = XapiClass.Vm,
        SuitsMany = false,
        Group = OperationGroup.Make,
        Unless = (pool, sr) => StorageParameters.NotForDisks(pool, sr, sr),
        Parameters = [OperationParameter.Text("name", "Name") with { Description = "Another one than the VM had." }],
    };

    public static ImmutableArray<Operation> All { get; } = [Export, Import];

    private static async Task ExportAsync(OperationWork work, Vm vm)
    {
        var head = new TransferHead(FileName.Of(vm.NameLabel, vm.Uuid, "xva"), "application/octet-stream", null);
        var from = new XenRef<Vm>(vm.Ref);
        var isTemporary = VmStreaming.IsByTemporary(vm);
        if (isTemporary)
        {
            work.Expect(2);
            from = await SnapshotAsync(work, vm);
        }

        try
        {
            // Snapshots are marked as templates, and would be imported as such; the name stands in the file, too.
            if (isTemporary)
            {
                await work.CallAsync("VM.set_name_label", XapiValue.Ref(from), vm.NameLabel);
                await work.CallAsync("VM.set_is_a_template", XapiValue.Ref(from), false);
            }

            await using var watch = new XvaWatch();
            await HostTransfer.OutAsync(work, new($"Export of {vm.NameLabel}", VmStreaming.ExportOf(from, vm, work.Arguments.Text("compression"))), head, watch);
        }
        finally
        {
            if (isTemporary)
                await Temporary.RemoveAsync(work, $"a snapshot of {vm.NameLabel}", () => VmCleanup.DestroyAsync(work, from));
        }
    }

    /// <summary>A snapshot that is taken away after a restart, too: it has a name that nobody else gives until its reference is written down.</summary>
    private static async Task<XenRef<Vm>> SnapshotAsync(OperationWork work, Vm vm)
    {
        var mark = Leftover.NewMark();
        var leftover = new Leftover { Mark = mark, Act = work.Number, Target = work.Pool.Key(vm), To = work.Pool.Uuid, Snapshot = $"{vm.NameLabel} ({mark})" };
        await work.RememberAsync(leftover);
        var snapshot = await work.RunAsync<Vm>("VM.snapshot", vm.Ref, leftover.Snapshot);
        await work.RememberAsync(leftover with { Made = snapshot.Value! });
        return snapshot;
    }

    internal static async Task ImportAsync(OperationWork work, Sr sr, TransferSource source)
    {
        // What comes of it is known again by this, also after a restart.
        var leftover = new Leftover { Mark = Leftover.NewMark(), Act = work.Number, Target = work.Pool.Key(sr), To = work.Pool.Uuid };
        await work.RememberAsync(leftover);
        await using var watch = new XvaWatch();
        var made = VmStreaming.References(await HostTransfer.InAsync(
            work, new("Import of a VM", $"/import?sr_id={sr.Ref}", HostEndpoints.Near(work, sr), leftover.Mark), source, watch, result => work.RememberAsync(leftover = leftover with { Made = result })));
        if (made.Count == 0)
            throw new OperationFailedException("The host imported it, and says that no VM came of it. Look at the file: it may hold metadata only.");
        foreach (var vm in made)
            work.Undo("a VM that was made", () => VmCleanup.DestroyAsync(work, vm));
        await AssertDisksAsync(work, watch, made);
        if (made.Count > 1)
            work.Note($"{made.Count} VMs were in the file; this is the first.");
        if (!watch.IsSeen)
            work.Note("Its checksums were looked at by the host alone: this system has no library for zstd (libzstd1).");
        if (work.Arguments.Text("name") is { Length: > 0 } name)
            await work.CallAsync("VM.set_name_label", XapiValue.Ref(made[0]), name);
        await work.RememberAsync(leftover with { IsKept = true });
        work.Made(made[0]);
    }

    /// <summary>Every disk that was in the file is there in its size; storage may round it up.</summary>
    private static async Task AssertDisksAsync(OperationWork work, XvaWatch watch, List<XenRef<Vm>> made)
    {
        // Which disk was whose, the file tells only where it is one VM's.
        if (made.Count > 1)
            return;
        var drives = await VmCleanup.DrivesAsync(work, made[0]);
        foreach (var disk in watch.Disks.Where(disk => disk.Place is not null))
            if (drives.Find(drive => drive.Place == disk.Place && !drive.IsDisc) is not { Disk.IsNull: false } drive
                || await work.Connection.CallNumberAsync("VDI.get_virtual_size", [XapiValue.Ref(drive.Disk)], work.Token) < disk.Size)
                throw new OperationFailedException($"The disk {ForeignText.Shown(disk.Name)} did not arrive as it was sent, {SizeText.Write(disk.Size)}, though the host says that all went well. Nothing of it stays; try again.");
    }
}
