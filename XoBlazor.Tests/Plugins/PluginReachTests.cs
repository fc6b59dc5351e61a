using XoBlazor.Core.Audit;

namespace XoBlazor.Tests.Plugins;

/// <summary>What plugins can reach: what was accepted, and nothing else.</summary>
public sealed class PluginReachTests
{
    private const string Wants = """{"read": [{"class": "VM", "filter": "tags:production"}], "operations": ["vm.start"], "storage": true}""";

    // Notes all that it was told of, whenever that is more.
    private const string Listener =
        """
        start()
        noted = -1
        while True:
            handle(read())
            while noted != len(changes):
                noted = len(changes)
                note("changes", [[c["kind"], c["uuid"], c.get("changed", [])] for c in changes])
        """;

    [Fact]
    public async Task Changes_OfWhatWasAccepted_AreToldFromThePresentOn()
    {
        await using var bench = new PluginBench();
        // Every third VM is tagged so.
        var (tagged, other) = (bench.Pool.Vm(0), bench.Pool.Vm(1));
        await bench.LoadAsync(Listener, PythonPlugin.Manifest(Wants));
        await bench.NotedAsync("changes", noted => noted.AsArray().Count == 2);

        bench.Pool.Apply(other with { NameDescription = "nobody's business" });
        bench.Pool.Apply(tagged with { NameDescription = "new" });
        await bench.NotedAsync("changes", noted => noted.AsArray().Count == 3);
        bench.Pool.Apply(other with { Tags = ["production"] });
        await bench.NotedAsync("changes", noted => noted.AsArray().Count == 4);
        bench.Pool.Apply(tagged with { Tags = [] });
        var all = await bench.NotedAsync("changes", noted => noted.AsArray().Count == 5);

        var told = all.AsArray().Select(one => ((string)one![0]!, (string)one[1]!)).ToList();
        Assert.Equal([("added", tagged.Uuid), ("added", bench.Pool.Vm(3).Uuid)], told[..2].OrderBy(one => one.Item2, StringComparer.Ordinal));
        Assert.Equal([("changed", tagged.Uuid), ("added", other.Uuid), ("removed", tagged.Uuid)], told[2..]);
        Assert.Equal("name_description", (string)all[2]![2]![0]!);
    }

    [Fact]
    public async Task Changes_OfWhatAFilterFollows_BringObjectsIntoSightAndTakeThemAway()
    {
        await using var bench = new PluginBench();
        var vm = bench.Pool.Vm(2);
        var host = bench.Pool.Picture.Get(vm.ResidentOn)!;
        await bench.LoadAsync(Listener, PythonPlugin.Manifest("""{"read": [{"class": "VM", "filter": "host:name_label:upstairs"}], "storage": true}"""));
        await bench.NotedAsync("changes");

        bench.Pool.Apply(host with { NameLabel = "upstairs" });
        await bench.NotedAsync("changes", noted => noted.AsArray().Count == 1);
        // What does not matter to the filter changes nothing.
        bench.Pool.Apply(host with { NameLabel = "upstairs", NameDescription = "a new one" });
        bench.Pool.Apply(host);
        var all = await bench.NotedAsync("changes", noted => noted.AsArray().Count == 2);

        Assert.Equal([("added", vm.Uuid), ("removed", vm.Uuid)], all.AsArray().Select(one => ((string)one![0]!, (string)one[1]!)));
    }

    [Fact]
    public async Task WhatWasNotAccepted_IsNotGiven_AndRecorded()
    {
        await using var bench = new PluginBench();
        var (tagged, other) = (bench.Pool.Vm(0), bench.Pool.Vm(1));
        var (pool, host) = (bench.Pool.Uuid, bench.Pool.Picture.All<Core.Model.Host>().First().Uuid);

        await bench.LoadAsync(
            $$"""
            start()
            pool = "{{pool}}"
            def code(method, **parameters):
                return ask(method, **parameters).get("error", {}).get("code", 0)
            note("codes", [
                code("objects.get", pool=pool, id="{{tagged.Uuid}}"),
                code("objects.get", pool=pool, id="{{other.Uuid}}"),
                code("objects.get", pool=pool, id="{{host}}"),
                code("objects.list", **{"class": "VM"}),
                code("objects.list", **{"class": "host"}),
                code("operations.run", operation="vm.delete", pool=pool, id="{{tagged.Uuid}}"),
                code("operations.run", operation="vm.start", pool=pool, id="{{other.Uuid}}"),
                code("operations.run", operation="vm.start", pool=pool, id="{{tagged.Uuid}}"),
                code("server.stop"),
                code("objects.get", pool=7)])
            note("names", [o["fields"]["name_label"] for o in ask("objects.list", **{"class": "VM"})["result"]["objects"]])
            serve()
            """,
            PythonPlugin.Manifest(Wants));

        var codes = await bench.NotedAsync("codes");
        Assert.Equal([0, 2, 2, 0, 1, 1, 2, 3, -32601, -32602], codes.AsArray().Select(code => (int)code!));
        Assert.Equal([tagged.NameLabel, bench.Pool.Vm(3).NameLabel], (await bench.NotedAsync("names")).AsArray().Select(name => (string)name!).Order(StringComparer.Ordinal).Reverse());
        var refused = bench.Audit.Log.Read(new()).Where(entry => entry.Record.Outcome == AuditOutcome.Refused).Select(entry => entry.Record).ToList();
        // The one that was accepted gets as far as the pool, which nobody answers for.
        Assert.Equal(["vm.start", "vm.delete"], refused.Select(record => record.Action));
        Assert.All(refused, record => Assert.Equal(("plugin:test-plugin", "plugin"), (record.Actor.Id, record.Face)));
    }

    [Fact]
    public async Task LessAcceptedThanWanted_IsAllThatIsGiven_AndTheRestTold()
    {
        await using var bench = new PluginBench();

        await bench.LoadAsync(
            """
            start()
            note("listed", [ask("objects.list", **{"class": "VM"}).get("error", {}).get("code", 0), len(changes)])
            serve()
            """,
            PythonPlugin.Manifest(Wants), ["storage"]);

        Assert.Equal("[1,0]", (await bench.NotedAsync("listed")).ToJsonString());
        Assert.Equal(["read: VM, where tags:production", "operation: vm.start"], bench.Plugin.Settings.NotGiven.Texts);
    }

    [Fact]
    public async Task Store_IsBounded_AndOnlyForThoseItWasAcceptedFor()
    {
        await using var bench = new PluginBench();

        await bench.LoadAsync(
            """
            start()
            codes = [ask("storage.set", key=str(i), value="x" * 60000).get("error", {}).get("code", 0) for i in range(20)]
            for i in range(20):
                ask("storage.delete", key=str(i))
            note("codes", codes)
            serve()
            """);

        var codes = (await bench.NotedAsync("codes")).AsArray().Select(code => (int)code!).ToList();
        Assert.Equal([.. Enumerable.Repeat(0, 17), .. Enumerable.Repeat(4, 3)], codes);
        Assert.Equal(["codes"], (await bench.Kept.ValuesAsync(PythonPlugin.Id, bench.Token)).Keys);
    }

    [Fact]
    public async Task Operations_MoreThanAMinuteMayHave_AreNotBegun()
    {
        await using var bench = new PluginBench(options => options.MostOperationsPerMinute = 3);

        await bench.LoadAsync(
            """
            start()
            note("codes", [ask("operations.run", operation="vm.fly", pool="p", id="i")["error"]["code"] for _ in range(5)])
            serve()
            """);

        Assert.Equal([1, 1, 1, 4, 4], (await bench.NotedAsync("codes")).AsArray().Select(code => (int)code!));
    }

    [Fact]
    public async Task Process_HasNothingOfTheServersEnvironment_AndAFolderOfItsOwn()
    {
        await using var bench = new PluginBench();

        await bench.LoadAsync(
            """
            start()
            note("around", {"names": sorted(os.environ), "folder": os.getcwd()})
            serve()
            """);

        var around = await bench.NotedAsync("around");
        // Interpreters add some of their own.
        var names = around["names"]!.AsArray().Select(name => (string)name!).ToList();
        Assert.Empty(names.Intersect(Environment.GetEnvironmentVariables().Keys.Cast<string>()).Except(["PATH", "LANG", "HOME", "TMPDIR", "PWD", "SHLVL", "_", "LC_CTYPE", "OLDPWD", "PYENV_ROOT", "PYENV_VERSION", "PYENV_DIR", "PYENV_HOOK_PATH"]));
        Assert.Equal(Path.Combine(bench.Folder, PythonPlugin.Id, "work"), (string)around["folder"]!);
    }
}
