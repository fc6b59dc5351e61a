using System.Text.Json.Nodes;
using XoBlazor.App.Administration;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Simulator;
using XoBlazor.Tests.App.Api;
using XoBlazor.Tests.App.Api.Rest;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Plugins;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Cli.Client;

/// <summary>Operations from a shell, on a simulated pool behind a real server.</summary>
public sealed class OperationCommandTests : IAsyncLifetime
{
    private const long GiB = 1L << 30;

    private readonly TestServer _server = new();
    private readonly CliHome _home = new();
    private SimulatorHost _simulator = null!;
    private string _pool = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PoolPicture Picture => _server.Get<ObjectStore>().Current.Pool(_pool)!;

    public async ValueTask InitializeAsync()
    {
        _simulator = await SimulatorHost.StartAsync(new() { Pools = PoolSource.Make("pools=1,hosts=2,vms=12,seed=3"), Pool = new() { OperationDuration = TimeSpan.FromMilliseconds(200) } }, Token);
        _server.OnAPort();
        await _home.SignInAsync(_server);
        var added = await _home.RunAsync("call", "server.add", $"host={_simulator.Pools[0].HttpsUrl.ToString().TrimEnd('/')}", "username=root", "password=secret", "allowUnauthorized=true");
        Assert.True(added.Code == 0, added.All);
        _pool = _simulator.Pools[0].Uuid;
        await _server.WaitAsync(() => _server.Get<ObjectStore>().Current.Pool(_pool)?.All<Vm>().Any(vm => vm.Kind() == VmKind.Vm) == true
            && _server.Get<XoBlazor.Core.Pools.PoolFleet>().StateOf(_pool)?.IsLive == true);
    }

    public async ValueTask DisposeAsync()
    {
        _home.Dispose();
        await _server.DisposeAsync();
        await _simulator.DisposeAsync();
    }

    [Fact]
    public async Task Start_ByName_StartsItAndSaysSo()
    {
        var vm = AnyVm(VmPowerState.Halted);

        var end = await _home.RunAsync("vm", "start", vm.NameLabel);
        var again = await _home.RunAsync("vm", "start", vm.Uuid);

        Assert.Equal((0, $"Start {vm.NameLabel}: Done.\n", ""), (end.Code, end.Out, end.Error));
        await UntilAsync(vm, VmPowerState.Running);
        Assert.Equal(1, again.Code);
        Assert.Contains(vm.NameLabel, again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OperationOfAPlugin_IsACommand_AndOneOfTheApi_WhileThePluginIsLoaded()
    {
        Needs.Program("python3", "python3");
        var vm = AnyVm(VmPowerState.Halted);
        var manifest = PythonPlugin.Manifest("""{"provides": [{"name": "test-plugin.greet", "title": "Greet", "class": "VM", "parameters": {"type": "object", "properties": {"words": {"type": "string"}}}}]}""");
        var script = """
            def handle(message):
                p = message.get("params", {})
                answer(message, {"message": p["arguments"]["words"] + ", " + p["target"]["name"]} if message["method"] == "operation.run" else True)
                if message["method"] == "unload":
                    sys.exit(0)
            start()
            serve()
            """;
        await using var client = await RpcClient.AdminAsync(_server);
        async Task<bool> IsToldAsync() => (await client.ResultAsync("operation.getAll"))!.AsArray().Any(one => (string)one!["name"]! == "test-plugin.greet");
        var version = (string)(await client.ResultAsync("operation.getVersion"))!;

        await client.ResultAsync("plugin.install", new JsonObject { ["package"] = Convert.ToBase64String(PluginZip.Of(("plugin.json", manifest), ("main.py", PythonPlugin.Prelude + script))) });
        await client.ResultAsync("plugin.accept", new JsonObject { ["id"] = PythonPlugin.Id, ["wants"] = new JsonArray("provides: test-plugin.greet on VM") });
        await client.ResultAsync("plugin.load", new JsonObject { ["id"] = PythonPlugin.Id });
        var (isTold, versionWithIt) = (await IsToldAsync(), (string)(await client.ResultAsync("operation.getVersion"))!);
        // The next word with the server tells the command line of it.
        await _home.RunAsync("whoami");
        var end = await _home.RunAsync("test-plugin", "greet", vm.NameLabel, "--words", "good day");
        using var rest = await RestClient.AdminAsync(_server);
        var posted = await rest.SendAsync("POST", "operations/test-plugin.greet?sync=true", new JsonObject { ["id"] = vm.Uuid, ["arguments"] = new JsonObject { ["words"] = "hello" } });
        var run = await client.ResultAsync("operation.run", new JsonObject { ["operation"] = "test-plugin.greet", ["id"] = vm.Uuid, ["arguments"] = new JsonObject { ["words"] = "hi" } });
        await client.ResultAsync("plugin.unload", new JsonObject { ["id"] = PythonPlugin.Id });
        var gone = await rest.SendAsync("POST", "operations/test-plugin.greet", new JsonObject { ["id"] = vm.Uuid });
        var refused = await client.ErrorAsync("operation.start", new JsonObject { ["operation"] = "test-plugin.greet", ["id"] = vm.Uuid });

        Assert.True(isTold);
        Assert.NotEqual(version, versionWithIt);
        Assert.Equal((0, $"Greet {vm.NameLabel}: Done. good day, {vm.NameLabel}\n", ""), (end.Code, end.Out, end.Error));
        Assert.Contains(_server.Audit("test-plugin.greet"), record => record is { Outcome: XoBlazor.Core.Audit.AuditOutcome.Succeeded, Actor.Name: TestServer.Admin });
        Assert.Equal((204, 404), (posted.Status, gone.Status));
        Assert.Equal($"Done. hi, {vm.NameLabel}", (string)run!["message"]!);
        Assert.False(await IsToldAsync());
        Assert.Contains("no such operation", (string)refused["message"]!, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(version, (string)(await client.ResultAsync("operation.getVersion"))!);
        Assert.Contains(_server.Get<RightCatalogue>().All, right => right.Name == "plugin.test-plugin.run");
    }

    [Fact]
    public async Task Name_ThatSeveralHave_IsRefusedWithTheList()
    {
        var two = Picture.All<Vm>().Where(vm => vm.Kind() == VmKind.Vm && vm.PowerState == VmPowerState.Halted).Take(2).ToList();
        foreach (var vm in two)
            Assert.Equal(0, (await _home.RunAsync("vm", "set", vm.Uuid, "--name", "twin")).Code);
        await _server.WaitAsync(() => two.TrueForAll(vm => Picture.GetByUuid<Vm>(vm.Uuid)!.NameLabel == "twin"));

        var end = await _home.RunAsync("vm", "start", "twin");

        Assert.Equal((3, ""), (end.Code, end.Out));
        Assert.Contains("2 objects fit VM 'twin'", end.Error, StringComparison.Ordinal);
        Assert.All(two, vm => Assert.Contains(vm.Uuid, end.Error, StringComparison.Ordinal));
        Assert.All(two, vm => Assert.Equal(VmPowerState.Halted, Picture.GetByUuid<Vm>(vm.Uuid)!.PowerState));
    }

    [Fact]
    public async Task Several_AreWorkedOnAtOnce_AndOneThatIsRefusedKeepsNoOtherBack()
    {
        var (halted, running) = (AnyVm(VmPowerState.Halted), AnyVm(VmPowerState.Running));

        var end = await _home.RunAsync("vm", "start", running.NameLabel, halted.NameLabel, "--output", "json");

        Assert.Equal(1, end.Code);
        Assert.Equal((halted.NameLabel, "succeeded"), ((string?)Assert.Single(JsonNode.Parse(end.Out)!.AsArray())!["name"], (string?)JsonNode.Parse(end.Out)![0]!["end"]));
        Assert.StartsWith($"xo-blazor: {running.NameLabel}: ", end.Error, StringComparison.Ordinal);
        await UntilAsync(halted, VmPowerState.Running);
    }

    [Fact]
    public async Task Create_WithDisksAndNetworksByName_GivesTheUuidAlone()
    {
        var template = Picture.All<Vm>().First(vm => vm.IsDefaultTemplate);
        var sr = Picture.All<Sr>().First(one => one.Shared && one.ContentType != "iso");
        var network = Picture.All<Network>().First();

        var end = await _home.RunAsync(
            "vm", "create", template.NameLabel, "--name", "web-9", "--CPUs", "3", "--memory", "3GiB", "--tags", "prod", "--tags", "web", "--boot-after-create",
            "--vdis", $"size=12GiB,sr={sr.NameLabel},name_label=root", "--vdis", $"json:{{\"size\":{20 * GiB},\"sr\":\"{sr.Uuid}\"}}", "--vifs", $"network={network.NameLabel}");

        Assert.True(end.Code == 0, end.All);
        var vm = Picture.GetByUuid<Vm>(end.Out.TrimEnd('\n'))!;
        Assert.Equal(("web-9", 3, 3 * GiB), (vm.NameLabel, vm.VcpusMax, vm.MemoryDynamicMax));
        Assert.Equal(["prod", "web"], vm.Tags.Order());
        Assert.Equal([12 * GiB, 20 * GiB], Picture.DisksOf(vm).Where(disk => disk.Vbd.Type == VbdType.Disk).Take(2).Select(disk => disk.Vdi!.VirtualSize));
        Assert.Equal(network.Ref, Picture.NetworkDevicesOf(vm)[0].Network!.Ref);
    }

    [Fact]
    public async Task Delete_AsksForTheName_AndChangesNothingOtherwise()
    {
        var vm = AnyVm(VmPowerState.Halted);
        var disk = Picture.DisksOf(vm).First(one => one.Vdi is not null && one.Vbd.Type == VbdType.Disk).Vdi!;

        var dry = await _home.RunAsync("vm", "delete", vm.NameLabel, "--dry-run");
        var unasked = await _home.RunAsync("vm", "delete", vm.NameLabel);
        var wrong = await _home.TypeAsync(["something else"], "vm", "delete", vm.NameLabel);
        var before = Picture.GetByUuid<Vm>(vm.Uuid);
        var right = await _home.TypeAsync([vm.NameLabel], "vm", "delete", vm.NameLabel, "--delete-disks", "false");

        Assert.Equal((0, 2, 1, 0), (dry.Code, unasked.Code, wrong.Code, right.Code));
        Assert.Contains(disk.NameLabel, dry.Out, StringComparison.Ordinal);
        Assert.Contains("Nothing was changed", dry.Out, StringComparison.Ordinal);
        Assert.Contains("--yes", unasked.Error, StringComparison.Ordinal);
        Assert.NotNull(before);
        await _server.WaitAsync(() => Picture.GetByUuid<Vm>(vm.Uuid) is null);
        Assert.NotNull(Picture.GetByUuid<Vdi>(disk.Uuid));
        Assert.Single(_server.Audit("vm.delete"), record => record.Outcome == XoBlazor.Core.Audit.AuditOutcome.Begun);
    }

    [Fact]
    public async Task Yes_AsksNobody()
    {
        var vm = AnyVm(VmPowerState.Running);

        var end = await _home.RunAsync("vm", "hard-shutdown", vm.NameLabel, "--yes");

        Assert.True(end.Code == 0, end.All);
        await UntilAsync(vm, VmPowerState.Halted);
    }

    [Fact]
    public async Task WorkThatTakesLong_ShowsABarOnATerminalAndNothingElsewhere()
    {
        var vm = AnyVm(VmPowerState.Halted);

        var seen = await _home.TypeAsync([], "vm", "start", vm.NameLabel);
        var unseen = await _home.RunAsync("vm", "hard-shutdown", vm.NameLabel, "--yes");

        Assert.Matches(@"Starting .*\[[#.]+\] +[0-9]+ %", seen.Error);
        Assert.EndsWith("\r\u001b[K", seen.Error, StringComparison.Ordinal);
        Assert.Equal((0, ""), (unseen.Code, unseen.Error));
    }

    [Fact]
    public async Task Operation_ByWhoeverMayNot_IsRefusedByTheServer()
    {
        var vm = AnyVm(VmPowerState.Halted);
        var admin = await _server.AdminAsync();
        var ada = await _server.Get<UserAdministration>().CreateAsync(admin, new("ada", TestServer.Password, MustChangePassword: false), Token);
        await _server.Get<GrantAdministration>().AddAsync(admin, SubjectKind.User, ada, Role.Viewer.Id, new AccessScope.OfObject(new(_pool, vm.Uuid)), Token);
        using var hers = new CliHome();
        await hers.SignInAsync(_server, "ada");

        var mine = await hers.RunAsync("vm", "start", vm.NameLabel);
        var dry = await hers.RunAsync("vm", "start", vm.NameLabel, "--dry-run");
        var other = await hers.RunAsync("vm", "start", AnyVm(VmPowerState.Running).NameLabel);

        Assert.Equal((4, 4, 3), (mine.Code, dry.Code, other.Code));
        Assert.Contains("'Start VMs'", mine.Error, StringComparison.Ordinal);
        Assert.Equal(VmPowerState.Halted, Picture.GetByUuid<Vm>(vm.Uuid)!.PowerState);
    }

    [Theory]
    [InlineData("--memory", "much", "is no value for 'memory'")]
    [InlineData("--cpus", "two", "is no value for 'CPUs'")]
    [InlineData("--affinity-host", "nowhere", "There is no host 'nowhere'")]
    [InlineData("--affinity-host", "json:[", "is no JSON")]
    [InlineData("--no-such", "x", "--no-such")]
    public async Task Arguments_ThatCannotBe_AreRefusedBeforeAnythingIsDone(string option, string value, string words)
    {
        var vm = AnyVm(VmPowerState.Halted);

        var end = await _home.RunAsync("vm", "set", vm.NameLabel, option, value);

        Assert.True(end.Code is 2 or 3, end.All);
        Assert.Contains(words, end.Error, StringComparison.Ordinal);
    }

    private Vm AnyVm(VmPowerState state) => Picture.All<Vm>().First(vm => vm.Kind() == VmKind.Vm && vm.PowerState == state && Picture.All<Vm>().Count(one => one.NameLabel == vm.NameLabel) == 1
        && Picture.DisksOf(vm).Any(disk => disk.Vbd.Type == VbdType.Disk));

    private Task UntilAsync(Vm vm, VmPowerState state) => _server.WaitAsync(() => Picture.GetByUuid<Vm>(vm.Uuid)!.PowerState == state);
}
