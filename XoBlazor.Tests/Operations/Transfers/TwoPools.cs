using System.Net.WebSockets;
using System.Text.Json.Nodes;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Pools;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Transfers;
using XoBlazor.Simulator;
using XoBlazor.Simulator.Streams;
using XoBlazor.Tests.App.Api;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Operations.Transfers;

/// <summary>The whole server with two simulated pools, the second of which gets what the first gives. What became of it is asked of the simulators.</summary>
internal sealed class TwoPools : IAsyncDisposable
{
    private readonly CancellationTokenSource _patience;

    private TwoPools(TestServer server, SimulatorHost host, CancellationTokenSource patience) => (Server, Host, _patience) = (server, host, patience);

    public TestServer Server { get; private set; }

    public SimulatorHost Host { get; }

    public CancellationToken Token => _patience.Token;

    public SimulatedPool Source => Host.Pools[0];

    public SimulatedPool Target => Host.Pools[1];

    public PoolPicture From => Server.Get<ObjectStore>().Current.Pool(Source.Uuid)!;

    public PoolPicture To => Server.Get<ObjectStore>().Current.Pool(Target.Uuid)!;

    /// <summary>Storage of the second pool that all its hosts share.</summary>
    public Sr Storage => To.All<Sr>().First(sr => sr.Shared && sr.ContentType != "iso");

    /// <param name="asVersion">Of the pools' xapi; null for that of what they are made from.</param>
    public static async Task<TwoPools> StartAsync(TempFolder? folder = null, PoolOptions? options = null, TimeSpan? patience = null, int vms = 8, bool isOnAPort = false, TimeProvider? time = null, string? asVersion = null, params (string Name, string Value)[] settings)
    {
        var until = Patience.Source(patience ?? TimeSpan.FromMinutes(3));
        var host = await SimulatorHost.StartAsync(new() { Pools = PoolSource.Make($"pools=2,hosts=2,vms={vms},seed=7"), Pool = (options ?? new()) with { OperationDuration = TimeSpan.Zero }, AsVersion = asVersion }, until.Token);
        var pools = new TwoPools(settings.Aggregate(new TestServer(folder), (server, setting) => server.With(setting.Name, setting.Value)), host, until);
        if (time is not null)
            pools.Server.With(time);
        if (isOnAPort)
            pools.Server.OnAPort();
        await using var admin = await RpcClient.AdminAsync(pools.Server);
        await admin.AddPoolAsync(pools.Server, host.Pools[0]);
        await admin.AddPoolAsync(pools.Server, host.Pools[1]);
        return pools;
    }

    /// <summary>A VM of the first pool in this state, with at least one disk and one network device.</summary>
    public async Task<Vm> VmAsync(VmPowerState state)
    {
        var vm = From.All<Vm>().First(one => one.Kind() == VmKind.Vm && From.DisksOf(one).Any(disk => disk is { Vbd.Type: VbdType.Disk, Vdi: not null }) && From.NetworkDevicesOf(one).Length > 0);
        string[] way = (vm.PowerState, state) switch
        {
            var (now, wanted) when now == wanted => [],
            (VmPowerState.Running, VmPowerState.Halted) => ["vm.hard_shutdown"],
            (VmPowerState.Running, VmPowerState.Suspended) => ["vm.suspend"],
            (VmPowerState.Halted, VmPowerState.Running) => ["vm.start"],
            (VmPowerState.Halted, VmPowerState.Suspended) => ["vm.start", "vm.suspend"],
            _ => throw new InvalidOperationException($"no way from {vm.PowerState} to {state}"),
        };
        foreach (var step in way)
            Assert.Equal(OperationEnd.Succeeded, (await RunAsync(step, vm)).End);
        await Server.WaitAsync(() => From.GetByUuid<Vm>(vm.Uuid)!.PowerState == state);
        return From.GetByUuid<Vm>(vm.Uuid)!;
    }

    /// <summary>So many VMs of the first pool, each with at least one disk and one network device.</summary>
    public List<Vm> Vms(int count) => [.. From.All<Vm>().Where(one => one.Kind() == VmKind.Vm && From.DisksOf(one).Any(disk => disk is { Vbd.Type: VbdType.Disk, Vdi: not null })
        && From.NetworkDevicesOf(one).Length > 0).Take(count)];

    public async Task<OperationRun> StartAsync(string operation, XapiObject target, JsonObject? arguments = null, Requester? by = null, TransferEnd? end = null) =>
        await Server.Get<OperationRunner>().StartAsync(by ?? await Server.AdminAsync(), Server.Get<OperationCatalogue>().Find(operation)!, From.Key(target), arguments, Token, end);

    public async Task<OperationResult> RunAsync(string operation, XapiObject target, JsonObject? arguments = null, Requester? by = null, TransferEnd? end = null) =>
        await (await StartAsync(operation, target, arguments, by, end)).Completion.WaitAsync(Token);

    /// <summary>Exports it, and returns what came.</summary>
    public async Task<byte[]> RunOutAsync(string operation, XapiObject target, JsonObject arguments)
    {
        using var file = new MemoryStream();
        var result = await RunAsync(operation, target, arguments, end: new TransferTarget((_, _) => Task.FromResult<Stream>(file), CancellationToken.None));
        Assert.True(result.End == OperationEnd.Succeeded, result.Message);
        return file.ToArray();
    }

    /// <summary>Imports these bytes, and returns what was made of them.</summary>
    public async Task<T> RunInAsync<T>(string operation, Sr sr, JsonObject arguments, byte[] content) where T : XapiObject
    {
        var pool = From.GetByUuid<Sr>(sr.Uuid) is not null ? From : To;
        var run = await Server.Get<OperationRunner>().StartAsync(
            await Server.AdminAsync(), Server.Get<OperationCatalogue>().Find(operation)!, pool.Key(sr), (JsonObject)arguments.DeepClone(), Token, new TransferSource(new MemoryStream(content), content.Length, CancellationToken.None));
        var result = await run.Completion.WaitAsync(Token);
        Assert.True(result.End == OperationEnd.Succeeded, result.Message);
        return Server.Get<ObjectStore>().Current.Pool(pool.Uuid)!.GetByUuid<T>(result.Made!.Value.Uuid)!;
    }

    public JsonObject Given(string? name = "copy", string? network = null, bool start = false)
    {
        var arguments = new JsonObject { ["sr"] = Storage.Uuid };
        if (name is not null)
            arguments["name"] = name;
        if (start)
            arguments["start"] = true;
        arguments["network"] = network ?? To.All<Network>().First(one => one.Pifs.Length > 0).Uuid;
        return arguments;
    }

    /// <summary>What both pools have of things that a transfer makes, as the simulators know it.</summary>
    public string Inventory(SimulatedPool pool)
    {
        var db = pool.Simulator.Db;
        return db.Update(() => $"{db.All("VM").Count} VMs, {db.All("VDI").Count(vdi => vdi.Bool("managed"))} disks, {db.All("VBD").Count} drives, {db.All("VIF").Count} devices, {db.All("network").Count} networks, "
            + $"{db.All("task").Count(task => task.Text("status") == "pending" && task["current_operations"].AsMap.Entries.All(entry => entry.Value.AsText != "destroy"))} tasks, {db.All("VM").Count(vm => vm["current_operations"].AsMap.Entries.Any())} busy");
    }

    /// <summary>Waits until both pools have what they had.</summary>
    public Task UntilAsBeforeAsync(string source, string target) => Server.WaitAsync(() => Inventory(Source) == source && Inventory(Target) == target);

    /// <summary>Whether two disks hold the same bytes, the first of the first pool.</summary>
    /// <param name="inside">The other is of the first pool, too.</param>
    public bool AreSame(Vdi one, Vdi other, bool inside = false)
    {
        var (left, right) = (Content(Source, one), Content(inside ? Source : Target, other));
        var (a, b) = (new byte[DiskBlock.Size], new byte[DiskBlock.Size]);
        for (var block = 0L; block * DiskBlock.Size < one.VirtualSize; block++)
        {
            if (left.IsZero(block) && right.IsZero(block))
                continue;
            left.Read(block, a);
            right.Read(block, b);
            if (!a.AsSpan().SequenceEqual(b))
                return false;
        }

        return one.VirtualSize == other.VirtualSize;
    }

    /// <summary>The administrator at a server of its own process.</summary>
    public async Task<RpcClient> SignedInAsync(Uri address)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(new Uri(address, "/api/")) { Scheme = "ws" }.Uri, Token);
        var client = new RpcClient(socket);
        await client.ResultAsync("session.signIn", new JsonObject { ["email"] = TestServer.Admin, ["password"] = TestServer.Password });
        return client;
    }

    /// <summary>The disks of two VMs, the first of the first pool, are in the same places and hold the same bytes.</summary>
    /// <param name="inside">The other is of the first pool, too.</param>
    public void AssertSameDisks(Vm vm, Vm copy, bool inside = false)
    {
        var to = inside ? From : To;
        var disks = From.DisksOf(vm).Where(disk => disk is { Vbd.Type: VbdType.Disk, Vdi: not null }).ToList();
        var copied = to.DisksOf(copy).Where(disk => disk is { Vbd.Type: VbdType.Disk, Vdi: not null }).ToDictionary(disk => disk.Vbd.Userdevice, disk => disk.Vdi!);
        Assert.Equal(disks.Select(disk => disk.Vbd.Userdevice).Order(), copied.Keys.Order());
        Assert.All(disks, disk => Assert.True(AreSame(disk.Vdi!, copied[disk.Vbd.Userdevice], inside)));
    }

    /// <summary>Ends the server; another one has its data then.</summary>
    public ValueTask EndServerAsync() => Server.DisposeAsync();

    /// <summary>Ends the server, and has another one in its place.</summary>
    public async Task ReplaceAsync(Func<Task<TestServer>> next)
    {
        await Server.DisposeAsync();
        Server = await next();
        await Server.WaitAsync(() => ((SimulatedPool[])[Source, Target]).All(pool => Server.Get<PoolFleet>().StateOf(pool.Uuid)?.IsLive == true));
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Host.DisposeAsync();
        _patience.Dispose();
    }

    private static DiskContent Content(SimulatedPool pool, Vdi disk) => pool.Simulator.Contents.Of(pool.Simulator.Db.GetByUuid("VDI", disk.Uuid));
}
