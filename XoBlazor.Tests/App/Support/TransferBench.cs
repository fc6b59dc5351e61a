using System.Text.Json.Nodes;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Simulator;
using XoBlazor.Tests.App.Api;
using XoBlazor.Tests.App.Api.Rest;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Support;

/// <summary>A server with a simulated pool that files go out of and into, and what a test needs to compare their bytes.</summary>
internal sealed class TransferBench : IAsyncDisposable
{
    public const int MiB = 1 << 20;

    private readonly CancellationTokenSource _patience = Patience.Source(2 * Patience.Limit);

    private TransferBench(SimulatorHost simulator, TestServer server) => (Simulator, Server) = (simulator, server);

    public TestServer Server { get; }

    public SimulatorHost Simulator { get; }

    public SimulatedPool Pool => Simulator.Pools[0];

    public CancellationToken Token => _patience.Token;

    /// <summary>The administrator, by REST.</summary>
    public RestClient Rest { get; private set; } = null!;

    public PoolPicture Picture => Server.Get<ObjectStore>().Current.Pool(Pool.Uuid)!;

    /// <summary>Where disks go.</summary>
    public Sr Storage => Picture.All<Sr>().First(one => one.Shared && one.ContentType != "iso");

    public Sr Library => Picture.All<Sr>().First(one => one.NameLabel == "ISO library");

    /// <param name="onAPort">Browsers and the command line come by one.</param>
    /// <param name="set">Sets the server up before it starts.</param>
    public static async Task<TransferBench> StartAsync(bool onAPort, Action<TestServer>? set = null)
    {
        var bench = new TransferBench(
            await SimulatorHost.StartAsync(new() { Pools = PoolSource.Make("pools=1,hosts=2,vms=3,seed=7"), Pool = new() { OperationDuration = TimeSpan.Zero } }, TestContext.Current.CancellationToken),
            new TestServer());
        set?.Invoke(bench.Server);
        if (onAPort)
            bench.Server.OnAPort();
        await using (var admin = await RpcClient.AdminAsync(bench.Server))
            await admin.AddPoolAsync(bench.Server, bench.Pool);
        bench.Rest = await RestClient.AdminAsync(bench.Server);
        return bench;
    }

    public static byte[] Bytes(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>An ISO as far as its first bytes tell.</summary>
    public static byte[] Iso(int length, int seed)
    {
        var bytes = Bytes(length, seed);
        "CD001"u8.CopyTo(bytes.AsSpan(0x8001));
        return bytes;
    }

    public async Task<Vdi> MakeDiskAsync(string name, long size)
    {
        var id = (string)(await Rest.PostAsync("vdis", new JsonObject { ["srId"] = Storage.Uuid, ["virtual_size"] = size, ["name_label"] = name })).Json["id"]!;
        await Server.WaitAsync(() => Picture.GetByUuid<Vdi>(id) is not null);
        return Picture.GetByUuid<Vdi>(id)!;
    }

    /// <summary>A disk with this content.</summary>
    public async Task<Vdi> FillAsync(string name, byte[] content)
    {
        var disk = await MakeDiskAsync(name, content.Length);
        using var body = new ByteArrayContent(content);
        using var answer = await Rest.Http.PutAsync($"{RestClient.Root}/vdis/{disk.Uuid}.raw", body, Token);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Token));
        return disk;
    }

    public Task<byte[]> ContentAsync(string disk) => Rest.Http.GetByteArrayAsync($"{RestClient.Root}/vdis/{disk}.raw", Token);

    /// <summary>A VM that does not run, with a disk of this content.</summary>
    public async Task<Vm> HaltedVmAsync(string disk, byte[] content)
    {
        var vm = Picture.All<Vm>().First(one => one.Kind() == VmKind.Vm);
        if (vm.PowerState != VmPowerState.Halted)
            await Rest.PostAsync($"vms/{vm.Uuid}/actions/hard_shutdown?sync=true", new JsonObject());
        var vdi = await FillAsync(disk, content);
        await Rest.PostAsync("vbds", new JsonObject { ["VM"] = vm.Uuid, ["VDI"] = vdi.Uuid, ["type"] = "Disk", ["mode"] = "RW", ["bootable"] = false, ["empty"] = false });
        await Server.WaitAsync(() => Picture.GetByUuid<Vm>(vm.Uuid)!.PowerState == VmPowerState.Halted && Picture.GetByUuid<Vdi>(vdi.Uuid) is { Vbds.Length: 1 });
        return Picture.GetByUuid<Vm>(vm.Uuid)!;
    }

    /// <summary>The content of a VM's disk of this name.</summary>
    public Task<byte[]> ContentAsync(Vm vm, string disk) => ContentAsync(Picture.DisksOf(vm).Select(one => one.Vdi).OfType<Vdi>().Single(one => one.NameLabel == disk).Uuid);

    public async ValueTask DisposeAsync()
    {
        Rest.Dispose();
        await Server.DisposeAsync();
        await Simulator.DisposeAsync();
        _patience.Dispose();
    }
}
