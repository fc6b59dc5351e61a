using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Operations.Transfers;
using XoBlazor.Core.Operations.Vms.CloudInit;
using XoBlazor.Core.Patching;
using XoBlazor.Core.Pools;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Transfers;
using XoBlazor.Simulator;
using XoBlazor.Simulator.Streams;
using XoBlazor.Tests.Audit;
using XoBlazor.Tests.Pools;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Operations.Simulated;

/// <summary>A simulated pool of two hosts and a few VMs, connected, with a runner that may do everything there. What an operation did is seen through the store, as pages do.</summary>
internal sealed class OperatedPool : IAsyncDisposable
{
    private static readonly Requester s_ada = new(new("1", "ada"), "test");

    private readonly AuditHome _audit = new();
    private readonly OperationRunner _runner;
    private readonly AccessEngine _access;
    private readonly KeptGrants _given = new();
    private readonly ConfigDriveLoop _loop;
    private readonly ServiceProvider _services;

    private OperatedPool(FleetFixture fleet, TaskWatch watch, Action<IServiceCollection>? more, Leftovers? leftovers, CancellationToken token)
    {
        (Fleet, Token) = (fleet, token);
        _access = new AccessEngine(fleet.Store);
        Grant([]);
        _runner = new(fleet.Store, watch, _access, _audit.Log, fleet.Fleet, TimeProvider.System, NullLogger<OperationRunner>.Instance, _given, leftovers);
        _loop = new(fleet.Store, _runner);
        var services = new ServiceCollection().AddOperations().AddPatching().AddLogging().AddSingleton(fleet.Store).AddSingleton<IPoolConnections>(fleet.Fleet).AddSingleton(watch);
        if (leftovers is not null)
            services.AddSingleton(leftovers);
        more?.Invoke(services);
        _services = services.BuildServiceProvider();
    }

    /// <summary>Somebody who was given nothing yet.</summary>
    public static Requester Bob { get; } = new(new("2", "bob"), "test");

    /// <summary>What makers were given on what they made.</summary>
    public IReadOnlyList<(string User, string Uuid, string Role)> Given => _given.All;

    public FleetFixture Fleet { get; }

    public CancellationToken Token { get; }

    public PoolPicture Picture => Fleet.Picture;

    /// <summary>Installs for who has work of their own around it.</summary>
    public IUpdateInstaller Installer => _services.GetRequiredService<IUpdateInstaller>();

    /// <param name="more">Services that take the place of others.</param>
    public static async Task<OperatedPool> StartAsync(CancellationToken token, string make = "hosts=2,vms=12,seed=3", Action<IServiceCollection>? more = null, Leftovers? leftovers = null)
    {
        var watch = new TaskWatch();
        var fleet = await FleetFixture.StartAsync(PoolSource.Make(make)[0], token, observers: [watch]);
        await fleet.AddConnectedAsync(token);
        var pool = new OperatedPool(fleet, watch, more, leftovers, token);
        await pool._loop.StartAsync(token);
        return pool;
    }

    /// <summary>Gives Bob roles on objects, and nothing else.</summary>
    public void Grant(IReadOnlyCollection<Role> roles, params IEnumerable<(Role Role, XapiObject On)> grants) => _access.Apply(new(
        roles.Where(role => !role.IsBuiltIn),
        [
            new("all", SubjectId.User("1"), Role.Administrator.Id, AccessScope.Everything.Instance),
            .. grants.Select((grant, number) => new Grant($"{number}", SubjectId.User(Bob.Actor.Id), grant.Role.Id, new AccessScope.OfObject(Picture.Key(grant.On)))),
        ],
        ImmutableDictionary<string, ImmutableArray<string>>.Empty));

    /// <summary>An object that the test needs one of.</summary>
    public T Any<T>(Func<T, bool>? suits = null) where T : XapiObject => Picture.All<T>().First(one => suits is null || suits(one));

    /// <summary>A VM in a state, with a disk.</summary>
    public Vm AnyVm(VmPowerState state) => Any<Vm>(vm => vm.Kind() == VmKind.Vm && vm.PowerState == state && Picture.DisksOf(vm).Any(disk => disk.Vbd.Type == VbdType.Disk));

    public T Now<T>(T before) where T : XapiObject => Picture.GetByUuid<T>(before.Uuid)!;

    /// <summary>Runs an operation to its end; what it made is there by then.</summary>
    public async Task<OperationResult> RunAsync(string name, XapiObject target, JsonObject? arguments = null, Requester? by = null)
    {
        var run = await BeginAsync(name, target, arguments, by);
        return await run.Completion.WaitAsync(Token);
    }

    /// <summary>Begins an operation.</summary>
    /// <param name="end">Who sends the bytes that go along with it.</param>
    public Task<OperationRun> BeginAsync(string name, XapiObject target, JsonObject? arguments = null, Requester? by = null, TransferEnd? end = null) =>
        _runner.StartAsync(by ?? s_ada, _services.GetRequiredService<OperationCatalogue>().Find(name)!, Picture.Key(target), arguments, Token, end);

    /// <summary>The record of the end of what made an object; it is written a moment after the end.</summary>
    public async Task<AuditRecord> MadeByAsync(XapiObject made)
    {
        while (true)
        {
            var appended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            void Tell() => appended.TrySetResult();
            _audit.Log.Appended += Tell;
            try
            {
                if (_audit.Log.Read(new() { Pool = Picture.Uuid, Made = made.Uuid }) is [var end])
                    return end.Record;
                await appended.Task.WaitAsync(Token);
            }
            finally
            {
                _audit.Log.Appended -= Tell;
            }
        }
    }

    /// <summary>The same for one that is to succeed without a word, waiting until the store shows what is expected of it.</summary>
    public async Task<OperationResult> SucceedsAsync(string name, XapiObject target, JsonObject? arguments, Func<PoolPicture, bool> shows)
    {
        var result = await RunAsync(name, target, arguments);
        Assert.True(result is { End: OperationEnd.Succeeded, HasNotes: false }, $"{name}: {result.End} {result.Message} {result.Code}");
        await Fleet.UntilPictureAsync(shows, Token);
        return result;
    }

    /// <summary>Runs one that makes something, and gives that.</summary>
    public async Task<T> MakesAsync<T>(string name, XapiObject target, JsonObject? arguments = null) where T : XapiObject
    {
        var result = await SucceedsAsync(name, target, arguments, _ => true);
        return Picture.GetByUuid<T>(result.Made!.Value.Uuid) ?? throw new InvalidOperationException($"{name} made something else");
    }

    /// <summary>What is said when it is refused; nothing was called then.</summary>
    public async Task<string> RefusalAsync(string name, XapiObject target, JsonObject? arguments = null, Requester? by = null) =>
        (await Assert.ThrowsAsync<OperationRefusedException>(() => RunAsync(name, target, arguments, by))).Message;

    /// <summary>From now on the host refuses a call, whoever makes it and how.</summary>
    public void Refuse(string method) =>
        Fleet.Pool.Simulator.Calls.Register(method, (Action<XoBlazor.Simulator.Calls.CallContext>)(_ => throw new XoBlazor.Simulator.Calls.XapiException("OPERATION_NOT_ALLOWED", "a test refuses it")));

    /// <summary>A disk's content as the host has it; it gives none out while a VM uses the disk.</summary>
    public byte[] ContentOf(Vdi disk)
    {
        var content = Fleet.Pool.Simulator.Contents.Of(Fleet.Pool.Simulator.Db.GetByUuid("VDI", disk.Uuid));
        var bytes = new byte[disk.VirtualSize];
        for (var start = 0; start < bytes.Length; start += DiskBlock.Size)
            content.Read(start / DiskBlock.Size, bytes.AsSpan(start, Math.Min(DiskBlock.Size, bytes.Length - start)));
        return bytes;
    }

    public async ValueTask DisposeAsync()
    {
        await _loop.StopAsync(CancellationToken.None);
        _loop.Dispose();
        await _services.DisposeAsync();
        await Fleet.DisposeAsync();
        _audit.Dispose();
    }

    private sealed class KeptGrants : IMakersGrants
    {
        private ImmutableList<(string, string, string)> _all = [];

        public IReadOnlyList<(string, string, string)> All => _all;

        public Task<string?> GiveAsync(Requester maker, ObjectKey made, IReadOnlyList<string> roles, CancellationToken token)
        {
            _all = _all.AddRange(roles.Select(role => (maker.Actor.Id, made.Uuid, role)));
            return Task.FromResult<string?>(null);
        }
    }
}
