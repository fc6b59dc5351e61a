using System.Net.WebSockets;
using System.Text.Json.Nodes;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.Core.Journal;
using XoBlazor.Core.Journal.Storage.Sqlite;
using XoBlazor.Simulator;
using XoBlazor.Simulator.Behaviour;
using XoBlazor.Simulator.Patching;
using XoBlazor.Tests.App.Api;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.EndToEnd;

/// <summary>
/// The server's process is killed (SIGKILL) at random moments of a rolling update. Each time another process takes up what is on disk; in the end every host has its updates and was
/// rebooted once, and the journal knows of no VM that did not run throughout.
/// </summary>
public sealed class RollingKillProcessTests
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(20);

    [Fact]
    public async Task Update_ProcessKilledAtRandomMoments_CompletesWithNothingDoneTwice()
    {
        using var run = LongRun.Seeded(usual: 3, many: 60);
        using var patience = Patience.Source((run.Rounds + 3) * Patience.Limit);
        var random = new Random(run.Seed);
        using var folder = new TempFolder();
        await using var simulator = await SimulatorHost.StartAsync(
            new() { Pools = PoolSource.Make("pools=1,hosts=3,vms=9,seed=5"), Pool = new() { OperationDuration = TimeSpan.FromMilliseconds(20) } }, patience.Token);
        var pool = simulator.Pools[0];
        HaltStuckVms(pool);
        var (homes, reboots) = (Homes(pool), CountReboots(pool));
        Assert.NotEmpty(homes);
        string[] arguments = ["--data-dir", folder.Path, "--urls", "http://127.0.0.1:0", "--Setup:AdminPassword=" + TestServer.Password];
        var (server, address) = await ServerProcess.StartAsync(arguments);
        try
        {
            await AddAsync(address, pool, patience.Token);
            for (int kills = 0, runs = 1; kills < run.Rounds; runs++)
            {
                var package = new Package($"tool-{runs}", "1.0", "1");
                pool.Packages.Offer([package]);
                await BeginAsync(address, pool, patience.Token);
                while (kills < run.Rounds && await IsInTheMiddleAsync(pool, random.Next(1, 60), () => reboots().Count == 3 && reboots().Values.All(count => count == runs) && homes.SequenceEqual(Homes(pool)), patience.Token))
                {
                    await server.DisposeAsync();
                    kills++;
                    (server, address) = await ServerProcess.StartAsync(arguments);
                }

                var report = await EndAsync(address, pool, patience.Token);

                var told = $"seed {run.Seed}, kill {kills}: {report}";
                Assert.True(kills > 0 && report.Contains("\nCompleted. ", StringComparison.Ordinal), told);
                Assert.Contains("No host lacks an update.", report, StringComparison.Ordinal);
                Assert.All(pool.Hosts, host => Assert.True(reboots().GetValueOrDefault(host.Name) == runs, $"{host.Name} was rebooted {reboots().GetValueOrDefault(host.Name)} times; {told}"));
                Assert.All(pool.Hosts, host => Assert.Single(pool.Packages.InstalledOn(host.Name), installed => installed == package));
                Assert.Equal(homes, Homes(pool));
            }

            Assert.Equal(0, await server.StopAsync());
        }
        finally
        {
            await server.DisposeAsync();
        }

        await RanThroughoutAsync(folder, pool, homes.Keys, patience.Token);
    }

    /// <summary>Waits until the server has made so many further calls: then it is somewhere else in the run, however busy the machine is. False when the hosts have all been done before that.</summary>
    private static async Task<bool> IsInTheMiddleAsync(SimulatedPool pool, int further, Func<bool> isDone, CancellationToken token)
    {
        for (var until = Calls(pool) + further; Calls(pool) < until; await Task.Delay(s_look, token))
            if (isDone())
                return false;
        return true;
    }

    private static async Task AddAsync(Uri address, SimulatedPool pool, CancellationToken token)
    {
        await using var client = await SignedInAsync(address, token);
        // A busy machine may not answer in time, and the pool be there all the same.
        while ((await client.CallAsync("server.add", Servers.Of(pool)))["error"] is { } error && (int)error["code"]! != ApiErrorCode.ObjectAlreadyExists)
            await Task.Delay(s_look, token);
    }

    /// <summary>Begins a run as soon as the server knows the pool well enough, and waits until it is under way.</summary>
    private static async Task BeginAsync(Uri address, SimulatedPool pool, CancellationToken token)
    {
        await using var client = await SignedInAsync(address, token);
        while (true)
        {
            var begun = await client.CallAsync("operation.start", Asked(pool, "pool.rolling_update"));
            for (JsonNode? end = null; begun["result"] is { } started && (string?)end?["end"] != "failed"; end = await client.ResultAsync("operation.get", new JsonObject { ["run"] = (string)started["run"]! }))
                if (await ReportAsync(client, pool) is { } report && !HasEnded(report))
                    return;
                else
                    await Task.Delay(s_look, token);
            await Task.Delay(s_look, token);
        }
    }

    /// <summary>How the run ended, or where it stopped.</summary>
    private static async Task<string> EndAsync(Uri address, SimulatedPool pool, CancellationToken token)
    {
        await using var client = await SignedInAsync(address, token);
        while (true)
        {
            if (await ReportAsync(client, pool) is { } report && HasEnded(report))
                return report;
            await Task.Delay(s_look, token);
        }
    }

    /// <summary>How the run stands; null while the server does not know the pool.</summary>
    private static async Task<string?> ReportAsync(RpcClient client, SimulatedPool pool) =>
        (await client.CallAsync("operation.start", Asked(pool, "pool.rolling_report")))["result"] is { } begun
        && await client.ResultAsync("operation.get", new JsonObject { ["run"] = (string)begun["run"]!, ["wait"] = 30_000 }) is { } ended && (string?)ended["end"] == "succeeded" ? (string?)ended["message"] : null;

    private static async Task<RpcClient> SignedInAsync(Uri address, CancellationToken token)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(address) { Scheme = "ws", Path = "/api/" }.Uri, token);
        var client = new RpcClient(socket);
        await client.ResultAsync("session.signIn", new JsonObject { ["email"] = TestServer.Admin, ["password"] = TestServer.Password });
        return client;
    }

    private static JsonObject Asked(SimulatedPool pool, string operation) => new() { ["operation"] = operation, ["id"] = pool.Uuid };

    private static bool HasEnded(string report) => !report.Contains("\nUnder way. ", StringComparison.Ordinal);

    private static long Calls(SimulatedPool pool) => pool.State.Calls.Values.Sum();

    /// <summary>Made pools have VMs that cannot leave their host.</summary>
    private static void HaltStuckVms(SimulatedPool pool) => pool.Simulator.Db.Update(() =>
    {
        foreach (var vm in pool.Simulator.Db.All("VM").Where(vm => vm.Text("power_state") == "Paused" && !vm.Bool("is_control_domain")))
            VmDomain.ForceHalted(vm);
        foreach (var step in pool.Simulator.Db.All("host").SelectMany(EvacuationPlan.For).Where(step => step.Why is not null))
            VmDomain.ForceHalted(step.Vm);
        foreach (var vm in pool.Simulator.Db.All("VM"))
            AllowedOperations.Update(vm);
    });

    /// <summary>Those that run, and the hosts on which they do.</summary>
    private static Dictionary<string, string> Homes(SimulatedPool pool) => pool.Simulator.Db.Update(() => pool.Simulator.Db.All("VM")
        .Where(vm => vm.Text("power_state") == "Running" && !vm.Bool("is_control_domain")).OrderBy(vm => vm.Uuid, StringComparer.Ordinal).ToDictionary(vm => vm.Uuid, vm => vm.Text("resident_on")));

    /// <summary>Gives how often each host, by its name, took a call to reboot.</summary>
    private static Func<IReadOnlyDictionary<string, int>> CountReboots(SimulatedPool pool)
    {
        var counts = new System.Collections.Concurrent.ConcurrentDictionary<string, int>();
        var reboot = pool.Simulator.Calls.Find("host.reboot")!;
        pool.Simulator.Calls.RegisterAsync("host.reboot", async call =>
        {
            var answer = await reboot(call);
            counts.AddOrUpdate(call.Object("host").Text("name_label"), 1, static (_, count) => count + 1);
            return answer;
        });
        return () => counts;
    }

    private static async Task RanThroughoutAsync(TempFolder folder, SimulatedPool pool, IEnumerable<string> vms, CancellationToken token)
    {
        await using var journal = new SqliteJournalStorage(Path.Combine(folder.Path, "journal"), new PartitionLimits(1 << 20, 1L << 40, long.MaxValue), TimeProvider.System);
        await journal.OpenAsync(token);
        var moves = 0;
        foreach (var vm in vms)
            for (JournalPage? page = null; page is null || page.Next is not null;)
            {
                page = await journal.TimelineAsync(new(pool.Uuid, vm), page?.Next, 500, token);
                Assert.DoesNotContain(page.Entries, entry => entry.Kind == EntryKind.Removed || (entry.Kind == EntryKind.Modified && entry.Fields.Any(field => field.Field == "power_state")));
                moves += page.Entries.Count(entry => entry.Kind == EntryKind.Modified && entry.Fields.Any(field => field.Field == "resident_on"));
            }

        Assert.True(moves > 0, "the journal saw no VM move: it tells nothing");
    }
}
