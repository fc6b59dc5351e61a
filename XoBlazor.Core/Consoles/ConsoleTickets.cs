using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using XoBlazor.Core.Access;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Consoles;

/// <summary>
/// Leave to open one console, given to a page and shown by its socket. Cannot be guessed, counts once and for half a minute, and only for the account and the session that
/// it was given to. In memory and bounded. Safe from any thread.
/// </summary>
public sealed class ConsoleTickets(TimeProvider time)
{
    /// <summary>How long a ticket waits to be used.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(30);

    /// <summary>Tickets of one account that wait at once; beyond it, the oldest counts no more.</summary>
    public const int MostOfUser = 64;

    private const int TokenBytes = 32;

    private readonly ConcurrentDictionary<string, Waiting> _waiting = new(StringComparer.Ordinal);

    /// <summary>Gives a ticket. What its owner may is judged when it is used.</summary>
    /// <param name="session">The sign-in that it is given in.</param>
    public string Issue(Requester requester, Guid session, ObjectKey vm, ConsoleKind kind)
    {
        var now = time.GetUtcNow();
        foreach (var (old, waiting) in _waiting)
            if (waiting.Until <= now)
                _waiting.TryRemove(old, out _);
        var own = _waiting.Where(one => one.Value.Ticket.Requester.Actor.Id == requester.Actor.Id).ToList();
        if (own.Count >= MostOfUser)
            _waiting.TryRemove(own.MinBy(one => one.Value.Until).Key, out _);
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes));
        _waiting[token] = new(new(requester, session, vm, kind), now + Life);
        return token;
    }

    /// <summary>Takes a ticket; nobody gets it a second time, be it refused or not.</summary>
    public bool TryTake(string token, string user, Guid session, [NotNullWhen(true)] out ConsoleTicket? ticket)
    {
        ticket = _waiting.TryRemove(token, out var waiting) && waiting.Until > time.GetUtcNow()
            && waiting.Ticket.Requester.Actor.Id == user && waiting.Ticket.Session == session ? waiting.Ticket : null;
        return ticket is not null;
    }

    private sealed record Waiting(ConsoleTicket Ticket, DateTimeOffset Until);
}
