using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net.WebSockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Consoles;
using XoBlazor.Core.Consoles.Thumbnails;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi;
using XoBlazor.Tests.Audit;
using XoBlazor.Tests.Operations;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Consoles.Support;

/// <summary>The consoles of a pool of two hosts, of which the first runs a VM, with everything but the hosts themselves real.</summary>
internal sealed class ConsoleBench : IAsyncDisposable
{
    public const string Pool = "5c25d6b2-0000-4000-8000-000000000001";

    private readonly AuditHome _audit = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly PoolWriter _writer;
    private readonly XapiConnection _connection = new(XapiEndpoint.Parse("https://127.0.0.1:9"), new("root", "secret"));
    private readonly Task _watch;
    private readonly ConcurrentBag<Task> _serving = [];

    public ConsoleBench(Func<string, Stream> connect, ConsoleOptions? options = null, TimeProvider? time = null)
    {
        Store = new(TimeProvider.System, []);
        _writer = Store.Open(Pool);
        Place("one");
        Access = new(Store);
        Grant(Role.Operator);
        Desk = new(Store, new OneConnection(_connection), Access, _audit.Log, Options.Create(options ?? new()), time ?? TimeProvider.System, NullLogger<ConsoleDesk>.Instance)
        {
            Dial = (place, _) => Task.FromResult(connect(place.Host.Value!)),
        };
        _watch = Desk.RunAsync(_stop.Token);
    }

    public static ObjectKey Vm { get; } = new(Pool, "vm-uuid");

    public static Requester Ada { get; } = new(new("ada-id", "ada"), "console", "192.0.2.7");

    public ObjectStore Store { get; }

    public AccessEngine Access { get; }

    public ConsoleDesk Desk { get; }

    /// <summary>Pictures of screens, taken of hosts in this way.</summary>
    public ConsoleThumbnails Thumbnails(Func<string, Task<byte[]>> take, TimeProvider time) =>
        new(Store, new OneConnection(_connection), Access, Options.Create(new ConsoleOptions()), time, NullLogger<ConsoleThumbnails>.Instance) { Take = (place, _) => take(place.VmName) };

    public IReadOnlyList<AuditRecord> Audit => [.. _audit.Log.ReadAfter(0, 1000).Select(entry => entry.Record)];

    /// <summary>The VM runs on this host from now on; nowhere when it is off.</summary>
    public void Place(string? host, string console = "console") => _writer.ApplyListing(
    [
        new Pool { Ref = "OpaqueRef:pool", Uuid = Pool, NameLabel = "lab", Master = new("one") },
        new Host { Ref = "one", Uuid = "one-uuid", NameLabel = "one", Address = "127.0.0.1" },
        new Host { Ref = "two", Uuid = "two-uuid", NameLabel = "two", Address = "127.0.0.2" },
        new Vm
        {
            Ref = "vm", Uuid = Vm.Uuid, NameLabel = "web1", PowerState = host is null ? VmPowerState.Halted : VmPowerState.Running,
            ResidentOn = host is null ? default : new(host), Consoles = host is null ? [] : [new(console), new(console + "-text")],
        },
        .. host is null ? (XapiObject[])[] :
        [
            new VmConsole { Ref = console, Uuid = console + "-uuid", Protocol = ConsoleProtocol.Rfb, Vm = new("vm"), Location = $"https://127.0.0.1/console?uuid={console}-uuid" },
            new VmConsole { Ref = console + "-text", Uuid = console + "-text-uuid", Protocol = ConsoleProtocol.Vt100, Vm = new("vm"), Location = $"https://127.0.0.1/console?uuid={console}-text-uuid" },
        ],
    ]);

    /// <summary>So many further VMs run on the first host. Returns all there are.</summary>
    public ImmutableArray<ObjectKey> Crowd(int further)
    {
        _writer.Apply(Enumerable.Range(0, further).SelectMany(at => (XapiObject[])
        [
            new Vm { Ref = $"vm-{at}", Uuid = $"vm-{at}-uuid", NameLabel = $"web-{at}", PowerState = VmPowerState.Running, ResidentOn = new("one"), Consoles = [new($"console-{at}")] },
            new VmConsole { Ref = $"console-{at}", Uuid = $"console-{at}-uuid", Protocol = ConsoleProtocol.Rfb, Vm = new($"vm-{at}"), Location = $"https://127.0.0.1/console?uuid=console-{at}-uuid" },
        ]).Select(ObjectUpdate.Present));
        return [Vm, .. Enumerable.Range(0, further).Select(at => new ObjectKey(Pool, $"vm-{at}-uuid"))];
    }

    /// <summary>Ada has this role on everything, and nobody has anything else.</summary>
    public void Grant(Role? role) => Access.Apply(new(role is { IsBuiltIn: false } ? [role] : [],
        role is null ? [] : [new("g1", SubjectId.User("ada-id"), role.Id, new AccessScope.Everything())], new Dictionary<string, ImmutableArray<string>>()));

    /// <summary>Ada has this role on the VM, and nobody has anything else.</summary>
    public void GrantVm(Role role) => Access.Apply(new([], [new("g1", SubjectId.User("ada-id"), role.Id, new AccessScope.OfObject(Vm))], new Dictionary<string, ImmutableArray<string>>()));

    public Task<ConsoleSeat> OpenAsync(Requester? requester = null, ConsoleKind kind = ConsoleKind.Screen) =>
        Desk.OpenAsync(requester ?? Ada, Guid.Empty, Vm, kind, TestContext.Current.CancellationToken);

    /// <summary>A viewer at a place of its own.</summary>
    public async Task<ScreenClient> LookAsync(params int[] encodings) => Look(await OpenAsync(), encodings);

    public ScreenClient Look(ConsoleSeat seat, params int[] encodings)
    {
        var client = new ScreenClient(Serve(seat));
        client.Start(encodings.Length == 0 ? ScreenClient.All : encodings);
        return client;
    }

    /// <summary>The browser's end of a socket that the place serves.</summary>
    public WebSocket Serve(ConsoleSeat seat)
    {
        var (ours, theirs) = StreamPair.Make();
        _serving.Add(ServeAsync());
        return WebSocket.CreateFromStream(theirs, new WebSocketCreationOptions { IsServer = false });

        async Task ServeAsync()
        {
            using var socket = WebSocket.CreateFromStream(ours, new WebSocketCreationOptions { IsServer = true });
            await seat.ServeAsync(socket, hasControl: true, _stop.Token);
        }
    }

    public static async Task UntilAsync(Func<bool> isSo, string what)
    {
        using var patience = Patience.Source();
        while (!isSo())
        {
            if (patience.IsCancellationRequested)
                throw new TimeoutException($"it did not come that {what}");
            await Task.Delay(5, CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_serving).WaitAsync(Patience.Limit);
        await Desk.SendAwayAsync(CancellationToken.None);
        await _watch;
        _writer.Dispose();
        await _connection.DisposeAsync();
        _audit.Dispose();
        _stop.Dispose();
    }
}
