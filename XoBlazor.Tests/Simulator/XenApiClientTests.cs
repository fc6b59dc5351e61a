using System.Text.Json;
using System.Xml.Linq;
using XoBlazor.Simulator;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Simulator;

/// <summary>Xen Orchestra's own client, as npm has it, on the simulator: what it sees must be what the database holds.</summary>
public sealed class XenApiClientTests
{
    private static readonly string[] s_classes = ["VM", "host", "SR", "VDI", "VBD", "VIF", "PIF", "PBD", "network", "pool"];

    [Theory]
    [InlineData("two-hosts-modern.xml", false, false)]
    [InlineData("two-hosts-modern.xml", true, false)]
    [InlineData("two-hosts-vlans-bonds.xml", true, false)]
    [InlineData("two-hosts-vlans-bonds.xml", true, true)]
    public async Task XenApi_OfXenOrchestra_CountsTheDatabaseAndSeesAnEvent(string database, bool isSecure, bool isXmlOnly)
    {
        using var patience = Patience.Source();
        var path = SharedData.Path("data", "pools", database);
        var clients = await NodeClients.InstallAsync(patience.Token);
        await using var host = await SimulatorHost.StartAsync(
            new() { Pools = [PoolSource.FromFile(path)], Pool = new() { XmlRpcOnly = isXmlOnly } }, patience.Token);
        var pool = host.Pools[0];

        var output = await NodeClients.RunAsync(
            clients, "node", ["count.mjs", (isSecure ? pool.HttpsUrl : pool.HttpUrl).ToString().TrimEnd('/'), "root", "secret"], patience.Token);

        using var seen = JsonDocument.Parse(output);
        var counts = seen.RootElement.GetProperty("counts");
        var rows = XDocument.Load(path).Descendants("table").ToDictionary(t => t.Attribute("name")!.Value, t => t.Elements("row").Count());
        Assert.Equal(
            s_classes.Select(c => $"{c}: {rows[c]}"),
            s_classes.Select(c => $"{c}: {(counts.TryGetProperty(c, out var count) ? count.GetInt32() : 0)}"));
        Assert.True(seen.RootElement.GetProperty("event").GetBoolean());
        Assert.Equal(pool.Uuid, seen.RootElement.GetProperty("pool").GetString());
    }
}
