using System.Diagnostics;
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
        var clients = await InstallClientsAsync(patience.Token);
        await using var host = await SimulatorHost.StartAsync(
            new() { Pools = [PoolSource.FromFile(path)], Pool = new() { XmlRpcOnly = isXmlOnly } }, patience.Token);
        var pool = host.Pools[0];

        var output = await RunAsync(
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

    private static async Task<string> InstallClientsAsync(CancellationToken cancellation)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "XoBlazor.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("the checkout was not found above the tests");
        var clients = Path.Combine(folder.FullName, "XoBlazor.Tests", "Clients");
        var (installed, wanted) = (new FileInfo(Path.Combine(clients, "node_modules", ".package-lock.json")), new FileInfo(Path.Combine(clients, "package-lock.json")));
        if (!installed.Exists || installed.LastWriteTimeUtc < wanted.LastWriteTimeUtc)
            await RunAsync(clients, "npm", ["ci", "--no-audit", "--no-fund"], cancellation);
        return clients;
    }

    private static async Task<string> RunAsync(string folder, string program, string[] arguments, CancellationToken cancellation)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            var errors = process.StandardError.ReadToEndAsync(cancellation);
            var output = await process.StandardOutput.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} failed: {await errors}");
            return output;
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
