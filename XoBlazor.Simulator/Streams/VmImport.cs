using XoBlazor.Simulator.Behaviour;
using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Wire;

namespace XoBlazor.Simulator.Streams;

/// <summary>
/// Makes the VMs of an XVA with their devices, and new disks on one storage that get their contents from the stream (xapi-protocol.md §8.3). When it
/// fails, what it made is removed again, unless the client insisted.
/// </summary>
internal sealed class VmImport(PoolSimulator pool, StreamTask task, DbObject sr, bool restores, bool forces)
{
    /// <summary>No VM is described with more.</summary>
    private const long LongestDescription = 32 << 20;

    private readonly List<DbObject> _made = [];
    private readonly List<OperationMark> _marks = [];

    /// <summary>What stands in the task at the end: the references of the VMs.</summary>
    /// <exception cref="XapiException">The stream is not what it should be, or the pool cannot take it.</exception>
    public async Task<string> RunAsync(Stream input)
    {
        try
        {
            var reader = new XvaReader(input, task.Token);
            var file = await ReadDescriptionAsync(reader);
            var builder = new VmBuilder(pool, file, sr, restores, _made);
            pool.Db.Update(() =>
            {
                builder.Build();
                foreach (var vm in builder.Vms)
                    _marks.Add(OperationMark.Put(vm, "import", task.Ref));
                if (task.Row.Exists) task.Row.AddToMap("other_config", "object_creation", "complete");
            });
            await new XvaDisks(pool, reader, task).ReadAsync(builder.Disks, forces);
            task.Finish();
            return XmlText.OfTaskResult(XapiValue.SetOf(Results(builder.Vms).Select(vm => vm.Ref)));
        }
        catch when (!forces)
        {
            Remove();
            throw;
        }
        finally
        {
            foreach (var mark in _marks)
                mark.Dispose();
        }
    }

    private static async Task<OvaFile> ReadDescriptionAsync(XvaReader reader)
    {
        if (await reader.NextAsync() is not { } header) throw new XapiException("IMPORT_ERROR_PREMATURE_EOF");
        if (header.Name != "ova.xml") throw new XapiException("IMPORT_ERROR_UNEXPECTED_FILE", "ova.xml", header.Name);
        if (header.Size > LongestDescription) throw new XapiException("IMPORT_ERROR", $"INTERNAL_ERROR: [ ova.xml of {header.Size} bytes ]");
        var xml = new byte[header.Size];
        await reader.ReadAsync(xml);
        return OvaFile.Read(xml);
    }

    /// <summary>The VMs; snapshots only when there is nothing else.</summary>
    private static IEnumerable<DbObject> Results(IReadOnlyList<DbObject> vms) =>
        vms.Any(vm => !vm.Bool("is_a_snapshot")) ? vms.Where(vm => !vm.Bool("is_a_snapshot")) : vms;

    private void Remove() => pool.Db.Update(() =>
    {
        foreach (var made in Enumerable.Reverse(_made))
        {
            if (made.Class == "VDI" && made.Exists) Disks.Remove(made);
            else made.Destroy();
        }
    });
}
