using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using XoBlazor.App.Accounts;
using XoBlazor.App.Administration;
using XoBlazor.App.Data;
using XoBlazor.Core.Access;

namespace XoBlazor.App.Api.Sessions;

/// <summary>
/// Who is signed in on the API's connections. A sign-in by password is one of the <see cref="SignInSessions"/> and ends with it; one by token ends when the
/// token does, which is looked up every few seconds for all at once. Safe from any thread.
/// </summary>
internal sealed partial class ApiSessions(
    VisibleStores stores, SignInSessions signIns, ApiTokens tokens, IDbContextFactory<AppDatabase> databases, ILogger<ApiSessions> log)
{
    private readonly ConcurrentDictionary<ApiSession, Guid> _byToken = new();

    /// <param name="face">The way they came.</param>
    public ApiSession Open(Account account, SignInSession signIn, string face)
    {
        // Nobody walks away from a program in the middle: what was proven to sign in counts for what asks for the password again.
        signIns.NoteProof(account.Id, signIn.Id);
        var actor = new Actor(AccessPolicyFeed.Text(account.Id), account.UserName ?? "");
        var session = new ApiSession(account.Id, new(actor, face, signIn.Address), stores) { SignIn = signIn.Id };
        session.EndWith(signIns.Ended(signIn.Id));
        return session;
    }

    /// <inheritdoc cref="Open(Account, SignInSession, string)"/>
    public ApiSession Open(ProvenToken proven, string? address, string face)
    {
        var session = new ApiSession(proven.Account, new(proven.Actor, face, address), stores) { Token = proven.Id };
        _byToken[session] = proven.Id;
        return session;
    }

    /// <summary>Another session of the same person by the same proof, for work that outlives what asked for it. It ends with what stands behind them, and ends nothing itself.</summary>
    public ApiSession Again(ApiSession session)
    {
        var again = new ApiSession(session.Account, session.Requester, stores) { Token = session.Token };
        if (session.Token is { } token)
            _byToken[again] = token;
        else if (session.SignIn is { } signIn)
            again.EndWith(signIns.Ended(signIn));
        return again;
    }

    /// <summary>Notes that the session was used just now. False when it is over.</summary>
    public bool Use(ApiSession session) => !session.Ended.IsCancellationRequested && (session.SignIn is not { } signIn || signIns.Use(signIn));

    /// <summary>The owner signed out, or the connection is gone.</summary>
    public async Task CloseAsync(ApiSession session)
    {
        _byToken.TryRemove(session, out _);
        var isRevoked = session.IsRevoked;
        session.Dispose();
        if (session.SignIn is not { } signIn || isRevoked)
            return;
        try
        {
            await signIns.EndAsync(signIn);
        }
        catch (DbException problem)
        {
            // It is over all the same; its line stays in the list until it has been idle for long.
            LogNotWritten(problem.Message);
        }
    }

    /// <summary>What the session left behind may still be fetched: nobody revoked it, and its account and token are good at this moment.</summary>
    public async Task<bool> IsGoodAsync(ApiSession session, CancellationToken token)
    {
        if (session.IsRevoked)
            return false;
        if (session.Token is { } id)
            return (await tokens.AliveAsync([id], token)).Contains(id);
        await using var database = await databases.CreateDbContextAsync(token);
        return await database.Users.AnyAsync(one => one.Id == session.Account && !one.IsDisabled, token);
    }

    /// <summary>Ends the sessions whose token was revoked, ran out, or belongs to an account that may not sign in any more.</summary>
    public async Task LookAsync(CancellationToken token)
    {
        if (_byToken.IsEmpty)
            return;
        var open = _byToken.ToArray();
        var alive = await tokens.AliveAsync([.. open.Select(one => one.Value).Distinct()], token);
        foreach (var (session, id) in open)
            if (!alive.Contains(id) && _byToken.TryRemove(session, out _))
                session.Revoke();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database does not take that a session ended: {Problem}")]
    private partial void LogNotWritten(string problem);
}
