using System.Text.Json.Nodes;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Simulator;
using XoBlazor.Tests.App.Support;

namespace XoBlazor.Tests.Operations.Transfers;

/// <summary>What goes out of one pool as a file comes into another as it was, whatever shape it has.</summary>
public sealed class TransferShapeTests
{
    private const int MiB = 1 << 20;

    [Theory]
    [InlineData("no disks")]
    [InlineData("several disks, one of them empty")]
    [InlineData("a template")]
    [InlineData("a snapshot")]
    public async Task Vm_OutAndIn_HasItsDisks(string shape)
    {
        await using var pools = await TwoPools.StartAsync(options: new PoolOptions { DiskContent = 2 * MiB });
        var vm = await pools.VmAsync(VmPowerState.Halted);
        switch (shape)
        {
            case "no disks":
                foreach (var (drive, _, _) in pools.From.DisksOf(vm).Where(one => one is { Vbd.Type: VbdType.Disk, Vdi: not null }))
                    await DoneAsync(pools, "vbd.delete", drive);
                await pools.Server.WaitAsync(() => Disks(pools.From, vm) == 0);
                break;
            case "several disks, one of them empty":
                var sr = pools.From.All<Sr>().First(one => one.Shared && one.ContentType != "iso");
                foreach (var (name, content) in new[] { ("full", TransferBench.Bytes(3 * MiB, 7)), ("empty", new byte[5 * MiB]) })
                    await DoneAsync(pools, "vm.attach_disk", vm, new() { ["vdi"] = (await pools.RunInAsync<Vdi>("sr.import_disk", sr, new() { ["name"] = name, ["format"] = "raw" }, content)).Uuid });
                await pools.Server.WaitAsync(() => Disks(pools.From, vm) >= 3);
                break;
            case "a template":
                await DoneAsync(pools, "vm.convert_to_template", vm);
                break;
            default:
                var taken = await DoneAsync(pools, "vm.snapshot", vm, new() { ["name"] = "before" });
                vm = pools.From.GetByUuid<Vm>(taken.Made!.Value.Uuid)!;
                break;
        }

        var file = await pools.RunOutAsync("vm.export", vm, new() { ["compression"] = "gzip" });
        var made = await pools.RunInAsync<Vm>("sr.import_vm", pools.Storage, new() { ["name"] = "came in" }, file);

        await pools.Server.WaitAsync(() => pools.To.GetByUuid<Vm>(made.Uuid)!.NameLabel == "came in");
        pools.AssertSameDisks(pools.From.GetByUuid<Vm>(vm.Uuid)!, pools.To.GetByUuid<Vm>(made.Uuid)!);
        var count = Disks(pools.To, made);
        Assert.True(shape switch { "no disks" => count == 0, "several disks, one of them empty" => count >= 3, _ => count >= 1 }, $"{count} disks");
    }

    [Theory]
    [InlineData("raw")]
    [InlineData("vhd")]
    [InlineData("qcow2")]
    public async Task Disk_OutAndIn_HasItsBytes(string format)
    {
        // Hosts take and give qcow2 since 2025.
        await using var pools = await TwoPools.StartAsync(asVersion: "26.1.0");
        var content = new byte[6 * MiB];
        // The middle is sparse.
        TransferBench.Bytes(MiB, 8).CopyTo(content, 0);
        TransferBench.Bytes(MiB, 9).CopyTo(content, 5 * MiB);
        var disk = await pools.RunInAsync<Vdi>("sr.import_disk", pools.From.All<Sr>().First(one => one.Shared && one.ContentType != "iso"), new() { ["name"] = "sparse", ["format"] = "raw" }, content);

        var file = await pools.RunOutAsync("vdi.export", disk, new() { ["format"] = format });
        var copy = await pools.RunInAsync<Vdi>("sr.import_disk", pools.Storage, new() { ["name"] = "again", ["format"] = format }, file);

        Assert.True(pools.AreSame(disk, copy));
        Assert.Equal(content, await pools.RunOutAsync("vdi.export", disk, new() { ["format"] = "raw" }));
    }

    private static int Disks(PoolPicture pool, Vm vm) => pool.DisksOf(pool.GetByUuid<Vm>(vm.Uuid)!).Count(one => one is { Vbd.Type: VbdType.Disk, Vdi: not null });

    private static async Task<OperationResult> DoneAsync(TwoPools pools, string operation, XapiObject on, JsonObject? given = null)
    {
        var result = await pools.RunAsync(operation, on, given);
        Assert.True(result.End == OperationEnd.Succeeded, result.Message);
        return result;
    }
}
