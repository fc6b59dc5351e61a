using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Pools;

/// <summary>
/// All pools of this server: one supervised connection for each that is enabled. States are immutable and may be read from any thread at any
/// time; whoever shows them compares instances. Changes by administrators are carried out one after the other.
/// </summary>
public sealed partial class PoolFleet : IPoolConnections
{
    private readonly ObjectStore _store;
    private readonly IPoolSettingsStore _settings;
    private readonly PoolLinkOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<PoolFleet> _log;
    private readonly SemaphoreSlim _changes = new(1);
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationToken _running = new(canceled: true);
    private ImmutableArray<PoolEntry> _entries = [];

    public PoolFleet(ObjectStore store, IPoolSettingsStore settings, TimeProvider time, ILogger<PoolFleet> log, PoolLinkOptions? options = null) =>
        (_store, _settings, _time, _log, _options) = (store, settings, time, log, options ?? new());

    /// <summary>Completes when the settings are read and every enabled pool is being connected; fails as <see cref="RunAsync"/> does.</summary>
    public Task Loaded => _loaded.Task;

    /// <summary>Every entry's state, in the order they were added.</summary>
    public ImmutableArray<PoolState> States => [.. Entries.Select(e => e.State)];

    private ImmutableArray<PoolEntry> Entries
    {
        get
        {
            lock (_gate)
                return _entries;
        }

        set
        {
            lock (_gate)
                _entries = value;
        }
    }

    public PoolState? State(Guid id) => Find(id)?.State;

    public PoolState? StateOf(string poolUuid)
    {
        foreach (var entry in Entries)
            if (entry.Settings.PoolUuid == poolUuid)
                return entry.State;
        return null;
    }

    /// <summary>An entry's settings, to edit them.</summary>
    public PoolSettings? Settings(Guid id) => Find(id)?.Settings;

    /// <summary>The logged-in connection to the pool's coordinator, or null while the pool is out of reach, switched off or unknown.</summary>
    public XapiConnection? Find(string poolUuid)
    {
        foreach (var entry in Entries)
            if (entry.Settings.PoolUuid == poolUuid)
                return entry.Connection;
        return null;
    }

    public bool IsLive(string poolUuid) => StateOf(poolUuid) is { IsLive: true };

    /// <summary>Connects all pools and keeps them connected until cancelled; then logs out everywhere.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            await _changes.WaitAsync(cancellation);
            try
            {
                _running = cancellation;
                Entries = [.. (await _settings.LoadAsync(cancellation)).Select(NewEntry)];
                foreach (var entry in Entries)
                    entry.Start(cancellation);
            }
            finally
            {
                _changes.Release();
            }

            _loaded.TrySetResult();
        }
        catch (Exception e)
        {
            _loaded.TrySetException(e);
            throw;
        }

        await Task.Delay(Timeout.Infinite, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _changes.WaitAsync(CancellationToken.None);
        try
        {
            await Task.WhenAll(Entries.Select(e => e.StopAsync()));
        }
        finally
        {
            _changes.Release();
        }
    }

    /// <summary>The entry that stands for a pool, other than the given one.</summary>
    internal PoolEntry? Claimant(string poolUuid, Guid except) =>
        Entries.FirstOrDefault(e => e.Settings.PoolUuid == poolUuid && e.Settings.Id != except);

    private PoolEntry NewEntry(PoolSettings settings) => new(settings, this, _store, _settings, _options, _time, _log);

    private PoolEntry? Find(Guid id) => Entries.FirstOrDefault(e => e.Settings.Id == id);
}
