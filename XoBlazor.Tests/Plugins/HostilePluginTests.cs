using XoBlazor.Core.Plugins;

namespace XoBlazor.Tests.Plugins;

/// <summary>Plugins that are broken or mean it badly: each ends in words about itself, and nowhere else.</summary>
public sealed class HostilePluginTests
{
    [Theory]
    [InlineData("greet(version='9.9.9')\nserve()", "says that its version is '9.9.9'")]
    [InlineData("read()\nsend({'id': 1, 'result': []})\nserve()", "says that its id is ''")]
    [InlineData("greet()\nm = read()\nsend({'id': m['id'], 'error': {'code': 1, 'message': 'no <b>way</b>'}})\nserve()", "The plugin says: no <b>way</b>")]
    [InlineData("sys.exit(3)", "ended with exit code 3.")]
    [InlineData("raise RuntimeError('x')", "ended with exit code 1.")]
    [InlineData("print('hello')\nserve()", "no JSON-RPC message")]
    [InlineData("sys.stdout.write('{\"a\": \"\\\\ud800\"}\\n')\nsys.stdout.flush()\nserve()", "no JSON-RPC message")]
    [InlineData("sys.stdout.write('[' * 5000 + '\\n')\nsys.stdout.flush()\nserve()", "no JSON-RPC message")]
    [InlineData("send({'method': 7})\nserve()", "whose method is no text")]
    public async Task Plugin_ThatDoesNotKeepToTheContract_IsNotLoadedAndTheReasonTold(string script, string expected)
    {
        await using var bench = new PluginBench();

        var failure = await bench.FailureAsync(script);

        Assert.Contains(expected, failure, StringComparison.Ordinal);
        Assert.Equal(PluginState.GivenUp, bench.Plugin.Status.State);
        Assert.Contains(expected, bench.Plugin.Status.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_ThatIsNotThere_IsNamed()
    {
        await using var bench = new PluginBench();

        var failure = await bench.FailureAsync("", PythonPlugin.Manifest().Replace("python3", "no-such-program", StringComparison.Ordinal));

        Assert.Contains("'no-such-program' cannot be started", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plugin_ThatAnswersNothing_IsEnded()
    {
        await using var bench = new PluginBench(options => options.CallPatience = TimeSpan.FromSeconds(1));

        var failure = await bench.FailureAsync("while True:\n    time.sleep(1)");

        Assert.Contains("did not answer 'initialize' within 1 seconds", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Message_LargerThanOneMayBe_EndsThePlugin()
    {
        await using var bench = new PluginBench(options => options.MostMessageBytes = 4096);

        var failure = await bench.FailureAsync("sys.stdout.write('x' * 1000000)\nsys.stdout.flush()\nserve()");

        Assert.Contains("sent a message of more than 4096 bytes", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plugin_ThatHangsOnAChange_IsStartedAgain_AndGivenUpInTheEnd()
    {
        await using var bench = new PluginBench(options => (options.CallPatience, options.MostFailures) = (TimeSpan.FromSeconds(10), 2));

        // It gets as far as the first objects, which it never answers for.
        await bench.LoadAsync("start()\nwhile True:\n    time.sleep(1)", PythonPlugin.Manifest("""{"read": ["VM"]}"""));
        var end = await bench.UntilAsync(status => status.State == PluginState.GivenUp);

        Assert.Equal(2, end.Failures);
        Assert.Contains("failed 2 times in a row and stays unloaded", end.Problem, StringComparison.Ordinal);
        Assert.Contains("did not answer", end.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plugin_ThatCrashesOnce_ComesBack()
    {
        await using var bench = new PluginBench();

        await bench.LoadAsync(
            """
            start()
            if not os.path.exists("seen"):
                open("seen", "w").close()
                sys.exit(5)
            note("back", True)
            serve()
            """);
        await bench.NotedAsync("back");
        var status = await bench.UntilAsync(one => one.State == PluginState.Loaded);

        Assert.Equal(1, status.Failures);
        Assert.Contains("exit code 5", status.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plugin_ThatFloods_IsReadMoreSlowly_AndAnswersOthersAllTheSame()
    {
        await using var bench = new PluginBench(options => options.MostMessagesPerSecond = 50);

        await bench.LoadAsync(
            """
            import threading
            start()
            def flood():
                while True:
                    send({"method": "log", "params": {"message": "me " * 300}})
            threading.Thread(target=flood, daemon=True).start()
            serve()
            """);
        var status = await bench.UntilAsync(one => one.Slowed > 5);

        Assert.Equal(PluginState.Loaded, status.State);
        Assert.True(bench.Plugin.Log.Lines.Length <= PluginLog.MostLines);
        Assert.All(bench.Plugin.Log.Lines, line => Assert.True(line.Text.Length <= PluginLog.LongestLine + 1));
        await bench.Fleet.UnloadAsync(PythonPlugin.Id, bench.Token);
        Assert.Equal(PluginState.Unloaded, bench.Plugin.Status.State);
    }

    [Fact]
    public async Task Plugin_ThatTakesTooMuchMemory_IsEnded()
    {
        await using var bench = new PluginBench(options => (options.MostMemory, options.MostFailures) = (96L << 20, 1));

        await bench.LoadAsync("start()\nmuch = bytearray(os.urandom(1 << 20) * 200)\nserve()");
        var end = await bench.UntilAsync(status => status.State == PluginState.GivenUp);

        Assert.Contains("MiB of memory, and may take 96", end.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plugin_ThatDoesNotWantToGo_IsGoneWhenUnloadReturns()
    {
        await using var bench = new PluginBench(options => options.UnloadPatience = TimeSpan.FromSeconds(1));
        await bench.LoadAsync(
            """
            import signal
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            start()
            note("id", os.getpid())
            while True:
                time.sleep(1)
            """);
        var process = (int)await bench.NotedAsync("id");

        await bench.Fleet.UnloadAsync(PythonPlugin.Id, bench.Token);

        Assert.False(Directory.Exists($"/proc/{process}"));
    }
}
