using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using XoBlazor.App.Data;
using XoBlazor.Core.Audit;

namespace XoBlazor.App.Accounts;

/// <summary>The last act of every sign-in: a new session, written down, and its cookie. A session the browser had before ends.</summary>
internal sealed partial class SignInFinish(
    SignInManager<Account> signIn, IDbContextFactory<AppDatabase> databases, SignInSessions sessions, SignInAudit audit, TimeProvider time, ILogger<SignInFinish> log)
{
    /// <param name="proofs">What was proven, for the audit. Fails with <see cref="AuditException"/> when it cannot be written down; then nobody is signed in.</param>
    public async Task FinishAsync(HttpContext context, Account account, string proofs, CancellationToken token)
    {
        var session = await BeginAsync(account, context.Connection.RemoteIpAddress?.ToString(), context.Request.Headers.UserAgent.ToString(), "console", proofs, token);
        if (SignInSessions.IdOf(context.User) is { } before)
            await sessions.EndAsync(before);
        var principal = await signIn.CreateUserPrincipalAsync(account);
        var identity = (ClaimsIdentity)principal.Identity!;
        identity.AddClaim(new Claim(SignInSessions.Claim, session.Id.ToString()));
        identity.AddClaim(new Claim(SignInSessions.AddressClaim, session.Address ?? ""));
        await context.SignInAsync(IdentityConstants.ApplicationScheme, principal);
    }

    /// <summary>The session alone, for whoever keeps no cookie.</summary>
    /// <param name="program">What the browser or program calls itself.</param>
    /// <param name="face">The way they came.</param>
    public async Task<SignInSession> BeginAsync(Account account, string? address, string? program, string face, string proofs, CancellationToken token)
    {
        await audit.SignedInAsync(account, address, face, proofs, token);
        await NoteAsync(account.Id, token);
        var session = await sessions.StartAsync(account, address, program, token);
        LogSignedIn(account.UserName, session.Address);
        return session;
    }

    private async Task NoteAsync(Guid account, CancellationToken token)
    {
        await using var database = await databases.CreateDbContextAsync(token);
        DateTimeOffset? now = time.GetUtcNow();
        await database.Users.Where(one => one.Id == account)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.LastSignIn, now).SetProperty(one => one.AccessFailedCount, 0), token);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Name} signed in from {Address}.")]
    private partial void LogSignedIn(string? name, string? address);
}
