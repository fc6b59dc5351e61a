using System.Text.Json.Nodes;
using XoBlazor.Core.Plugins;
using XoBlazor.Core.Plugins.BuiltIn.Syslog;
using XoBlazor.Core.Plugins.Reach;
using XoBlazor.Tests.Audit;

namespace XoBlazor.Tests.Plugins.Syslog;

/// <summary>The audit reaches a real collector: each record at least once, in order, whatever becomes of the collector meanwhile.</summary>
public sealed class AuditToSyslogTests
{
    [Theory]
    [InlineData("tcp")]
    [InlineData("tls")]
    public async Task Collector_DownAndBack_HasEveryRecordInOrder(string transport)
    {
        using var collector = new Rsyslog(transport);
        await using var bench = await LoadedAsync(collector, transport);
        var first = bench.Audit.Log.Newest + 1;

        // Not there yet, there, killed while records come, and back.
        await bench.Audit.AppendAsync(3);
        collector.Start();
        await UntilAsync(collector, bench);
        await bench.Audit.AppendAsync(2);
        collector.Kill();
        await bench.Audit.AppendAsync(4);
        collector.Start();
        await bench.Audit.AppendAsync(1);
        await UntilAsync(collector, bench);

        var last = bench.Audit.Log.Newest;
        Assert.Equal(Enumerable.Range((int)first, (int)(last - first + 1)).Select(number => (long)number), collector.Numbers.Distinct());
        var line = collector.Lines[0];
        Assert.StartsWith($"110 {Environment.MachineName} xo-blazor vm.act-0 [audit@32473 number=\"{first}\" hash=\"", line, StringComparison.Ordinal);
        Assert.Contains("\"password\":\"•••\"", line, StringComparison.Ordinal);
        Assert.Contains(bench.Fleet.Find(SyslogPlugin.PluginId)!.Log.Lines, told => told.Text.Contains($":{collector.Port} cannot be reached", StringComparison.Ordinal));
        Assert.Equal(PluginState.Loaded, bench.Fleet.Find(SyslogPlugin.PluginId)!.Status.State);
    }

    [Fact]
    public async Task Udp_CarriesRecords_AndTheTestSaysWhatItIsWorth()
    {
        using var collector = new Rsyslog("udp");
        collector.Start();
        await using var bench = await LoadedAsync(collector, "udp");

        var words = "";
        // A collector that is not up yet takes nothing, and nobody knows.
        while (!collector.Lines.Any(line => line.Contains("This is a test.", StringComparison.Ordinal)))
        {
            words = (await bench.Fleet.TestAsync(SyslogPlugin.PluginId, null, bench.Token)).GetString()!;
            await Task.Delay(50, bench.Token);
        }

        await bench.Audit.AppendAsync(3);
        await UntilAsync(collector, bench);

        Assert.Contains("by UDP, where nobody knows whether it arrives", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tls_WithACertificateThatNobodyTrusts_SendsNothing_UnlessItIsNotChecked()
    {
        using var collector = new Rsyslog("tls");
        collector.Start();
        await using var bench = await LoadedAsync(collector, "tls", authorities: "");
        await UpAsync(collector, bench.Token);

        var refused = await Assert.ThrowsAsync<PluginException>(() => bench.Fleet.TestAsync(SyslogPlugin.PluginId, null, bench.Token));
        await bench.Fleet.ConfigureAsync(SyslogPlugin.PluginId, Configuration(collector, "tls", "", check: false), bench.Token);
        var words = (await bench.Fleet.TestAsync(SyslogPlugin.PluginId, null, bench.Token)).GetString()!;

        Assert.Contains($"The collector localhost:{collector.Port} cannot be reached: ", refused.Message, StringComparison.Ordinal);
        Assert.Contains("certificate", refused.Message, StringComparison.Ordinal);
        Assert.Contains("by TLS, to the holder of the certificate 'CN=localhost', which was not checked", words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://logs.example.org", "", "is no name or address of a computer")]
    [InlineData("logs.example.org", "rubbish", "are no certificates in PEM")]
    public async Task Configuration_ThatCannotWork_IsRefusedInWords(string host, string authorities, string words)
    {
        await using var bench = new PluginBench(builtIn: new AuditToSyslog(TimeProvider.System));
        await bench.Fleet.StartAsync(bench.Token);
        await bench.Fleet.ConfigureAsync(SyslogPlugin.PluginId, new JsonObject { ["host"] = host, ["authorities"] = authorities }, bench.Token);

        var refused = await Assert.ThrowsAsync<PluginException>(() => bench.Fleet.LoadAsync(SyslogPlugin.PluginId, bench.Token));

        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
    }

    private static async Task<PluginBench> LoadedAsync(Rsyslog collector, string transport, string? authorities = null)
    {
        var bench = new PluginBench(builtIn: new AuditToSyslog(TimeProvider.System));
        await bench.Fleet.StartAsync(bench.Token);
        await bench.Fleet.ConfigureAsync(SyslogPlugin.PluginId, Configuration(collector, transport, authorities ?? collector.Pem), bench.Token);
        await bench.Fleet.LoadAsync(SyslogPlugin.PluginId, bench.Token);
        await bench.Kept.ValueAsync(SyslogPlugin.PluginId, AuditFeed.Place, _ => true, bench.Token);
        return bench;
    }

    // As it comes from a client.
    private static JsonNode Configuration(Rsyslog collector, string transport, string authorities, bool check = true) => JsonNode.Parse(new JsonObject
    {
        ["host"] = transport == "tls" ? "localhost" : "127.0.0.1",
        ["port"] = collector.Port,
        ["transport"] = transport,
        ["authorities"] = authorities,
        ["check"] = check,
    }.ToJsonString())!;

    private static Task UntilAsync(Rsyslog collector, PluginBench bench) => collector.UntilAsync(_ => collector.Numbers.Contains(bench.Audit.Log.Newest), bench.Token);

    private static async Task UpAsync(Rsyslog collector, CancellationToken token)
    {
        while (true)
        {
            using var client = new System.Net.Sockets.TcpClient();
            try
            {
                await client.ConnectAsync("127.0.0.1", collector.Port, token);
                return;
            }
            catch (System.Net.Sockets.SocketException)
            {
                await Task.Delay(50, token);
            }
        }
    }
}
