using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Simulator.Faults;
using XoBlazor.Tests.App.Api;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Operations.Transfers;

/// <summary>What the server holds while VMs pass through it, seen from outside: it is a process of its own.</summary>
public sealed class CopyMemoryTests
{
    private const long MiB = 1 << 20;
    /// <summary>What one stream may take.</summary>
    private const long MiBOfAStream = 8;

    /// <summary>What a process gains by itself while it warms up: compiled code, pools of buffers, a heap that the collector has no reason to shrink.</summary>
    private const long MiBOfWarmth = 60;

    [Fact]
    public async Task Copy_OfMuch_TakesNoMoreThanOfALittle()
    {
        // In mebibytes: 20 GiB in a long run.
        using var run = LongRun.Of(usual: 128, many: 20 * 1024);
        using var folder = new TempFolder();
        await using var pools = await TwoPools.StartAsync(folder, new() { DiskContent = run.Rounds * MiB }, TimeSpan.FromMinutes(LongRun.IsOn ? 30 : 3));
        var vm = await pools.VmAsync(VmPowerState.Halted);
        // A disk that came with its pool is full of what can be made again; a copy of it costs the simulator nothing.
        var disk = pools.From.DisksOf(vm).First(one => one is { Vbd.Type: VbdType.Disk, Vdi: not null }).Vdi!;
        var size = Math.Max(disk.VirtualSize, run.Rounds * MiB);
        pools.Source.Simulator.Db.Update(() => pools.Source.Simulator.Db.GetByUuid("VDI", disk.Uuid)["virtual_size"] = size);
        await pools.Server.WaitAsync(() => pools.From.GetByUuid<Vdi>(disk.Uuid)!.VirtualSize == size);
        var given = pools.Given();
        given["compression"] = "none";

        await using var server = await OwnServer.StartAsync(pools, folder);
        var begun = await server.BeginAsync(vm, given);
        var (early, most) = (0L, 0L);
        while (!await server.HasEndedAsync(begun))
        {
            var now = server.ResidentMiB;
            if (server.Progress(begun) > 0.1)
                early = early == 0 ? now : early;
            most = Math.Max(most, early == 0 ? 0 : now);
        }

        Assert.Equal("succeeded", server.End(begun));
        TestContext.Current.SendDiagnosticMessage("{0} MiB passed; resident {1} MiB at a tenth, {2} MiB at most", run.Rounds, early, most);
        Assert.True(most - early <= MiBOfWarmth, $"{early} MiB at a tenth of the way, {most} MiB later");
    }

    [Fact]
    public async Task Copies_ManyAtOnce_StayWithinTheirBound()
    {
        using var run = LongRun.Of(usual: 4, many: 20);
        using var folder = new TempFolder();
        await using var pools = await TwoPools.StartAsync(folder, patience: TimeSpan.FromMinutes(LongRun.IsOn ? 10 : 3), vms: run.Rounds + 20);
        var vms = new List<Vm>();
        foreach (var vm in pools.From.All<Vm>().Where(one => one.Kind() == VmKind.Vm && pools.From.DisksOf(one).Any(disk => disk is { Vbd.Type: VbdType.Disk, Vdi: not null })).Take(run.Rounds))
            vms.Add(vm);
        Assert.Equal(run.Rounds, vms.Count);
        var given = pools.Given();
        given["compression"] = "none";
        await using var server = await OwnServer.StartAsync(pools, folder);
        // One alone, so that what the first one compiles is there.
        var first = await server.BeginAsync(vms[0], (JsonObject)given.DeepClone());
        while (!await server.HasEndedAsync(first))
        {
        }

        var before = server.ResidentMiB;
        // All of them come to the middle and stay there, with all that they hold.
        pools.Target.Misbehave(new Fault(FaultKind.StreamStall) { Method = "PUT /import", Bytes = (int)(2 * MiB) });
        var runs = new List<string>();
        foreach (var vm in vms)
            runs.Add(await server.BeginAsync(vm, (JsonObject)given.DeepClone()));
        var most = 0L;
        foreach (var one in runs)
            do
            {
                Assert.False(await server.HasEndedAsync(one, wait: 20), "it ended before all were under way");
                most = Math.Max(most, server.ResidentMiB);
            }
            while (server.Bytes(one) < 2 * MiB);

        foreach (var one in runs)
            await server.CancelAsync(one);
        foreach (var one in runs)
            while (!await server.HasEndedAsync(one))
            {
            }

        Assert.All(runs, one => Assert.Equal("cancelled", server.End(one)));
        TestContext.Current.SendDiagnosticMessage("{0} at once; resident {1} MiB before, {2} MiB at most", runs.Count, before, most);
        Assert.True(most - before <= (run.Rounds * MiBOfAStream) + MiBOfWarmth, $"{before} MiB before, {most} MiB with {run.Rounds} copies");
    }

    /// <summary>The server as a process of its own, on the data of one that knows the pools, spoken to as a program does.</summary>
    private sealed class OwnServer : IAsyncDisposable
    {
        private readonly ServerProcess _process;
        private readonly RpcClient _client;
        private readonly Dictionary<string, JsonObject> _last = [];
        private readonly CancellationToken _token;

        private OwnServer(ServerProcess process, RpcClient client, CancellationToken token) => (_process, _client, _token) = (process, client, token);

        public long ResidentMiB => long.Parse(
            File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2],
            CultureInfo.InvariantCulture) / 1024;

        public static async Task<OwnServer> StartAsync(TwoPools pools, TempFolder folder)
        {
            await pools.EndServerAsync();
            var (process, address) = await ServerProcess.StartAsync("--data-dir", folder.File("data"), "--urls", "http://127.0.0.1:0", "--Transfers:MostPerHost=100", "--Transfers:MostPerPool=100");
            var socket = new ClientWebSocket();
            await socket.ConnectAsync(new UriBuilder(new Uri(address, "/api/")) { Scheme = "ws" }.Uri, pools.Token);
            var client = new RpcClient(socket);
            await client.ResultAsync("session.signIn", new JsonObject { ["email"] = TestServer.Admin, ["password"] = TestServer.Password });
            return new(process, client, pools.Token);
        }

        public async Task<string> BeginAsync(Vm vm, JsonObject given)
        {
            var begin = new JsonObject { ["operation"] = "vm.copy", ["id"] = vm.Uuid, ["arguments"] = given };
            JsonObject answer;
            // Until the pools are connected, there is no such VM.
            while ((answer = await _client.CallAsync("operation.start", begin.DeepClone()))["error"] is not null)
                await Task.Delay(50, _token);
            return (string)answer["result"]!["run"]!;
        }

        public async Task<bool> HasEndedAsync(string run, int wait = 200)
        {
            var now = (await _client.ResultAsync("operation.get", new JsonObject { ["run"] = run, ["wait"] = wait }))!.AsObject();
            _last[run] = now;
            return now["end"] is not null;
        }

        public Task CancelAsync(string run) => _client.ResultAsync("operation.cancel", new JsonObject { ["run"] = run });

        public long Bytes(string run) => (long?)_last[run]["bytes"] ?? 0;

        public double Progress(string run) => (double)_last[run]["progress"]!;

        public string? End(string run) => (string?)_last[run]["end"];

        public async ValueTask DisposeAsync()
        {
            await _client.DisposeAsync();
            await _process.DisposeAsync();
        }
    }
}
