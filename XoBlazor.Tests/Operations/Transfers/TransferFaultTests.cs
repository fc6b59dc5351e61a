using System.Text.Json.Nodes;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Transfers;
using XoBlazor.Core.Transfers.Xva;
using XoBlazor.Simulator;
using XoBlazor.Simulator.Faults;
using XoBlazor.Tests.App.Support;

namespace XoBlazor.Tests.Operations.Transfers;

/// <summary>
/// Each way that bytes go, and each thing that may befall them: the right end, words that name what it was about, and nothing left in either pool. A row is a test, its cells
/// come one after the other, so that what one leaves is met by the next.
/// </summary>
public sealed class TransferFaultTests
{
    private const int MiB = 1 << 20;

    /// <summary>How much of each disk is not zeros.</summary>
    private const int Content = 4 * MiB;

    private static readonly PoolOptions s_options = new() { DiskContent = Content };

    [Fact]
    public async Task Export_OfARunningVm()
    {
        await using var pools = await TwoPools.StartAsync(options: s_options);
        var vm = await pools.VmAsync(VmPowerState.Running);

        await RowAsync(pools, pools.Source, "GET /export", vm.NameLabel, DisksOf(pools, vm), (_, gone) => StartOutAsync(pools, "vm.export", vm, new() { ["compression"] = "none" }, gone));
    }

    [Fact]
    public async Task Import_OfAVm()
    {
        await using var pools = await TwoPools.StartAsync(options: s_options);
        var vm = await pools.VmAsync(VmPowerState.Halted);
        using var file = new MemoryStream();
        var export = await pools.RunAsync("vm.export", vm, new() { ["compression"] = "none" }, end: new TransferTarget((_, _) => Task.FromResult<Stream>(file), CancellationToken.None));
        Assert.True(export.End == OperationEnd.Succeeded, export.Message);
        var sr = pools.From.All<Sr>().First(one => one.Shared && one.ContentType != "iso");
        var (whole, damaged) = (file.ToArray(), file.ToArray());
        damaged[^(MiB / 2)] ^= 1;

        await RowAsync(pools, pools.Source, "PUT /import", sr.NameLabel, DisksOf(pools, vm),
            (fault, gone) => StartInAsync(pools, "sr.import_vm", sr, new() { ["name"] = "came in" }, fault == FaultKind.StreamChecksum ? damaged : whole, gone));
    }

    [Fact]
    public async Task Disk_OutOfARunningVm()
    {
        await using var pools = await TwoPools.StartAsync(options: s_options);
        var vm = await pools.VmAsync(VmPowerState.Running);
        var disk = pools.From.DisksOf(vm).First(one => one is { Vbd.Type: VbdType.Disk, Vdi: not null }).Vdi!;

        await RowAsync(pools, pools.Source, "GET /export_raw_vdi", disk.NameLabel, null, (_, gone) => StartOutAsync(pools, "vdi.export", disk, new() { ["format"] = "vhd" }, gone));
    }

    [Fact]
    public async Task Disk_In()
    {
        await using var pools = await TwoPools.StartAsync(options: s_options);
        var sr = pools.From.All<Sr>().First(one => one.Shared && one.ContentType != "iso");
        var bytes = new byte[Content];
        new Random(1).NextBytes(bytes);

        await RowAsync(pools, pools.Source, "PUT /import_raw_vdi", sr.NameLabel, null,
            (_, gone) => StartInAsync(pools, "sr.import_disk", sr, new() { ["name"] = "came in", ["format"] = "raw" }, bytes, gone));
    }

    [Theory]
    [InlineData("GET /export")]
    [InlineData("PUT /import")]
    public async Task Copy_OfARunningVm(string where)
    {
        await using var pools = await TwoPools.StartAsync(options: s_options);
        var vm = await pools.VmAsync(VmPowerState.Running);
        var given = pools.Given();
        given["compression"] = "none";

        await RowAsync(pools, where == "GET /export" ? pools.Source : pools.Target, where, vm.NameLabel, where == "GET /export" ? DisksOf(pools, vm) : null,
            async (_, gone) =>
            {
                var run = await pools.StartAsync("vm.copy", vm, (JsonObject)given.DeepClone());
                // Who wants no more of it says so.
                gone.Register(run.Cancel);
                return run;
            });
    }

    /// <summary>What a host loses on the way without a word is a failure, and the disk is named that it is of.</summary>
    [Theory]
    [InlineData("vm.export", "none")]
    [InlineData("vm.export", "gzip")]
    [InlineData("vm.export", "zstd")]
    [InlineData("vm.copy", "none")]
    [InlineData("vdi.export", "raw")]
    [InlineData("vdi.export", "vhd")]
    public async Task Loss_ThatTheHostSaysNothingOf_NamesTheDisk(string operation, string form)
    {
        Assert.SkipWhen(form == "zstd" && !ZstdReader.IsThere, "this system has no libzstd");
        await using var pools = await TwoPools.StartAsync(options: s_options);
        var vm = await pools.VmAsync(VmPowerState.Halted);
        var disk = pools.From.DisksOf(vm).First(one => one is { Vbd.Type: VbdType.Disk, Vdi: not null }).Vdi!;
        var (source, target) = (pools.Inventory(pools.Source), pools.Inventory(pools.Target));
        pools.Source.Misbehave(new Fault(FaultKind.StreamShort) { Method = operation == "vdi.export" ? "GET /export_raw_vdi" : "GET /export", Bytes = MiB });
        var given = operation == "vm.copy" ? pools.Given() : new JsonObject();
        given[operation == "vdi.export" ? "format" : "compression"] = form;

        var run = operation == "vm.copy" ? await pools.StartAsync(operation, vm, given)
            : await StartOutAsync(pools, operation, operation == "vdi.export" ? disk : vm, given, CancellationToken.None);
        var result = await run.Completion.WaitAsync(pools.Token);

        Assert.Equal(OperationEnd.Failed, result.End);
        Assert.Contains(operation == "vdi.export" ? [disk.NameLabel] : DisksOf(pools, vm), name => result.Message.Contains(name, StringComparison.Ordinal));
        await pools.UntilAsBeforeAsync(source, target);
    }

    /// <param name="named">What every end is about.</param>
    /// <param name="disks">Of which a wrong checksum may be; null where there are no checksums.</param>
    private static async Task RowAsync(TwoPools pools, SimulatedPool culprit, string where, string named, IReadOnlyCollection<string>? disks, Func<FaultKind, CancellationToken, Task<OperationRun>> start)
    {
        FaultKind[] faults =
        [
            FaultKind.StreamStall, FaultKind.StreamCut, .. (FaultKind[])(disks is null ? [] : [FaultKind.StreamChecksum]), FaultKind.StreamFailure, FaultKind.StreamRedirect, FaultKind.StreamSlow,
        ];
        foreach (var kind in faults)
        {
            var (source, target) = (pools.Inventory(pools.Source), pools.Inventory(pools.Target));
            culprit.Misbehave(new Fault(kind) { Method = where, Bytes = kind == FaultKind.StreamSlow ? 8 * MiB : MiB, Times = kind == FaultKind.StreamRedirect ? 1 : null });
            using var gone = new CancellationTokenSource();
            var run = await start(kind, gone.Token);
            if (kind == FaultKind.StreamStall)
            {
                await pools.Server.WaitAsync(() => run.Bytes >= MiB / 2);
                await gone.CancelAsync();
            }

            var result = await run.Completion.WaitAsync(pools.Token);

            Assert.True(Expected(kind, run) == result.End, $"{kind}: {result.End} {result.Message}");
            Assert.True($"{run.TargetName}: {result.Message}".Contains(named, StringComparison.Ordinal), $"{kind}: {run.TargetName}: {result.Message}");
            Assert.True(kind != FaultKind.StreamChecksum || (disks!.Any(disk => result.Message.Contains(disk, StringComparison.Ordinal)) && result.Message.Contains("checksum", StringComparison.Ordinal)), $"{kind}: {result.Message}");
            Assert.False(result.HasNotes || result.Message.Contains("Left behind", StringComparison.Ordinal), $"{kind}: {result.Message}");
            culprit.Behave();
            if (result is { End: OperationEnd.Succeeded, Made: { } made })
                await DeleteAsync(pools, made);
            await pools.UntilAsBeforeAsync(source, target);
        }
    }

    private static OperationEnd Expected(FaultKind kind, OperationRun run) => kind switch
    {
        FaultKind.StreamStall when run.Operation.IsCancellable => OperationEnd.Cancelled,
        FaultKind.StreamRedirect or FaultKind.StreamSlow => OperationEnd.Succeeded,
        _ => OperationEnd.Failed,
    };

    private static async Task DeleteAsync(TwoPools pools, Core.Store.ObjectKey made)
    {
        var pool = made.Pool == pools.Source.Uuid ? pools.From : pools.To;
        await pools.Server.WaitAsync(() => (made.Pool == pools.Source.Uuid ? pools.From : pools.To).GetByUuid(made.Uuid) is not null);
        var catalogue = pools.Server.Get<OperationCatalogue>();
        var isVm = pool.GetByUuid(made.Uuid) is Vm;
        var run = await pools.Server.Get<OperationRunner>().StartAsync(await pools.Server.AdminAsync(), catalogue.Find(isVm ? "vm.delete" : "vdi.delete")!, made, null, pools.Token);
        var result = await run.Completion.WaitAsync(pools.Token);
        Assert.True(result.End == OperationEnd.Succeeded, result.Message);
    }

    private static List<string> DisksOf(TwoPools pools, Vm vm) => [.. pools.From.DisksOf(vm).Where(one => one is { Vbd.Type: VbdType.Disk, Vdi: not null }).Select(one => one.Vdi!.NameLabel)];

    private static Task<OperationRun> StartOutAsync(TwoPools pools, string operation, XapiObject on, JsonObject given, CancellationToken gone) =>
        pools.StartAsync(operation, on, given, end: new TransferTarget((_, _) => Task.FromResult(Stream.Null), gone));

    private static Task<OperationRun> StartInAsync(TwoPools pools, string operation, XapiObject on, JsonObject given, byte[] bytes, CancellationToken gone) =>
        pools.StartAsync(operation, on, given, end: new TransferSource(new MemoryStream(bytes), bytes.Length, gone));
}
