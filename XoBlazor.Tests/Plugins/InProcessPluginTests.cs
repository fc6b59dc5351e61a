using System.Text.Json.Nodes;
using XoBlazor.Core.Plugins;
using XoBlazor.Plugins;

namespace XoBlazor.Tests.Plugins;

/// <summary>Plugins that are loaded into the server: what they are given, and what is said of those that cannot be.</summary>
public sealed class InProcessPluginTests
{
    [Fact]
    public async Task Plugin_WithinTheServerOrAsAProgram_DoesTheSame()
    {
        var said = new List<string?>();
        foreach (var manifest in (string[])[TricksterPlugin.InProcess, TricksterPlugin.AsProcess])
        {
            await using var bench = new PluginBench();
            await bench.LoadTricksterAsync(TricksterPlugin.Package(manifest), "good day");
            said.Add((await bench.Fleet.TestAsync(TricksterPlugin.Id, "ada", bench.Token)).GetString());
            var failure = await Assert.ThrowsAsync<PluginException>(() => bench.Fleet.TestAsync(TricksterPlugin.Id, "throw", bench.Token));
            said.Add(failure.Message);
            await bench.Fleet.UnloadAsync(TricksterPlugin.Id, bench.Token);
        }

        Assert.Equal("good day, ada; greeted; seen 2; listed 2; start 1", said[0]);
        Assert.Equal("Trickster says: that went wrong", said[1]);
        Assert.Equal(said[..2], said[2..]);
    }

    [Fact]
    public async Task Code_IsItsOwn_AndTheContractAndTheFrameworkAreTheServers()
    {
        await using var bench = new PluginBench();
        await bench.LoadTricksterAsync();

        var where = await bench.Fleet.TestAsync(TricksterPlugin.Id, "where", bench.Token);

        Assert.Equal((TricksterPlugin.Id, "Default", "Default"), (where.GetProperty("own").GetString(), where.GetProperty("contract").GetString(), where.GetProperty("framework").GetString()));
    }

    [Fact]
    public async Task TypesOfALoadedPlugin_AreFound_WithTheServerAsItSeesIt()
    {
        await using var bench = new PluginBench();
        await bench.LoadTricksterAsync();

        var (type, host) = bench.Fleet.FindType(TricksterPlugin.Id, "XoBlazor.TestPlugin.Widget")!.Value;
        var refused = await Assert.ThrowsAsync<PluginRefusedException>(() => host.GetObjectAsync(bench.Pool.Uuid, bench.Pool.Vm(1).Uuid, bench.Token));

        Assert.Equal("Widget", type.Name);
        Assert.Equal(PluginRefusedException.NotThere, refused.Code);
        Assert.Null(bench.Fleet.FindType(TricksterPlugin.Id, "XoBlazor.TestPlugin.Missing"));
        await bench.Fleet.UnloadAsync(TricksterPlugin.Id, bench.Token);
        Assert.Null(bench.Fleet.FindType(TricksterPlugin.Id, "XoBlazor.TestPlugin.Widget"));
    }

    [Fact]
    public async Task WithoutTheWordOfAnAdministrator_ItIsNotLoaded()
    {
        await using var bench = new PluginBench();
        var installed = await bench.Fleet.InstallAsync(TricksterPlugin.Package(), "ada", bench.Token);
        Assert.Equal(["in-process", "read: VM, where tags:production", "storage"], installed.Settings.Manifest.Wants.Texts);
        await bench.Fleet.AcceptAsync(TricksterPlugin.Id, ["storage"], [], bench.Token);

        var failure = await Assert.ThrowsAsync<PluginException>(() => bench.Fleet.LoadAsync(TricksterPlugin.Id, bench.Token));

        Assert.Contains("nobody has accepted that", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(true, true)]
    public async Task WhereTheSettingsPutASandboxBeforePlugins_ItIsLoadedOnlyIfTheySaySo(bool? isAllowed, bool isLoaded)
    {
        await using var bench = new PluginBench(options =>
        {
            options.Launcher.Add("env");
            options.AllowInProcess = isAllowed;
        });

        var problem = await Record.ExceptionAsync(() => bench.LoadTricksterAsync());

        Assert.Equal(isLoaded, problem is null);
        if (problem is not null)
            Assert.Contains("Plugins:AllowInProcess", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none", "has no public class that derives from XoBlazor.Plugins.Plugin")]
    [InlineData("two", "has 2 public classes that derive from XoBlazor.Plugins.Plugin: First, Second")]
    [InlineData("half", "Its code cannot be used: Method 'get_Id' in type 'Half'")]
    [InlineData("later", "is built against XoBlazor.Plugins 9.0; this server has 1.0. Update the server")]
    [InlineData("missing", "which 'assembly' names")]
    [InlineData("broken", "is no .NET assembly that this server can load")]
    [InlineData("library", "has the native library 'runtimes/linux-x64/native/libx.so'")]
    [InlineData("framework", "Its code cannot be used: ")]
    public async Task CodeThatCannotBeUsed_IsExplained_AndLeavesNothingBehind(string what, string expected)
    {
        await using var bench = new PluginBench();
        var package = what switch
        {
            "none" => TricksterPlugin.Package(code: MadeAssembly.With(isWhole: true)),
            "two" => TricksterPlugin.Package(code: MadeAssembly.With(isWhole: true, "First", "Second")),
            "half" => TricksterPlugin.Package(code: MadeAssembly.With(isWhole: false, "Half")),
            "later" => TricksterPlugin.Package(code: TricksterPlugin.BuiltAgainst("XoBlazor.Plugins", 9)),
            "missing" => TricksterPlugin.Package(TricksterPlugin.InProcess.Replace("\"assembly\": \"XoBlazor.TestPlugin.dll\"", "\"assembly\": \"Other.dll\"", StringComparison.Ordinal)),
            "broken" => TricksterPlugin.Package(code: "no assembly"u8.ToArray()),
            "library" => TricksterPlugin.Package(more: ("runtimes/linux-x64/native/libx.so", [1, 2, 3])),
            _ => TricksterPlugin.Package(code: TricksterPlugin.BuiltAgainst("System.Runtime", 77)),
        };

        var failure = await Assert.ThrowsAsync<PluginException>(() => bench.LoadTricksterAsync(package));

        if (what == "none")
            Assert.Matches("has no public class that derives|is not built against", failure.Message);
        else
            Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, bench.Fleet.LoadingsOf(TricksterPlugin.Id).Tidy(0));
    }

    [Theory]
    [InlineData("native", "loads no native libraries, such as 'libc'")]
    [InlineData("beyond", "XoBlazor.Core")]
    [InlineData("unspeakable", "an error without words")]
    [InlineData("large", "answered with more than 1024 KiB")]
    [InlineData("block", "did not answer 'test' within")]
    [InlineData("stubborn", "did not answer 'test' within")]
    public async Task WhatFailsInThere_IsExplained_AndTheNextLoadingWorks(string how, string expected)
    {
        await using var bench = new PluginBench(options => options.CallPatience = how is "block" or "stubborn" ? TimeSpan.FromSeconds(1) : options.CallPatience);
        await bench.LoadTricksterAsync();

        var failure = await Assert.ThrowsAsync<PluginException>(() => bench.Fleet.TestAsync(TricksterPlugin.Id, how, bench.Token));
        while (bench.Fleet.Find(TricksterPlugin.Id)!.Status.State != PluginState.Loaded)
            await Task.Delay(20, bench.Token);

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConfigurationThatItRefuses_IsNotKept()
    {
        await using var bench = new PluginBench();
        await bench.LoadTricksterAsync();

        var failure = await Assert.ThrowsAsync<PluginException>(() => bench.Fleet.ConfigureAsync(TricksterPlugin.Id, new JsonObject { ["greeting"] = "refuse" }, bench.Token));

        Assert.Equal("Trickster says: I do not like that greeting", failure.Message);
        Assert.DoesNotContain("refuse", bench.Fleet.Find(TricksterPlugin.Id)!.Settings.Configuration, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PluginThatFloods_WaitsItsTurn_AndAForgottenFailureHarmsNobody()
    {
        await using var bench = new PluginBench(options => options.MostMessagesPerSecond = 300);
        await bench.LoadTricksterAsync();

        await bench.Fleet.TestAsync(TricksterPlugin.Id, "forgotten", bench.Token);
        await bench.Fleet.TestAsync(TricksterPlugin.Id, "flood", bench.Token);

        var plugin = bench.Fleet.Find(TricksterPlugin.Id)!;
        Assert.Equal(PluginState.Loaded, plugin.Status.State);
        Assert.True(plugin.Status.Slowed > 0);
        Assert.Equal(PluginLog.MostLines, plugin.Log.Lines.Length);
    }

    [Fact]
    public void Manifest_WithBothACommandAndAnAssembly_IsRefused()
    {
        var both = TricksterPlugin.InProcess.Replace("\"assembly\"", "\"command\": [\"x\"], \"assembly\"", StringComparison.Ordinal);

        var failure = Assert.Throws<PluginException>(() => TricksterPlugin.Package(both));

        Assert.Contains("'assembly' and 'command' exclude each other", failure.Message, StringComparison.Ordinal);
    }
}
