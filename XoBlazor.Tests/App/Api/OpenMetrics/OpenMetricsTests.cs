using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using XoBlazor.App.Administration;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Simulator;
using XoBlazor.Simulator.Faults;
using XoBlazor.Tests.App.Api.Rest;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.EndToEnd;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Api.OpenMetrics;

/// <summary>What Prometheus scrapes of a server with a simulated pool, for whoever may view what.</summary>
public sealed partial class OpenMetricsTests : IAsyncLifetime
{
    private const string OpenMetricsType = "application/openmetrics-text";

    private readonly TestServer _server = new TestServer().OnAPort();
    private readonly CancellationTokenSource _patience = Patience.Source();
    private SimulatorHost _simulator = null!;
    private RestClient _rest = null!;
    private string _pool = null!;

    private PoolPicture Picture => _server.Get<ObjectStore>().Current.Pool(_pool)!;

    private Host Member => Picture.All<Host>().First(host => !Picture.IsCoordinator(host));

    private Vm Running => Picture.VmsOn(Member).First(vm => Picture.DisksOf(vm).Any(disk => disk.Vbd.Device == "xvda") && Picture.NetworkDevicesOf(vm).Length > 0 && !vm.GuestMetrics.IsNull);

    private Sr Shared => Picture.All<Sr>().First(sr => sr.Shared && sr.PhysicalSize > 0 && Picture.HostsOf(sr).Count() == 2);

    public async ValueTask InitializeAsync()
    {
        _simulator = await SimulatorHost.StartAsync(new() { Pools = PoolSource.Make("pools=1,hosts=2,vms=14,seed=7"), Pool = new() { OperationDuration = TimeSpan.Zero } }, _patience.Token);
        await using (var rpc = await RpcClient.AdminAsync(_server))
            (_pool, _) = await rpc.AddPoolAsync(_server, _simulator.Pools[0]);
        _rest = await RestClient.AdminAsync(_server);
    }

    public async ValueTask DisposeAsync()
    {
        _rest.Dispose();
        await _server.DisposeAsync();
        await _simulator.DisposeAsync();
        _patience.Dispose();
    }

    [Fact]
    public async Task Scrape_HasPoolsHostsVmsStorageAndTheServer()
    {
        var answer = await _rest.GetAsync("/metrics", ("Accept", $"{OpenMetricsType};version=1.0.0,text/plain;q=0.5"));
        var all = Scrape.Read(answer.Text);

        Assert.Equal((200, OpenMetricsType), (answer.Status, answer.Type));
        Assert.EndsWith("\n# EOF\n", answer.Text, StringComparison.Ordinal);
        Assert.Equal([1], all.Of("xen_pool_up", ("pool", _pool), ("pool_name", Picture.Name())));
        Assert.Equal([1], all.Of("xen_host_figures_up", ("host", Member.Uuid)));
        Assert.Equal([Picture.MemoryOf(Member).Total], all.Of("xen_host_memory_size_bytes", ("host", Member.Uuid)));
        Assert.InRange(Assert.Single(all.Of("xen_host_cpu_utilization_ratio", ("host", Member.Uuid))), 0.001, 1);
        Assert.NotEmpty(all.Of("xen_host_network_receive_bytes_per_second", ("host", Member.Uuid), ("device", "eth0")));
        Assert.InRange(Assert.Single(all.Of("xen_host_storage_read_bytes_per_second", ("host", Member.Uuid), ("sr", Shared.Uuid))), 1, 90d * (1 << 20));
        Assert.InRange(Assert.Single(all.Of("xen_host_storage_read_latency_seconds", ("host", Member.Uuid), ("sr", Shared.Uuid))), 1e-7, 0.1);
        Assert.Equal(Picture.All<Vm>().Count(vm => vm.Kind() == VmKind.Vm), all.Of("xen_vm_running").Count);
        Assert.Equal(Picture.All<Vm>().Count(vm => vm.Kind() == VmKind.Vm && vm.PowerState == VmPowerState.Running), all.Of("xen_vm_running").Sum());
        Assert.Equal([Running.MemoryDynamicMax], all.Of("xen_vm_memory_size_bytes", ("vm", Running.Uuid), ("vm_name", Running.NameLabel)));
        Assert.InRange(Assert.Single(all.Of("xen_vm_cpu_utilization_ratio", ("vm", Running.Uuid))), 0.0001, 1);
        Assert.InRange(Assert.Single(all.Of("xen_vm_memory_free_bytes", ("vm", Running.Uuid))), 1, Running.MemoryDynamicMax);
        Assert.Single(all.Of("xen_vm_network_receive_bytes_per_second", ("vm", Running.Uuid), ("device", "0")));
        Assert.Single(all.Of("xen_vm_disk_read_bytes_per_second", ("vm", Running.Uuid), ("device", "xvda")));
        Assert.Equal([1], all.Of("xen_vm_on_host", ("vm", Running.Uuid), ("host", Member.Uuid)));
        Assert.Equal([Shared.PhysicalSize], all.Of("xen_sr_size_bytes", ("sr", Shared.Uuid)));
        Assert.Equal([2], all.Of("xen_sr_hosts_connected", ("sr", Shared.Uuid)));
        Assert.Equal([1], all.Of("xoblazor_pools", ("state", "connected")));
        Assert.InRange(Assert.Single(all.Of("process_resident_memory_bytes")), 1 << 20, 1L << 36);
        Assert.InRange(Assert.Single(all.Of("process_cpu_seconds_total")), 0.01, 1e6);
    }

    [Fact]
    public async Task Scrape_AsksEachHostOnce_AndForTheNewestOnly()
    {
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => _rest.GetAsync("/metrics")));

        Assert.Equal(Picture.All<Host>().Count(), _simulator.Pools[0].State.Calls["GET /rrd_updates"]);
    }

    [Fact]
    public async Task Host_InTrouble_IsSaidToBe_AndTheOthersAreTold()
    {
        _simulator.Pools[0].Misbehave(new(FaultKind.Html500) { Method = "GET /rrd_updates", Times = 1 });

        var all = Scrape.Read((await _rest.GetAsync("/metrics")).Text);

        Assert.Equal([0, 1], all.Of("xen_host_figures_up").Order());
        Assert.Single(all.Of("xen_host_cpu_utilization_ratio"));
        Assert.Equal([1, 1], all.Of("xen_host_up"));
    }

    [Fact]
    public async Task Host_ThatNeverAnswers_IsNotWaitedForLongerThanTheScraperWaits()
    {
        _simulator.Pools[0].Misbehave(new(FaultKind.Hang) { Method = "GET /rrd_updates" });

        var answer = await _rest.GetAsync("/metrics", ("X-Prometheus-Scrape-Timeout-Seconds", "0.5"));

        Assert.Equal([0, 0], Scrape.Read(answer.Text).Of("xen_host_figures_up"));
    }

    [Fact]
    public async Task WhoSeesAVmAlone_IsToldOfThatOne()
    {
        using var vera = await RestClient.UserAsync(_server, "vera", (Role.Viewer, _pool, Running));

        var all = Scrape.Read((await vera.GetAsync("/metrics")).Text);

        Assert.Equal([Running.Uuid], all.Values("vm"));
        Assert.Single(all.Of("xen_vm_cpu_utilization_ratio", ("vm", Running.Uuid)));
        Assert.Empty(all.Values("host").Concat(all.Values("sr")));
        Assert.DoesNotContain(all.Names, name => name.StartsWith("xoblazor_", StringComparison.Ordinal) || name.StartsWith("process_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Token_OfAViewerOfEverything_IsToldOfTheServerToo()
    {
        using var watcher = RestClient.Of(_server, await RestClient.TokenAsync(_server, TestServer.Admin, Role.Viewer.Id));

        Assert.Single(Scrape.Read((await watcher.GetAsync("/metrics")).Text).Of("xoblazor_build_info"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer xob_wrong")]
    public async Task Nobody_IsToldNothing(string? authorization)
    {
        using var stranger = RestClient.Of(_server);
        (string, string)[] headers = authorization is null ? [] : [("Authorization", authorization)];

        var answer = await stranger.GetAsync("/metrics", headers);

        Assert.Equal(401, answer.Status);
        Assert.DoesNotContain("xen_", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Promtool_HasNothingToSay()
    {
        using var folder = new TempFolder();
        var promtool = Needs.Program("promtool", "prometheus");
        var text = await _rest.GetAsync("/metrics");
        var file = folder.Write("metrics.txt", text.Text);

        await using var check = ServerProcess.LaunchFile("sh", folder.Path, "-c", $"'{promtool}' check metrics < '{file}' 2>&1");
        var code = await check.EndAsync();

        Assert.Equal("text/plain", text.Type);
        Assert.True(code == 0, check.Output);
        Assert.Equal("", check.Output);
    }

    [Fact]
    public async Task Prometheus_Scrapes_AndAnswersQuestions()
    {
        using var folder = new TempFolder();
        var (program, port) = (Needs.Program("prometheus", "prometheus"), ReverseProxy.FreePort());
        var token = folder.Write("token", await RestClient.TokenAsync(_server, TestServer.Admin, Role.Viewer.Id));
        var settings = folder.Write("prometheus.yml",
            $"global: {{ scrape_interval: 1s }}\nscrape_configs:\n- job_name: xo\n  authorization: {{ credentials_file: '{token}' }}\n  static_configs: [{{ targets: ['{_server.Address!.Authority}'] }}]\n");
        await using var prometheus = ServerProcess.LaunchFile(
            program, folder.Path, $"--config.file={settings}", $"--storage.tsdb.path={folder.File("tsdb")}", $"--web.listen-address=127.0.0.1:{port}");
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };

        var running = await UntilAsync(http, "sum(xen_vm_running)");
        var up = await UntilAsync(http, "up{job=\"xo\"}");
        var counted = await UntilAsync(http, "process_cpu_seconds_total");

        Assert.Equal(Picture.All<Vm>().Count(vm => vm.Kind() == VmKind.Vm && vm.PowerState == VmPowerState.Running), running);
        Assert.Equal(1, up);
        Assert.True(counted > 0);
    }

    [Fact]
    public async Task Plugin_Unloaded_ClosesTheAddress_AndLoadedOpensItWithWhatItIsConfiguredToTell()
    {
        await using var rpc = await RpcClient.AdminAsync(_server);
        var plugin = Assert.Single((await rpc.ResultAsync("plugin.get"))!.AsArray(), one => (string)one!["id"]! == "openmetrics")!;

        await rpc.ResultAsync("plugin.unload", new JsonObject { ["id"] = "openmetrics" });
        var closed = await _rest.GetAsync("/metrics");
        await rpc.ResultAsync("plugin.configure", new JsonObject { ["id"] = "openmetrics", ["configuration"] = new JsonObject { ["vms"] = false, ["server"] = false } });
        await rpc.ResultAsync("plugin.load", new JsonObject { ["id"] = "openmetrics" });
        var open = await _rest.GetAsync("/metrics");

        Assert.True((bool)plugin["builtIn"]!);
        Assert.Equal((404, 200), (closed.Status, open.Status));
        Assert.Contains("load OpenMetrics under Settings → Plugins", (string)closed.Json["error"]!, StringComparison.Ordinal);
        var families = Scrape.Read(open.Text).Families;
        Assert.Contains("xen_host_up", families);
        Assert.Contains("xen_sr_size_bytes", families);
        Assert.DoesNotContain(families, name => name.StartsWith("xen_vm_", StringComparison.Ordinal) || name.StartsWith("xoblazor_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Dashboard_AsksForWhatThereIs()
    {
        var known = Scrape.Read((await _rest.GetAsync("/metrics")).Text).Families;
        var dashboard = await File.ReadAllTextAsync(Path.Combine(Checkout.Root, "docs", "grafana-dashboard.json"), _patience.Token);
        var asked = JsonDocument.Parse(dashboard).RootElement.GetProperty("panels").EnumerateArray()
            .Where(panel => panel.TryGetProperty("targets", out _)).SelectMany(panel => panel.GetProperty("targets").EnumerateArray()).Select(target => target.GetProperty("expr").GetString()!).ToList();
        var guide = await File.ReadAllTextAsync(Path.Combine(Checkout.Root, "docs", "metrics.md"), _patience.Token);

        Assert.True(asked.Count >= 10);
        Assert.All(asked.SelectMany(expression => Metric().Matches(expression)), name => Assert.Contains(name.Value, known));
        Assert.All(known, name => Assert.Contains($"`{name}`", guide, StringComparison.Ordinal));
    }

    private async Task<double> UntilAsync(HttpClient http, string query)
    {
        while (true)
        {
            try
            {
                var answer = JsonNode.Parse(await http.GetStringAsync($"/api/v1/query?query={Uri.EscapeDataString(query)}", _patience.Token))!;
                if (answer["data"]!["result"]!.AsArray() is [{ } first, ..])
                    return double.Parse((string)first["value"]![1]!, System.Globalization.CultureInfo.InvariantCulture);
            }
            catch (HttpRequestException)
            {
                // It has just been started.
            }

            await Task.Delay(50, _patience.Token);
        }
    }

    [GeneratedRegex(@"\b(xen|xoblazor|process)_[a-z0-9_]+")]
    private static partial Regex Metric();
}
