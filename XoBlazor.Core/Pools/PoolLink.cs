using Microsoft.Extensions.Logging;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Pools;

/// <summary>
/// The supervised connection to one pool: finds the coordinator, logs in, follows the events into the store, and starts over when
/// anything fails, until it is cancelled. What it knows is told through <see cref="State"/>. Runs once.
/// </summary>
internal sealed partial class PoolLink
{
    private readonly ObjectStore _store;
    private readonly IPoolHome _home;
    private readonly PoolLinkOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly BackOff _pauses;
    private readonly SemaphoreSlim _hurry = new(0, 1);
    private PoolWriter? _writer;
    private XapiConnection? _connection;
    private PoolReader? _reader;
    private string? _coordinator;
    private bool _hasAnswered;
    private bool _isClockRead;
    private volatile XapiConnection? _live;
    private volatile PoolState _state;

    public PoolLink(PoolState state, ObjectStore store, IPoolHome home, PoolLinkOptions options, TimeProvider time, ILogger log)
    {
        (_state, _store, _home, _options, _time, _log) = (state, store, home, options, time, log);
        _pauses = new(options.FirstPause, options.LongestPause, Random.Shared);
    }

    public PoolState State => _state;

    /// <summary>The logged-in connection while the picture is live or being read.</summary>
    public XapiConnection? Connection => _live;

    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            while (!cancellation.IsCancellationRequested)
            {
                try
                {
                    await FollowAsync(cancellation);
                }
                catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
                {
                    break;
                }
                catch (Exception e)
                {
                    await RecoverAsync(e, cancellation);
                }
            }
        }
        finally
        {
            _live = null;
            await DropAsync(isAlive: true);
            _writer?.Dispose();
        }
    }

    /// <summary>Does not wait for the next try's time.</summary>
    public void TryNow()
    {
        if (_hurry.CurrentCount == 0)
            _hurry.Release();
    }

    private async Task FollowAsync(CancellationToken cancellation)
    {
        if (_connection is null)
        {
            if (_state.Status is not (PoolStatus.Unreachable or PoolStatus.NeedsAttention))
                Show(s => s with { Status = PoolStatus.Connecting });
            await AdoptAsync(await SearchAsync(_pauses.Failures > 0, cancellation), cancellation);
        }
        else if (_reader is { HasListed: true })
        {
            await RegainAsync(_reader, cancellation);
            // Either side may have slept meanwhile.
            await MeasureClockAsync(_connection!, _writer!, cancellation);
        }

        _live = _connection;
        _reader ??= NewReader(_connection!, _writer!);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var clock = WatchClockAsync(_connection!, _writer!, stop.Token);
        try
        {
            await _reader.RunAsync(cancellation);
        }
        finally
        {
            await stop.CancelAsync();
            await clock.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>
    /// Clocks drift and are set: the offset is measured again now and then, and soon when the host did not say, less and less so. What it is shows with
    /// the next answer.
    /// </summary>
    private async Task WatchClockAsync(XapiConnection connection, PoolWriter writer, CancellationToken cancellation)
    {
        var pauses = new BackOff(_options.FirstPause, _options.ClockInterval, Random.Shared);
        while (true)
        {
            await Task.Delay(_isClockRead ? _options.ClockInterval : pauses.Next(), _time, cancellation);
            await MeasureClockAsync(connection, writer, cancellation);
            if (_isClockRead)
                pauses.Reset();
        }
    }

    private async Task MeasureClockAsync(XapiConnection connection, PoolWriter writer, CancellationToken cancellation)
    {
        if (writer.Picture.Pool is { } pool)
            await MeasureClockAsync(connection, pool.Master, writer, cancellation);
    }

    private async Task MeasureClockAsync(XapiConnection connection, XenRef<Host> coordinator, PoolWriter writer, CancellationToken cancellation)
    {
        var offset = await HostClock.OffsetAsync(connection, coordinator, _time, cancellation);
        _isClockRead = offset is not null;
        writer.HostClockOffset = offset ?? writer.HostClockOffset;
    }

    private Task<FoundPool> SearchAsync(bool widely, CancellationToken cancellation)
    {
        // A log-in that a directory has to confirm may take long; a host that hangs must not hold us up each time.
        var patience = _pauses.Failures % 3 == 2 ? _options.SearchTimeout * 3 : _options.SearchTimeout;
        return new PoolSearch(_home.Settings, _options with { SearchTimeout = patience }, _time).FindAsync(_coordinator, widely, cancellation);
    }

    private async Task AdoptAsync(FoundPool found, CancellationToken cancellation)
    {
        (_connection, _reader) = (found.Connection, null);
        _coordinator = AddressOf(found.Connection.Endpoint);
        await _home.ClaimAsync(found.Pool.Uuid, cancellation);
        _writer ??= _store.Open(found.Pool.Uuid);
        await MeasureClockAsync(found.Connection, found.Pool.Master, _writer, cancellation);
        Show(s => s with
        {
            Status = s.Status == PoolStatus.Connecting ? PoolStatus.Reading : s.Status,
            PoolUuid = found.Pool.Uuid,
            Coordinator = _coordinator,
            HostClockOffset = _writer.HostClockOffset,
        });
    }

    /// <summary>
    /// The line was cut or the host fell silent. Asks again under the same session, which is cheap and loses nothing, and after a while also
    /// looks for another coordinator; whichever answers first is followed.
    /// </summary>
    private async Task RegainAsync(PoolReader reader, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var again = AskAgainAsync(reader, stop.Token);
        var elsewhere = SearchOnAsync(stop.Token);
        await Task.WhenAny(again, elsewhere);
        if (elsewhere.IsCompletedSuccessfully && !again.IsCompleted)
        {
            await stop.CancelAsync();
            await again.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await DropAsync(isAlive: false);
            await AdoptAsync(await elsewhere, cancellation);
            return;
        }

        await stop.CancelAsync();
        await ((Task)elsewhere).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (elsewhere.IsCompletedSuccessfully)
            await LeaveAsync((await elsewhere).Connection);
        await again;
    }

    private async Task AskAgainAsync(PoolReader reader, CancellationToken cancellation)
    {
        var pauses = new BackOff(_options.FirstPause, _options.LongestPause / 3, Random.Shared);
        while (true)
        {
            try
            {
                await reader.CatchUpAsync(cancellation);
                return;
            }
            catch (XapiUnreachableException e) when (PoolProblem.Of(e, _home.Settings).SessionMayLive)
            {
                await Task.Delay(pauses.Next(), _time, cancellation);
            }
        }
    }

    private async Task<FoundPool> SearchOnAsync(CancellationToken cancellation)
    {
        await Task.Delay(_options.SearchDelay, _time, cancellation);
        while (true)
        {
            try
            {
                return await SearchAsync(widely: true, cancellation);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                await ShowAndPauseAsync(PoolProblem.Of(e, _home.Settings), cancellation);
            }
        }
    }

    private PoolReader NewReader(XapiConnection connection, PoolWriter writer)
    {
        var learning = new MemberLearning(_home, connection);
        return new(connection, writer, _options, (batch, isWhole) =>
        {
            _hasAnswered = true;

            // Not before the second answer: a host that breaks off after every listing must not be asked for one again and again at once.
            if (!isWhole)
                _pauses.Reset();
            else
                LogUp(_state.Name, connection.Endpoint.Address, writer.Picture.Count);
            var now = _time.GetUtcNow();
            Show(s => s with
            {
                Status = PoolStatus.Connected,
                Name = _home.Settings.Label is { Length: > 0 } label ? label : writer.Picture.Name(),
                LastAnswer = now,
                PictureAsOf = now,
                HostClockOffset = writer.HostClockOffset,
                Problem = null,
                NextTry = null,
                Attempts = 0,
                PresentedCertificate = null,
            });
            if (batch is not null)
                learning.Look(writer.Picture);
        });
    }

    /// <summary>Tells what went wrong, decides what of the connection is still good, and waits for the next try.</summary>
    private async Task RecoverAsync(Exception failure, CancellationToken cancellation)
    {
        var wasUp = _hasAnswered;
        (_live, _hasAnswered) = (null, false);
        if (failure is XapiUnreachableException { Presented: { } presented } shown && _connection is { } at)
        {
            var directory = PoolDirectory.Of(_home.Settings);
            if (directory.Accepts(at.Endpoint, presented.Fingerprint))
            {
                // The pool announced a new certificate after this connection was made: the next one knows it.
                await DropAsync(isAlive: false);
                Show(s => s with { Status = PoolStatus.Unreachable, Problem = "The host renewed its certificate; connecting anew.", NextTry = _time.GetUtcNow() });
                return;
            }

            failure = UnacceptedCertificateException.Of(directory.NameOf(at.Endpoint), shown);
        }

        var problem = PoolProblem.Of(failure, _home.Settings);
        if (problem.IsUnexpected)
            LogUnexpected(failure, _state.Name);
        else if (wasUp || problem.Text != _state.Problem)
            LogDown(_state.Name, problem.Text);

        if (failure is HostIsSlaveException moved)
            _coordinator = moved.Coordinator;
        if (wasUp && failure is XapiSessionLostException)
            _reader = null;
        else if (!wasUp || !problem.SessionMayLive)
            await DropAsync(problem.HostAnswers);

        if (_connection is null)
            await ShowAndPauseAsync(problem, cancellation);
        else
            Show(s => s with { Status = PoolStatus.Unreachable, Problem = problem.Text, NextTry = _time.GetUtcNow() });
    }

    private async Task ShowAndPauseAsync(PoolProblem problem, CancellationToken cancellation)
    {
        var pause = problem.IsRefusal ? _options.RefusedPause : _pauses.Next();
        Show(s => s with
        {
            Status = problem.NeedsAttention ? PoolStatus.NeedsAttention : PoolStatus.Unreachable,
            Problem = problem.Text,
            NextTry = _time.GetUtcNow() + pause,
            Attempts = _pauses.Failures,
            PresentedCertificate = problem.Certificate,
        });
        await PauseAsync(pause, cancellation);
    }

    private async Task PauseAsync(TimeSpan pause, CancellationToken cancellation)
    {
        using var wake = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var hurry = _hurry.WaitAsync(wake.Token);
        await Task.WhenAny(hurry, Task.Delay(pause, _time, wake.Token));
        await wake.CancelAsync();
        await hurry.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task DropAsync(bool isAlive)
    {
        if (_connection is not { } connection)
            return;
        (_connection, _reader) = (null, null);
        if (isAlive)
            await LeaveAsync(connection);
        else
            await connection.DisposeAsync();
    }

    private static async Task LeaveAsync(XapiConnection connection)
    {
        await connection.LogOutAsync(CancellationToken.None);
        await connection.DisposeAsync();
    }

    private void Show(Func<PoolState, PoolState> change)
    {
        var before = _state;
        var after = change(before);
        if (after.Status != before.Status)
            after = after with { Since = _time.GetUtcNow() };
        _state = after;
        _home.Show(after);
    }

    /// <summary>The host part that <see cref="PoolDirectory.At"/> understands.</summary>
    private static string AddressOf(XapiEndpoint endpoint) =>
        endpoint.Host.Contains(':', StringComparison.Ordinal) ? $"[{endpoint.Host}]:{endpoint.Port}" : $"{endpoint.Host}:{endpoint.Port}";

    [LoggerMessage(LogLevel.Information, "Pool {Pool} is up at {Address} with {Objects} objects")]
    private partial void LogUp(string pool, string address, int objects);

    [LoggerMessage(LogLevel.Warning, "Pool {Pool} is not connected: {Problem}")]
    private partial void LogDown(string pool, string problem);

    [LoggerMessage(LogLevel.Error, "Following pool {Pool} failed in a way nobody foresaw")]
    private partial void LogUnexpected(Exception failure, string pool);
}
