using System.Text.Json.Nodes;
using XoBlazor.Core.Access;
using XoBlazor.Core.Metrics;
using XoBlazor.Core.Metrics.History;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Simulator;
using XoBlazor.Simulator.Faults;
using XoBlazor.Tests.App.Api.Rest;
using XoBlazor.Tests.App.Cli.Client;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Api;

/// <summary>Figures over time of a simulated pool, as JSON-RPC, REST and the command line give them.</summary>
public sealed class StatsTests : IAsyncLifetime
{
    private readonly TestServer _server = new TestServer().OnAPort();
    private readonly CancellationTokenSource _patience = Patience.Source();
    private SimulatorHost _simulator = null!;
    private RpcClient _rpc = null!;
    private RestClient _rest = null!;
    private string _pool = null!;

    private PoolPicture Picture => _server.Get<ObjectStore>().Current.Pool(_pool)!;

    private Host Member => Picture.All<Host>().First(host => !Picture.IsCoordinator(host));

    private Vm Running => Picture.VmsOn(Member).First(vm => Picture.DisksOf(vm).Any(disk => disk.Vbd.Device == "xvda") && Picture.NetworkDevicesOf(vm).Length > 0 && !vm.GuestMetrics.IsNull);

    private Vm Halted => Picture.All<Vm>().First(vm => vm.Kind() == VmKind.Vm && vm.PowerState == VmPowerState.Halted);

    private Sr Shared => Picture.All<Sr>().First(sr => sr.Shared && Picture.HostsOf(sr).Count() == 2);

    public async ValueTask InitializeAsync()
    {
        _simulator = await SimulatorHost.StartAsync(new() { Pools = PoolSource.Make("pools=1,hosts=2,vms=14,seed=7"), Pool = new() { OperationDuration = TimeSpan.Zero } }, _patience.Token);
        _rpc = await RpcClient.AdminAsync(_server);
        (_pool, _) = await _rpc.AddPoolAsync(_server, _simulator.Pools[0]);
        _rest = await RestClient.AdminAsync(_server);
    }

    public async ValueTask DisposeAsync()
    {
        _rest.Dispose();
        await _rpc.DisposeAsync();
        await _server.DisposeAsync();
        await _simulator.DisposeAsync();
        _patience.Dispose();
    }

    [Fact]
    public async Task Vm_HasXenOrchestrasShape()
    {
        var told = (await _rpc.ResultAsync("vm.stats", new JsonObject { ["id"] = Running.Uuid, ["granularity"] = "minutes" }))!;

        var stats = told["stats"]!;
        Assert.Equal(["endTimestamp", "interval", "stats"], told.AsObject().Select(one => one.Key).Order());
        Assert.Equal(60, (int)told["interval"]!);
        Assert.Equal(0, (long)told["endTimestamp"]! % 60);
        Assert.Equal(Running.MemoryDynamicMax, (double)stats["memory"]!.AsArray()[^1]!);
        Assert.InRange((double)stats["memoryFree"]!.AsArray()[^1]!, 1, Running.MemoryDynamicMax);
        Assert.Equal(Enumerable.Range(0, (int)Running.VcpusAtStartup).Select(cpu => $"{cpu}").Order(StringComparer.Ordinal), stats["cpus"]!.AsObject().Select(one => one.Key).Order(StringComparer.Ordinal));
        Assert.InRange((double)stats["cpus"]!["0"]!.AsArray().Max(value => (double?)value)!, 1, 100);
        Assert.All(
            new[] { stats["vifs"]!["rx"]!["0"], stats["vifs"]!["tx"]!["0"], stats["xvds"]!["r"]!["a"], stats["xvds"]!["w"]!["a"], stats["iops"]!["r"]!["a"], stats["vbdLatency"]!["w"]!["a"] },
            values => Assert.InRange(values!.AsArray().Count, 119, 120));
        Assert.InRange((double)stats["vbdLatency"]!["r"]!["a"]!.AsArray()[^1]!, 0.1, 10);
    }

    [Fact]
    public async Task Host_HasXenOrchestrasShape()
    {
        var told = (await _rpc.ResultAsync("host.stats", new JsonObject { ["host"] = Member.Uuid }))!;

        var stats = told["stats"]!;
        var storage = Shared.Uuid[..8];
        Assert.Equal(5, (int)told["interval"]!);
        Assert.Equal(["cpus", "iops", "ioThroughput", "iowait", "latency", "load", "memory", "memoryFree", "pifs"], stats.AsObject().Select(one => one.Key).Order(StringComparer.OrdinalIgnoreCase));
        Assert.Equal(Picture.MemoryOf(Member).Total, (double)stats["memory"]!.AsArray()[^1]!, 1024d);
        Assert.Equal(Picture.CpusOf(Member), stats["cpus"]!.AsObject().Count);
        Assert.InRange((double)stats["ioThroughput"]!["r"]![storage]!.AsArray()[^1]!, 1, 90d * (1 << 20));
        Assert.InRange((double)stats["latency"]!["w"]![storage]!.AsArray()[^1]!, 0.1, 10);
    }

    [Fact]
    public async Task Sr_SumsItsHosts_AndNamesThem()
    {
        var ask = new JsonObject { ["id"] = Shared.Uuid, ["granularity"] = "hours" };
        var told = (await _rpc.ResultAsync("sr.stats", ask))!;
        var hosts = await Task.WhenAll(Picture.All<Host>().Select(host => _rest.GetAsync($"hosts/{host.Uuid}/stats?granularity=hours")));

        var sum = hosts.Sum(host => (double)host.Json["stats"]!["iops"]!["r"]![Shared.Uuid[..8]]!.AsArray()[^1]!);
        Assert.Equal(sum, (double)told["stats"]!["iops"]!["r"]!.AsArray()[^1]!, 0.5);
        Assert.Equal(Picture.All<Host>().Select(host => host.NameLabel).Order(), told["stats"]!["iowait"]!.AsObject().Select(one => one.Key).Order());
    }

    [Fact]
    public async Task Rest_GivesTheSame_AndThePoolHostByHost()
    {
        var (vm, sr, pool) = (await _rest.GetAsync($"vms/{Running.Uuid}/stats?granularity=days"), await _rest.GetAsync($"srs/{Shared.Uuid}/stats"), await _rest.GetAsync($"pools/{_pool}/stats?granularity=hours"));

        Assert.Equal((200, 200, 200), (vm.Status, sr.Status, pool.Status));
        Assert.Equal(86400, (int)vm.Json["interval"]!);
        Assert.InRange(vm.Json["stats"]!["memory"]!.AsArray().Count, 365, 366);
        Assert.Equal(Picture.All<Host>().Select(host => host.Uuid).Order(), pool.Json.AsObject().Select(one => one.Key).Order());
        Assert.All(pool.Json.AsObject(), host => Assert.InRange(host.Value!["stats"]!["load"]!.AsArray().Count, 167, 168));
    }

    [Fact]
    public async Task Pool_WithAHostInTrouble_TellsWhyOfThatOne()
    {
        _simulator.Pools[0].Misbehave(new(FaultKind.Html500) { Method = "GET /rrd_updates", Times = 1 });

        var pool = await _rest.GetAsync($"pools/{_pool}/stats?granularity=minutes");

        var failed = Assert.Single(pool.Json.AsObject(), host => host.Value!["error"] is not null);
        Assert.Contains("HTTP 500", (string)failed.Value!["error"]!["message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Vm_ThatDoesNotRun_IsRefusedAsXenOrchestraDoes()
    {
        var error = await _rpc.ErrorAsync("vm.stats", new JsonObject { ["id"] = Halted.Uuid });
        var rest = await _rest.GetAsync($"vms/{Halted.Uuid}/stats");

        Assert.Equal((25, "<host-uuid>", "resident_on"), (error["code"]!.GetValue<int>(), (string?)error["data"]!["expected"], (string?)error["data"]!["property"]));
        Assert.Contains($"{Halted.NameLabel} does not run", (string)error["message"]!, StringComparison.Ordinal);
        Assert.Equal((422, 25), (rest.Status, (int)rest.Json["data"]!["errors"]!["code"]!));
    }

    [Fact]
    public async Task Granularity_ThatThereIsNot_IsRefused()
    {
        var error = await _rpc.CodeAsync("vm.stats", new JsonObject { ["id"] = Running.Uuid, ["granularity"] = "weeks" });
        var rest = await _rest.GetAsync($"vms/{Running.Uuid}/stats?granularity=weeks");

        Assert.Equal((10, 422), (error, rest.Status));
        Assert.Contains("'hours'", rest.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Manyfold_TheHostIsAskedOnce()
    {
        var asked = Enumerable.Range(0, 4).SelectMany(_ => Picture.VmsOn(Member).Select(vm => _rest.GetAsync($"vms/{vm.Uuid}/stats?granularity=hours"))).ToList();

        Assert.All(await Task.WhenAll(asked), answer => Assert.Equal(200, answer.Status));
        Assert.Equal(1, _simulator.Pools[0].State.Calls["GET /rrd_updates"]);
    }

    [Fact]
    public async Task WhoSeesAVmAlone_HasItsFigures_AndNothingOfItsHost()
    {
        using var vera = await RestClient.UserAsync(_server, "vera", (Role.Viewer, _pool, Running), (Role.Viewer, _pool, Shared));

        var (own, other, host, storage) = (await vera.GetAsync($"vms/{Running.Uuid}/stats"), await vera.GetAsync($"vms/{Picture.VmsOn(Member).First(vm => vm.Ref != Running.Ref).Uuid}/stats"),
            await vera.GetAsync($"hosts/{Member.Uuid}/stats"), await vera.GetAsync($"srs/{Shared.Uuid}/stats"));

        Assert.Equal((200, 404, 404, 200), (own.Status, other.Status, host.Status, storage.Status));
        Assert.All(Picture.All<Host>(), one => Assert.DoesNotContain(one.NameLabel, own.Text + storage.Text, StringComparison.Ordinal));
        Assert.Null(storage.Json["stats"]!["iowait"]);
    }

    [Fact]
    public async Task History_IsWhatWasWrittenDown_ByEveryFace()
    {
        WriteDown(MetricsOwner.Vm, Halted, [0.5f, 4L << 30, float.NaN, 100, 200, 300, 400]);
        var disks = Picture.All<Sr>().First(PoolCapacity.IsForDisks);
        WriteDown(MetricsOwner.Sr, disks, [1L << 40, 2L << 40]);
        using var home = new CliHome();
        await home.SignInAsync(_server);

        var rpc = (await _rpc.ResultAsync("vm.history", new JsonObject { ["id"] = Halted.Uuid }))!;
        var rest = await _rest.GetAsync($"vms/{Halted.Uuid}/history?from={Uri.EscapeDataString(TimeProvider.System.GetUtcNow().AddHours(-6).ToString("o"))}&series=cpu,diskRead");
        var pool = await _rest.GetAsync($"pools/{_pool}/history");
        var wrong = await _rest.GetAsync($"vms/{Halted.Uuid}/history?series=colour");
        var never = await _rest.GetAsync($"vms/{Halted.Uuid}/history?from=yesterday");
        var table = await home.RunAsync("stats", Halted.Uuid, "--range", "24h");
        var space = await home.RunAsync("stats", disks.Uuid, "--since", "6h");

        Assert.Equal(300, (int)rpc["interval"]!);
        Assert.Equal(["cpu", "diskRead", "diskWrite", "memory", "memoryUsed", "networkReceived", "networkSent"], rpc["stats"]!.AsObject().Select(one => one.Key).Order(StringComparer.Ordinal));
        Assert.Contains(rpc["stats"]!["cpu"]!.AsArray(), value => value is not null && (double)value == 50);
        Assert.Contains(rpc["stats"]!["cpu"]!.AsArray(), value => value is null);
        Assert.Equal(["cpu", "diskRead"], rest.Json["stats"]!.AsObject().Select(one => one.Key));
        Assert.Contains(pool.Json["stats"]!["used"]!.AsArray(), value => value is not null && (double)value == 1L << 40);
        Assert.Equal((422, 422), (wrong.Status, never.Status));
        Assert.Contains(table.Lines, line => line.StartsWith("cpu ", StringComparison.Ordinal) && line.Contains("50 %", StringComparison.Ordinal));
        Assert.Contains(space.Lines, line => line.StartsWith("used ", StringComparison.Ordinal) && line.Contains("1 TiB", StringComparison.Ordinal));
    }

    [Fact]
    public async Task History_OfWhatOneMayNotView_IsNotThere()
    {
        WriteDown(MetricsOwner.Vm, Running, [0.5f, 4L << 30, float.NaN, 100, 200, 300, 400]);
        WriteDown(MetricsOwner.Sr, Shared, [1L << 40, 2L << 40]);
        using var vera = await RestClient.UserAsync(_server, "vera", (Role.Viewer, _pool, Halted));

        var (own, vm, host, storage, pool) = (await vera.GetAsync($"vms/{Halted.Uuid}/history"), await vera.GetAsync($"vms/{Running.Uuid}/history"),
            await vera.GetAsync($"hosts/{Member.Uuid}/history"), await vera.GetAsync($"srs/{Shared.Uuid}/history"), await vera.GetAsync($"pools/{_pool}/history"));

        Assert.Equal((200, 404, 404, 404), (own.Status, vm.Status, host.Status, storage.Status));
        Assert.True(pool.Status == 404 || pool.Json["stats"]!["used"]!.AsArray().All(value => value is null));
    }

    [Fact]
    public async Task CommandLine_TellsThemInWordsAndWhole()
    {
        using var home = new CliHome();
        await home.SignInAsync(_server);

        var table = await home.RunAsync("stats", Running.Uuid, "--range", "2h");
        var json = await home.RunAsync("stats", Member.NameLabel, "-o", "json");
        var storage = await home.RunAsync("stats", Shared.NameLabel, "--range", "1y");
        var halted = await home.RunAsync("stats", Halted.Uuid);
        var wrong = await home.RunAsync("stats", Running.Uuid, "--range", "3w");

        Assert.True(table.Code == 0, table.All);
        Assert.Matches("^FIGURE +NOW +MEAN +MOST +TREND$", table.Lines[0]);
        Assert.Contains(table.Lines, line => System.Text.RegularExpressions.Regex.IsMatch(line, "^cpus\\.0 +[0-9.]+ % +[0-9.]+ % +[0-9.]+ % +[▁-█ ]+$"));
        Assert.Contains(table.Lines, line => System.Text.RegularExpressions.Regex.IsMatch(line, "^vifs\\.rx\\.0 +[0-9.]+ [KM]?i?B/s"));
        Assert.Equal(120, JsonNode.Parse(json.Out)!["stats"]!["load"]!.AsArray().Count);
        Assert.Contains(storage.Lines, line => line.StartsWith("iops.r", StringComparison.Ordinal));
        Assert.Equal((1, 2), (halted.Code, wrong.Code));
        Assert.Contains("does not run", halted.All, StringComparison.Ordinal);
    }

    private void WriteDown(MetricsOwner owner, XapiObject about, float[] values)
    {
        var slot = HistoryGrid.Fine.SlotOf(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        for (var at = 1; at <= 12; at++)
            _server.Get<HistoryStore>().Add(new(owner, Picture.Key(about)), slot - at, values);
    }
}
