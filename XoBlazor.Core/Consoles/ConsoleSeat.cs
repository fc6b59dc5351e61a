using System.Net.WebSockets;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;

namespace XoBlazor.Core.Consoles;

/// <summary>
/// One person's place at a console, from being let in to leaving. Outlives a socket that broke for <see cref="ConsoleOptions.Grace"/>, in which it can be taken again
/// with <see cref="Resume"/>. Stands in the audit from beginning to end.
/// </summary>
public sealed class ConsoleSeat
{
    private readonly ConsoleDesk _desk;
    private readonly Lock _gate = new();
    private ConsoleViewer? _viewer;
    private ConsoleLeave _leave;
    private int _uses;

    internal ConsoleSeat(ConsoleDesk desk, ConsoleSession session, Requester requester, Guid signIn, string resume, AuditEntry begun, ConsoleLeave leave) =>
        (_desk, Session, Requester, SignIn, Resume, Begun, _leave) = (desk, session, requester, signIn, resume, begun, leave);

    public Requester Requester { get; }

    /// <summary>The sign-in, or the token, that it was opened with.</summary>
    public Guid SignIn { get; }

    /// <summary>The word by which a browser that lost its connection comes back.</summary>
    public string Resume { get; }

    internal ConsoleSession Session { get; }

    internal AuditEntry Begun { get; }

    /// <summary>Why it was closed, where that was not its owner's doing.</summary>
    internal string? EndText { get; private set; }

    /// <summary>No socket is served.</summary>
    internal bool IsEmpty
    {
        get
        {
            lock (_gate)
                return _viewer is null;
        }
    }

    internal TimeSpan Untouched
    {
        get
        {
            lock (_gate)
                return _viewer?.Untouched ?? TimeSpan.Zero;
        }
    }

    /// <summary>Serves a socket until it is over; the one before, if there still is one, is closed. The socket is not disposed. Does not fail.</summary>
    /// <param name="hasControl">It understands text messages beside the console's bytes.</param>
    public async Task ServeAsync(WebSocket socket, bool hasControl, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _uses);
        using var viewer = _desk.Viewer(this, socket, hasControl, _leave);
        lock (_gate)
        {
            _viewer?.End("elsewhere", "This console was opened anew by the same browser.");
            _viewer = viewer;
            viewer.Leave = _leave;
        }

        viewer.Tell(ConsoleControl.Open(_desk.NameOf(Session.Vm), viewer.Leave, Resume, Session.ViewerNames()));
        await Session.ServeAsync(viewer, cancellation);
        lock (_gate)
        {
            if (_viewer != viewer)
                return;
            _viewer = null;
        }

        await _desk.LeftAsync(this, isForGood: viewer.EndCode is not null || IsGoodbye(socket));
    }

    /// <summary>Gives it up, for whoever cannot come back. A second time does nothing.</summary>
    public Task CloseAsync() => _desk.CloseAsync(this);

    /// <summary>Nobody has taken it again meanwhile.</summary>
    internal bool IsLeft(int use) => Volatile.Read(ref _uses) == use;

    internal int Use => Volatile.Read(ref _uses);

    internal void Allow(ConsoleLeave leave)
    {
        lock (_gate)
        {
            _leave = leave;
            if (_viewer is not null)
                _viewer.Leave = leave;
        }
    }

    internal void End(string code, string text)
    {
        lock (_gate)
        {
            EndText ??= text;
            _viewer?.End(code, text);
        }
    }

    internal void Restart()
    {
        lock (_gate)
            _viewer?.Restart();
    }

    // A browser that leaves says so; one whose connection broke does not.
    private static bool IsGoodbye(WebSocket socket) => socket.CloseStatus is WebSocketCloseStatus.NormalClosure or WebSocketCloseStatus.EndpointUnavailable;
}
