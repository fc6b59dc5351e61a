using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Microsoft.Extensions.Time.Testing;
using XoBlazor.Simulator;
using XoBlazor.Simulator.Data;
using XoBlazor.Tests.Simulator.Streams;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Simulator.Metrics;

/// <summary>What hosts sample, as a client of any age of host meets it.</summary>
public sealed class MetricsPageTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(new(2026, 11, 22, 14, 0, 3, TimeSpan.Zero));
    private readonly CancellationTokenSource _patience = Patience.Source();
    private readonly HttpClient _http = StreamPool.NewClient();
    private SimulatorHost _host = null!;
    private string _session = "";

    private SimulatedPool Pool => _host.Pools[0];

    private Database Db => Pool.Simulator.Db;

    public ValueTask InitializeAsync() => RestartAsync(null);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _host.DisposeAsync();
        _patience.Dispose();
    }

    [Fact]
    public async Task Updates_OfAModernHost_AreTextsBesideTheirMeaning_NewestFirst()
    {
        var told = await JsonAsync("rrd_updates?start=-595&interval=5&cf=AVERAGE&host=true&json=true");

        var (meta, data) = (told["meta"]!, told["data"]!.AsArray());
        var legend = meta["legend"]!.AsArray().Select(entry => (string)entry!).ToList();
        var times = data.Select(row => Number(row!["t"])).ToList();
        Assert.Equal(("5", "1795356000", "120"), ((string?)meta["step"], (string?)meta["end"], (string?)meta["rows"]));
        Assert.Equal((120, 1795356000, 1795356000 - 595), (times.Count, times[0], times[^1]));
        Assert.Equal($"{legend.Count}", (string?)meta["columns"]);
        Assert.All(data, row => Assert.Equal(legend.Count, row!["values"]!.AsArray().Count));
        var host = Db.Coordinator;
        Assert.Contains($"AVERAGE:host:{host.Uuid}:memory_free_kib", legend);
        Assert.Equal(32, legend.Count(entry => entry.StartsWith($"AVERAGE:host:{host.Uuid}:cpu", StringComparison.Ordinal) && char.IsAsciiDigit(entry[^1])));
        Assert.Equal(
            host.FollowAll("resident_VMs", "VM").Select(vm => vm.Uuid).Order(),
            legend.Where(entry => entry.StartsWith("AVERAGE:vm:", StringComparison.Ordinal)).Select(entry => entry.Split(':')[2]).Distinct().Order());
        Assert.DoesNotContain(legend, entry => entry.StartsWith("AVERAGE:sr:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("-595", 5, 5, 120)]
    [InlineData("-300", 5, 5, 61)]
    [InlineData("-7140", 60, 60, 120)]
    [InlineData("-3600", 5, 60, 61)]
    [InlineData("-601200", 3600, 3600, 168)]
    [InlineData("-31536000", 86400, 86400, 365)]
    [InlineData("0", 5, 86400, 366)]
    [InlineData("1795355990", 5, 5, 3)]
    public async Task Updates_ComeFromTheFinestArchiveThatHasTheStart(string start, int interval, int step, int rows)
    {
        var told = await JsonAsync($"rrd_updates?start={start}&interval={interval}&vm_uuid=none&host=true&json");

        Assert.Equal(($"{step}", rows), ((string?)told["meta"]!["step"], told["data"]!.AsArray().Count));
    }

    [Fact]
    public async Task Updates_AskedTwice_AreTheSame_AndMoveWithTime()
    {
        const string ask = "rrd_updates?start=-595&interval=5&host=true&json";
        var first = await JsonAsync(ask);
        var again = await JsonAsync(ask);
        _clock.Advance(TimeSpan.FromSeconds(5));
        var later = await JsonAsync(ask);

        Assert.True(JsonNode.DeepEquals(first["data"], again["data"]));
        Assert.Equal(Number(first["meta"]!["end"]) + 5, Number(later["meta"]!["end"]));
        Assert.NotEqual(first["data"]![0]!["values"]!.ToJsonString(), later["data"]![0]!["values"]!.ToJsonString());
        var cpu = Column(first, $"AVERAGE:host:{Db.Coordinator.Uuid}:cpu_avg");
        Assert.All(cpu, value => Assert.InRange(value, 0.001, 1));
        Assert.True(cpu.Distinct().Count() > 60);
    }

    [Fact]
    public async Task Updates_OfAVmThatHasJustStarted_KnowNothingOfTheTimeBefore()
    {
        var vm = Db.Coordinator.FollowAll("resident_VMs", "VM").First(one => !one.Bool("is_control_domain"));
        vm.Follow("metrics", "VM_metrics")!["start_time"] = _clock.GetUtcNow() - TimeSpan.FromSeconds(33);

        var told = await JsonAsync($"rrd_updates?start=-100&interval=5&vm_uuid={vm.Uuid}&json");

        Assert.Equal(7, Column(told, $"AVERAGE:vm:{vm.Uuid}:cpu0").TakeWhile(double.IsFinite).Count());
        Assert.Contains(Column(told, $"AVERAGE:vm:{vm.Uuid}:cpu0"), double.IsNaN);
    }

    [Fact]
    public async Task Updates_OfStorage_ComeWhenItIsNamed()
    {
        var sr = Db.Coordinator.FollowAll("PBDs", "PBD").Select(pbd => pbd.Follow("SR", "SR")!).First(one => one.Int("physical_size") > 0);

        var told = await JsonAsync($"rrd_updates?start=-60&vm_uuid=none&sr_uuid={sr.Uuid}&json");

        Assert.Equal([$"AVERAGE:sr:{sr.Uuid}:size", $"AVERAGE:sr:{sr.Uuid}:physical_utilisation"], told["meta"]!["legend"]!.AsArray().Select(entry => (string)entry!));
        Assert.All(Column(told, $"AVERAGE:sr:{sr.Uuid}:size"), size => Assert.Equal(sr.Int("physical_size"), size));
    }

    [Fact]
    public async Task Updates_OfOlderHosts_AreNestedOrNoJson()
    {
        await RestartAsync("24.5.0");
        var nested = await JsonAsync("rrd_updates?start=-60&host=true&json");
        await RestartAsync("23.25.0");
        Db.Coordinator.FollowAll("resident_VMs", "VM")[1].Follow("metrics", "VM_metrics")!["start_time"] = _clock.GetUtcNow();
        var bare = await TextAsync("rrd_updates?start=-60&host=true&json");

        Assert.Null(nested["data"]);
        Assert.Equal("5", (string?)nested["meta"]!["step"]);
        Assert.NotEmpty(nested["meta"]!["data"]!.AsArray());
        Assert.StartsWith("{\"meta\":{\"start\":1795355940,\"step\":5,", bare, StringComparison.Ordinal);
        Assert.Contains(",NaN", bare, StringComparison.Ordinal);
        Assert.ThrowsAny<JsonException>(() => JsonNode.Parse(bare));
    }

    [Fact]
    public async Task Updates_NotAskedInJson_AreXml()
    {
        var xml = XDocument.Parse(await TextAsync("rrd_updates?start=-60&host=true&vm_uuid=none")).Root!;

        var (meta, rows) = (xml.Element("meta")!, xml.Element("data")!.Elements("row").ToList());
        Assert.Equal(("5", "1795356000", $"{rows.Count}"), (meta.Element("step")!.Value, meta.Element("end")!.Value, meta.Element("rows")!.Value));
        Assert.Equal("1795356000", rows[0].Element("t")!.Value);
        Assert.All(rows, row => Assert.Equal(meta.Element("legend")!.Elements("entry").Count(), row.Elements("v").Count()));
    }

    [Theory]
    [InlineData("rrd_updates?host=true", HttpStatusCode.BadRequest)]
    [InlineData("rrd_updates?start=yesterday", HttpStatusCode.BadRequest)]
    [InlineData("vm_rrd?uuid=none", HttpStatusCode.NotFound)]
    [InlineData("sr_rrd", HttpStatusCode.NotFound)]
    public async Task Request_ThatMakesNoSense_IsRefused(string path, HttpStatusCode status)
    {
        using var answer = await GetAsync(path);

        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task Request_WithoutASession_IsRefused()
    {
        using var answer = await _http.GetAsync(new Uri(Pool.HttpUrl, "rrd_updates?start=0"), _patience.Token);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Dump_OfAVm_HasAllArchives_OldestFirst()
    {
        var vm = Db.Coordinator.FollowAll("resident_VMs", "VM").First(one => !one.Bool("is_control_domain"));

        var xml = XDocument.Parse(await TextAsync($"vm_rrd?uuid={vm.Uuid}")).Root!;
        var json = await JsonAsync($"vm_rrd?uuid={vm.Uuid}&json");
        var updates = await JsonAsync($"rrd_updates?start=-595&interval=5&vm_uuid={vm.Uuid}&json");

        Assert.Equal(("0003", "5", "1795356000"), (xml.Element("version")!.Value, xml.Element("step")!.Value, xml.Element("lastupdate")!.Value));
        Assert.Equal([(1, 120), (12, 120), (720, 168), (17280, 366)], xml.Elements("rra").Select(rra => ((int)rra.Element("pdp_per_row")!, rra.Element("database")!.Elements("row").Count())));
        Assert.Equal([120, 120, 168, 366], json["rra"]!.AsArray().Select(rra => rra!["database"]!.AsArray().Count));
        var cpu = json["ds"]!.AsArray().Select((source, at) => (Name: (string)source!["name"]!, at)).Single(source => source.Name == "cpu0").at;
        Assert.Equal(Column(updates, $"AVERAGE:vm:{vm.Uuid}:cpu0").Reverse(), json["rra"]![0]!["database"]!.AsArray().Select(row => Number(row![cpu])));
    }

    [Fact]
    public async Task Dump_OfAHostAndItsStorage_IsThere()
    {
        var sr = Db.Coordinator.FollowAll("PBDs", "PBD").Select(pbd => pbd.Follow("SR", "SR")!).First();

        var host = await JsonAsync("host_rrd?json");
        var storage = await JsonAsync($"sr_rrd?uuid={sr.Uuid}&json");

        Assert.Contains("loadavg", host["ds"]!.AsArray().Select(source => (string)source!["name"]!));
        Assert.Equal(["size", "physical_utilisation"], storage["ds"]!.AsArray().Select(source => (string)source!["name"]!));
    }

    [Fact]
    public async Task Dump_OfAVmElsewhere_IsItsHostsToGive()
    {
        var vm = Db.All("VM").First(one => one.Follow("resident_on", "host") is { } host && host.Ref != Db.Coordinator.Ref);

        using var answer = await GetAsync($"vm_rrd?uuid={vm.Uuid}&json");

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.StartsWith($"https://{vm.Follow("resident_on", "host")!.Text("address")}:{Pool.HttpsUrl.Port}/vm_rrd?uuid={vm.Uuid}", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    private async ValueTask RestartAsync(string? version)
    {
        if (_host is not null)
            await _host.DisposeAsync();
        _host = await SimulatorHost.StartAsync(new() { Pools = [PoolSource.Demo()[0]], AsVersion = version, KeepsHouse = false, Time = _clock }, _patience.Token);
        _session = Pool.Simulator.Sessions.LogIn("root", "secret", "tests");
    }

    private async Task<HttpResponseMessage> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Pool.HttpUrl, path));
        request.Headers.Add("Cookie", $"session_id={_session}");
        return await _http.SendAsync(request, _patience.Token);
    }

    private async Task<string> TextAsync(string path)
    {
        using var answer = await GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(_patience.Token);
    }

    private async Task<JsonNode> JsonAsync(string path) => JsonNode.Parse(await TextAsync(path))!;

    private static double Number(JsonNode? text) => double.Parse((string)text!, CultureInfo.InvariantCulture);

    /// <summary>The values of a column, newest first.</summary>
    private static double[] Column(JsonNode told, string name)
    {
        var at = told["meta"]!["legend"]!.AsArray().Select(entry => (string)entry!).ToList().IndexOf(name);
        return [.. told["data"]!.AsArray().Select(row => Number(row!["values"]![at]))];
    }
}
