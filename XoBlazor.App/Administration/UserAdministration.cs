using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using XoBlazor.App.Accounts;
using XoBlazor.App.Accounts.SecondFactors;
using XoBlazor.App.Data;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;

namespace XoBlazor.App.Administration;

/// <summary>
/// What administrators do to users. Disabling, deleting and a new password end the user's sessions at once, a new password also the API tokens. Everything is recorded; refusals come as
/// <see cref="AdministrationRefusedException"/>. Safe from any thread.
/// </summary>
internal sealed class UserAdministration(
    IServiceScopeFactory scopes, IDbContextFactory<AppDatabase> databases, AdministrationRunner runner, LastAdministrator last, SignInSessions sessions, ApiTokens tokens, TimeProvider time)
{
    /// <summary>Makes an account kept here. It has no rights until somebody gives it some.</summary>
    public Task<Guid> CreateAsync(Requester requester, NewUser user, CancellationToken token)
    {
        var (id, name) = (Guid.NewGuid(), user.Name.Trim());
        var act = Act("user.create", new("user", null, AccessPolicyFeed.Text(id), name)).With("displayName", user.DisplayName).With("email", user.Email);
        return runner.RunAsync(requester, act, async inner =>
        {
            await using var scope = scopes.CreateAsyncScope();
            var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
            var account = new Account(name)
            {
                Id = id,
                DisplayName = OrNull(user.DisplayName),
                Email = OrNull(user.Email),
                MustChangePassword = user.MustChangePassword,
                Created = time.GetUtcNow(),
                LockoutEnabled = true,
            };
            Check(await accounts.CreateAsync(account, user.Password));
            return id;
        }, token);
    }

    /// <summary>Changes what the account is called.</summary>
    public async Task EditAsync(Requester requester, Guid id, string name, string? displayName, string? email, CancellationToken token)
    {
        var known = await databases.FindAccountAsync(id, token);
        var act = Act("user.edit", Target(known)).With("name", name.Trim()).With("displayName", displayName).With("email", email);
        await runner.RunAsync(requester, act, inner => ChangeAsync(id, async (accounts, account) =>
        {
            if (account.DirectoryId is not null && !string.Equals(account.UserName, name.Trim(), StringComparison.Ordinal))
                throw new AdministrationRefusedException($"{account.UserName} comes from a directory, which decides about the name. Change it there.");
            account.DisplayName = OrNull(displayName);
            account.Email = OrNull(email);
            account.UserName = name.Trim();
            Check(await accounts.UpdateAsync(account));
        }, inner), token);
    }

    /// <summary>A disabled account cannot sign in and has nothing; its grants wait.</summary>
    public async Task SetDisabledAsync(Requester requester, Guid id, bool isDisabled, CancellationToken token)
    {
        var known = await databases.FindAccountAsync(id, token);
        await runner.RunAsync(requester, Act(isDisabled ? "user.disable" : "user.enable", Target(known)), async inner =>
        {
            await last.ChangeAsync(async database =>
            {
                var account = await database.Users.SingleAsync(one => one.Id == id, inner);
                account.IsDisabled = isDisabled;
                account.IsDisabledByDirectory = false;
                account.LockoutEnd = isDisabled ? account.LockoutEnd : null;
            }, inner);
            if (isDisabled)
                await sessions.EndAllAsync(id);
        }, token);
    }

    /// <summary>Removes the account with its grants, memberships, tokens and sessions. What it did stays in the audit.</summary>
    public async Task DeleteAsync(Requester requester, Guid id, CancellationToken token)
    {
        var known = await databases.FindAccountAsync(id, token);
        await runner.RunAsync(requester, Act("user.delete", Target(known)), async inner =>
        {
            await last.ChangeAsync(async database =>
            {
                database.Users.Remove(await database.Users.SingleAsync(one => one.Id == id, inner));
                database.Grants.RemoveRange(database.Grants.Where(grant => grant.SubjectKind == SubjectKind.User && grant.SubjectId == id));
            }, inner);
            await sessions.EndAllAsync(id);
        }, token);
    }

    /// <summary>Sets a new password, which its owner has to replace at the next sign-in, and frees a locked account.</summary>
    public async Task ResetPasswordAsync(Requester requester, Guid id, string password, CancellationToken token)
    {
        var known = await databases.FindAccountAsync(id, token);
        await runner.RunAsync(requester, Act("user.reset-password", Target(known)), async inner =>
        {
            await ChangeAsync(id, async (accounts, account) =>
            {
                if (account.DirectoryId is not null)
                    throw new AdministrationRefusedException($"The password of {account.UserName} is kept in a directory. Change it there.");
                Check(await accounts.ResetPasswordAsync(account, await accounts.GeneratePasswordResetTokenAsync(account), password));
                account.MustChangePassword = true;
                account.LockoutEnd = null;
                account.AccessFailedCount = 0;
                Check(await accounts.UpdateAsync(account));
            }, inner);
            await sessions.EndAllAsync(id);
            await tokens.EndAllAsync(id);
        }, token);
    }

    /// <summary>Takes away authenticator app, recovery codes and passkeys: for somebody who lost them.</summary>
    public async Task ResetSecondFactorAsync(Requester requester, Guid id, CancellationToken token)
    {
        var known = await databases.FindAccountAsync(id, token);
        await runner.RunAsync(requester, Act("user.reset-second-factor", Target(known)), async inner =>
        {
            await ChangeAsync(id, AccountFactors.RemoveAllAsync, inner);
            await sessions.EndAllAsync(id);
        }, token);
    }

    /// <summary>Signs the user out everywhere.</summary>
    public async Task EndSessionsAsync(Requester requester, Guid id, CancellationToken token)
    {
        var known = await databases.FindAccountAsync(id, token);
        await runner.RunAsync(requester, Act("user.sign-out", Target(known)), _ => sessions.EndAllAsync(id), token);
    }

    /// <summary>Signs the user out in one place. Everybody may do so to themselves.</summary>
    public async Task EndSessionAsync(Requester requester, Guid id, Guid session, CancellationToken token)
    {
        var known = await databases.FindAccountAsync(id, token);
        var ended = sessions.Of(id).FirstOrDefault(one => one.Id == session) ?? throw new AdministrationRefusedException("This session has ended already.");
        var act = Act("session.end", Target(known)).With("address", ended.Address).With("browser", ended.Browser);
        await runner.RunAsync(requester, requester.Actor.Id == AccessPolicyFeed.Text(id) ? act with { Right = null } : act, _ => sessions.EndAsync(session), token);
    }

    /// <summary>What is wrong with a name or password, in one text, as a refusal.</summary>
    public static void Check(IdentityResult result)
    {
        if (!result.Succeeded)
            throw new AdministrationRefusedException(string.Join(' ', result.Errors.Select(error => error.Description)));
    }

    /// <summary>What somebody typed into a field that may stay empty.</summary>
    public static string? OrNull(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    public static AuditTarget Target(Account account) => new("user", null, AccessPolicyFeed.Text(account.Id), account.UserName ?? "");

    private static AdministrationAct Act(string action, AuditTarget target) => new(AdministrationRights.Users, AuditCategory.Account, action, target);

    private async Task ChangeAsync(Guid id, Func<UserManager<Account>, Account, Task> change, CancellationToken token)
    {
        await using var scope = scopes.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        var account = await accounts.Users.SingleAsync(one => one.Id == id, token);
        await change(accounts, account);
    }
}

/// <summary>An account to be made.</summary>
/// <param name="MustChangePassword">The password is only for the first sign-in.</param>
public sealed record NewUser(string Name, string Password, string? DisplayName = null, string? Email = null, bool MustChangePassword = true);
