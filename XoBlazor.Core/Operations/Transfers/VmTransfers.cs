using System.Collections.Immutable;
using System.Text.RegularExpressions;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations.Vms;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Transfers;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Operations.Transfers;

/// <summary>Whole VMs, out of a pool and into it, in the host's own format (XVA).</summary>
public static partial class VmTransfers
{
    public static Operation Export { get; } = new OperationOn<Vm>("vm.export", TransferRights.ExportVm, ExportAsync)
    {
        For = VmKinds.IsNotControlDomain,
        Title = "Export",
        Progressive = "Exporting",
        Description = "Sends the VM with its disks as one file; one that runs, as it is at the beginning.",
        Bytes = TransferDirection.Out,
        SuitsMany = false,
        Unless = (pool, vm) => vm.IsDefaultTemplate ? $"{pool.NameOf(vm)} came with the pool and has no disks to export." : null,
        Parameters = [OperationParameter.Choice("compression", "Compression", "none", "gzip", "zstd") with { Default = "none", Description = "zstd needs hosts from 2019 on." }],
    };

    public static Operation Import { get; } = new OperationOn<Sr>("sr.import_vm", TransferRights.ImportVm, ImportAsync)
    {
        Title = "Import a VM",
        Progressive = "Importing a VM",
        Description = "Makes a VM of what is sent, an XVA file; its disks go on this storage.",
        Bytes = TransferDirection.In,
        Makes = XapiClass.Vm,
        SuitsMany = false,
        Unless = (pool, sr) => StorageParameters.NotForDisks(pool, sr, sr),
        Parameters = [OperationParameter.Text("name", "Name") with { Description = "Another one than the VM had." }],
    };

    public static ImmutableArray<Operation> All { get; } = [Export, Import];

    private static async Task ExportAsync(OperationWork work, Vm vm)
    {
        var head = new TransferHead(FileName.Of(vm.NameLabel, vm.Uuid, "xva"), "application/octet-stream", null);
        var compression = work.Arguments.Text("compression") switch { "gzip" => "&use_compression=true", "zstd" => "&use_compression=zstd", _ => "" };
        var from = new XenRef<Vm>(vm.Ref);
        var isTemporary = vm is { IsASnapshot: false, PowerState: not (VmPowerState.Halted or VmPowerState.Suspended) };
        if (isTemporary)
        {
            work.Expect(2);
            from = await work.RunAsync<Vm>("VM.snapshot", vm.Ref, vm.NameLabel);
        }

        try
        {
            // Snapshots are marked as templates, and would be imported as such.
            if (isTemporary)
                await work.CallAsync("VM.set_is_a_template", XapiValue.Ref(from), false);
            await HostTransfer.OutAsync(work, new($"Export of {vm.NameLabel}", $"/export?ref={from}{compression}"), head);
        }
        finally
        {
            if (isTemporary)
                await Temporary.RemoveAsync(work, $"a snapshot of {vm.NameLabel}", () => VmCleanup.DestroyAsync(work, from));
        }
    }

    private static async Task ImportAsync(OperationWork work, Sr sr)
    {
        var made = ItsReference().Matches(await HostTransfer.InAsync(work, new("Import of a VM", $"/import?sr_id={sr.Ref}", HostEndpoints.Near(work, sr)))).Select(match => new XenRef<Vm>(match.Value)).ToList();
        if (made.Count == 0)
            throw new OperationFailedException("The host imported it, and says that no VM came of it. Look at the file: it may hold metadata only.");
        if (made.Count > 1)
            work.Note($"{made.Count} VMs were in the file; this is the first.");
        if (work.Arguments.Text("name") is { Length: > 0 } name)
            await work.CallAsync("VM.set_name_label", XapiValue.Ref(made[0]), name);
        work.Made(made[0]);
    }

    // The set of the VMs that were made, as the XML of a call's answer.
    [GeneratedRegex("OpaqueRef:[0-9A-Za-z-]{1,64}", RegexOptions.CultureInvariant)]
    private static partial Regex ItsReference();
}
