using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using XoBlazor.App.Accounts.SecondFactors;
using XoBlazor.App.Administration;
using XoBlazor.App.Data;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;

namespace XoBlazor.App.Accounts.Resets;

/// <summary>
/// Lets somebody in again who may do so on the machine itself: a new password, enabled and unlocked, without second factors, and an
/// administrator if asked. Ends the account's sessions and API tokens. Recorded; refusals come as <see cref="AdministrationRefusedException"/>.
/// </summary>
internal sealed class AccountReset(
    IServiceScopeFactory scopes, IDbContextFactory<AppDatabase> databases, AdministrationRunner runner, AccessPolicyFeed policy, SignInSessions sessions, ApiTokens tokens, TimeProvider time)
{
    public async Task RunAsync(ResetRequest request, CancellationToken token)
    {
        await using var scope = scopes.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        var account = await accounts.FindByNameAsync(request.Name.Trim())
            ?? throw new AdministrationRefusedException($"There is no user '{request.Name}'. 'xo-blazor user list' shows all.");
        var requester = new Requester(Actor.System with { Name = $"{request.By} on the server" }, "cli");
        var act = new AdministrationAct(AdministrationRights.Users, AuditCategory.Account, "user.reset", UserAdministration.Target(account))
            .With("administrator", request.IsAdministrator ? "yes" : null);
        await runner.RunAsync(requester, act, async inner =>
        {
            if (account.DirectoryId is not null)
                throw new AdministrationRefusedException($"The password of {account.UserName} is kept in a directory. Reset it there, or reset a local user.");
            foreach (var validator in accounts.PasswordValidators)
                UserAdministration.Check(await validator.ValidateAsync(accounts, account, request.Password));

            if (request.IsAdministrator)
                await GrantAsync(account.Id, requester.Actor.Name, inner);
            account.IsDisabled = false;
            account.MustChangePassword = request.IsGenerated;
            account.LockoutEnd = null;
            account.AccessFailedCount = 0;
            UserAdministration.Check(await accounts.ResetPasswordAsync(account, await accounts.GeneratePasswordResetTokenAsync(account), request.Password));
            await AccountFactors.RemoveAllAsync(accounts, account);
            await sessions.EndAllAsync(account.Id);
            await tokens.EndAllAsync(account.Id);
            await policy.ReloadAsync();
        }, token);
    }

    private async Task GrantAsync(Guid account, string by, CancellationToken token)
    {
        await using var database = await databases.CreateDbContextAsync(token);
        if (await database.Grants.Administrators().AnyAsync(one => one.SubjectKind == SubjectKind.User && one.SubjectId == account, token))
            return;
        database.Grants.Add(AdministratorGrants.Make(account, by, time.GetUtcNow()));
        await database.SaveChangesAsync(token);
    }
}

/// <summary>Who shall be let in again, and how.</summary>
/// <param name="IsGenerated">The password is a random one, only for the next sign-in.</param>
/// <param name="By">The machine's user who asked.</param>
internal sealed record ResetRequest(string Name, string Password, bool IsGenerated, bool IsAdministrator, string By);
