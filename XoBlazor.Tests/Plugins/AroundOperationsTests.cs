using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Operations.Vms;
using XoBlazor.Core.Plugins;
using XoBlazor.Core.Store;
using XoBlazor.Plugins;

namespace XoBlazor.Tests.Plugins;

/// <summary>Plugins before operations, which they may forbid, and after them.</summary>
public sealed class AroundOperationsTests
{
    private const string Wants = """{"before": [{"operation": "vm.start", "otherwise": "refuse"}], "after": ["vm.start"], "storage": true}""";

    // Forbids whatever is done to VMs whose name ends in 0, and notes what it is asked and told.
    private const string Guard =
        """
        asked = []
        def handle(message):
            method, params = message["method"], message.get("params")
            if method == "operation.before":
                asked.append(params)
                answer(message, {"veto": "not on Fridays"} if params["target"]["name"].endswith("0") else None)
                note("asked", asked)
                return
            if method == "operation.after":
                note("told", params)
            answer(message)
            if method == "unload":
                sys.exit(0)
        start()
        serve()
        """;

    [Fact]
    public async Task Veto_RefusesInWordsWithTheName_AndStandsInTheAudit()
    {
        await using var bench = new PluginBench(isReachable: true);
        await bench.LoadAsync(Guard, PythonPlugin.Manifest(Wants));
        var key = Key(bench, 0);

        var refused = await RefusedAsync(bench, key, new JsonObject { ["force"] = true });

        Assert.Equal("The plugin Test forbids it: not on Fridays.", refused.Message);
        Assert.Equal(RefusalReason.Vetoed, refused.Reason);
        var record = bench.Audit.Log.Read(new() { Limit = 1 })[0].Record;
        Assert.Equal(("vm.start", AuditOutcome.Refused, "ada", refused.Message), (record.Action, record.Outcome, record.Actor.Name, record.Message));
        var asked = (await bench.NotedAsync("asked"))[0]!;
        Assert.Equal("vm.start", (string)asked["operation"]!);
        Assert.Equal((key.Pool, "VM", key.Uuid, bench.Pool.Vm(0).NameLabel), ((string)asked["target"]!["pool"]!, (string)asked["target"]!["class"]!, (string)asked["target"]!["uuid"]!, (string)asked["target"]!["name"]!));
        Assert.Equal(("1", "ada"), ((string)asked["actor"]!["id"]!, (string)asked["actor"]!["name"]!));
        Assert.True((bool)asked["arguments"]!["force"]!);
    }

    [Fact]
    public async Task NoVeto_LetsItBegin_AndItsEndIsTold()
    {
        await using var bench = new PluginBench(isReachable: true);
        await bench.LoadAsync(Guard, PythonPlugin.Manifest(Wants));

        var run = await StartAsync(bench, Key(bench, 3));
        await run.Completion.WaitAsync(bench.Token);
        var told = await bench.NotedAsync("told");

        Assert.Equal(("vm.start", "succeeded", 0), ((string)told["operation"]!, (string)told["end"]!, (int)told["missed"]!));
        Assert.Equal((bench.Pool.Vm(3).Uuid, "ada"), ((string)told["target"]!["uuid"]!, (string)told["actor"]!["name"]!));
    }

    [Fact]
    public async Task DotNet_IsAskedAndTold()
    {
        var told = new TaskCompletionSource<OperationOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        var made = new MadePlugin(Wants)
        {
            Before = (request, _) => Task.FromResult(request.Target.Uuid.EndsWith("0", StringComparison.Ordinal) && request.Actor.Name == "ada" ? "no]<b>\u202e" : null),
            After = outcome =>
            {
                told.TrySetResult(outcome);
                return Task.CompletedTask;
            },
        };
        await using var bench = await LoadedAsync(made);

        var refused = await RefusedAsync(bench, Key(bench, 0));
        await (await StartAsync(bench, Key(bench, 3))).Completion.WaitAsync(bench.Token);
        var outcome = await told.Task.WaitAsync(bench.Token);

        Assert.StartsWith("The plugin Made forbids it: no]<b>", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202e', refused.Message);
        Assert.Equal(("vm.start", "succeeded", bench.Pool.Vm(3).NameLabel), (outcome.Request.Operation, outcome.End, outcome.Request.Target.Name));
    }

    [Theory]
    [InlineData("refuse", true)]
    [InlineData("allow", false)]
    public async Task NoAnswer_CountsAsWasAccepted(string otherwise, bool isRefused)
    {
        var made = new MadePlugin($$"""{"before": [{"operation": "vm.start", "otherwise": "{{otherwise}}"}]}""") { Before = async (_, token) => { await Task.Delay(Timeout.Infinite, token); return null; } };
        await using var bench = await LoadedAsync(made, options => options.BeforePatience = TimeSpan.FromMilliseconds(150));

        var begun = await Record.ExceptionAsync(() => StartAsync(bench, Key(bench, 0)));

        if (isRefused)
            Assert.Contains("The plugin Made has to be asked before this, and gives no answer. Made did not answer within 0.", Assert.IsType<OperationRefusedException>(begun).Message, StringComparison.Ordinal);
        else
            Assert.Null(begun);
    }

    [Theory]
    [InlineData("7", "neither null nor a veto")]
    [InlineData("{\"veto\": false}", "neither null nor a veto")]
    public async Task AnswerThatIsNone_CountsAsNoAnswer(string answer, string words)
    {
        await using var bench = new PluginBench(isReachable: true);
        await bench.LoadAsync(
            $$"""
            def handle(message):
                answer(message, json.loads('{{answer}}') if message["method"] == "operation.before" else True)
            start()
            serve()
            """, PythonPlugin.Manifest(Wants));

        Assert.Contains(words, (await RefusedAsync(bench, Key(bench, 0))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PluginInARestartPause_RefusesInWords_AndOneGivenUpOrUnloadedHasNoSay()
    {
        await using var bench = new PluginBench(options => (options.RestartPause, options.MostFailures) = (TimeSpan.FromMinutes(5), 2), isReachable: true);
        await bench.LoadAsync(
            """
            start()
            note("up", True)
            serve() if not os.path.exists("broken") else sys.exit(3)
            """, PythonPlugin.Manifest(Wants));
        await bench.NotedAsync("up");

        // What it answers breaks it: it is no answer, and no message.
        await bench.Fleet.UnloadAsync(PythonPlugin.Id, bench.Token);
        await (await StartAsync(bench, Key(bench, 0))).Completion.WaitAsync(bench.Token);
        await File.WriteAllTextAsync(Path.Combine(bench.Folder, PythonPlugin.Id, "work", "broken"), "", bench.Token);
        await bench.Fleet.LoadAsync(PythonPlugin.Id, bench.Token);
        await bench.UntilAsync(status => status.State == PluginState.Waiting);
        var refused = await RefusedAsync(bench, Key(bench, 3));

        Assert.Contains("has to be asked before this, and gives no answer. It failed, or was just begun, and is not ready.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OtherPools_AndWhatIsDoneByItself_AreNotItsMatter()
    {
        var asked = new ConcurrentQueue<string>();
        var made = new MadePlugin("""{"before": [{"operation": "vm.start", "otherwise": "refuse"}], "operations": ["vm.start"], "read": ["VM"]}""")
        {
            Before = (request, _) =>
            {
                asked.Enqueue(request.Actor.Name);
                return Task.FromResult<string?>("never");
            },
        };
        await using var bench = await LoadedAsync(made);
        var plugin = PluginActor.Of(bench.Fleet.Find(MadePlugin.Id)!.Settings);

        await (await bench.Runner.StartAsync(plugin, VmPowerOperations.Start, Key(bench, 0), null, bench.Token)).Completion.WaitAsync(bench.Token);
        await bench.Fleet.AcceptAsync(MadePlugin.Id, bench.Fleet.Find(MadePlugin.Id)!.Settings.Manifest.Wants.Texts, ["another-pool"], bench.Token);
        while (bench.Fleet.Find(MadePlugin.Id)!.Status.State != PluginState.Loaded)
            await Task.Delay(20, bench.Token);
        await (await StartAsync(bench, Key(bench, 3))).Completion.WaitAsync(bench.Token);

        Assert.Empty(asked);
    }

    [Fact]
    public async Task Many_AreAskedABoundedNumberAtATime()
    {
        var (now, most) = (0, 0);
        var made = new MadePlugin(Wants)
        {
            Before = async (_, token) =>
            {
                var here = Interlocked.Increment(ref now);
                for (var before = Volatile.Read(ref most); here > before; before = Volatile.Read(ref most))
                    Interlocked.CompareExchange(ref most, here, before);
                await Task.Delay(20, token);
                Interlocked.Decrement(ref now);
                return "no";
            },
        };
        await using var bench = await LoadedAsync(made, options => options.BeforePatience = TimeSpan.FromSeconds(30));

        await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => RefusedAsync(bench, Key(bench, 0))));

        Assert.InRange(most, 2, 16);
    }

    private static ObjectKey Key(PluginBench bench, int vm) => new(bench.Pool.Uuid, bench.Pool.Vm(vm).Uuid);

    private static Task<OperationRun> StartAsync(PluginBench bench, ObjectKey key, JsonObject? arguments = null) =>
        bench.Runner.StartAsync(PluginBench.Ada, VmPowerOperations.Start, key, arguments, bench.Token);

    private static Task<OperationRefusedException> RefusedAsync(PluginBench bench, ObjectKey key, JsonObject? arguments = null) =>
        Assert.ThrowsAsync<OperationRefusedException>(() => StartAsync(bench, key, arguments));

    private static async Task<PluginBench> LoadedAsync(MadePlugin made, Action<PluginOptions>? settings = null)
    {
        var bench = new PluginBench(settings, made, isReachable: true);
        await bench.ApplyAsync();
        await bench.Fleet.StartAsync(bench.Token);
        while (bench.Fleet.Find(MadePlugin.Id)!.Status.State != PluginState.Loaded)
            await Task.Delay(20, bench.Token);
        return bench;
    }
}
