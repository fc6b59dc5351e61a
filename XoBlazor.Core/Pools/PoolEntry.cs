using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Pools;

/// <summary>One pool of the fleet: its settings, its state, and while it is enabled its link. Started and stopped by the fleet, one call at a time.</summary>
internal sealed partial class PoolEntry : IPoolHome
{
    private readonly PoolFleet _fleet;
    private readonly ObjectStore _store;
    private readonly IPoolSettingsStore _kept;
    private readonly PoolLinkOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private volatile PoolSettings _settings;
    private volatile PoolState _state;
    private volatile PoolLink? _link;
    private CancellationTokenSource? _stop;
    private Task _run = Task.CompletedTask;
    private Task _saving = Task.CompletedTask;

    public PoolEntry(
        PoolSettings settings, PoolFleet fleet, ObjectStore store, IPoolSettingsStore kept, PoolLinkOptions options, TimeProvider time, ILogger log)
    {
        (_settings, _fleet, _store, _kept, _options, _time, _log) = (settings, fleet, store, kept, options, time, log);
        _state = Fresh(null);
    }

    public PoolSettings Settings
    {
        get => _settings;
        set => _settings = value;
    }

    public PoolState State => _state;

    public XapiConnection? Connection => _link?.Connection;

    public void Start(CancellationToken running)
    {
        _state = Fresh(_state);
        if (!_settings.IsEnabled || running.IsCancellationRequested)
            return;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(running);
        var link = new PoolLink(_state, _store, this, _options, _time, _log);
        _link = link;
        var token = _stop.Token;
        _run = Task.Run(() => link.RunAsync(token), CancellationToken.None);
    }

    /// <summary>Ends the link, log-out included. The objects stay.</summary>
    public async Task StopAsync()
    {
        if (_stop is null)
            return;
        await _stop.CancelAsync();
        await _run;
        await _saving;
        _stop.Dispose();
        (_stop, _link) = (null, null);
    }

    public void TryNow() => _link?.TryNow();

    public void Show(PoolState state) => _state = state;

    public async Task ClaimAsync(string poolUuid, CancellationToken cancellationToken)
    {
        if (_fleet.Claimant(poolUuid, _settings.Id) is { } other)
            throw new PoolProblemException($"This pool is already there as '{other.State.Name}', reached through {other.Settings.Address}. Remove one of the two entries.");
        if (_settings.PoolUuid == poolUuid)
            return;
        _settings = _settings with { PoolUuid = poolUuid };
        await _kept.SaveAsync(_settings, cancellationToken);
    }

    public void Learnt(ImmutableArray<KnownMember> members)
    {
        _settings = _settings with { Members = members };
        _saving = SaveAsync(_saving);
    }

    private async Task SaveAsync(Task before)
    {
        await before;
        try
        {
            await _kept.SaveAsync(_settings, CancellationToken.None);
        }
        catch (Exception e)
        {
            LogNotSaved(e, _state.Name);
        }
    }

    /// <summary>The state at the start of a link, with what is still true of the one before.</summary>
    private PoolState Fresh(PoolState? before) => new()
    {
        Id = _settings.Id,
        Status = _settings.IsEnabled ? PoolStatus.Connecting : PoolStatus.Disabled,
        Since = _time.GetUtcNow(),
        Name = _settings.Label is { Length: > 0 } label ? label
            : _settings.PoolUuid is { } uuid && _store.Current.Pool(uuid) is { } picture ? picture.Name() : _settings.Address,
        Address = _settings.Address,
        PoolUuid = _settings.PoolUuid,
        Coordinator = before?.Coordinator,
        LastAnswer = before?.LastAnswer,
        PictureAsOf = before?.PictureAsOf,
        HostClockOffset = before?.HostClockOffset ?? TimeSpan.Zero,
    };

    [LoggerMessage(LogLevel.Warning, "The members of pool {Pool} could not be kept; they are learnt again at the next connection")]
    private partial void LogNotSaved(Exception failure, string pool);
}
