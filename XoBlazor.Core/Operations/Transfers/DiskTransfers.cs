using System.Buffers.Binary;
using System.Collections.Immutable;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Transfers;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Operations.Transfers;

/// <summary>The contents of disks, out of a pool and into it.</summary>
public static class DiskTransfers
{
    private const int VhdFooter = 512;
    private const int IsoMarkAt = 0x8001;

    private static readonly byte[] s_isoMark = "CD001"u8.ToArray();
    private static readonly byte[] s_udfMark = "BEA01"u8.ToArray();

    public static Operation Export { get; } = new OperationOn<Vdi>("vdi.export", TransferRights.ExportDisk, ExportAsync)
    {
        Title = "Export",
        Progressive = "Exporting",
        Description = "Sends the disk's content; of a disk in use, as it is at the beginning.",
        Bytes = TransferDirection.Out,
        SuitsMany = false,
        Group = OperationGroup.Move,
        Unless = NotThere,
        Parameters = [Format],
    };

    public static Operation Import { get; } = new OperationOn<Vdi>("vdi.import", TransferRights.ImportDisk, ImportAsync)
    {
        ForIn = static (pool, disk) => !pool.IsDisc(disk),
        Title = "Import",
        Progressive = "Overwriting",
        Description = "Puts what is sent in the place of the disk's content.",
        Consequence = "What is on the disk now is gone.",
        Confirmation = Confirmation.TypeName,
        Bytes = TransferDirection.In,
        SuitsMany = false,
        Group = OperationGroup.Move,
        Unless = (pool, disk) => NotThere(pool, disk)
            ?? (disk.IsASnapshot ? $"{pool.NameOf(disk)} is a snapshot's disk and stays as it is."
                : pool.Get(disk.Vbds).Any(drive => drive.CurrentlyAttached) ? $"{pool.NameOf(disk)} is in use; disconnect it from its VM first." : null),
        Parameters = [Format],
    };

    public static Operation ImportNew { get; } = new OperationOn<Sr>("sr.import_disk", UseRights.Sr, (work, sr) => ImportNewAsync(work, sr, (TransferSource)work.End!))
    {
        Title = "Import a disk",
        Progressive = "Importing a disk",
        Description = "Makes a disk of what is sent.",
        Bytes = TransferDirection.In,
        Makes = XapiClass.Vdi,
        SuitsMany = false,
        Group = OperationGroup.Make,
        Unless = (pool, sr) => StorageParameters.NotForDisks(pool, sr, sr),
        Parameters = [OperationParameter.Text("name", "Name") with { IsRequired = true }, OperationParameter.Text("description", "Description"), Format],
    };

    public static Operation ImportIso { get; } = new OperationOn<Sr>("sr.import_iso", UseRights.Sr, (work, sr) => ImportIsoAsync(work, sr, (TransferSource)work.End!))
    {
        For = sr => sr.ContentType == "iso",
        Title = "Upload an ISO",
        Progressive = "Uploading an ISO",
        Description = "Puts what is sent, an ISO image, into the library.",
        Bytes = TransferDirection.In,
        Makes = XapiClass.Vdi,
        SuitsMany = false,
        Group = OperationGroup.Make,
        Unless = StorageParameters.NotForIsos,
        Parameters = [OperationParameter.Text("name", "Name") with { IsRequired = true }, OperationParameter.Text("description", "Description")],
    };

    public static ImmutableArray<Operation> All { get; } = [Export, Import, ImportNew, ImportIso];

    private static OperationParameter Format => OperationParameter.Choice("format", "Format", "raw", "vhd", "qcow2") with { Default = "raw" };

    /// <summary>Writes on a disk at a host that has its storage.</summary>
    /// <param name="mark">By what its task is known again after a restart of ours; empty for none.</param>
    internal static HostHandler Writing(OperationWork work, Sr sr, XenRef<Vdi> disk, string format, string mark = "") =>
        new("Writing a disk", $"/import_raw_vdi?vdi={disk}&format={format}", HostEndpoints.Near(work, sr), mark);

    /// <summary>What a host answers with when it is asked for a disk in a format (xapi-protocol.md §8.5).</summary>
    private static string ContentType(string format) => format switch { "vhd" => "application/vhd", "qcow2" => "application/x-qemu-disk", _ => "application/octet-stream" };

    private static string? NotThere(PoolPicture pool, Vdi disk) => pool.Get(disk.Sr) is not { } sr ? $"The storage of {pool.NameOf(disk)} is not known."
        : !pool.HostsOf(sr).Any() ? $"{pool.NameOf(sr)} is not connected to any host." : null;

    private static async Task ExportAsync(OperationWork work, Vdi disk)
    {
        var (format, sr) = (work.Arguments.Text("format")!, work.Pool.Get(disk.Sr)!);
        var from = new XenRef<Vdi>(disk.Ref);
        var isInUse = work.Pool.Get(disk.Vbds).Any(drive => drive.CurrentlyAttached && drive.Mode != VbdMode.Ro);
        if (isInUse)
            from = await SnapshotAsync(work, disk);
        try
        {
            var end = format == "vhd" ? new VhdEnd() : null;
            await HostTransfer.OutAsync(work, new($"Export of {disk.NameLabel}", $"/export_raw_vdi?vdi={from}&format={format}", HostEndpoints.Near(work, sr)),
                new(FileName.Of(disk.NameLabel, disk.Uuid, format), ContentType(format), format == "raw" ? disk.VirtualSize : null), look: end is null ? null : end.AddAsync);
            if (end is { IsThere: false })
                throw new OperationFailedException($"{work.Pool.NameOf(disk)} came without its end, though its host says that all went well. Look at its storage, and export it again.");
        }
        finally
        {
            if (isInUse)
                await Temporary.RemoveAsync(work, $"a snapshot of the disk {disk.NameLabel}", () => work.CallAsync("VDI.destroy", XapiValue.Ref(from)));
        }
    }

    /// <summary>A snapshot that is taken away after a restart, too. Hosts take no mark with the call: one that is lost in the moment before it gets its own is told by nothing.</summary>
    private static async Task<XenRef<Vdi>> SnapshotAsync(OperationWork work, Vdi disk)
    {
        var leftover = new Leftover { Mark = Leftover.NewMark(isOfDisk: true), Act = work.Number, Target = work.Pool.Key(disk), To = work.Pool.Uuid };
        await work.RememberAsync(leftover);
        var snapshot = await work.RunAsync<Vdi>("VDI.snapshot", disk.Ref, new Dictionary<string, string>());
        work.Undo($"a snapshot of the disk {disk.NameLabel}", () => work.CallAsync("VDI.destroy", XapiValue.Ref(snapshot)));
        await DiskMark.PutOnAsync(work, snapshot, leftover.Mark);
        work.Keep();
        return snapshot;
    }

    private static Task ImportAsync(OperationWork work, Vdi disk)
    {
        var format = work.Arguments.Text("format")!;
        return format == "raw" && ((TransferSource)work.End!).Length is { } length && length > disk.VirtualSize
            ? throw new OperationFailedException($"{work.Pool.NameOf(disk)} has {SizeText.Write(disk.VirtualSize)}, and {SizeText.Write(length)} were to be written on it. Make it larger first.")
            : WriteAsync(work, work.Pool.Get(disk.Sr)!, new(disk.Ref), format);
    }

    internal static async Task ImportNewAsync(OperationWork work, Sr sr, TransferSource source)
    {
        var format = work.Arguments.Text("format")!;
        var first = new byte[VhdFooter];
        var length = format == "raw" ? 0 : await source.Stream.ReadAtLeastAsync(first, first.Length, throwOnEndOfStream: false, work.Token);
        var size = format switch
        {
            "vhd" => SizeOfVhd(first.AsSpan(0, length)),
            "qcow2" => SizeOfQcow2(first.AsSpan(0, length)),
            _ => source.Length ?? throw new OperationFailedException("The length of a raw disk has to be announced (Content-Length), for the disk is made before it is filled. Send a file, not a pipe."),
        };
        await FillAsync(work, sr, size, format, length == 0 ? source : source.Behind(first.AsMemory(0, length)));
    }

    internal static async Task ImportIsoAsync(OperationWork work, Sr sr, TransferSource source)
    {
        var size = source.Length ?? throw new OperationFailedException("The length of an ISO has to be announced (Content-Length), for its place is made before it is filled. Send a file, not a pipe.");
        // The volume descriptors begin after 32 KiB; hybrid images have a boot sector before, so that nothing else tells.
        var first = new byte[IsoMarkAt + s_isoMark.Length];
        var length = await source.Stream.ReadAtLeastAsync(first, first.Length, throwOnEndOfStream: false, work.Token);
        if (length < first.Length || (!first.AsSpan().EndsWith(s_isoMark) && !first.AsSpan().EndsWith(s_udfMark)))
            throw new OperationFailedException("What was sent is no ISO image: it has no volume descriptor 32 KiB in. Is it the right file?");
        await FillAsync(work, sr, size, "raw", source.Behind(first.AsMemory(0, length)));
    }

    /// <summary>Makes a disk of what comes, or nothing.</summary>
    private static async Task FillAsync(OperationWork work, Sr sr, long size, string format, TransferSource source)
    {
        var name = work.Arguments.Text("name")!;
        // One that is not whole is known again by this, also after a restart.
        var leftover = new Leftover { Mark = Leftover.NewMark(isOfDisk: true), Act = work.Number, Target = work.Pool.Key(sr), To = work.Pool.Uuid };
        await work.RememberAsync(leftover);
        var disk = await work.MakeAsync<Vdi>("VDI.create", DiskRecords.Vdi(sr, name, work.Arguments.Text("description") ?? "", size, leftover.Mark));
        work.Undo($"the disk '{name}'", () => work.CallAsync("VDI.destroy", XapiValue.Ref(disk)));
        try
        {
            await WriteAsync(work, sr, disk, format, source, leftover.Mark);
        }
        catch (OperationFailedException lost)
        {
            throw new OperationFailedException($"The disk '{name}' was not made. {lost.Message}");
        }

        await work.RememberAsync(leftover with { IsKept = true });
        await DiskMark.TakeOffAsync(work, disk);
        work.Made(disk);
    }

    private static Task<string> WriteAsync(OperationWork work, Sr sr, XenRef<Vdi> disk, string format, TransferSource? source = null, string mark = "")
    {
        source ??= (TransferSource)work.End!;
        return format == "raw" && source.Length is null
            ? throw new OperationFailedException("The length of a raw disk has to be announced (Content-Length). Send a file, not a pipe.")
            : HostTransfer.InAsync(work, Writing(work, sr, disk, format, mark), source);
    }

    /// <summary>A dynamic VHD begins with a copy of its footer, which has the disk's size 48 bytes in.</summary>
    private static long SizeOfVhd(ReadOnlySpan<byte> first) =>
        first.Length >= VhdFooter && first.StartsWith("conectix"u8) && BinaryPrimitives.ReadInt64BigEndian(first[48..]) is > 0 and var size
            ? size : throw new OperationFailedException("What was sent is no dynamic VHD: it does not begin with the word conectix. A fixed VHD is a raw disk; send it as one.");

    /// <summary>A qcow2 image has the disk's size 24 bytes in.</summary>
    private static long SizeOfQcow2(ReadOnlySpan<byte> first) =>
        first.Length >= 32 && first.StartsWith("QFI"u8) && first[3] == 0xFB && BinaryPrimitives.ReadInt64BigEndian(first[24..]) is > 0 and var size
            ? size : throw new OperationFailedException("What was sent is no qcow2 image: it does not begin as one.");
}
