using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using XoBlazor.App.Accounts;
using XoBlazor.App.Administration;
using XoBlazor.Core.Access;
using XoBlazor.Core.Consoles;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Simulator;
using XoBlazor.Tests.App.Api.Rest;
using XoBlazor.Tests.App.Support;
using XoBlazor.Tests.Consoles.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Api.Consoles;

/// <summary>A server on a port that is connected to a simulated pool of several hosts, and an administrator who is signed in with a browser.</summary>
internal sealed class ConsoleScene : IAsyncDisposable
{
    public const string PersonsPassword = RestClient.UsersPassword;

    private HttpClient _browser = null!;

    public TestServer Server { get; } = new();

    public SimulatorHost Simulator { get; private set; } = null!;

    public RpcClient Client { get; private set; } = null!;

    public SimulatedPool Host => Simulator.Pools[0];

    public string Pool { get; private set; } = "";

    public PoolPicture Picture => Server.Get<ObjectStore>().Current.Pool(Pool)!;

    /// <summary>What the browser sends with each request.</summary>
    public string Cookies { get; private set; } = "";

    /// <param name="asVersion">Of the pool's xapi; null for that of the demonstration.</param>
    /// <param name="set">Sets the server up before it starts.</param>
    public static async Task<ConsoleScene> StartAsync(PoolOptions? options = null, string? asVersion = null, Action<TestServer>? set = null)
    {
        using var patience = Patience.Source();
        var scene = new ConsoleScene
        {
            Simulator = await SimulatorHost.StartAsync(new() { Pools = [PoolSource.Demo()[0]], Pool = (options ?? new()) with { OperationDuration = TimeSpan.Zero }, KeepsHouse = false, AsVersion = asVersion }, patience.Token),
        };
        set?.Invoke(scene.Server);
        scene.Server.OnAPort();
        scene.Client = await RpcClient.AdminAsync(scene.Server);
        (scene.Pool, _) = await scene.Client.AddPoolAsync(scene.Server, scene.Host);
        scene._browser = scene.Server.Browser();
        using var answer = await TestServer.SignInAsync(scene._browser);
        scene.Cookies = string.Join("; ", answer.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]).Where(cookie => !cookie.EndsWith('=')));
        return scene;
    }

    /// <summary>A VM that runs, on the coordinator or on another host.</summary>
    public Vm RunningVm(bool onCoordinator) => Picture.All<Vm>().First(vm => vm.Kind() == VmKind.Vm && vm.PowerState == VmPowerState.Running
        && Picture.Get(vm.ResidentOn) is { } host && Picture.IsCoordinator(host) == onCoordinator && Picture.Get(vm.Consoles).Any(console => console.Protocol == ConsoleProtocol.Rfb));

    /// <summary>A user with <see cref="PersonsPassword"/> and a role of these rights on a VM. Returns the role, which <see cref="AllowAsync"/> changes.</summary>
    public async Task<string> PersonAsync(string name, Vm vm, params Right[] rights)
    {
        var admin = await Server.AdminAsync();
        var role = await Server.Get<RoleAdministration>().CreateAsync(admin, $"role of {name}", "", [.. rights.Select(right => right.Name)], CancellationToken.None);
        (await RestClient.UserAsync(Server, name, (Server.Get<AccessEngine>().Policy.Roles[role], Pool, vm))).Dispose();
        return role;
    }

    /// <summary>The role has these rights from now on.</summary>
    public async Task AllowAsync(string role, params Right[] rights) => await Server.Get<RoleAdministration>()
        .EditAsync(await Server.AdminAsync(), role, Server.Get<AccessEngine>().Policy.Roles[role].Name, "", [.. rights.Select(right => right.Name)], CancellationToken.None);

    /// <summary>A ticket as the administrator's page gets it.</summary>
    public async Task<string> TicketAsync(Vm vm, ConsoleKind kind = ConsoleKind.Screen)
    {
        var account = await Server.AccountAsync(TestServer.Admin);
        // The newest is the browser's: the API's socket signed in before.
        var session = Server.Get<SignInSessions>().Of(account.Id)[0].Id;
        return Server.Get<ConsoleTickets>().Issue(await Server.AdminAsync(), session, new(Pool, vm.Uuid), kind);
    }

    /// <summary>Connects to an address of the server.</summary>
    public async Task<ClientWebSocket> ConnectAsync(string path, string? cookies = null, string? origin = null)
    {
        using var patience = Patience.Source();
        var socket = new ClientWebSocket();
        if (cookies is not null)
            socket.Options.SetRequestHeader("Cookie", cookies);
        if (origin is not null)
            socket.Options.SetRequestHeader("Origin", origin);
        socket.Options.CollectHttpResponseDetails = true;
        try
        {
            await socket.ConnectAsync(new UriBuilder(new Uri(Server.Address!, path)) { Scheme = "ws" }.Uri, patience.Token);
            return socket;
        }
        catch (WebSocketException)
        {
            // Its status says why.
            return socket;
        }
    }

    /// <summary>The page's socket, after its first message.</summary>
    public async Task<ClientWebSocket> EnterAsync(string name, string word)
    {
        var socket = await ConnectAsync("/consoles/live", Cookies, Server.Address!.GetLeftPart(UriPartial.Authority));
        using var patience = Patience.Source();
        await socket.SendAsync(Encoding.UTF8.GetBytes(new JsonObject { [name] = word }.ToJsonString()), WebSocketMessageType.Text, true, patience.Token);
        return socket;
    }

    /// <summary>Looks at a VM with a ticket.</summary>
    public async Task<ScreenClient> LookAsync(Vm vm, params int[] encodings)
    {
        var client = new ScreenClient(await EnterAsync("ticket", await TicketAsync(vm)));
        client.Start(encodings.Length > 0 ? encodings : [ScreenHost.Hextile, ScreenHost.CopyRect, ScreenHost.Raw, ScreenHost.DesktopSize, ScreenHost.LastRect]);
        return client;
    }

    public Task<HttpResponseMessage> SignOutAsync() => TestServer.SubmitAsync(_browser, "/", new Dictionary<string, string>(), "/sign-out");

    public async ValueTask DisposeAsync()
    {
        _browser?.Dispose();
        if (Client is not null)
            await Client.DisposeAsync();
        await Server.DisposeAsync();
        await Simulator.DisposeAsync();
    }
}
