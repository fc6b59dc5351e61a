using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Operations.Vms;
using XoBlazor.Core.Plugins;
using XoBlazor.Core.Plugins.Wants;
using XoBlazor.Core.Store;

namespace XoBlazor.Tests.Plugins;

/// <summary>Operations that plugins add: in the catalogue while these are loaded, and through the one runner.</summary>
public sealed class ProvidedOperationTests
{
    private const string Name = "test-plugin.greet";

    private const string Wants =
        """
        {"provides": [{"name": "test-plugin.greet", "title": "Greet", "description": "Says hello.", "class": "VM", "danger": true,
          "parameters": {"type": "object", "required": ["words"], "properties": {"words": {"type": "string", "title": "Words", "maxLength": 40}, "times": {"type": "integer", "default": 2, "minimum": 1, "maximum": 5},
            "tone": {"type": "string", "enum": ["low", "high"]}, "password": {"type": "string"}, "names": {"type": "array", "items": {"type": "string"}}}}}], "storage": true}
        """;

    // Greets, tells how far it is, fails for "fail", ends itself for "die", waits to be cancelled for "wait".
    private const string Greeter =
        """
        waiting = {}
        def handle(message):
            method, p = message["method"], message.get("params", {})
            if method == "operation.cancel":
                answer(message)
                if p["run"] in waiting:
                    send({"id": waiting.pop(p["run"]), "error": {"code": -1, "message": "cancelled"}})
                return
            if method == "operation.run":
                words = p["arguments"]["words"]
                if words == "die":
                    sys.exit(7)
                if words == "fail":
                    send({"id": message["id"], "error": {"code": -1, "message": "nobody listens"}})
                elif words == "wait":
                    waiting[p["run"]] = message["id"]
                    ask("operation.progress", run=p["run"], progress=0.5)
                    note("waits", True)
                else:
                    note("asked", p)
                    answer(message, {"message": words * p["arguments"]["times"] + ", " + p["target"]["name"]})
                return
            answer(message)
            if method == "unload":
                sys.exit(0)
        start()
        serve()
        """;

    [Fact]
    public async Task Operation_ComesWithThePlugin_RunsLikeAnyOther_AndGoesWithIt()
    {
        await using var bench = await LoadedAsync();
        var changes = 0;
        bench.Operations.Changed += () => changes++;
        var operation = bench.Operations.Find(Name)!;

        var result = await RunAsync(bench, operation, new JsonObject { ["words"] = "hi", ["password"] = "sesame" });
        var asked = await bench.NotedAsync("asked");
        await bench.Fleet.UnloadAsync(PythonPlugin.Id, bench.Token);

        Assert.Equal((OperationEnd.Succeeded, $"Done. hihi, {bench.Pool.Vm(0).NameLabel}"), (result.End, result.Message));
        Assert.Equal("""{"words":"hi","times":2,"password":"sesame"}""", asked["arguments"]!.ToJsonString());
        Assert.Equal(("ada", bench.Pool.Vm(0).Uuid, Name), ((string)asked["actor"]!["name"]!, (string)asked["target"]!["uuid"]!, (string)asked["operation"]!));
        Assert.Equal(("Greet", Confirmation.Ask, "plugin.test-plugin.run", true), (operation.Title, operation.Confirmation, operation.Right.Name, operation.IsCancellable));
        var records = bench.Audit.Log.Read(new()).Where(entry => entry.Record.Action == Name).Select(entry => entry.Record).ToList();
        Assert.Equal([AuditOutcome.Succeeded, AuditOutcome.Begun], records.Select(record => record.Outcome));
        Assert.Equal("•••", records[1].Parameters.Single(one => one.Key == "password").Value);
        Assert.Null(bench.Operations.Find(Name));
        Assert.Equal(1, changes);
        // Who may do it may be said while it is not loaded, too.
        Assert.Equal(["plugin.test-plugin.run"], bench.Operations.ProvidedRights.Select(right => right.Name));
    }

    [Theory]
    [InlineData("fail", "Test says: nobody listens")]
    [InlineData("die", "Test ended with exit code 7.")]
    public async Task Operation_ThatThePluginDoesNotEnd_FailsInWords(string words, string expected)
    {
        await using var bench = await LoadedAsync();

        var result = await RunAsync(bench, bench.Operations.Find(Name)!, new JsonObject { ["words"] = words });

        Assert.Equal((OperationEnd.Failed, expected), (result.End, result.Message));
    }

    [Fact]
    public async Task Operation_UnderWay_IsCancelled_AndFailsWhenThePluginIsUnloaded()
    {
        await using var bench = await LoadedAsync();
        var operation = bench.Operations.Find(Name)!;

        var first = await StartAsync(bench, operation, new JsonObject { ["words"] = "wait" });
        await bench.NotedAsync("waits");
        var progress = first.Progress;
        first.Cancel();
        var cancelled = await first.Completion.WaitAsync(bench.Token);
        await bench.Kept.SetValueAsync(PythonPlugin.Id, "waits", null, bench.Token);
        var second = await StartAsync(bench, operation, new JsonObject { ["words"] = "wait" });
        await bench.NotedAsync("waits");
        await bench.Fleet.UnloadAsync(PythonPlugin.Id, bench.Token);
        var unloaded = await second.Completion.WaitAsync(bench.Token);

        Assert.Equal(0.5, progress);
        Assert.Equal(OperationEnd.Cancelled, cancelled.End);
        Assert.Equal(OperationEnd.Failed, unloaded.End);
        Assert.Equal("Test was unloaded meanwhile.", unloaded.Message);
    }

    [Fact]
    public async Task Operation_TakesARight_WhichARoleMayHave_AndArgumentsThatFit()
    {
        await using var bench = await LoadedAsync();
        var operation = bench.Operations.Find(Name)!;
        Grant Granted(string role) => new("bob", SubjectId.User("2"), role, AccessScope.Everything.Instance);
        var bob = new Requester(new("2", "bob"), "console");
        Task<OperationRun> AsBobAsync(JsonObject? arguments) => bench.Runner.StartAsync(bob, operation, new(bench.Pool.Uuid, bench.Pool.Vm(0).Uuid), arguments, bench.Token);
        bench.Access.Apply(new([], [Granted(Role.VmAdministrator.Id)], ImmutableDictionary<string, ImmutableArray<string>>.Empty));

        var refused = await Assert.ThrowsAsync<OperationRefusedException>(() => AsBobAsync(new JsonObject { ["words"] = "hi" }));
        bench.Access.Apply(new([Role.Custom("greeter", "Greeter", ["plugin.test-plugin.run"])], [Granted("greeter")], ImmutableDictionary<string, ImmutableArray<string>>.Empty));
        var misfits = new List<string>();
        foreach (var arguments in (JsonObject?[])[null, new() { ["words"] = "hi", ["times"] = 9 }, new() { ["words"] = "hi", ["tone"] = "shrill" }, new() { ["words"] = new string('x', 41) }, new() { ["word"] = "hi" }])
            misfits.Add((await Assert.ThrowsAsync<OperationRefusedException>(() => AsBobAsync(arguments))).Reason.ToString());
        var run = await AsBobAsync(new JsonObject { ["words"] = "hi", ["names"] = new JsonArray("a", "b") });

        Assert.Equal(RefusalReason.NoRight, refused.Reason);
        Assert.All(misfits, reason => Assert.Equal("BadArguments", reason));
        Assert.Equal(OperationEnd.Succeeded, (await run.Completion.WaitAsync(bench.Token)).End);
    }

    [Fact]
    public async Task Operation_OfAPoolThatWasNotAccepted_IsNotDone()
    {
        await using var bench = await LoadedAsync();
        await bench.Fleet.AcceptAsync(PythonPlugin.Id, bench.Plugin.Settings.Manifest.Wants.Texts, ["another"], bench.Token);
        await bench.UntilAsync(status => status.State == PluginState.Loaded);
        var operation = bench.Operations.Find(Name)!;

        var refused = await Assert.ThrowsAsync<OperationRefusedException>(() => StartAsync(bench, operation, new JsonObject { ["words"] = "hi" }));

        Assert.Contains("was not accepted in this pool", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(bench.Operations.For(bench.Pool.Picture, bench.Pool.Vm(0)), one => one.Name == Name);
    }

    [Fact]
    public async Task DotNet_DoesIt_WithProgressAndToTheEndOfItsToken()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var made = new MadePlugin("""{"provides": [{"name": "made.count", "title": "Count", "class": "VM"}]}""")
        {
            Run = async (request, progress, token) =>
            {
                progress.Report(0.25);
                begun.TrySetResult();
                await Task.Delay(Timeout.Infinite, token);
                return null;
            },
        };
        await using var bench = new PluginBench(builtIn: made, isReachable: true);
        await bench.ApplyAsync();
        await bench.Fleet.StartAsync(bench.Token);
        while (bench.Fleet.Find(MadePlugin.Id)!.Status.State != PluginState.Loaded)
            await Task.Delay(20, bench.Token);

        var run = await StartAsync(bench, bench.Operations.Find("made.count")!, null);
        await begun.Task.WaitAsync(bench.Token);
        while (run.Progress < 0.25)
            await Task.Delay(20, bench.Token);
        run.Cancel();

        Assert.Equal(OperationEnd.Cancelled, (await run.Completion.WaitAsync(bench.Token)).End);
    }

    [Theory]
    [InlineData("""{"name": "vm.greet", "title": "Greet", "class": "VM"}""", "has to be 'test-plugin', a dot and a verb")]
    [InlineData("""{"name": "test-plugin.Greet", "title": "Greet", "class": "VM"}""", "has to be 'test-plugin', a dot and a verb")]
    [InlineData("""{"name": "test-plugin.greet", "title": "Greet", "class": "secret"}""", "there is no class 'secret'")]
    [InlineData("""{"name": "test-plugin.greet", "title": "Greet", "class": "VM", "parameters": {"type": "object", "properties": {"x": {"type": "number"}}}}""", "'x' is of the type number, which no operation takes")]
    [InlineData("""{"name": "test-plugin.greet", "title": "Greet", "class": "VM", "parameters": {"type": "object", "properties": {"--x": {"type": "string"}}}}""", "'--x' is no name for one")]
    [InlineData("""{"name": "test-plugin.greet", "title": "Greet", "class": "VM", "parameters": {"type": "object", "properties": {"fooBar": {"type": "string"}, "foo_bar_value": {"type": "string"}}}}""", "several are called 'foobar'")]
    [InlineData("""{"name": "test-plugin.greet", "title": "Greet", "class": "VM", "right": "vm.start"}""", "nothing that this server knows")]
    public void Want_ThatCannotBeGiven_IsRefusedInWords(string want, string words) =>
        Assert.Contains(words, Assert.Throws<PluginException>(() => ManifestReader.Read(Encoding.UTF8.GetBytes(PythonPlugin.Manifest($$"""{"provides": [{{want}}]}""")))).Message, StringComparison.Ordinal);

    [Fact]
    public void Want_InAnAreaOfTheServers_IsNotGiven()
    {
        var want = new ProvidesWant("host.greet", "Greet", "", XapiClass.Vm, [], false);

        Assert.Contains("'host' is an area of the server's own", want.Problem(new(XoBlazor.Core.Operations.Hosts.HostOperations.All)), StringComparison.Ordinal);
        Assert.Null((want with { Name = "greeter.greet" }).Problem(new(VmOperations.All)));
    }

    private static async Task<PluginBench> LoadedAsync()
    {
        var bench = new PluginBench(isReachable: true);
        await bench.LoadAsync(Greeter, PythonPlugin.Manifest(Wants));
        return bench;
    }

    private static Task<OperationRun> StartAsync(PluginBench bench, Operation operation, JsonObject? arguments) =>
        bench.Runner.StartAsync(PluginBench.Ada, operation, new(bench.Pool.Uuid, bench.Pool.Vm(0).Uuid), arguments, bench.Token);

    private static async Task<OperationResult> RunAsync(PluginBench bench, Operation operation, JsonObject? arguments) => await (await StartAsync(bench, operation, arguments)).Completion.WaitAsync(bench.Token);
}
