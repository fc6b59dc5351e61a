using System.Globalization;
using System.Text.Json.Nodes;
using XoBlazor.App.Administration;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Operations.Transfers;
using XoBlazor.Core.Operations.Transfers.Queue;
using XoBlazor.Core.Patching.Rolling;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Simulator.Faults;
using XoBlazor.Tests.App.Api;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Operations.Transfers;

/// <summary>Several VMs on their way to another pool: who goes, who waits and for what, and what people do about it.</summary>
public sealed class TransferQueueTests
{
    private const int MiB = 1 << 20;
    private const string Password = "a long enough password 7";

    [Fact]
    public async Task Copies_BeyondWhatAHostTakes_WaitInTheirOrder_AndSayForWhat()
    {
        await using var pools = await OneAtATimeAsync();
        var runs = await BeginAsync(pools, 3);
        await pools.Server.WaitAsync(() => runs[0].Bytes > MiB);

        var (queue, seen) = (pools.Server.Get<TransferQueue>(), pools.Server.Get<ObjectStore>().Current);
        Assert.Equal([TransferState.Running, TransferState.Waiting, TransferState.Waiting], States(pools, runs));
        Assert.Equal(runs.Skip(1).Select(run => run.Number), queue.Waiting.Select(one => one.Record.Number));
        Assert.Matches("^waits for host .+: 1 of 1 streams$", WaitText.Of(queue.Find(runs[1].Number)!.Reason!, seen));
        Assert.Equal((1, 2), (queue.Find(runs[1].Number)!.Position, queue.Find(runs[2].Number)!.Position));

        await GoOnAsync(pools, runs[0]);
        Assert.All(await Task.WhenAll(runs.Skip(1).Select(run => run.Completion.WaitAsync(pools.Token))), result => Assert.True(result.End == OperationEnd.Succeeded, result.Message));
        await pools.Server.WaitAsync(() => States(pools, runs).SequenceEqual([TransferState.Cancelled, TransferState.Succeeded, TransferState.Succeeded]));
        Assert.True(queue.Find(runs[1].Number)!.Record.Ended <= queue.Find(runs[2].Number)!.Record.Begun);
    }

    [Fact]
    public async Task Target_ThatTakesNothing_HoldsUpItsOwnSourceOnly()
    {
        await using var pools = await TwoPools.StartAsync();
        pools.Target.Misbehave(new Fault(FaultKind.StreamStall) { Method = "PUT /import", Bytes = 2 * MiB, Times = 1 });
        var stalled = (await BeginAsync(pools, 1))[0];
        await pools.Server.WaitAsync(() => stalled.Bytes > MiB);

        var given = pools.Given("beside it");
        given["compression"] = "none";
        var result = await pools.RunAsync("vm.copy", pools.Vms(2)[1], given);

        Assert.True(result.End == OperationEnd.Succeeded, result.Message);
        Assert.Equal(TransferState.Running, pools.Server.Get<TransferQueue>().Find(stalled.Number)!.Record.State);
        await GoOnAsync(pools, stalled);
    }

    [Fact]
    public async Task Waiting_IsMovedHeldAndTakenOut()
    {
        await using var pools = await OneAtATimeAsync();
        var runs = await BeginAsync(pools, 4);
        var (queue, acts, admin) = (pools.Server.Get<TransferQueue>(), pools.Server.Get<QueueActs>(), await pools.Server.AdminAsync());
        await pools.Server.WaitAsync(() => runs[0].Bytes > MiB);

        await acts.MoveAsync(admin, runs[3].Number, QueueMove.First);
        await acts.MoveAsync(admin, runs[1].Number, QueueMove.Down);
        Assert.Equal([runs[3].Number, runs[2].Number, runs[1].Number], queue.Waiting.Select(one => one.Record.Number));
        await acts.HoldAsync(admin, runs[3].Number, isHeld: true);
        await acts.CancelAsync(admin, runs[2].Number);
        Assert.Equal(OperationEnd.Cancelled, (await runs[2].Completion.WaitAsync(pools.Token)).End);

        await GoOnAsync(pools, runs[0]);
        Assert.Equal(OperationEnd.Succeeded, (await runs[1].Completion.WaitAsync(pools.Token)).End);
        Assert.Equal((TransferState.Held, WaitKind.Held), (queue.Find(runs[3].Number)!.Record.State, queue.Find(runs[3].Number)!.Reason!.Kind));
        await acts.HoldAsync(admin, runs[3].Number, isHeld: false);
        Assert.Equal(OperationEnd.Succeeded, (await runs[3].Completion.WaitAsync(pools.Token)).End);
        Assert.Equal(0, pools.Source.Simulator.Db.Update(() => pools.Source.Simulator.Db.All("task").Count(task => task.Text("name_label") == $"Copy of {runs[2].TargetName}")));
    }

    [Fact]
    public async Task Running_Cancelled_EndsWithinFiveSeconds_AndLeavesNothing()
    {
        await using var time = new StoppableTime();
        await using var pools = await TwoPools.StartAsync(time: time);
        var (source, target) = (pools.Inventory(pools.Source), pools.Inventory(pools.Target));
        pools.Target.Misbehave(new Fault(FaultKind.StreamStall) { Method = "PUT /import", Bytes = 2 * MiB });
        var run = (await BeginAsync(pools, 1))[0];
        await pools.Server.WaitAsync(() => run.Bytes > MiB);
        var (acts, admin) = (pools.Server.Get<QueueActs>(), await pools.Server.AdminAsync());

        await time.WithinAsync(TimeSpan.FromSeconds(5), () => acts.CancelAsync(admin, run.Number), () => run.Completion.IsCompleted);

        Assert.Equal(OperationEnd.Cancelled, (await run.Completion).End);
        Assert.Equal(TransferState.Cancelled, pools.Server.Get<TransferQueue>().Find(run.Number)!.Record.State);
        await pools.UntilAsBeforeAsync(source, target);
    }

    [Theory]
    [InlineData(RollingKind.Reboot, "waits until the rolling reboot of {0} is over")]
    [InlineData(RollingKind.Update, "waits until the rolling update of {0} is over")]
    public async Task Copy_ToAPoolWhoseHostsAreRebootedOneByOne_WaitsForThat_AndGoesThen(RollingKind kind, string words)
    {
        await using var pools = await TwoPools.StartAsync();
        var (rolling, queue) = (pools.Server.Get<RollingRuns>(), pools.Server.Get<TransferQueue>());
        // It stands, so that no host goes away here.
        var rolled = await rolling.BeginAsync(new()
        {
            Id = Guid.NewGuid(),
            Pool = pools.Target.Uuid,
            PoolName = pools.To.Name(),
            Request = new() { Kind = kind, ActorId = "ada", ActorName = "ada" },
            Began = DateTimeOffset.UnixEpoch,
            State = RollingState.Paused,
        }, pools.Token);

        var run = (await BeginAsync(pools, 1))[0];
        await pools.Server.WaitAsync(() => queue.Find(run.Number)!.Reason is { Kind: WaitKind.Rebooted or WaitKind.Updated });
        Assert.Equal(string.Format(CultureInfo.InvariantCulture, words, pools.To.Name()), WaitText.Of(queue.Find(run.Number)!.Reason!, pools.Server.Get<ObjectStore>().Current));
        await rolling.ChangeAsync(rolled.Id, one => one with { State = RollingState.Cancelled, Ended = DateTimeOffset.UnixEpoch }, pools.Token);

        var result = await run.Completion.WaitAsync(pools.Token);
        Assert.True(result.End == OperationEnd.Succeeded, result.Message);
    }

    [Fact]
    public async Task Paused_NothingBegins_AndWhatWaited_GoesOnAfterARestart_WithItsNumber()
    {
        using var folder = new TempFolder();
        await using var pools = await TwoPools.StartAsync(folder);
        var (acts, admin) = (pools.Server.Get<QueueActs>(), await pools.Server.AdminAsync());
        await acts.PauseAsync(admin, isPaused: true);
        var runs = await BeginAsync(pools, 2);
        await acts.MoveAsync(admin, runs[1].Number, QueueMove.First);
        Assert.All(pools.Server.Get<TransferQueue>().Waiting, one => Assert.Equal(WaitKind.Paused, one.Reason!.Kind));

        await pools.ReplaceAsync(() => Task.FromResult(new TestServer(folder)));

        var queue = pools.Server.Get<TransferQueue>();
        await pools.Server.WaitAsync(() => queue.IsPaused && queue.Waiting.All(one => one.Run is not null) && queue.Waiting.Count() == 2);
        Assert.Equal([runs[1].Number, runs[0].Number], queue.Waiting.Select(one => one.Record.Number));
        var taken = queue.Waiting.Select(one => one.Run!).ToList();
        await pools.Server.Get<QueueActs>().PauseAsync(admin, isPaused: false);
        Assert.All(await Task.WhenAll(taken.Select(run => run.Completion.WaitAsync(pools.Token))), result => Assert.True(result.End == OperationEnd.Succeeded, result.Message));
        await pools.Server.WaitAsync(() => pools.Server.Audit("vm.copy").Count(act => act is { Outcome: Core.Audit.AuditOutcome.Succeeded }) == 2);
    }

    [Fact]
    public async Task Waiting_OfSomebodyWhoLosesTheRight_DoesNotBegin()
    {
        await using var pools = await TwoPools.StartAsync();
        var (acts, admin) = (pools.Server.Get<QueueActs>(), await pools.Server.AdminAsync());
        var (olga, grants) = await OlgaAsync(pools);
        await acts.PauseAsync(admin, isPaused: true);
        var vm = pools.Vms(1)[0];
        var run = await pools.StartAsync("vm.copy", vm, pools.Given(), olga);

        await pools.Server.Get<GrantAdministration>().RemoveAsync(admin, grants[1], pools.Token);
        await acts.PauseAsync(admin, isPaused: false);

        var result = await run.Completion.WaitAsync(pools.Token);
        Assert.Equal(OperationEnd.Failed, result.End);
        Assert.StartsWith("When its turn came, it could not begin.", result.Message, StringComparison.Ordinal);
        Assert.Equal(0, pools.Source.Simulator.Db.Update(() => pools.Source.Simulator.Db.All("task").Count(task => task.Text("name_label").StartsWith("Copy of", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Running_OfSomebodyWhoLosesTheRight_Ends_AndLeavesNothing(int lost)
    {
        await using var pools = await TwoPools.StartAsync();
        var (olga, grants) = await OlgaAsync(pools);
        var vm = pools.Vms(1)[0];
        var (source, target) = (pools.Inventory(pools.Source), pools.Inventory(pools.Target));
        pools.Target.Misbehave(new Fault(FaultKind.StreamStall) { Method = "PUT /import", Bytes = 2 * MiB });
        var given = pools.Given();
        given["compression"] = "none";
        var run = await pools.StartAsync("vm.copy", vm, given, olga);
        await pools.Server.WaitAsync(() => run.Bytes > MiB);

        await pools.Server.Get<GrantAdministration>().RemoveAsync(await pools.Server.AdminAsync(), grants[lost], pools.Token);

        var result = await run.Completion.WaitAsync(pools.Token);
        Assert.Equal(OperationEnd.Failed, result.End);
        Assert.Contains("olga may not do it any more", result.Message, StringComparison.Ordinal);
        await pools.UntilAsBeforeAsync(source, target);
    }

    [Fact]
    public async Task Ended_AreKept_AsManyAsTheSettingsSay()
    {
        using var folder = new TempFolder();
        await using var pools = await TwoPools.StartAsync(folder, settings: ("Transfers:Remembered", "2"));
        foreach (var run in await BeginAsync(pools, 3))
            await run.Completion.WaitAsync(pools.Token);

        await pools.Server.WaitAsync(() => pools.Server.Get<TransferQueue>().All.Count == 2);
        await pools.Server.UntilAsync(async () => (await pools.Server.Get<ITransferStore>().LoadAsync(pools.Token)).Count(record => record.State == TransferState.Succeeded) == 2);
    }

    [Fact]
    public async Task Queue_ByJsonRpc_IsForWhoSeesTheVm_AndChangedByWhoAsked()
    {
        await using var pools = await TwoPools.StartAsync();
        await using var admin = await RpcClient.AdminAsync(pools.Server);
        await OlgaAsync(pools);
        await using var olga = await RpcClient.SignedInAsync(pools.Server, "olga", Password);
        await pools.Server.Get<UserAdministration>().CreateAsync(await pools.Server.AdminAsync(), new("otto", Password, MustChangePassword: false), pools.Token);
        await using var otto = await RpcClient.SignedInAsync(pools.Server, "otto", Password);
        await admin.ResultAsync("transfer.pause");
        var begun = await admin.ResultAsync("operation.start", new JsonObject { ["operation"] = "vm.copy", ["id"] = pools.Vms(1)[0].Uuid, ["arguments"] = pools.Given() });
        var own = new JsonObject { ["run"] = (string)begun!["run"]! };

        Assert.Equal("waits, because the queue is paused", (string?)Assert.Single((await olga.ResultAsync("transfer.getAll"))!.AsArray())!["waits"]!["reason"]);
        Assert.Empty((await otto.ResultAsync("transfer.getAll"))!.AsArray());
        Assert.Equal(1, (int)(await admin.ResultAsync("operation.get", own.DeepClone()))!["waits"]!["position"]!);
        Assert.Equal((1, 1, 2), (await olga.CodeAsync("transfer.hold", own.DeepClone()), await olga.CodeAsync("transfer.cancel", own.DeepClone()), await olga.CodeAsync("transfer.resume")));
        await admin.ResultAsync("transfer.hold", own.DeepClone());
        await admin.ResultAsync("transfer.release", own.DeepClone());
        await admin.ResultAsync("operation.cancel", own.DeepClone());
        var ended = await admin.ResultAsync("operation.get", new JsonObject { ["run"] = (string)own["run"]!, ["wait"] = 30_000 });
        Assert.Equal("cancelled", (string?)ended!["end"]);

        await admin.ResultAsync("transfer.resume");
        await pools.Server.WaitAsync(() => pools.Server.Get<TransferQueue>().All[0].Record.HasEnded);
        var again = await admin.ResultAsync("transfer.retry", own.DeepClone());
        ended = await admin.ResultAsync("operation.get", new JsonObject { ["run"] = (string)again!["run"]!, ["wait"] = 30_000 });
        Assert.Equal("succeeded", (string?)ended!["end"]);
        Assert.NotEqual((string)own["run"]!, (string)again["run"]!);
    }

    [Fact]
    public async Task Migrate_ToAHostOfAnotherPool_AsXoCliCallsIt_MovesTheVm()
    {
        await using var pools = await TwoPools.StartAsync();
        var vm = await pools.VmAsync(VmPowerState.Halted);
        await using var admin = await RpcClient.AdminAsync(pools.Server);
        var network = pools.To.All<Network>().First(one => one.Pifs.Length > 0).Uuid;
        var given = new JsonObject
        {
            ["vm"] = vm.Uuid,
            ["targetHost"] = pools.To.All<Host>().First().Uuid,
            ["sr"] = pools.Storage.Uuid,
            ["mapVifsNetworks"] = new JsonObject(pools.From.Get(vm.Vifs).Select(device => KeyValuePair.Create(device.Uuid, (JsonNode?)network))),
        };

        Assert.True((bool?)await admin.ResultAsync("vm.migrate", given));

        await pools.Server.WaitAsync(() => pools.From.GetByUuid<Vm>(vm.Uuid) is null && pools.To.All<Vm>().Any(one => one is { IsATemplate: false } && one.NameLabel == vm.NameLabel));
    }

    /// <summary>One stream at a host, and the first stands still in the middle.</summary>
    private static async Task<TwoPools> OneAtATimeAsync()
    {
        var pools = await TwoPools.StartAsync(vms: 12, settings: [("Transfers:MostPerHost", "1")]);
        pools.Target.Misbehave(new Fault(FaultKind.StreamStall) { Method = "PUT /import", Bytes = 2 * MiB, Times = 1 });
        return pools;
    }

    /// <summary>Begins copies of so many VMs.</summary>
    private static async Task<List<OperationRun>> BeginAsync(TwoPools pools, int count)
    {
        var runs = new List<OperationRun>();
        foreach (var vm in pools.Vms(count))
        {
            var given = pools.Given($"copy of {vm.NameLabel}");
            given["compression"] = "none";
            runs.Add(await pools.StartAsync("vm.copy", vm, given));
        }

        Assert.Equal(count, runs.Count);
        return runs;
    }

    /// <summary>Ends the one that stands still, so that the others go.</summary>
    private static async Task GoOnAsync(TwoPools pools, OperationRun stalled)
    {
        stalled.Cancel();
        await stalled.Completion.WaitAsync(pools.Token);
    }

    private static IEnumerable<TransferState> States(TwoPools pools, IEnumerable<OperationRun> runs) => runs.Select(run => pools.Server.Get<TransferQueue>().Find(run.Number)!.Record.State);

    /// <summary>Somebody who may copy from the first pool to the second, by one grant on each.</summary>
    private static async Task<(Requester Olga, Guid[] Grants)> OlgaAsync(TwoPools pools)
    {
        var admin = await pools.Server.AdminAsync();
        var id = await pools.Server.Get<UserAdministration>().CreateAsync(admin, new("olga", Password, MustChangePassword: false), pools.Token);
        var grants = pools.Server.Get<GrantAdministration>();
        Guid[] given =
        [
            await grants.AddAsync(admin, SubjectKind.User, id, Role.VmAdministrator.Id, new AccessScope.OfPool(pools.Source.Uuid), pools.Token),
            await grants.AddAsync(admin, SubjectKind.User, id, Role.VmAdministrator.Id, new AccessScope.OfPool(pools.Target.Uuid), pools.Token),
        ];
        return (new(new(AccessPolicyFeed.Text(id), "olga"), "console"), given);
    }
}
