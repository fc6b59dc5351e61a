using XoBlazor.Core.Metrics;
using XoBlazor.Core.Model;
using XoBlazor.Core.Pools;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi;
using XoBlazor.Simulator;
using XoBlazor.Simulator.Faults;
using XoBlazor.Tests.Operations;
using XoBlazor.Tests.Pools;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Metrics;

/// <summary>Figures of a simulated pool, over the wire.</summary>
public sealed class MetricsReaderTests : IAsyncLifetime
{
    private const string Question = "GET /rrd_updates";

    private readonly CancellationTokenSource _patience = Patience.Source();
    private FleetFixture _fleet = null!;
    private HostMetricsCache _cache = null!;
    private MetricsReader _reader = null!;

    private PoolPicture Picture => _fleet.Picture;

    private long Questions => _fleet.Pool.State.Calls.GetValueOrDefault(Question);

    private Host Member => Picture.All<Host>().First(host => !Picture.IsCoordinator(host));

    public async ValueTask InitializeAsync()
    {
        _fleet = await FleetFixture.StartAsync(PoolSource.Make("hosts=2,vms=12,seed=3")[0], _patience.Token);
        await _fleet.AddConnectedAsync(_patience.Token);
        Open(_fleet.Fleet);
    }

    public async ValueTask DisposeAsync()
    {
        _cache.Dispose();
        await _fleet.DisposeAsync();
        _patience.Dispose();
    }

    [Theory]
    [InlineData(MetricsGranularity.Seconds, 5, 120)]
    [InlineData(MetricsGranularity.Minutes, 60, 120)]
    [InlineData(MetricsGranularity.Hours, 3600, 168)]
    [InlineData(MetricsGranularity.Days, 86400, 366)]
    public async Task Vm_OnEachHost_HasFiguresOfEachGranularity(MetricsGranularity granularity, int step, int count)
    {
        foreach (var host in Picture.All<Host>())
        {
            var vm = VmOn(host);
            var metrics = await OfVmAsync(vm, granularity);

            // The oldest row may be just too old for what is asked.
            Assert.Equal(step, (int)metrics.Step.TotalSeconds);
            Assert.InRange(metrics.Count, count - 1, count);
            var now = TimeProvider.System.GetUtcNow();
            Assert.InRange(metrics.End, now - TimeSpan.FromSeconds(2 * step) - Patience.Limit, now);
            Assert.Equal(vm.MemoryDynamicMax, metrics["memory"]!.Value[^1]);
            Assert.All(metrics["cpu0"]!.Value, value => Assert.True(float.IsNaN(value) || value is >= 0 and <= 1));
            Assert.Contains("vif_0_rx", metrics.Series.Keys);
            Assert.Contains("vbd_xvda_read", metrics.Series.Keys);
        }
    }

    [Fact]
    public async Task EveryVmOfAHost_AndTheHost_ComeFromOneAnswer()
    {
        var vms = Picture.VmsOn(Member).ToList();
        await Task.WhenAll(vms.Select(vm => OfVmAsync(vm)));
        var host = await _reader.OfHostAsync(Picture.Key(Member), MetricsGranularity.Minutes, _patience.Token);

        Assert.True(vms.Count > 1);
        Assert.Equal(1, Questions);
        Assert.Contains("memory_free_kib", host.Series.Keys);
        Assert.Equal(Picture.CpusOf(Member), host.Series.Keys.Count(name => name.StartsWith("cpu", StringComparison.Ordinal) && char.IsAsciiDigit(name[3])));
    }

    [Fact]
    public async Task Sr_OfSeveralHosts_IsTheSumOfTheirs()
    {
        var sr = Picture.All<Sr>().First(one => one.Shared && Picture.HostsOf(one).Count() == 2);

        var told = await _reader.OfSrAsync(Picture.Key(sr), MetricsGranularity.Hours, _patience.Token);
        var together = told.Together([("iops_read", true), ("read_latency", false), ("nothing", true)]);

        Assert.Empty(told.Problems);
        Assert.Equal(Picture.HostsOf(sr).Select(host => host.Ref).Order(), told.Hosts.Select(host => host.HostRef).Order());
        Assert.Equal(told.Hosts.Sum(host => host.Metrics["iops_read"]!.Value[^1]), together["iops_read"]!.Value[^1]);
        Assert.Equal(told.Hosts.Average(host => host.Metrics["read_latency"]!.Value[^1]), together["read_latency"]!.Value[^1], 0.01f);
        Assert.Null(together["nothing"]);
    }

    [Fact]
    public async Task Sr_WithOneHostInTrouble_IsToldOfTheOthers()
    {
        var sr = Picture.All<Sr>().First(one => one.Shared && Picture.HostsOf(one).Count() == 2);
        _fleet.Pool.Misbehave(new(FaultKind.Html500) { Method = Question, Times = 1 });

        var told = await _reader.OfSrAsync(Picture.Key(sr), MetricsGranularity.Seconds, _patience.Token);

        Assert.Single(told.Hosts);
        Assert.Contains("HTTP 500", Assert.Single(told.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Vm_ThatDoesNotRun_HasNoFigures_AndNobodyIsAsked()
    {
        var vm = Picture.All<Vm>().First(one => one.Kind() == VmKind.Vm && one.PowerState == VmPowerState.Halted);

        var failed = await FailureAsync(vm);

        Assert.Equal(MetricsProblem.NotRunning, failed.Problem);
        Assert.Contains(vm.NameLabel, failed.Message, StringComparison.Ordinal);
        Assert.Equal(0, Questions);
    }

    [Fact]
    public async Task Session_ThatTheHostHasForgotten_IsMadeAnew()
    {
        // A connection of its own: the fleet's is away for a moment when its session is gone.
        await using var connection = new XapiConnection(XapiEndpoint.Parse($"http://127.0.0.1:{_fleet.Pool.HttpUrl.Port}"), new("root", "secret"));
        await connection.LogInAsync(_patience.Token);
        _cache.Dispose();
        Open(new OneConnection(connection));

        _fleet.Pool.Misbehave(new(FaultKind.SessionInvalid));

        Assert.NotEmpty((await OfVmAsync(VmOn(Member))).Series);
    }

    [Theory]
    [InlineData("Html500", "HTTP 500", MetricsProblem.NoFigures)]
    [InlineData("MalformedJson", "before its answer was complete", MetricsProblem.OutOfReach)]
    [InlineData("Truncate", "before its answer was complete", MetricsProblem.OutOfReach)]
    public async Task Host_ThatAnswersNonsense_IsNamedInWords(string fault, string words, MetricsProblem problem)
    {
        _fleet.Pool.Misbehave(new(Enum.Parse<FaultKind>(fault)) { Method = Question, Bytes = 2000, Times = 1 });

        var failed = await FailureAsync(VmOn(Member));

        Assert.Equal(problem, failed.Problem);
        Assert.Contains(words, failed.Message, StringComparison.Ordinal);
        Assert.Contains(Member.NameLabel, failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_ThatShowsAnotherCertificate_IsNotGivenTheSession()
    {
        _fleet.Pool.Misbehave(new(FaultKind.ChangeCertificate));

        var failed = await FailureAsync(VmOn(Member));

        Assert.Contains("certificate", failed.Message, StringComparison.Ordinal);
        Assert.Equal(0, Questions);
    }

    [Fact]
    public async Task Pool_ThatIsNotConnected_IsNamed()
    {
        await _fleet.Fleet.SetEnabledAsync(_fleet.State.Id, false, _patience.Token);

        var failed = await FailureAsync(VmOn(Member));

        Assert.Equal(MetricsProblem.OutOfReach, failed.Problem);
        Assert.Contains("out of reach", failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("24.5.0")]
    [InlineData("23.25.0")]
    public async Task Hosts_OfOtherAges_AreUnderstood(string version)
    {
        await using var simulator = await SimulatorHost.StartAsync(new() { Pools = [PoolSource.Make("hosts=1,vms=3,seed=3")[0]], AsVersion = version }, _patience.Token);
        await using var connection = new XapiConnection(XapiEndpoint.Parse($"http://127.0.0.1:{simulator.Pools[0].HttpUrl.Port}"), new("root", "secret"));

        await using var answer = await connection.ExchangeAsync(null, "GET", "/rrd_updates?start=-595&interval=5&host=true&json=true", null, _patience.Token);
        var metrics = await RrdReader.ReadAsync(answer, 120, _patience.Token);

        Assert.Equal(120, metrics.Of(MetricsOwner.Host, simulator.Pools[0].Simulator.Db.Coordinator.Uuid)["loadavg"]!.Value.Length);
    }

    private void Open(IPoolConnections connections)
    {
        _cache = new(new HostMetricsRequest(_fleet.Store, connections, TimeProvider.System).AskAsync, TimeProvider.System);
        _reader = new(_fleet.Store, _cache);
    }

    private Vm VmOn(Host host) => Picture.VmsOn(host).First(vm => Picture.DisksOf(vm).Any(disk => disk.Vbd.Device == "xvda") && Picture.NetworkDevicesOf(vm).Length > 0);

    private Task<ObjectMetrics> OfVmAsync(Vm vm, MetricsGranularity granularity = MetricsGranularity.Minutes) => _reader.OfVmAsync(Picture.Key(vm), granularity, _patience.Token);

    private Task<MetricsException> FailureAsync(Vm vm) => Assert.ThrowsAsync<MetricsException>(() => OfVmAsync(vm));
}
