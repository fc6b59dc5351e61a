using System.Collections.Immutable;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Consoles;
using XoBlazor.Core.Model;
using XoBlazor.Core.Pools;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Benchmarks.Relay;

/// <summary>A web server with two sockets for the same hosts: <c>/relay</c>, the consoles as they are, and <c>/copy</c>, a loop that copies bytes and looks at none.</summary>
internal sealed class RelayServer : IAsyncDisposable
{
    public const int Vms = 250;

    private const string Pool = "5c25d6b2-0000-4000-8000-000000000001";
    private const int Buffer = 64 * 1024;

    private readonly string _folder = Directory.CreateTempSubdirectory("xo-relay-").FullName;
    private readonly XapiConnection _connection = new(XapiEndpoint.Parse("https://127.0.0.1:9"), new("root", ""));
    private readonly AuditLog _audit;
    private readonly WebApplication _app;

    private RelayServer(RfbSource host)
    {
        var store = new ObjectStore(TimeProvider.System, []);
        var writer = store.Open(Pool);
        writer.ApplyListing(
        [
            new Pool { Ref = "pool", Uuid = Pool, Master = new("host") }, new Host { Ref = "host", Uuid = "host", Address = "127.0.0.1" },
            .. Enumerable.Range(0, Vms).SelectMany(i => (XapiObject[])
            [
                new Vm { Ref = $"vm{i}", Uuid = $"vm{i}", NameLabel = $"vm{i}", PowerState = VmPowerState.Running, ResidentOn = new("host"), Consoles = [new($"console{i}")] },
                new VmConsole { Ref = $"console{i}", Uuid = $"console{i}", Protocol = ConsoleProtocol.Rfb, Vm = new($"vm{i}") },
            ]),
        ]);
        var access = new AccessEngine(store);
        access.Apply(new([], [new("g", SubjectId.User("ada"), Role.Administrator.Id, AccessScope.Everything.Instance)], new Dictionary<string, ImmutableArray<string>>()));
        _audit = new(Options.Create(new AuditOptions { Folder = Path.Combine(_folder, "audit"), KeyFile = Path.Combine(_folder, "keys", "audit.key") }), TimeProvider.System, NullLogger<AuditLog>.Instance);
        _audit.Open();
        var desk = new ConsoleDesk(store, new OnePool(_connection), access, _audit, Options.Create(new ConsoleOptions { MostOfUser = 1000, MostOfHost = 1000, Grace = TimeSpan.Zero }), TimeProvider.System, NullLogger<ConsoleDesk>.Instance)
        {
            Dial = (_, cancellation) => host.ConnectAsync(cancellation),
        };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.UseWebSockets();
        _app.MapGet("/relay/{vm}", async (HttpContext context, string vm) =>
        {
            var seat = await desk.OpenAsync(new(new("ada", "ada"), "console"), Guid.Empty, new(Pool, vm), ConsoleKind.Screen, context.RequestAborted);
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            await seat.ServeAsync(socket, hasControl: false, context.RequestAborted);
        });
        _app.MapGet("/copy/{vm}", async (HttpContext context) =>
        {
            await using var line = await host.ConnectAsync(context.RequestAborted);
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            await CopyAsync(line, socket, context.RequestAborted);
        });
    }

    public static async Task<RelayServer> StartAsync(RfbSource host)
    {
        var server = new RelayServer(host);
        await server._app.StartAsync();
        return server;
    }

    public async Task<ClientWebSocket> ConnectAsync(string path)
    {
        var address = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(new Uri(address, path)) { Scheme = "ws" }.Uri, CancellationToken.None);
        return socket;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _connection.DisposeAsync();
        _audit.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task CopyAsync(Stream line, WebSocket socket, CancellationToken cancellation)
    {
        var up = Task.Run(async () =>
        {
            var bytes = new byte[Buffer];
            while (await socket.ReceiveAsync(bytes.AsMemory(), cancellation) is { MessageType: WebSocketMessageType.Binary } part)
                await line.WriteAsync(bytes.AsMemory(0, part.Count), cancellation);
        }, cancellation);
        try
        {
            var bytes = new byte[Buffer];
            while (await line.ReadAsync(bytes, cancellation) is > 0 and var read)
                await socket.SendAsync(bytes.AsMemory(0, read), WebSocketMessageType.Binary, true, cancellation);
        }
        catch (Exception over) when (over is IOException or WebSocketException or OperationCanceledException)
        {
            // Either end has enough.
        }

        await up.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private sealed class OnePool(XapiConnection connection) : IPoolConnections
    {
        public XapiConnection? Find(string poolUuid) => connection;
    }
}
