using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using XoBlazor.App.Data;

namespace XoBlazor.App.Accounts;

/// <summary>
/// Who is signed in where. The database remembers, memory answers: every request asks, so asking costs nothing. A session ends by
/// sign-out, when nobody used it for long, or when it is too old (<see cref="SignInOptions"/>); that makes its cookie worthless at once
/// and cancels the token its open connections hang on. Thread-safe.
/// </summary>
public sealed class SignInSessions(IDbContextFactory<AppDatabase> databases, IOptions<SignInOptions> options, TimeProvider time) : IDisposable
{
    /// <summary>The claim that names the session in the cookie.</summary>
    public const string Claim = "sid";

    /// <summary>The claim that says from where it was signed in.</summary>
    public const string AddressClaim = "address";

    /// <summary>How long a password that was proven once more counts for acts that ask for it.</summary>
    public static readonly TimeSpan ProofLife = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<Guid, Open> _open = new();

    private TimeSpan Idle => options.Value.Idle;

    private TimeSpan Longest => options.Value.Longest;

    /// <summary>Takes over what the database remembers. Once, before the first request.</summary>
    public async Task LoadAsync(CancellationToken token)
    {
        await using var database = await databases.CreateDbContextAsync(token);
        var now = time.GetUtcNow();
        var (oldest, idle) = (now - Longest, now - Idle);
        await database.Sessions.Where(session => session.Started < oldest || session.LastUsed < idle).ExecuteDeleteAsync(token);
        foreach (var session in await database.Sessions.AsNoTracking().ToListAsync(token))
            _open[session.Id] = new Open(session);
    }

    /// <summary>Begins a session for an account that has just proved who it is.</summary>
    /// <param name="program">What the browser or program calls itself.</param>
    public async Task<SignInSession> StartAsync(Account account, string? address, string? program, CancellationToken token)
    {
        var now = time.GetUtcNow();
        var session = new SignInSession
        {
            AccountId = account.Id,
            Started = now,
            LastUsed = now,
            Address = address,
            Browser = Shorten(program ?? ""),
        };
        await using var database = await databases.CreateDbContextAsync(token);
        database.Sessions.Add(session);
        await database.SaveChangesAsync(token);
        _open[session.Id] = new Open(session);
        return session;
    }

    /// <summary>The running sessions of an account as they are at this moment, newest first.</summary>
    public IReadOnlyList<SignInSession> Of(Guid accountId) => [.. Running().Where(session => session.AccountId == accountId)];

    /// <summary>Everybody's running sessions as they are at this moment, newest first.</summary>
    public IReadOnlyList<SignInSession> All() => [.. Running()];

    /// <summary>Whether the principal's session still runs.</summary>
    public bool IsAlive(ClaimsPrincipal principal) => Find(principal) is { } open && !IsOver(open);

    /// <summary>Notes that somebody used the principal's session just now.</summary>
    public void Use(ClaimsPrincipal principal)
    {
        if (Find(principal) is { } open && !IsOver(open))
            open.LastUsed = time.GetUtcNow();
    }

    /// <summary>Notes that somebody used a session just now. False when it is over.</summary>
    public bool Use(Guid id)
    {
        if (!_open.TryGetValue(id, out var open) || IsOver(open))
            return false;
        open.LastUsed = time.GetUtcNow();
        return true;
    }

    /// <summary>Cancelled when the principal's session ends; already cancelled when there is none.</summary>
    public CancellationToken Ended(ClaimsPrincipal principal) => IdOf(principal) is { } id ? Ended(id) : new CancellationToken(canceled: true);

    /// <summary>Cancelled when the session ends; already cancelled when it did.</summary>
    public CancellationToken Ended(Guid id) => _open.TryGetValue(id, out var open) ? open.Ended.Token : new CancellationToken(canceled: true);

    /// <summary>Notes that whoever sits at an account's session has just proven its password once more.</summary>
    public void NoteProof(Guid accountId, Guid id)
    {
        if (_open.TryGetValue(id, out var open) && open.Session.AccountId == accountId)
            open.Proven = time.GetTimestamp();
    }

    /// <summary>Whether that was lately enough. Signing in alone does not count: the screen may have been left since.</summary>
    public bool HasProof(Guid accountId, Guid id) =>
        _open.TryGetValue(id, out var open) && open.Session.AccountId == accountId && !IsOver(open) && open.Proven is { } proven && time.GetElapsedTime(proven) < ProofLife;

    /// <summary>Ends one session: its cookie, circuits and sockets. Nobody gives that up halfway.</summary>
    public Task EndAsync(Guid id) => EndAsync([id]);

    /// <summary>Ends every session of an account: after a new password, or when the account is closed.</summary>
    public Task EndAllAsync(Guid accountId) => EndAsync([.. _open.Where(one => one.Value.Session.AccountId == accountId).Select(one => one.Key)]);

    /// <summary>Ends the sessions of an account but one: after a new password, for whoever changed it, or when its owner says so. Returns how many.</summary>
    public async Task<int> EndOthersAsync(Guid accountId, Guid kept)
    {
        Guid[] others = [.. Of(accountId).Select(session => session.Id).Where(id => id != kept)];
        await EndAsync(others);
        return others.Length;
    }

    /// <summary>Ends the sessions that nobody used for too long or that are too old. Returns them, each with the reason.</summary>
    public async Task<IReadOnlyList<(SignInSession Session, string Why)>> EndExpiredAsync()
    {
        var over = _open.Values.Where(IsOver).Select(open => open.Session).ToList();
        if (over.Count > 0)
            await EndAsync([.. over.Select(session => session.Id)]);
        return over.ConvertAll(session => (session, time.GetUtcNow() - session.Started >= Longest ? "It was too old." : "Nobody used it for too long."));
    }

    /// <summary>Writes down when sessions were last used, so that a restart is no use.</summary>
    public async Task SaveUseAsync(CancellationToken token)
    {
        await using var database = await databases.CreateDbContextAsync(token);
        foreach (var (id, open) in _open)
        {
            var used = open.LastUsed;
            if (used == open.Saved)
                continue;
            await database.Sessions.Where(session => session.Id == id).ExecuteUpdateAsync(set => set.SetProperty(session => session.LastUsed, used), token);
            open.Saved = used;
        }
    }

    /// <summary>The session a principal came with.</summary>
    public static Guid? IdOf(ClaimsPrincipal principal) => Guid.TryParse(principal.FindFirstValue(Claim), out var id) ? id : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var open in _open.Values)
            open.Ended.Dispose();
    }

    // All are out before the database is asked, which may not answer.
    private async Task EndAsync(Guid[] ids)
    {
        foreach (var id in ids)
            if (_open.TryRemove(id, out var open))
                await open.Ended.CancelAsync();
        await using var database = await databases.CreateDbContextAsync();
        await database.Sessions.Where(session => ids.Contains(session.Id)).ExecuteDeleteAsync();
    }

    private IEnumerable<SignInSession> Running() => _open.Values.Where(open => !IsOver(open)).Select(open => open.Now).OrderByDescending(session => session.Started);

    private Open? Find(ClaimsPrincipal principal) => IdOf(principal) is { } id ? _open.GetValueOrDefault(id) : null;

    private bool IsOver(Open open)
    {
        var now = time.GetUtcNow();
        return now - open.LastUsed >= Idle || now - open.Session.Started >= Longest;
    }

    private static string? Shorten(string text) => text.Length == 0 ? null : text[..Math.Min(text.Length, 200)];

    private sealed class Open(SignInSession session)
    {
        private const long Never = long.MinValue;

        private long _lastUsed = session.LastUsed.UtcTicks;
        private long _proven = Never;

        public SignInSession Session => session;

        /// <summary>The session with its last use.</summary>
        public SignInSession Now => new()
        {
            Id = session.Id,
            AccountId = session.AccountId,
            Started = session.Started,
            LastUsed = LastUsed,
            Address = session.Address,
            Browser = session.Browser,
        };

        public DateTimeOffset LastUsed
        {
            get => new(Interlocked.Read(ref _lastUsed), TimeSpan.Zero);
            set => Interlocked.Exchange(ref _lastUsed, value.UtcTicks);
        }

        /// <summary>When the password was proven once more, as the clock's timestamp; null when it was not.</summary>
        public long? Proven
        {
            get => Interlocked.Read(ref _proven) is var proven and not Never ? proven : null;
            set => Interlocked.Exchange(ref _proven, value ?? Never);
        }

        /// <summary>The last use that the database knows; touched by <see cref="SaveUseAsync"/> alone.</summary>
        public DateTimeOffset Saved { get; set; } = session.LastUsed;

        public CancellationTokenSource Ended { get; } = new();
    }
}
