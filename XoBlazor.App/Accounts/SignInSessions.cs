using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using XoBlazor.App.Data;

namespace XoBlazor.App.Accounts;

/// <summary>
/// Who is signed in where. The database remembers, memory answers: every request asks, so asking costs nothing. Ending a session
/// makes its cookie worthless at once and cancels the token its open connections hang on. Thread-safe.
/// </summary>
public sealed class SignInSessions(IDbContextFactory<AppDatabase> databases, TimeProvider time) : IDisposable
{
    /// <summary>The claim that names the session in the cookie.</summary>
    public const string Claim = "sid";

    private static readonly TimeSpan s_longest = TimeSpan.FromDays(7);

    private readonly ConcurrentDictionary<Guid, Open> _open = new();

    /// <summary>Takes over what the database remembers. Once, before the first request.</summary>
    public async Task LoadAsync(CancellationToken token)
    {
        await using var database = await databases.CreateDbContextAsync(token);
        var oldest = time.GetUtcNow() - s_longest;
        await database.Sessions.Where(session => session.Started < oldest).ExecuteDeleteAsync(token);
        foreach (var session in await database.Sessions.AsNoTracking().ToListAsync(token))
            _open[session.Id] = new Open(session);
    }

    /// <summary>Begins a session for an account that has just proved who it is.</summary>
    public async Task<SignInSession> StartAsync(Account account, HttpContext request, CancellationToken token)
    {
        var session = new SignInSession
        {
            AccountId = account.Id,
            Started = time.GetUtcNow(),
            Address = request.Connection.RemoteIpAddress?.ToString(),
            Browser = Shorten(request.Request.Headers.UserAgent.ToString()),
        };
        await using var database = await databases.CreateDbContextAsync(token);
        database.Sessions.Add(session);
        await database.SaveChangesAsync(token);
        _open[session.Id] = new Open(session);
        return session;
    }

    /// <summary>The sessions of an account, newest first.</summary>
    public IReadOnlyList<SignInSession> Of(Guid accountId) =>
        [.. _open.Values.Select(open => open.Session).Where(session => session.AccountId == accountId).OrderByDescending(session => session.Started)];

    /// <summary>Whether the principal's session still runs.</summary>
    public bool IsAlive(ClaimsPrincipal principal) =>
        IdOf(principal) is { } id && _open.TryGetValue(id, out var open) && time.GetUtcNow() - open.Session.Started < s_longest;

    /// <summary>Cancelled when the principal's session ends; already cancelled when there is none.</summary>
    public CancellationToken Ended(ClaimsPrincipal principal) =>
        IdOf(principal) is { } id && _open.TryGetValue(id, out var open) ? open.Ended.Token : new CancellationToken(canceled: true);

    /// <summary>Ends one session: its cookie, circuits and sockets.</summary>
    public async Task EndAsync(Guid id, CancellationToken token)
    {
        if (_open.TryRemove(id, out var open))
            await open.Ended.CancelAsync();
        await using var database = await databases.CreateDbContextAsync(token);
        await database.Sessions.Where(session => session.Id == id).ExecuteDeleteAsync(token);
    }

    /// <summary>Ends every session of an account: after a new password, or when the account is closed.</summary>
    public async Task EndAllAsync(Guid accountId, CancellationToken token)
    {
        foreach (var session in Of(accountId))
            await EndAsync(session.Id, token);
    }

    /// <summary>The session a principal came with.</summary>
    public static Guid? IdOf(ClaimsPrincipal principal) => Guid.TryParse(principal.FindFirstValue(Claim), out var id) ? id : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var open in _open.Values)
            open.Ended.Dispose();
    }

    private static string? Shorten(string text) => text.Length == 0 ? null : text[..Math.Min(text.Length, 200)];

    private sealed record Open(SignInSession Session)
    {
        public CancellationTokenSource Ended { get; } = new();
    }
}
