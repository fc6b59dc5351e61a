using System.Text.Json.Nodes;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations.Transfers;
using XoBlazor.Core.Operations.Transfers.Queue;
using XoBlazor.Simulator;
using XoBlazor.Simulator.Faults;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Operations.Transfers;

/// <summary>The server is killed in the middle of an import. When it is back, what came in part is gone, what was there before is not, and the transfer is listed as what became of it.</summary>
public sealed class InterruptedImportTests
{
    private const int MiB = 1 << 20;
    private const string Name = "came in";

    [Theory]
    [InlineData("sr.import_disk")]
    [InlineData("sr.import_iso")]
    public async Task Server_KilledWhileADiskComes_TakesItAway_AndNoOtherOfItsName(string operation)
    {
        using var folder = new TempFolder();
        await using var pools = await TwoPools.StartAsync(folder);
        var sr = operation == "sr.import_iso" ? pools.To.All<Sr>().First(one => one.NameLabel == "ISO library") : pools.Storage;
        var given = Given(operation);
        // Somebody's own, of the same name and in the same place.
        var others = await pools.RunInAsync<Vdi>(operation, sr, given, TransferBench.Iso(MiB, 1));
        var target = pools.Inventory(pools.Target);
        pools.Target.Misbehave(new Fault(FaultKind.StreamStall) { Method = "PUT /import_raw_vdi", Bytes = 2 * MiB });

        await pools.ReplaceAsync(async () =>
        {
            await KilledAsync(pools, folder, operation, sr, given, TransferBench.Iso(8 * MiB, 2), () => Disks(pools).Count == 2 && IsWriting(pools));
            Assert.NotEqual(target, pools.Inventory(pools.Target));
            pools.Target.Behave();
            return new TestServer(folder);
        });

        await pools.Server.WaitAsync(() => pools.Inventory(pools.Target) == target);
        Assert.Equal([others.Uuid], Disks(pools));
        await ToldAsync(pools, operation, sr, "What it had made was taken away.");
    }

    [Fact]
    public async Task Server_KilledAfterAVmCame_BeforeItWasLookedAt_TakesItAway()
    {
        using var folder = new TempFolder();
        await using var pools = await TwoPools.StartAsync(folder, new PoolOptions { DiskContent = 4 * MiB });
        var file = await pools.RunOutAsync("vm.export", await pools.VmAsync(VmPowerState.Halted), new() { ["compression"] = "none" });
        var target = pools.Inventory(pools.Target);
        var storage = pools.Storage;
        pools.Target.Misbehave(new Fault(FaultKind.Hang) { Method = "VM.get_VBDs", Times = 1 });

        await pools.ReplaceAsync(async () =>
        {
            await KilledAsync(pools, folder, "sr.import_vm", storage, [], file, () => pools.Target.State.Calls.GetValueOrDefault("VM.get_VBDs") > 0);
            Assert.NotEqual(target, pools.Inventory(pools.Target));
            pools.Target.Behave();
            return new TestServer(folder);
        });

        await pools.Server.WaitAsync(() => pools.Inventory(pools.Target) == target);
        await ToldAsync(pools, "sr.import_vm", storage, "What it had made was taken away.");
    }

    [Fact]
    public async Task Server_KilledWhenADiskWasWhole_KeepsIt_AndSaysSo()
    {
        using var folder = new TempFolder();
        await using var pools = await TwoPools.StartAsync(folder);
        var sr = pools.Storage;
        pools.Target.Misbehave(new Fault(FaultKind.Hang) { Method = "VDI.remove_from_other_config", Times = 1 });

        await pools.ReplaceAsync(async () =>
        {
            await KilledAsync(pools, folder, "sr.import_disk", sr, Given("sr.import_disk"), TransferBench.Bytes(MiB, 3), () => pools.Target.State.Calls.GetValueOrDefault("VDI.remove_from_other_config") > 0);
            pools.Target.Behave();
            return new TestServer(folder);
        });

        await ToldAsync(pools, "sr.import_disk", sr, "What was made is whole");
        var db = pools.Target.Simulator.Db;
        Assert.False(db.Update(() => db.GetByUuid("VDI", Assert.Single(Disks(pools)))["other_config"].AsMap.Entries.Any(entry => entry.Key == DiskMark.Key)));
    }

    private static JsonObject Given(string operation) => operation == "sr.import_disk" ? new() { ["name"] = Name, ["format"] = "raw" } : new() { ["name"] = Name };

    /// <summary>Those that the second pool has of the name, by uuid.</summary>
    private static List<string> Disks(TwoPools pools)
    {
        var db = pools.Target.Simulator.Db;
        return db.Update(() => db.All("VDI").Where(vdi => vdi.Text("name_label") == Name).Select(vdi => vdi.Uuid).ToList());
    }

    private static bool IsWriting(TwoPools pools)
    {
        var db = pools.Target.Simulator.Db;
        return db.Update(() => db.All("task").Any(task => task.Text("name_label") == "Writing a disk" && task.Text("status") == "pending"));
    }

    /// <summary>Waits until audit and history tell of its end in these words, and nothing is left to do.</summary>
    private static async Task ToldAsync(TwoPools pools, string operation, Sr sr, string words)
    {
        await pools.Server.WaitAsync(() => pools.Server.Audit(operation).Any(act => act is { Outcome: AuditOutcome.Failed, Message: { } message } && message.Contains(words, StringComparison.Ordinal)));
        await pools.Server.UntilAsync(async () => (await pools.Server.Get<ILeftoverStore>().LoadAsync(pools.Token)).IsEmpty);
        var listed = Assert.Single(pools.Server.Get<TransferQueue>().All, one => one.Record is { State: TransferState.Interrupted } record && record.Operation == operation);
        Assert.Contains(words, listed.Record.Message, StringComparison.Ordinal);
        Assert.Equal(sr.NameLabel, listed.Record.Name);
    }

    /// <summary>A server of its own process on the same data, which takes the file in and is killed at the moment.</summary>
    private static async Task KilledAsync(TwoPools pools, TempFolder folder, string operation, Sr sr, JsonObject given, byte[] content, Func<bool> reached)
    {
        using var http = new HttpClient();
        Task<HttpResponseMessage> sending;
        var (server, address) = await ServerProcess.StartAsync("--data-dir", folder.File("data"), "--urls", "http://127.0.0.1:0");
        await using (server)
        {
            await using var client = await pools.SignedInAsync(address);
            var asked = new JsonObject { ["operation"] = operation, ["id"] = sr.Uuid, ["arguments"] = given.DeepClone(), ["length"] = content.Length };
            JsonObject answer;
            // Until the pools are connected, there is no such storage.
            while ((answer = await client.CallAsync("operation.transfer", asked.DeepClone()))["error"] is not null)
                await Task.Delay(50, pools.Token);
            var request = new HttpRequestMessage(HttpMethod.Patch, new Uri(address, (string)answer["result"]!["to"]!)) { Content = new ByteArrayContent(content) };
            request.Headers.Add("Upload-Offset", "0");
            sending = http.SendAsync(request, pools.Token);
            while (!reached())
            {
                Assert.False(sending.IsCompletedSuccessfully, "it was not answered before its end");
                await Task.Delay(20, pools.Token);
            }
        }

        await ((Task)sending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
