using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using XoBlazor.Core.Consoles.Rfb;
using XoBlazor.Core.Pools;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Consoles;

/// <summary>
/// One console of one VM, shared by all who look at it: one line to the host, made anew when the VM reboots or moves or the line breaks, for as long as the session runs.
/// Viewers come and go meanwhile. Safe from any thread; runs once.
/// </summary>
internal abstract partial class ConsoleSession(
    ConsolePlaces places, Func<ConsolePlace.There, CancellationToken, Task<Stream>> dial, ObjectKey vm, ConsoleKind kind, ConsoleOptions options, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(3);
    // A line that lasted so long was a good one.
    private static readonly TimeSpan s_steady = TimeSpan.FromSeconds(5);

    /// <summary>How long a host may take until its console speaks.</summary>
    protected static readonly TimeSpan Greeting = TimeSpan.FromSeconds(15);

    private readonly BackOff _pauses = new(s_firstPause, s_longestPause, Random.Shared);
    private ImmutableArray<ConsoleViewer> _viewers = [];
    private ConsoleState _state = ConsoleState.Connecting;
    private TaskCompletionSource _live = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenSource? _leaveLine;
    private ConsolePlace.There? _at;

    public ObjectKey Vm => vm;

    public ConsoleKind Kind => kind;

    /// <summary>The host it is connected to, or is being; null while there is none.</summary>
    public string? HostRef => Volatile.Read(ref _at)?.Host.Value;

    public ConsoleState State
    {
        get
        {
            lock (Gate)
                return _state;
        }
    }

    /// <summary>Guards everything of the session; nobody waits while holding it.</summary>
    protected Lock Gate { get; } = new();

    protected ConsolePlaces Places => places;

    protected TimeProvider Time => time;

    /// <summary>Keeps the line until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            var changed = Changed();
            var found = places.Find(vm, kind);
            if (found is ConsolePlace.Nowhere nowhere)
            {
                Show(ConsoleState.Waiting(nowhere.Code, nowhere.Text));
                // The pool's connection comes back without a change of the store.
                await Task.WhenAny(changed, Task.Delay(s_longestPause, time, cancellation));
                continue;
            }

            var place = (ConsolePlace.There)found;
            try
            {
                await ConnectAsync(place, cancellation);
                continue;
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
            catch (ConsoleDialException refused)
            {
                Show(ConsoleState.Waiting(refused.Code, refused.Message, refused.Veiled));
            }
            catch (XapiException unreachable)
            {
                Show(ConsoleState.Waiting("unreachable", $"{place.HostName} cannot be reached for the console of {place.VmName}: {unreachable.Message}",
                    $"The host of {place.VmName} cannot be reached at the moment. It is tried again."));
            }
            catch (RfbException wrong)
            {
                Show(ConsoleState.Waiting("protocol", $"The console of {place.VmName} cannot be shown: {wrong.Message}. It is tried again."));
            }
            catch (Exception broken) when (broken is IOException or OperationCanceledException or ObjectDisposedException)
            {
                Show(ConsoleState.Waiting("interrupted", $"The connection to the console of {place.VmName} was lost. It is made anew."));
            }
            catch (Exception unexpected)
            {
                LogBroken(unexpected, vm);
                Show(ConsoleState.Waiting("internal", "An internal error; the server's log has the details. It is tried again."));
            }

            await Task.WhenAny(changed, Task.Delay(_pauses.Next(), time, cancellation));
        }
    }

    /// <summary>The store changed: where the console is may have, too.</summary>
    public void LookAgain()
    {
        var now = places.Find(vm, kind);
        lock (Gate)
        {
            // While a line is up, a record that is missing for a moment is none of its business; one that is another is.
            if (now is ConsolePlace.Nowhere { Code: "gone" or "not-running" } || (now is ConsolePlace.There there && _at is { } at && !IsSame(there, at)))
                RedialLocked();
            if (_at is null || now is ConsolePlace.Nowhere)
                _changed.TrySetResult();
        }
    }

    /// <summary>Serves one viewer until either has enough.</summary>
    public async Task ServeAsync(ConsoleViewer viewer, CancellationToken cancellation)
    {
        lock (Gate)
        {
            _viewers = _viewers.Add(viewer);
            Tell(viewer, _state);
            TellViewers();
        }

        try
        {
            await viewer.RunAsync(token => ServeLiveAsync(viewer, token), cancellation);
        }
        finally
        {
            lock (Gate)
            {
                _viewers = _viewers.Remove(viewer);
                TellViewers();
            }
        }
    }

    public ImmutableArray<string> ViewerNames()
    {
        lock (Gate)
            return [.. _viewers.Select(viewer => viewer.Name)];
    }

    /// <summary>Uses what a host has opened, and disposes it: agrees with the host on how to speak, calls <paramref name="live"/>, and goes on until it ends. That end is no failure.</summary>
    protected abstract Task UseAsync(ConsolePlace.There place, Stream opened, Action live, CancellationToken cancellation);

    /// <summary>Serves a viewer from when the console is live.</summary>
    /// <param name="begun">A wait for the viewer's first byte that is under way; false when it left.</param>
    protected abstract Task ServeAsync(ConsoleViewer viewer, Task<bool> begun, CancellationToken cancellation);

    protected Task<Stream> DialAsync(ConsolePlace.There place, CancellationToken cancellation) => dial(place, cancellation);

    /// <summary>The bytes of what a host has opened; disposes it.</summary>
    protected ConsoleLine LineOf(Stream opened) => new(opened, options.Stalled, time);

    /// <summary>The line is to be made anew. Within the gate.</summary>
    protected void RedialLocked() => _ = _leaveLine?.CancelAsync();

    private static bool IsSame(ConsolePlace.There one, ConsolePlace.There other) =>
        one.Host == other.Host && one.Target == other.Target && ReferenceEquals(one.Connection, other.Connection);

    private async Task ServeLiveAsync(ConsoleViewer viewer, CancellationToken cancellation)
    {
        Task live;
        lock (Gate)
            live = _live.Task;
        // Somebody who leaves while the console is waited for is noticed.
        var begun = viewer.Input.NeedAsync(1, cancellation).AsTask();
        if (await Task.WhenAny(live, begun) == begun && !await begun)
            return;
        await live.WaitAsync(cancellation);
        await ServeAsync(viewer, begun, cancellation);
    }

    private async Task ConnectAsync(ConsolePlace.There place, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        lock (Gate)
            (_at, _leaveLine) = (place, leave);
        try
        {
            Show(ConsoleState.Connecting);
            await UseAsync(place, await dial(place, leave.Token), () => Live(place), leave.Token);
            if (time.GetElapsedTime(began) > s_steady)
                _pauses.Reset();
            throw new EndOfStreamException();
        }
        catch (OperationCanceledException) when (leave.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            // It was left on purpose: to be made anew at once.
            _pauses.Reset();
        }
        finally
        {
            lock (Gate)
            {
                (_at, _leaveLine) = (null, null);
                if (_live.Task.IsCompleted)
                    _live = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    private void Live(ConsolePlace.There place)
    {
        LogLive(vm, place.HostName);
        lock (Gate)
            _live.TrySetResult();
        Show(ConsoleState.Live);
        // It may have moved while it was being opened.
        LookAgain();
    }

    private Task Changed()
    {
        lock (Gate)
        {
            if (_changed.Task.IsCompleted)
                _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _changed.Task;
        }
    }

    private void Show(ConsoleState state)
    {
        lock (Gate)
        {
            if (_state == state)
                return;
            _state = state;
            foreach (var viewer in _viewers)
                Tell(viewer, state);
        }
    }

    private static void Tell(ConsoleViewer viewer, ConsoleState state)
    {
        viewer.Tell(ConsoleControl.State(state, viewer.Leave));
        // Who cannot be told, and sees nothing yet, is sent away: they come back by themselves.
        if (!viewer.HasControl && !viewer.HasBegun && state.Name == ConsoleState.WaitingName)
            viewer.Restart();
    }

    private void TellViewers()
    {
        var message = ConsoleControl.Viewers(_viewers.Select(viewer => viewer.Name));
        foreach (var viewer in _viewers)
            viewer.Tell(message);
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The console of {Vm} is connected to {Host}")]
    private partial void LogLive(ObjectKey vm, string host);

    [LoggerMessage(Level = LogLevel.Error, Message = "The console of {Vm} broke; it is made anew")]
    private partial void LogBroken(Exception unexpected, ObjectKey vm);
}
