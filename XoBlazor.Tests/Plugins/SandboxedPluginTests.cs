using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using XoBlazor.Core.Plugins;
using XoBlazor.Core.Plugins.Hosting;
using XoBlazor.Core.Plugins.Packages;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Plugins;

/// <summary>Plugins in the sandbox that docs/plugins.md names: they work, and reach nothing but their own.</summary>
public sealed partial class SandboxedPluginTests
{
    [Fact]
    public async Task Sample_DoesItsWorkInIt()
    {
        await using var bench = await BenchAsync();
        var vm = bench.Pool.Vm(0);
        await bench.InstallAsync(PluginPackage.Open(PluginZip.Sample("snapshot-on-tag")));
        await bench.Fleet.LoadAsync("snapshot-on-tag", bench.Token);

        bench.Pool.Apply(vm with { Tags = ["snapshot-me"] });
        var noted = await bench.Kept.ValueAsync("snapshot-on-tag", $"{bench.Pool.Uuid}/{vm.Uuid}", value => value.Length > 0, bench.Token);
        await bench.Fleet.UnloadAsync("snapshot-on-tag", bench.Token);

        Assert.Equal("snapshot-me", noted);
        Assert.Null(bench.Fleet.Find("snapshot-on-tag")!.Status.Problem);
    }

    [Fact]
    public async Task Plugin_InIt_ReachesNeitherTheServersFilesNorTheNetworkNorOtherProcesses()
    {
        await using var bench = await BenchAsync();
        var data = Path.GetDirectoryName(bench.Folder)!;
        await File.WriteAllTextAsync(Path.Combine(data, "keys"), "secret", bench.Token);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        await bench.LoadAsync(
            $$"""
            import socket
            start()
            def tried(what):
                try:
                    what()
                    return True
                except OSError:
                    return False
            code = os.path.dirname(os.path.abspath(__file__))
            note("reached", {
                "keys": tried(lambda: open("{{data}}/keys").read()),
                "data": os.listdir("{{data}}"),
                "beside": os.listdir("{{bench.Folder}}"),
                "passwords": tried(lambda: open("/etc/passwd").read()),
                "code": tried(lambda: open(code + "/more.py", "w").write("1")),
                "work": tried(lambda: open("mine", "w").write("1")),
                "network": tried(lambda: socket.create_connection(("127.0.0.1", {{((IPEndPoint)listener.LocalEndpoint).Port}}), 5)),
                "server": os.path.exists("/proc/{{Environment.ProcessId}}/environ"),
                "processes": len([name for name in os.listdir("/proc") if name.isdigit()]),
            })
            serve()
            """);
        var reached = await bench.NotedAsync("reached");

        Assert.Equal(
            $$"""{"keys":false,"data":["{{Path.GetFileName(bench.Folder)}}"],"beside":["{{PythonPlugin.Id}}"],"passwords":false,"code":false,"work":true,"network":false,"server":false,"processes":2}""",
            reached.ToJsonString());
    }

    [Fact]
    public async Task Memory_OfWhatRunsInIt_IsBounded()
    {
        await using var bench = await BenchAsync(options => (options.MostMemory, options.MostFailures) = (96L << 20, 1));

        await bench.LoadAsync("start()\nmuch = bytearray(os.urandom(1 << 20) * 200)\nserve()");
        var end = await bench.UntilAsync(status => status.State == PluginState.GivenUp);

        Assert.Contains("MiB of memory, and may take 96", end.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_ThatEndsWithItsParent_OutlivesTheThreadThatAskedForIt()
    {
        var start = new ProcessStartInfo(Needs.Program("setpriv", "util-linux"), ["--pdeathsig", "KILL", "cat"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        Process? process = null;
        var asking = new Thread(() =>
        {
            process = ProcessStarter.StartAsync(start).GetAwaiter().GetResult();
            process.StandardInput.WriteLine("it runs");
            process.StandardOutput.ReadLine();
        });
        asking.Start();
        await Task.Run(asking.Join, TestContext.Current.CancellationToken);
        using var patience = Patience.Source();

        await process!.StandardInput.WriteLineAsync("and still does".AsMemory(), patience.Token);
        var answer = await process.StandardOutput.ReadLineAsync(patience.Token);
        process.Kill();
        process.Dispose();

        Assert.Equal("and still does", answer);
    }

    private static async Task<PluginBench> BenchAsync(Action<PluginOptions>? settings = null)
    {
        await NeedsNamespacesAsync(Needs.Program("bwrap", "bubblewrap"));
        var launcher = JsonDocument.Parse(Launcher().Match(await File.ReadAllTextAsync(Checkout.File("docs", "plugins.md"))).Groups[1].Value).RootElement.GetProperty("Plugins").GetProperty("Launcher");
        return new(options =>
        {
            foreach (var word in launcher.EnumerateArray())
                options.Launcher.Add(word.GetString()!);
            settings?.Invoke(options);
        });
    }

    private static async Task NeedsNamespacesAsync(string bwrap)
    {
        using var process = Process.Start(new ProcessStartInfo(bwrap, ["--ro-bind", "/", "/", "--unshare-all", "true"]) { RedirectStandardError = true })!;
        var why = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        if (process.ExitCode != 0)
            Needs.Missing($"This machine lets bwrap make no namespace: {why.Trim()}");
    }

    [GeneratedRegex("""```json\n(\{ "Plugins": \{ "Launcher".*?)\n```""", RegexOptions.Singleline)]
    private static partial Regex Launcher();
}
