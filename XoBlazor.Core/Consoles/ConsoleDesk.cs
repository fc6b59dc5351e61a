using System.Net.WebSockets;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Pools;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Consoles;

/// <summary>
/// Lets people to consoles and sees them out: rights, limits, audit, and one <see cref="ConsoleSession"/> for each console that somebody looks at. Safe from any thread.
/// </summary>
public sealed partial class ConsoleDesk(
    ObjectStore store, IPoolConnections pools, AccessEngine access, AuditLog audit, IOptions<ConsoleOptions> settings, TimeProvider time, ILogger<ConsoleDesk> log)
{
    private const int ResumeBytes = 32;

    private readonly ConsolePlaces _places = new(store, pools);
    private readonly ConsoleOptions _options = settings.Value;
    private readonly SemaphoreSlim _opening = new(1, 1);
    private readonly Lock _gate = new();
    private readonly Dictionary<(ObjectKey Vm, ConsoleKind Kind), Running> _sessions = [];
    private readonly HashSet<ConsoleSeat> _seats = [];

    /// <summary>How a host's console is opened; tests put another host there.</summary>
    internal Func<ConsolePlace.There, CancellationToken, Task<Stream>> Dial { get; init; } = ConsoleDial.OpenAsync;

    /// <summary>How many places are taken.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _seats.Count;
        }
    }

    /// <summary>Lets somebody to a console, once that stands in the audit. Fails with <see cref="ConsoleRefusedException"/>. Whether the VM runs does not matter: the console waits for it.</summary>
    /// <param name="signIn">The sign-in, or the token, that they come with.</param>
    public async Task<ConsoleSeat> OpenAsync(Requester requester, Guid signIn, ObjectKey vm, ConsoleKind kind, CancellationToken cancellation)
    {
        var record = new AuditRecord
        {
            Category = AuditCategory.Console,
            Action = "console.open",
            Actor = new(requester.Actor.Id, requester.Actor.Name, access.RolesOf(requester.Actor, ConsoleRights.See, vm)),
            Face = requester.Face,
            Address = requester.Address,
            Target = new("VM", vm.Pool, vm.Uuid, NameOf(vm)),
            Parameters = [new("console", kind == ConsoleKind.Screen ? "rfb" : "vt100")],
            Outcome = AuditOutcome.Begun,
        };
        await _opening.WaitAsync(cancellation);
        try
        {
            var verdict = ConsoleVerdict.Of(access, _places, requester.Actor, vm);
            if ((verdict.Refusal ?? TooMany(requester.Actor, vm)) is { } refusal)
                throw refusal;
            var begun = await audit.AppendAsync(record, cancellation);
            var resume = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(ResumeBytes));
            lock (_gate)
            {
                var seat = new ConsoleSeat(this, SessionLocked(vm, kind), requester, signIn, resume, begun, verdict.Leave);
                _seats.Add(seat);
                return seat;
            }
        }
        catch (ConsoleRefusedException refused)
        {
            LogRefused(requester.Actor.Name, vm, refused.Message);
            await WriteAsync(record with { Outcome = AuditOutcome.Refused, Message = refused.Message });
            throw;
        }
        catch (AuditException unwritten)
        {
            throw new ConsoleRefusedException("not-recorded", $"No console can be opened without writing it down. {unwritten.Message}");
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>The place that somebody comes back to; null when there is none, or it is not theirs.</summary>
    public ConsoleSeat? Find(string resume, string user, Guid signIn)
    {
        lock (_gate)
            return _seats.FirstOrDefault(seat => seat.Requester.Actor.Id == user && seat.SignIn == signIn
                && CryptographicOperations.FixedTimeEquals(System.Text.Encoding.UTF8.GetBytes(seat.Resume), System.Text.Encoding.UTF8.GetBytes(resume)));
    }

    internal string NameOf(ObjectKey vm) => _places.NameOf(vm);

    internal ConsoleViewer Viewer(ConsoleSeat seat, WebSocket socket, bool hasControl, ConsoleLeave leave)
    {
        var name = seat.Requester.Actor.Name;
        return seat.Session.Kind == ConsoleKind.Screen
            ? new ScreenViewer(socket, name, hasControl, leave, _options.Stalled, time) : new ConsoleViewer(socket, name, hasControl, leave, _options.Stalled, time);
    }

    /// <summary>A place's socket is over.</summary>
    internal async Task LeftAsync(ConsoleSeat seat, bool isForGood)
    {
        if (isForGood || _options.Grace == TimeSpan.Zero)
            await CloseAsync(seat);
        else
            _ = WaitAsync();

        async Task WaitAsync()
        {
            var use = seat.Use;
            await Task.Delay(_options.Grace, time);
            if (seat.IsLeft(use))
                await CloseAsync(seat);
        }
    }

    internal async Task CloseAsync(ConsoleSeat seat)
    {
        Running? over = null;
        lock (_gate)
        {
            if (!_seats.Remove(seat))
                return;
            if (!_seats.Any(other => other.Session == seat.Session) && _sessions.Remove((seat.Session.Vm, seat.Session.Kind), out over))
                over.Stop.Cancel();
        }

        if (over is not null)
        {
            await over.Run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            over.Stop.Dispose();
        }

        await WriteAsync(seat.Begun.Record with
        {
            Outcome = AuditOutcome.Succeeded,
            Parameters = [],
            Of = seat.Begun.Number,
            Duration = time.GetUtcNow() - seat.Begun.Record.Time,
            Message = seat.EndText,
        });
    }

    private ConsoleSession SessionLocked(ObjectKey vm, ConsoleKind kind)
    {
        if (_sessions.TryGetValue((vm, kind), out var running))
            return running.Session;
        ConsoleSession session = kind == ConsoleKind.Screen ? new ScreenSession(_places, Dial, vm, _options, time, log) : new TextSession(_places, Dial, vm, _options, time, log);
        var stop = new CancellationTokenSource();
        var token = stop.Token;
        _sessions[(vm, kind)] = new(session, stop, Task.Run(() => session.RunAsync(token), CancellationToken.None));
        return session;
    }

    private ConsoleRefusedException? TooMany(Actor actor, ObjectKey vm)
    {
        var host = _places.Vm(vm)?.Object.ResidentOn;
        lock (_gate)
        {
            if (_seats.Count(seat => seat.Requester.Actor.Id == actor.Id) >= _options.MostOfUser)
                return new("too-many", $"You have {_options.MostOfUser} consoles open, which is the most that one user may have. Close one; one whose connection was lost closes by itself after {_options.Grace.TotalSeconds:0} s.");
            if (host is { IsNull: false } && _seats.Count(seat => seat.Session.Vm.Pool == vm.Pool && _places.Vm(seat.Session.Vm)?.Object.ResidentOn == host) >= _options.MostOfHost)
                return new("too-many", $"{_options.MostOfHost} consoles of VMs on the same host are open, which is the most that one host is asked for. Close one, or try again later.");
            return null;
        }
    }

    /// <summary>What happened stands first; that it could not be written down does not undo it.</summary>
    private async Task WriteAsync(AuditRecord record)
    {
        try
        {
            await audit.AppendAsync(record, CancellationToken.None);
        }
        catch (AuditException unwritten)
        {
            LogUnwritten(unwritten.Message);
        }
    }

    private sealed record Running(ConsoleSession Session, CancellationTokenSource Stop, Task Run);

    [LoggerMessage(Level = LogLevel.Information, Message = "{User} was not let to the console of {Vm}: {Reason}")]
    private partial void LogRefused(string user, ObjectKey vm, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The audit does not take what happened at a console: {Problem}")]
    private partial void LogUnwritten(string problem);
}
