using System.Collections.Immutable;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Transfers;
using XoBlazor.Core.Transfers.Remote;

namespace XoBlazor.Core.Operations.Transfers;

/// <summary>Imports of what the server itself fetches from an address. Beside the right to do that, each takes the right of the import it is.</summary>
public sealed class RemoteImports
{
    private readonly RemoteFiles _files;

    public RemoteImports(RemoteFiles files)
    {
        _files = files;
        All =
        [
            Fetching("sr.import_vm_from", "Import a VM from an address", "Makes a VM of an XVA file that the server fetches; its disks go on this storage.", TransferRights.ImportVm, XapiClass.Vm,
                (pool, sr) => StorageParameters.NotForDisks(pool, sr, sr), VmTransfers.ImportAsync, VmTransfers.Import.Parameters),
            Fetching("sr.import_disk_from", "Import a disk from an address", "Makes a disk of a file that the server fetches.", UseRights.Sr, XapiClass.Vdi,
                (pool, sr) => StorageParameters.NotForDisks(pool, sr, sr), DiskTransfers.ImportNewAsync, DiskTransfers.ImportNew.Parameters),
            Fetching("sr.import_iso_from", "Fetch an ISO", "Puts an ISO image that the server fetches from an address into the library.", UseRights.Sr, XapiClass.Vdi,
                StorageParameters.NotForIsos, DiskTransfers.ImportIsoAsync, DiskTransfers.ImportIso.Parameters, sr => sr.ContentType == "iso"),
        ];
    }

    public ImmutableArray<Operation> All { get; }

    private OperationOn<Sr> Fetching(
        string name, string title, string description, Right right, XapiClass makes, Func<Store.PoolPicture, Sr, string?> unless, Func<OperationWork, Sr, TransferSource, Task> import,
        ImmutableArray<OperationParameter> parameters, Func<Sr, bool>? isFor = null) => new(name, TransferRights.Fetch, (work, sr) => RunAsync(work, sr, import))
        {
            For = isFor,
            Title = title,
            Progressive = "Importing from an address",
            Description = description,
            Fetches = true,
            Group = OperationGroup.Make,
            Makes = makes,
            SuitsMany = false,
            Unless = unless,
            Needs = (_, sr, _) => [new(right, sr)],
            Parameters =
        [
            OperationParameter.Text("url", "Address") with
            {
                IsRequired = true, MaxLength = 8192, Recorded = RemoteAddress.WithoutSecrets, Description = "Of the file, with https:// or http://; the server fetches it, not your browser.",
            },
            .. parameters,
        ],
        };

    private async Task RunAsync(OperationWork work, Sr sr, Func<OperationWork, Sr, TransferSource, Task> import)
    {
        try
        {
            await using var file = await _files.OpenAsync(work.Arguments.Text("url")!, work.Token);
            var source = new TransferSource(file.Content, file.Length, CancellationToken.None);
            work.Moves(source.Progress);
            await import(work, sr, source);
        }
        catch (RemoteFileException refused)
        {
            throw new OperationFailedException(refused.Message);
        }
    }
}
