using System.Text.Json.Nodes;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Operations.Transfers;
using XoBlazor.Core.Operations.Transfers.Queue;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Simulator.Faults;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Operations.Transfers;

/// <summary>The server is killed in the middle of a copy. When it is back, nothing of the copy is left in either pool, and it is listed as what became of it.</summary>
public sealed class InterruptedCopyTests
{
    private const int MiB = 1 << 20;

    [Theory]
    [InlineData("while bytes pass")]
    [InlineData("while the host takes what came")]
    [InlineData("after the import, before it was looked at")]
    public async Task Server_KilledInTheMiddle_TakesAwayWhatItHadMade(string moment)
    {
        using var folder = new TempFolder();
        await using var pools = await TwoPools.StartAsync(folder);
        var vm = await pools.VmAsync(VmPowerState.Running);
        var (source, target) = (pools.Inventory(pools.Source), pools.Inventory(pools.Target));
        var (fault, reached) = moment switch
        {
            "while bytes pass" => (new Fault(FaultKind.StreamStall) { Method = "GET /export", Bytes = 2 * MiB }, (Func<bool>)(() => Busy(pools, "import"))),
            "while the host takes what came" => (new Fault(FaultKind.StreamStall) { Method = "PUT /import", Bytes = 2 * MiB }, () => Busy(pools, "import")),
            _ => (new Fault(FaultKind.Hang) { Method = "VM.get_VBDs", Times = 1 }, () => pools.Target.State.Calls.GetValueOrDefault("VM.get_VBDs") > 0),
        };
        var given = pools.Given();
        (fault.Method == "GET /export" ? pools.Source : pools.Target).Misbehave(fault);

        await pools.ReplaceAsync(async () =>
        {
            await KilledAsync(pools, folder, vm, given, reached);
            pools.Source.Behave();
            pools.Target.Behave();
            return new TestServer(folder);
        });

        await pools.UntilAsBeforeAsync(source, target);
        await pools.Server.WaitAsync(() => pools.Server.Audit("vm.copy").Any(act => act is { Outcome: AuditOutcome.Failed, Message: { } words } && words.Contains("was taken away", StringComparison.Ordinal)));
        var run = Assert.Single(pools.Server.Get<OperationRunner>().Recent, run => run.Operation.Name == "vm.copy");
        Assert.Equal((vm.NameLabel, TestServer.Admin, OperationEnd.Failed), (run.TargetName, run.Requester.Actor.Name, run.Result!.End));
        await pools.Server.UntilAsync(async () => (await pools.Server.Get<ILeftoverStore>().LoadAsync(pools.Token)).IsEmpty);
        var listed = pools.Server.Get<TransferQueue>().Find(run.Number)!;
        Assert.Equal((TransferState.Interrupted, vm.NameLabel, TestServer.Admin, true), (listed.Record.State, listed.Record.Name, listed.Record.Requester.Actor.Name, listed.Record.CanRetry));
        Assert.Contains("was taken away", listed.Record.Message, StringComparison.Ordinal);

        var again = await pools.Server.Get<QueueActs>().RetryAsync(await pools.Server.AdminAsync(), run.Number, pools.Token);
        var result = await again.Completion.WaitAsync(pools.Token);
        Assert.True(result is { End: OperationEnd.Succeeded, HasNotes: false }, result.Message);
        Assert.False(listed.Record.CanRetry);
    }

    /// <summary>Within a pool the host copies from a snapshot of ours; of that, and of what was copied, nobody else knows.</summary>
    [Theory]
    [InlineData("Async.VM.copy")]
    [InlineData("VM.set_is_a_template")]
    [InlineData("VM.set_name_label")]
    public async Task Server_KilledInACopyInsideAPool_LeavesNeitherSnapshotNorCopy(string call)
    {
        using var folder = new TempFolder();
        await using var pools = await TwoPools.StartAsync(folder);
        var vm = await pools.VmAsync(VmPowerState.Running);
        var (source, target) = (pools.Inventory(pools.Source), pools.Inventory(pools.Target));
        var given = new JsonObject { ["sr"] = pools.From.All<Sr>().First(sr => sr.Shared && sr.ContentType != "iso").Uuid, ["name"] = "copy" };
        pools.Source.Misbehave(new Fault(FaultKind.Hang) { Method = call, Times = 1 });

        await pools.ReplaceAsync(async () =>
        {
            await KilledAsync(pools, folder, vm, given, () => pools.Source.State.Calls.GetValueOrDefault(call) > 0);
            Assert.NotEqual(source, pools.Inventory(pools.Source));
            pools.Source.Behave();
            return new TestServer(folder);
        });

        await pools.UntilAsBeforeAsync(source, target);
        await pools.Server.WaitAsync(() => pools.Server.Audit("vm.copy").Any(act => act is { Outcome: AuditOutcome.Failed, Message: { } words } && words.Contains("was taken away", StringComparison.Ordinal)));
        await pools.Server.UntilAsync(async () => (await pools.Server.Get<ILeftoverStore>().LoadAsync(pools.Token)).IsEmpty);
    }

    [Theory]
    [InlineData("vm.export", "GET /export")]
    [InlineData("vdi.export", "GET /export_raw_vdi")]
    public async Task Server_KilledDuringAnExport_TakesAwayTheSnapshotThatWasTakenForIt(string operation, string handler)
    {
        using var folder = new TempFolder();
        await using var pools = await TwoPools.StartAsync(folder);
        var vm = await pools.VmAsync(VmPowerState.Running);
        var source = pools.Inventory(pools.Source);
        XapiObject exported = operation == "vm.export" ? vm : pools.From.DisksOf(vm).First(one => one is { Vbd.Type: VbdType.Disk, Vdi: not null }).Vdi!;
        pools.Source.Misbehave(new Fault(FaultKind.StreamStall) { Method = handler, Bytes = 2 * MiB });

        await pools.ReplaceAsync(async () =>
        {
            var (server, address) = await ServerProcess.StartAsync("--data-dir", folder.File("data"), "--urls", "http://127.0.0.1:0");
            await using (server)
            {
                await using var client = await pools.SignedInAsync(address);
                var asked = new JsonObject { ["operation"] = operation, ["id"] = exported.Uuid };
                JsonObject answer;
                while ((answer = await client.CallAsync("operation.transfer", asked.DeepClone()))["error"] is not null)
                    await Task.Delay(50, pools.Token);
                using var http = new HttpClient();
                using var fetched = await http.GetAsync(new Uri(address, (string)answer["result"]!["from"]!), HttpCompletionOption.ResponseHeadersRead, pools.Token);
                Assert.True(fetched.IsSuccessStatusCode);
                Assert.NotEqual(source, pools.Inventory(pools.Source));
            }

            pools.Source.Behave();
            return new TestServer(folder);
        });

        await pools.Server.WaitAsync(() => pools.Inventory(pools.Source) == source);
        await pools.Server.WaitAsync(() => pools.Server.Get<TransferQueue>().All is [{ Record: { State: TransferState.Interrupted, Message: { } words } record }] && record.Operation == operation && words.Contains("was taken away", StringComparison.Ordinal));
    }

    private static bool Busy(TwoPools pools, string operation)
    {
        var db = pools.Target.Simulator.Db;
        return db.Update(() => db.All("VM").Any(vm => vm["current_operations"].AsMap.Entries.Any(entry => entry.Value.AsText == operation)));
    }

    /// <summary>A server of its own process on the same data, which begins the copy and is killed at the moment.</summary>
    private static async Task KilledAsync(TwoPools pools, TempFolder folder, Vm vm, JsonObject given, Func<bool> reached)
    {
        var (server, address) = await ServerProcess.StartAsync("--data-dir", folder.File("data"), "--urls", "http://127.0.0.1:0");
        await using (server)
        {
            await using var client = await pools.SignedInAsync(address);
            var begin = new JsonObject { ["operation"] = "vm.copy", ["id"] = vm.Uuid, ["arguments"] = given };
            // Until the pools are connected, there is no such VM.
            while ((await client.CallAsync("operation.start", begin.DeepClone()))["error"] is not null)
                await Task.Delay(50, pools.Token);
            while (!reached())
                await Task.Delay(20, pools.Token);
        }
    }
}
