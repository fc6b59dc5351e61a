using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using XoBlazor.Core.Journal;
using XoBlazor.Core.Journal.Storage.Sqlite;
using XoBlazor.Core.Model;
using XoBlazor.Core.Patching.Rehearsing;
using XoBlazor.Core.Patching.Rolling;
using XoBlazor.Core.Pools;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Simulator;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Audit;
using XoBlazor.Tests.Pools;
using PoolPicture = XoBlazor.Core.Store.PoolPicture;

namespace XoBlazor.Tests.Patching.Rolling;

/// <summary>A simulated pool of three hosts, and all of a server that lasts beyond its restarts. Every VM that runs can move at first.</summary>
internal sealed class RolledPool : IAsyncDisposable
{
    private readonly TempFolder _journal = new();
    private readonly MemoryPoolSettings _settings = new();
    private readonly ConcurrentDictionary<string, int> _reboots = new();
    private readonly Action<IServiceCollection>? _services;
    private readonly CancellationToken _token;

    private RolledPool(SimulatorHost host, Action<IServiceCollection>? services, CancellationToken token)
    {
        (Host, _services, _token) = (host, services, token);
        var reboot = Simulator.Calls.Find("host.reboot")!;
        Simulator.Calls.RegisterAsync("host.reboot", async call =>
        {
            var answer = await reboot(call);
            _reboots.AddOrUpdate(call.Object("host").Uuid, 1, static (_, count) => count + 1);
            return answer;
        });
    }

    public SimulatorHost Host { get; }

    public SimulatedPool Pool => Host.Pools[0];

    public PoolSimulator Simulator => Pool.Simulator;

    public MemoryRollingStore Kept { get; } = new();

    public AuditHome Audit { get; } = new();

    public RollingOptions Options { get; } = new();

    public RollingServer Server { get; private set; } = null!;

    public PoolPicture Picture => Server.Picture;

    /// <summary>How often each host was rebooted, by its uuid; a call that the host refused does not count.</summary>
    public IReadOnlyDictionary<string, int> Reboots => new Dictionary<string, int>(_reboots);

    /// <param name="services">What stands in the place of services of the server.</param>
    public static async Task<RolledPool> StartAsync(CancellationToken token, string make = "hosts=3,vms=24,seed=5", TimeSpan duration = default, Action<IServiceCollection>? services = null)
    {
        var host = await SimulatorHost.StartAsync(new() { Pools = [PoolSource.Make(make)[0]], Pool = new() { OperationDuration = duration } }, token);
        var pool = new RolledPool(host, services, token);
        pool.Server = await pool.NewServerAsync();
        var added = new NewPool($"https://{pool.Pool.Hosts.First(one => one.IsCoordinator).Address}:{pool.Pool.HttpsUrl.Port}", "root", "secret", Accepted: []);
        while (await pool.Server.Fleet.AddAsync(added, token) is AddPoolResult.ConfirmCertificate shown)
            added = added with { Accepted = added.Accepted.Add(shown.Certificate) };
        await pool.KnownAsync();
        await pool.MakeMovableAsync();
        return pool;
    }

    /// <summary>The server is gone from one moment to the next, and another starts with what it had kept.</summary>
    public async Task RestartAsync()
    {
        await Server.DisposeAsync();
        Server = await NewServerAsync();
    }

    public Task KnownAsync() => Server.UntilAsync(picture => picture.All<Host>().Count == 3 && picture.All<Vm>().Count > 0, _token);

    public async Task<Rehearsal> RehearseAsync(JsonObject? given = null, string operation = "pool.rehearse_rolling_reboot")
    {
        var result = await Server.RunAsync(operation, _token, given);
        Assert.True(result.Answer is not null, result.Message);
        return System.Text.Json.JsonSerializer.Deserialize(result.Answer, RollingJson.Default.Rehearsal)!;
    }

    /// <summary>Those that run and their hosts.</summary>
    public IReadOnlyDictionary<string, string> Homes() => Picture.All<Vm>().Where(vm => vm.Kind() == VmKind.Vm && vm.PowerState == VmPowerState.Running).ToDictionary(vm => vm.Uuid, vm => Picture.Get(vm.ResidentOn)!.Uuid);

    /// <summary>Every one of them runs where it ran, and never did otherwise, as far as the journal knows.</summary>
    /// <param name="hasMoved">The journal must have seen at least one move; else it must have seen none.</param>
    public async Task RanThroughoutAsync(IReadOnlyDictionary<string, string> homes, bool hasMoved = true)
    {
        Assert.NotEmpty(homes);
        await Server.UntilAsync(now => homes.All(home => now.GetByUuid<Vm>(home.Key) is { PowerState: VmPowerState.Running } vm && now.Get(vm.ResidentOn)?.Uuid == home.Value), _token);
        await Server.DisposeAsync();
        await using (var journal = new SqliteJournalStorage(_journal.Path, new PartitionLimits(1 << 20, 1L << 40, long.MaxValue), TimeProvider.System))
        {
            await journal.OpenAsync(_token);
            var moves = 0;
            foreach (var vm in homes.Keys)
                for (JournalPage? page = null; page is null || page.Next is not null;)
                {
                    page = await journal.TimelineAsync(new(Pool.Uuid, vm), page?.Next, 500, _token);
                    Assert.DoesNotContain(page.Entries, entry => entry.Kind == EntryKind.Removed || (entry.Kind == EntryKind.Modified && entry.Fields.Any(field => field.Field == "power_state")));
                    moves += page.Entries.Count(entry => entry.Kind == EntryKind.Modified && entry.Fields.Any(field => field.Field == "resident_on"));
                }

            Assert.True(moves > 0 == hasMoved, $"the journal saw {moves} moves of VMs");
        }

        Server = await NewServerAsync();
    }

    /// <summary>When each host was booted.</summary>
    public IReadOnlyDictionary<string, double> Boots() => Simulator.Db.Update(() => Simulator.Db.All("host").ToDictionary(host => host.Uuid,
        host => double.Parse(host["other_config"].AsMap["boot_time"]!.AsText, System.Globalization.CultureInfo.InvariantCulture)));

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Host.DisposeAsync();
        Audit.Dispose();
        _journal.Dispose();
    }

    private Task<RollingServer> NewServerAsync() => RollingServer.StartAsync(Pool.Uuid, _settings, Kept, Audit.Log, _journal.Path, Options, _services, _token);

    /// <summary>Made pools have VMs with local disks and without drivers: those are shut down.</summary>
    private async Task MakeMovableAsync()
    {
        var stuck = (await RehearseAsync()).Findings.Where(finding => finding is { Level: FindingLevel.Blocks, Kind: "VM" }).Select(finding => finding.About!).ToList();
        foreach (var uuid in stuck)
            await Server.RunAsync("vm.hard_shutdown", _token, target: Picture.GetByUuid<Vm>(uuid));
        await Server.UntilAsync(now => stuck.TrueForAll(uuid => now.GetByUuid<Vm>(uuid) is { PowerState: VmPowerState.Halted }), _token);
        foreach (var vm in Picture.All<Vm>().Where(vm => vm.Kind() == VmKind.Vm && vm.PowerState == VmPowerState.Paused).ToList())
            await Server.RunAsync("vm.unpause", _token, target: vm);
        await Server.UntilAsync(now => !now.All<Vm>().Any(vm => vm.PowerState == VmPowerState.Paused), _token);
        var rehearsal = await RehearseAsync();
        Assert.True(rehearsal.IsReady, string.Join('\n', rehearsal.Findings.Where(one => one.Level == FindingLevel.Blocks)));
    }
}
