using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using XoBlazor.App.Administration;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Simulator;
using XoBlazor.Simulator.Behaviour;
using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Faults;
using XoBlazor.Tests.App.Api.Rest;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Api.Errors;

/// <summary>A server on a port, and two simulated pools: one that it knows, one for what goes wrong with adding another. Each cause of an error takes VMs of its own.</summary>
internal sealed class ErrorScene : IAsyncDisposable
{
    public const string Viewer = "vera";
    public const string ViewersPassword = "a long enough password 7";

    private readonly HashSet<string> _taken = [];

    public TestServer Server { get; } = new TestServer().OnAPort();

    public RpcClient Client { get; private set; } = null!;

    public RestClient Rest { get; private set; } = null!;

    /// <summary>With the administrator's token; it does not send a body that nobody wants.</summary>
    public HttpClient PatientRest { get; } = new(new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromHours(1) });

    public SimulatorHost Simulator { get; private set; } = null!;

    public string Pool { get; private set; } = null!;

    public PoolPicture Picture => Server.Get<ObjectStore>().Current.Pool(Pool)!;

    public SimulatedPool Known => Simulator.Pools[0];

    public SimulatedPool Unknown => Simulator.Pools[1];

    private PoolSimulator Host => Known.Simulator;

    public static async Task<ErrorScene> StartAsync()
    {
        using var patience = Patience.Source();
        var scene = new ErrorScene
        {
            Simulator = await SimulatorHost.StartAsync(new() { Pools = PoolSource.Make("pools=2,hosts=2,vms=80,seed=7"), Pool = new() { OperationDuration = TimeSpan.Zero } }, patience.Token),
        };
        scene.Client = await RpcClient.AdminAsync(scene.Server);
        (scene.Pool, _) = await scene.Client.AddPoolAsync(scene.Server, scene.Known);
        scene.Rest = await RestClient.AdminAsync(scene.Server);
        scene.PatientRest.BaseAddress = scene.Server.Address;
        scene.PatientRest.DefaultRequestHeaders.Authorization = scene.Rest.Http.DefaultRequestHeaders.Authorization;
        var admin = await scene.Server.AdminAsync();
        var viewer = await scene.Server.Get<UserAdministration>().CreateAsync(admin, new(Viewer, ViewersPassword, MustChangePassword: false), patience.Token);
        await scene.Server.Get<GrantAdministration>().AddAsync(admin, SubjectKind.User, viewer, Role.Viewer.Id, AccessScope.Everything.Instance, patience.Token);
        return scene;
    }

    /// <summary>A VM that is off and that nobody else uses.</summary>
    public Vm VmThatIsOff()
    {
        var free = Picture.All<Vm>().First(vm => vm.Kind() == VmKind.Vm && vm.PowerState == VmPowerState.Halted && DisksOf(vm).Any() && !_taken.Contains(vm.Ref));
        _taken.Add(free.Ref);
        return free;
    }

    public Vdi DiskOf(Vm vm) => DisksOf(vm).First();

    /// <summary>One that runs.</summary>
    public async Task<Vm> VmThatRunsAsync(Action<DbObject>? before = null)
    {
        var vm = VmThatIsOff();
        if (before is not null)
            Change(vm, before);
        await Client.ResultAsync("vm.start", Of(vm));
        return await SeenAsync(vm, now => now.PowerState == VmPowerState.Running);
    }

    /// <summary>One that runs on emulated hardware and whose guest tools say nothing: it can be asked for nothing.</summary>
    public async Task<Vm> VmWithoutToolsAsync()
    {
        var vm = await VmThatRunsAsync(row =>
        {
            row["HVM_boot_policy"] = "BIOS order";
            row["domain_type"] = "hvm";
            row["VCPUs_max"] = 4;
            row["VCPUs_at_startup"] = 2;
        });
        Change(vm, row =>
        {
            Guest.Replace(row, null);
            AllowedOperations.Update(row);
        });
        return await SeenAsync(vm, now => !now.AllowedOperations.Contains(VmOperation.CleanReboot));
    }

    /// <summary>What somebody else does to an object, at the host.</summary>
    public void Change(XapiObject one, Action<DbObject> change) => Host.Db.Update(() => change(Host.Db.Get(Core.Xapi.Codecs.XapiCodec.For(one.Class).WireName, one.Ref)));

    public void ChangePool(Action<DbObject> change) => Host.Db.Update(() => change(Host.Db.Pool));

    /// <summary>Somebody else is a moment faster: it happens when the call has reached the host and is not done yet.</summary>
    public async Task<T> BeatenToItAsync<T>(string call, Action first, Func<Task<T>> ask)
    {
        var usual = Host.Interceptor!;
        Host.Interceptor = async (http, next) =>
        {
            if ((await RequestPeek.MethodAsync(http)).EndsWith(call, StringComparison.Ordinal))
                first();
            await usual(http, next);
        };
        try
        {
            return await ask();
        }
        finally
        {
            Host.Interceptor = usual;
        }
    }

    /// <summary>While the audit cannot be written.</summary>
    public async Task<T> WithoutAuditAsync<T>(Func<Task<T>> ask)
    {
        await TamperAsync("ALTER TABLE records RENAME TO away");
        try
        {
            return await ask();
        }
        finally
        {
            await TamperAsync("ALTER TABLE away RENAME TO records");
        }
    }

    public async Task<Vm> SeenAsync(Vm vm, Func<Vm, bool> isSo)
    {
        await Server.WaitAsync(() => Picture.GetByUuid<Vm>(vm.Uuid) is { } now && isSo(now));
        return Picture.GetByUuid<Vm>(vm.Uuid)!;
    }

    public static JsonObject Of(XapiObject one) => new() { ["id"] = one.Uuid };

    public async ValueTask DisposeAsync()
    {
        Rest.Dispose();
        PatientRest.Dispose();
        await Client.DisposeAsync();
        await Server.DisposeAsync();
        await Simulator.DisposeAsync();
    }

    private IEnumerable<Vdi> DisksOf(Vm vm) => Picture.DisksOf(vm).Where(one => one.Vbd.Type == VbdType.Disk).Select(one => one.Vdi).OfType<Vdi>();

    private async Task TamperAsync(string sql)
    {
        var folder = Server.Get<Microsoft.Extensions.Options.IOptions<AuditOptions>>().Value.Folder;
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "audit.db")};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
