using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Journal;
using XoBlazor.Core.Journal.Storage.Sqlite;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Patching;
using XoBlazor.Core.Patching.Rolling;
using XoBlazor.Core.Pools;
using XoBlazor.Core.Store;
using XoBlazor.Tests.Pools;
using PoolPicture = XoBlazor.Core.Store.PoolPicture;

namespace XoBlazor.Tests.Patching.Rolling;

/// <summary>One life of a server: what it has in memory, from its start until it stops or is killed. What lasts is given to it.</summary>
internal sealed class RollingServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly RollingLoop _loop;
    private readonly JournalRecorder _recorder;
    private readonly SqliteJournalStorage _journal;
    private readonly ServiceProvider _catalogue;
    private readonly string _pool;
    private bool _isOver;
    private Task _fleet = Task.CompletedTask;
    private Task _recording = Task.CompletedTask;

    private RollingServer(string pool, MemoryPoolSettings settings, IRollingStore store, AuditLog audit, string journal, RollingOptions options, Action<IServiceCollection>? services)
    {
        _pool = pool;
        _journal = new(journal, new PartitionLimits(1 << 20, 1L << 40, long.MaxValue), TimeProvider.System);
        _recorder = new(_journal, Options.Create(new JournalOptions { Folder = journal, Thinning = [] }), TimeProvider.System, NullLogger<JournalRecorder>.Instance);
        var watch = new TaskWatch();
        Store = new(TimeProvider.System, [watch, _recorder]);
        Fleet = new(Store, settings, TimeProvider.System, NullLogger<PoolFleet>.Instance, null);
        Access = new(Store);
        Allow(Role.Administrator);
        Runs = new(TimeProvider.System, store);
        Runner = new(Store, watch, Access, audit, Fleet, TimeProvider.System, NullLogger<OperationRunner>.Instance, rolling: Runs);
        var catalogue = new ServiceCollection().AddOperations().AddPatching().AddLogging().AddSingleton(Store).AddSingleton<IPoolConnections>(Fleet).AddSingleton(watch).AddSingleton(Runs);
        services?.Invoke(catalogue);
        _catalogue = catalogue.BuildServiceProvider();
        _loop = new(Runs, new(Runs, Store, watch, Fleet, Access, _catalogue.GetRequiredService<IMissingUpdates>(), _catalogue.GetRequiredService<IUpdateInstaller>(), audit, Options.Create(options), TimeProvider.System, NullLogger<RollingDriver>.Instance), TimeProvider.System, NullLogger<RollingLoop>.Instance);
    }

    public static Requester Ada { get; } = new(new("1", "ada"), "test");

    public static Requester Bob { get; } = new(new("2", "bob"), "test");

    public ObjectStore Store { get; }

    public PoolFleet Fleet { get; }

    public AccessEngine Access { get; }

    public RollingRuns Runs { get; }

    public OperationRunner Runner { get; }

    public PoolPicture Picture => Store.Current.Pool(_pool)!;

    public Operation Operation(string name) => _catalogue.GetRequiredService<OperationCatalogue>().Find(name)!;

    public static async Task<RollingServer> StartAsync(string pool, MemoryPoolSettings settings, IRollingStore store, AuditLog audit, string journal, RollingOptions options, Action<IServiceCollection>? services, CancellationToken token)
    {
        var server = new RollingServer(pool, settings, store, audit, journal, options, services);
        await server._recorder.OpenAsync(token);
        server._recording = server._recorder.RunAsync(server._stop.Token);
        server._fleet = server.Fleet.RunAsync(server._stop.Token);
        await server.Fleet.Loaded;
        await server._loop.StartAsync(token);
        return server;
    }

    /// <summary>What Ada may; Bob is a viewer.</summary>
    public void Allow(Role ada) => Access.Apply(new([ada],
        [new("ada", SubjectId.User("1"), ada.Id, AccessScope.Everything.Instance), new("bob", SubjectId.User("2"), Role.Viewer.Id, AccessScope.Everything.Instance)],
        ImmutableDictionary<string, ImmutableArray<string>>.Empty));

    public async Task<OperationRun> BeginAsync(string operation, JsonObject? arguments = null, XapiObject? target = null, Requester? by = null) =>
        await Runner.StartAsync(by ?? Ada, Operation(operation), Picture.Key(target ?? Picture.Pool!), arguments, _stop.Token);

    /// <summary>Runs an operation on the pool, or on something in it, to its end.</summary>
    public async Task<OperationResult> RunAsync(string operation, CancellationToken token, JsonObject? arguments = null, XapiObject? target = null, Requester? by = null) =>
        await (await BeginAsync(operation, arguments, target, by)).Completion.WaitAsync(token);

    /// <summary>Waits until the pool is in reach and shows this.</summary>
    public async Task UntilAsync(Func<PoolPicture, bool> shows, CancellationToken token)
    {
        using var signals = Store.Subscribe();
        for (var now = signals.Present; !(Fleet.IsLive(_pool) && now.Pool(_pool) is { Pool: not null } picture && shows(picture));)
        {
            // The picture may be right a moment before the pool counts as in reach, which no signal tells.
            using var look = CancellationTokenSource.CreateLinkedTokenSource(token);
            look.CancelAfter(100);
            try
            {
                now = (await signals.NextAsync(look.Token)).Now;
            }
            catch (OperationCanceledException) when (!token.IsCancellationRequested)
            {
            }
        }
    }

    /// <summary>Waits until the pool's newest run looks so.</summary>
    public async Task<RollingRun> UntilRunAsync(Func<RollingRun, bool> isSo, CancellationToken token)
    {
        var reached = new TaskCompletionSource<RollingRun>(TaskCreationOptions.RunContinuationsAsynchronously);
        Runs.Changed += Look;
        try
        {
            if (Runs.Of(_pool) is [var newest, ..])
                Look(newest);
            return await reached.Task.WaitAsync(token);
        }
        catch (OperationCanceledException late)
        {
            throw new TimeoutException(Runs.Of(_pool) is [var run, ..] ? RollingReport.Text(run, Store.Current.Pool(_pool)) : "there is no run", late);
        }
        finally
        {
            Runs.Changed -= Look;
        }

        void Look(RollingRun run)
        {
            if (Runs.Of(_pool) is [var first, ..] && run.Id == first.Id && isSo(run))
                reached.TrySetResult(run);
        }
    }

    /// <summary>Everything it has under way ends where it is.</summary>
    public async ValueTask DisposeAsync()
    {
        // A test that fails between two servers has ended the one already.
        if (Interlocked.Exchange(ref _isOver, true))
            return;
        await _stop.CancelAsync();
        await _loop.StopAsync(CancellationToken.None);
        _loop.Dispose();
        await _fleet.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _recording.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _journal.DisposeAsync();
        _recorder.Dispose();
        await _catalogue.DisposeAsync();
        _stop.Dispose();
    }
}
