using System.Text.Json.Nodes;
using XoBlazor.App.Cli.Sdk;
using XoBlazor.Core.Plugins;
using XoBlazor.Core.Plugins.Packages;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Plugins;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Cli;

/// <summary>From the server's own file to a plugin that runs in it, as an author goes: with .NET's tools and no registry.</summary>
public sealed class PluginSdkTests
{
    // .NET's tools take their time on a machine that does other things.
    private static readonly TimeSpan s_build = 5 * Patience.Limit;

    [Fact]
    public async Task Template_IsInstalled_MadeAPluginOf_AndItsZipRuns()
    {
        Needs.Program("dotnet", "dotnet-sdk-10.0");
        using var folder = new TempFolder();
        var (exitCode, output) = await ServerProcess.RunAsync("plugin-sdk", folder.File("sdk & more"));
        Assert.True(exitCode == 0, output);

        await DotnetAsync(folder, "new", "install", folder.File("sdk & more/xo-plugin"), "--debug:custom-hive", folder.File("hive"));
        await DotnetAsync(folder, "new", "xo-plugin", "--name", "RoomCounter", "--output", folder.File("RoomCounter"), "--debug:custom-hive", folder.File("hive"));
        await DotnetAsync(folder, "build", folder.File("RoomCounter"), "-nologo", "-v", "quiet", "-p:RestoreSources=" + folder.File("sdk & more").Replace(";", "%3B", StringComparison.Ordinal));
        var zip = await File.ReadAllBytesAsync(folder.File("RoomCounter/room-counter.zip"), TestContext.Current.CancellationToken);

        await using var bench = new PluginBench(patience: s_build);
        var package = PluginPackage.Open(zip);
        await bench.Fleet.InstallAsync(package, "ada", bench.Token);
        await bench.Fleet.AcceptAsync("room-counter", package.Manifest.Wants.Texts, [], bench.Token);
        await bench.ApplyAsync();
        await bench.Fleet.LoadAsync("room-counter", bench.Token);
        await bench.Kept.ValueAsync("room-counter", "count", value => value == "4", bench.Token);
        Assert.Equal("There are 4 VMs.", (await bench.Fleet.TestAsync("room-counter", null, bench.Token)).GetString());
        await bench.Fleet.UnloadAsync("room-counter", bench.Token);
        Assert.Equal(0, bench.Fleet.LoadingsOf("room-counter").Tidy(0));

        // The same zip, as a process of its own.
        var manifest = JsonNode.Parse(await File.ReadAllTextAsync(folder.File("RoomCounter/plugin.json"), bench.Token))!.AsObject();
        manifest.Remove("assembly");
        manifest["command"] = new JsonArray("dotnet", "RoomCounter.dll");
        await File.WriteAllTextAsync(folder.File("RoomCounter/plugin.json"), manifest.ToJsonString(), bench.Token);
        await DotnetAsync(folder, "build", folder.File("RoomCounter"), "-nologo", "-v", "quiet", "--no-restore");
        await bench.Fleet.InstallAsync(PluginPackage.Open(await File.ReadAllBytesAsync(folder.File("RoomCounter/room-counter.zip"), bench.Token)), "ada", bench.Token);
        await bench.Fleet.LoadAsync("room-counter", bench.Token);
        Assert.Equal(PluginState.Loaded, bench.Fleet.Find("room-counter")!.Status.State);
    }

    [Fact]
    public async Task FolderThatCannotBeWritten_IsNamed()
    {
        using var folder = new TempFolder();
        var file = folder.Write("taken", "");

        var (exitCode, output) = await ServerProcess.RunAsync("plugin-sdk", Path.Combine(file, "sdk"));

        Assert.Equal(1, exitCode);
        Assert.Contains($"The folder {file}/sdk cannot be written", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Version_IsThatOfTheContract() => Assert.Equal($"{PluginContract.Current}.0", PluginSdk.Version);

    // Of what is kept of packages nothing of this run may stay: the version is the same for every build of the contract.
    private static async Task DotnetAsync(TempFolder folder, params string[] arguments)
    {
        await using var run = ServerProcess.LaunchFile("env", folder.Path, ["NUGET_PACKAGES=" + folder.File("packages"), "DOTNET_CLI_TELEMETRY_OPTOUT=1", "DOTNET_NOLOGO=1", "MSBUILDDISABLENODEREUSE=1", "dotnet", .. arguments]);
        Assert.True(await run.EndAsync(s_build) == 0, $"dotnet {string.Join(' ', arguments)}: {run.Output}");
    }
}
