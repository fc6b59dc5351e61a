using System.Diagnostics;
using System.Text.Json.Nodes;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Simulator.Faults;
using XoBlazor.Tests.App.Api.Rest;
using XoBlazor.Tests.App.Support;

namespace XoBlazor.Tests.Operations.Transfers;

/// <summary>VMs from one pool to another.</summary>
public sealed class VmCopyTests
{
    private const int MiB = 1 << 20;

    [Theory]
    [InlineData("none")]
    [InlineData("gzip")]
    [InlineData("auto")]
    public async Task Copy_ToAnotherPool_IsTheSameOnceMore(string compression)
    {
        await using var pools = await TwoPools.StartAsync();
        var vm = await pools.VmAsync(VmPowerState.Halted);
        var (network, before) = (pools.To.All<Network>().First(one => one.Pifs.Length > 0), pools.Inventory(pools.Source));
        var given = pools.Given("another", network.Uuid);
        given["compression"] = compression;

        var result = await pools.RunAsync("vm.copy", vm, given);

        Assert.True(result is { End: OperationEnd.Succeeded, HasNotes: false }, result.Message);
        Assert.Equal(pools.Target.Uuid, result.Made!.Value.Pool);
        var copy = pools.To.GetByUuid<Vm>(result.Made.Value.Uuid)!;
        await pools.Server.WaitAsync(() => pools.To.GetByUuid<Vm>(copy.Uuid)!.NameLabel == "another" && pools.To.NetworkDevicesOf(copy).All(device => device.Network?.Uuid == network.Uuid));
        copy = pools.To.GetByUuid<Vm>(copy.Uuid)!;
        Assert.Equal((false, VmPowerState.Halted, vm.MemoryStaticMax), (copy.IsATemplate, copy.PowerState, copy.MemoryStaticMax));
        pools.AssertSameDisks(vm, copy);
        Assert.Equal(pools.From.NetworkDevicesOf(vm).Length, pools.To.NetworkDevicesOf(copy).Length);
        Assert.Empty(pools.From.NetworkDevicesOf(vm).Select(device => device.Vif.Mac).Intersect(pools.To.NetworkDevicesOf(copy).Select(device => device.Vif.Mac)));
        await pools.Server.WaitAsync(() => pools.Inventory(pools.Source) == before && pools.Server.Audit("vm.copy").Any(act => act.Outcome == AuditOutcome.Succeeded));
    }

    [Fact]
    public async Task Copy_OfARunningVm_IsAsItWas_AndLeavesNoSnapshot()
    {
        await using var pools = await TwoPools.StartAsync();
        var vm = await pools.VmAsync(VmPowerState.Running);
        var before = pools.Inventory(pools.Source);

        var result = await pools.RunAsync("vm.copy", vm, pools.Given());

        Assert.True(result is { End: OperationEnd.Succeeded, HasNotes: false }, result.Message);
        var copy = pools.To.GetByUuid<Vm>(result.Made!.Value.Uuid)!;
        await pools.Server.WaitAsync(() => pools.To.GetByUuid<Vm>(copy.Uuid)!.NameLabel == "copy");
        Assert.Equal((false, false, VmPowerState.Halted), (copy.IsATemplate, copy.IsASnapshot, copy.PowerState));
        pools.AssertSameDisks(vm, copy);
        await pools.Server.WaitAsync(() => pools.Inventory(pools.Source) == before);
        Assert.Equal(VmPowerState.Running, pools.From.GetByUuid<Vm>(vm.Uuid)!.PowerState);
    }

    /// <summary>Storage of a host's own is out of every other host's reach: within the pool, too, the VM goes through us.</summary>
    [Theory]
    [InlineData(VmPowerState.Halted)]
    [InlineData(VmPowerState.Running)]
    public async Task Copy_BetweenStorageOfTwoHosts_OfOnePool_IsTheSameOnceMore(VmPowerState state)
    {
        await using var pools = await TwoPools.StartAsync();
        var vm = await pools.VmAsync(VmPowerState.Halted);
        var locals = pools.From.All<Sr>().Where(sr => sr is { Shared: false, ContentType: not "iso", Type: not "udev" } && pools.From.HostsOf(sr).Any()).OrderBy(sr => pools.From.IsCoordinator(pools.From.HostOf(sr)!)).ToList();
        var (here, there) = (locals[0], locals.First(sr => pools.From.HostOf(sr) != pools.From.HostOf(locals[0])));
        var onHere = (await pools.RunAsync("vm.copy", vm, new() { ["sr"] = here.Uuid, ["name"] = "on the one" })).Made!.Value.Uuid;
        await pools.Server.WaitAsync(() => pools.From.GetByUuid<Vm>(onHere) is not null);
        if (state == VmPowerState.Running)
            Assert.Equal(OperationEnd.Succeeded, (await pools.RunAsync("vm.start", pools.From.GetByUuid<Vm>(onHere)!)).End);
        await pools.Server.WaitAsync(() => pools.From.GetByUuid<Vm>(onHere)!.PowerState == state);
        vm = pools.From.GetByUuid<Vm>(onHere)!;
        var vms = pools.From.All<Vm>().Count();

        var run = await pools.StartAsync("vm.copy", vm, new() { ["sr"] = there.Uuid, ["name"] = "on the other" });
        var result = await run.Completion.WaitAsync(pools.Token);

        Assert.True(result is { End: OperationEnd.Succeeded, HasNotes: false }, result.Message);
        Assert.True(run.Bytes > MiB);
        await pools.Server.WaitAsync(() => pools.From.GetByUuid<Vm>(result.Made!.Value.Uuid) is { NameLabel: "on the other", IsATemplate: false } && pools.From.All<Vm>().Count() == vms + 1);
        var copy = pools.From.GetByUuid<Vm>(result.Made!.Value.Uuid)!;
        Assert.All(pools.From.DisksOf(copy).Where(disk => disk.Vbd.Type == VbdType.Disk), disk => Assert.Equal(there.Ref, disk.Vdi!.Sr.Value));
        pools.AssertSameDisks(vm, copy, inside: true);
    }

    [Fact]
    public async Task Copy_OfASuspendedVm_TakesItsMemoryAlong_AndResumesThere()
    {
        await using var pools = await TwoPools.StartAsync();
        var vm = await pools.VmAsync(VmPowerState.Suspended);

        var result = await pools.RunAsync("vm.copy", vm, pools.Given());

        Assert.True(result is { End: OperationEnd.Succeeded, HasNotes: false }, result.Message);
        var copy = pools.To.GetByUuid<Vm>(result.Made!.Value.Uuid)!;
        Assert.Equal(VmPowerState.Suspended, copy.PowerState);
        Assert.True(pools.AreSame(pools.From.Get(vm.SuspendVdi)!, pools.To.Get(copy.SuspendVdi)!));
    }

    [Fact]
    public async Task Copy_OfASnapshot_IsAVm()
    {
        await using var pools = await TwoPools.StartAsync();
        var vm = await pools.VmAsync(VmPowerState.Halted);
        var taken = await pools.RunAsync("vm.snapshot", vm, new() { ["name"] = "before the update" });
        var snapshot = pools.From.GetByUuid<Vm>(taken.Made!.Value.Uuid)!;

        var result = await pools.RunAsync("vm.copy", snapshot, pools.Given());

        Assert.True(result is { End: OperationEnd.Succeeded, HasNotes: false }, result.Message);
        await pools.Server.WaitAsync(() => pools.To.GetByUuid<Vm>(result.Made!.Value.Uuid) is { IsATemplate: false, IsASnapshot: false, NameLabel: "copy" });
        Assert.NotNull(pools.From.GetByUuid<Vm>(snapshot.Uuid));
    }

    [Fact]
    public async Task Copy_WithoutANetworkOfTheSameName_IsRefusedUntilOneIsChosen()
    {
        await using var pools = await TwoPools.StartAsync();
        var vm = await pools.VmAsync(VmPowerState.Halted);
        var network = pools.From.NetworkDevicesOf(vm)[0].Network!;
        Assert.Equal(OperationEnd.Succeeded, (await pools.RunAsync("network.set", network, new() { ["name_label"] = "only here" })).End);
        await pools.Server.WaitAsync(() => pools.From.GetByUuid<Network>(network.Uuid)!.NameLabel == "only here");
        var given = pools.Given();
        given.Remove("network");

        var refused = await Assert.ThrowsAsync<OperationRefusedException>(() => pools.StartAsync("vm.copy", vm, given));
        given = pools.Given();
        given.Remove("network");
        given["mapVifsNetworks"] = new JsonObject(pools.From.NetworkDevicesOf(vm).Select(device => KeyValuePair.Create(device.Vif.Uuid, (JsonNode?)pools.To.All<Network>().First().Uuid)));
        var chosen = await pools.RunAsync("vm.copy", vm, given);

        Assert.Contains("has no network that is called as the one", refused.Message, StringComparison.Ordinal);
        Assert.True(chosen is { End: OperationEnd.Succeeded, HasNotes: false }, chosen.Message);
    }

    [Fact]
    public async Task Move_ToAnotherPool_TakesTheVmAway_OnceItIsThere()
    {
        await using var pools = await TwoPools.StartAsync();
        var vm = await pools.VmAsync(VmPowerState.Halted);
        var (addresses, disks) = (pools.From.NetworkDevicesOf(vm).Select(device => device.Vif.Mac).ToList(), pools.From.DisksOf(vm).Count(disk => disk.Vbd.Type == VbdType.Disk));

        var result = await pools.RunAsync("vm.move", vm, pools.Given(name: null, start: true));

        Assert.True(result is { End: OperationEnd.Succeeded, HasNotes: false }, result.Message);
        var there = result.Made!.Value.Uuid;
        await pools.Server.WaitAsync(() => pools.From.GetByUuid<Vm>(vm.Uuid) is null && pools.To.GetByUuid<Vm>(there) is { PowerState: VmPowerState.Running });
        var moved = pools.To.GetByUuid<Vm>(there)!;
        Assert.Equal((vm.NameLabel, disks), (moved.NameLabel, pools.To.DisksOf(moved).Count(disk => disk.Vbd.Type == VbdType.Disk)));
        Assert.Equal(addresses, pools.To.NetworkDevicesOf(moved).Select(device => device.Vif.Mac));
    }

    [Fact]
    public async Task Move_OfARunningVm_IsRefused()
    {
        await using var pools = await TwoPools.StartAsync();
        var vm = await pools.VmAsync(VmPowerState.Running);

        var refused = await Assert.ThrowsAsync<OperationRefusedException>(() => pools.StartAsync("vm.move", vm, pools.Given(name: null)));

        Assert.Contains("shut it down first", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET /export", FaultKind.StreamCut, "")]
    [InlineData("GET /export", FaultKind.StreamFailure, "VDI_IO_ERROR")]
    [InlineData("GET /export", FaultKind.StreamChecksum, "is not what its checksum says")]
    [InlineData("PUT /import", FaultKind.StreamCut, "")]
    [InlineData("PUT /import", FaultKind.StreamFailure, "VDI_IO_ERROR")]
    [InlineData("PUT /import", FaultKind.Html500, "")]
    public async Task Copy_ThatFails_SaysWhere_AndLeavesNothing(string where, FaultKind kind, string words)
    {
        await using var pools = await TwoPools.StartAsync();
        var vm = await pools.VmAsync(VmPowerState.Running);
        var (source, target) = (pools.Inventory(pools.Source), pools.Inventory(pools.Target));
        var culprit = where.StartsWith("GET", StringComparison.Ordinal) ? pools.Source : pools.Target;
        culprit.Misbehave(new Fault(kind) { Method = where, Bytes = 3 * MiB });
        var given = pools.Given();
        given["compression"] = "none";

        var result = await pools.RunAsync("vm.copy", vm, given);

        Assert.Equal(OperationEnd.Failed, result.End);
        Assert.Contains(words, result.Message, StringComparison.Ordinal);
        Assert.Contains(culprit == pools.Source ? pools.From.Name() : pools.To.Name(), result.Message, StringComparison.Ordinal);
        await pools.UntilAsBeforeAsync(source, target);
    }

    [Theory]
    [InlineData("GET /export")]
    [InlineData("PUT /import")]
    public async Task Copy_ThatStandsStill_IsCancelledAtOnce_AndLeavesNothing(string where)
    {
        await using var pools = await TwoPools.StartAsync();
        var vm = await pools.VmAsync(VmPowerState.Running);
        var (source, target) = (pools.Inventory(pools.Source), pools.Inventory(pools.Target));
        (where.StartsWith("GET", StringComparison.Ordinal) ? pools.Source : pools.Target).Misbehave(new Fault(FaultKind.StreamStall) { Method = where, Bytes = 2 * MiB });
        var given = pools.Given();
        given["compression"] = "none";
        var run = await pools.StartAsync("vm.copy", vm, given);
        await pools.Server.WaitAsync(() => run.Bytes > MiB);

        var watch = Stopwatch.StartNew();
        run.Cancel();
        var result = await run.Completion.WaitAsync(pools.Token);

        Assert.Equal(OperationEnd.Cancelled, result.End);
        Assert.DoesNotContain("Left behind", result.Message, StringComparison.Ordinal);
        TestContext.Current.SendDiagnosticMessage("cancelled after {0} ms", watch.ElapsedMilliseconds);
        await pools.UntilAsBeforeAsync(source, target);
    }

    [Fact]
    public async Task Copy_BySomebodyWhoMayNotImportThere_ReachesNoHost()
    {
        await using var pools = await TwoPools.StartAsync();
        var vm = await pools.VmAsync(VmPowerState.Halted);
        var storage = pools.Storage;
        using var olga = await RestClient.UserAsync(pools.Server, "olga", (Role.VmAdministrator, pools.Source.Uuid, vm), (Role.Viewer, pools.Target.Uuid, storage));
        using var otto = await RestClient.UserAsync(pools.Server, "otto", (Role.VmAdministrator, pools.Source.Uuid, vm));

        var seen = await olga.PostAsync($"vms/{vm.Uuid}/actions/clone?sync=true", new JsonObject { ["srId"] = storage.Uuid, ["name_label"] = "mine now" });
        var unseen = await otto.PostAsync($"vms/{vm.Uuid}/actions/clone?sync=true", new JsonObject { ["srId"] = storage.Uuid, ["name_label"] = "mine now" });

        Assert.Equal((403, 404), (seen.Status, unseen.Status));
        Assert.DoesNotContain(pools.Source.Simulator.Db.Update(() => pools.Source.Simulator.Db.All("task").Select(task => task.Text("name_label")).ToList()), name => name.StartsWith("Copy", StringComparison.Ordinal));
    }
}
