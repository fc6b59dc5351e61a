using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using XoBlazor.Core.Journal;
using XoBlazor.Core.Pools;
using XoBlazor.Core.Store;

namespace XoBlazor.Benchmarks.Mirror;

/// <summary>The server without its web half in this process: store, fleet and, if wished, journal, registered as the server registers them.</summary>
internal sealed class MirrorRun : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly string _folder;
    private readonly Counter _counter;

    private MirrorRun(IHost host, string folder, Counter counter) => (_host, _folder, _counter) = (host, folder, counter);

    public ObjectStore Store => _host.Services.GetRequiredService<ObjectStore>();

    public PoolFleet Fleet => _host.Services.GetRequiredService<PoolFleet>();

    /// <summary>Changes of objects announced so far.</summary>
    public long Changes => _counter.Changes;

    public JournalState Journal => _host.Services.GetRequiredService<JournalRecorder>().State;

    public static MirrorRun Prepare(IEnumerable<Uri> pools, bool withJournal)
    {
        var folder = Directory.CreateTempSubdirectory("xo-blazor-benchmark-").FullName;
        var builder = new HostApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IPoolSettingsStore>(new GivenPools([.. pools.Select(p =>
            new PoolSettings { Id = Guid.NewGuid(), Address = p.ToString(), User = "root", Password = "secret" })]));
        if (withJournal)
            builder.Services.AddJournal(folder);
        var counter = new Counter();
        builder.Services.AddSingleton<IStoreObserver>(counter);
        builder.Services.AddPools();
        return new(builder.Build(), folder, counter);
    }

    /// <summary>Starts and waits until every pool's picture is live.</summary>
    public async Task ConnectAsync(int pools, TimeSpan patience)
    {
        var watch = Stopwatch.StartNew();
        await _host.StartAsync();
        while (Fleet.States is var states && (states.Length < pools || states.Any(s => !s.IsLive)))
        {
            if (watch.Elapsed > patience)
                throw new TimeoutException("not connected: " + string.Join("; ", states.Select(s => $"{s.Name}: {s.Status} {s.Problem}")));
            await Task.Delay(2);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private sealed class Counter : IStoreObserver
    {
        private long _changes;

        public long Changes => Interlocked.Read(ref _changes);

        public void Observe(StoreBatch batch) => Interlocked.Add(ref _changes, batch.Changes.Length);
    }

    private sealed class GivenPools(ImmutableArray<PoolSettings> pools) : IPoolSettingsStore
    {
        public Task<ImmutableArray<PoolSettings>> LoadAsync(CancellationToken cancellationToken) => Task.FromResult(pools);

        public Task SaveAsync(PoolSettings settings, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task RemoveAsync(Guid id, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
