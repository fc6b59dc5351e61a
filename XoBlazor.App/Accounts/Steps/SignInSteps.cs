using Microsoft.AspNetCore.Identity;
using XoBlazor.App.Accounts.Passwords;
using XoBlazor.App.Accounts.SecondFactors;
using XoBlazor.App.Administration;
using XoBlazor.App.Data;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;

namespace XoBlazor.App.Accounts.Steps;

/// <summary>
/// Leads from a right password to the session. Which step is due is worked out anew from the account each time, never taken from the
/// browser; a step that is not due does nothing. Scoped.
/// </summary>
internal sealed class SignInSteps(
    PendingSignIns pendings, UserManager<Account> accounts, AccountFactors factors, PasswordCheck passwords, SignInFinish finish, SignInAudit audit,
    AdministrationRunner runner, SignInSessions sessions)
{
    /// <summary>After the password: the first step that is due, or straight in.</summary>
    public async Task<IResult> BeginAsync(HttpContext context, Account account, string proofs, string returnTo, CancellationToken token)
    {
        var pending = pendings.Make(account, proofs, returnTo);
        if (await DueAsync(pending, account, token) != SignInStep.Done)
            pendings.Keep(context, pending);
        return await GoOnAsync(context, pending, account, token);
    }

    /// <summary>
    /// Does a step, when it is due for this browser's sign-in; else leads back to the beginning. The work returns null to go on to what is due next.
    /// </summary>
    public async Task<IResult> RunAsync(HttpContext context, SignInStep step, Func<PendingSignIn, Account, Task<IResult?>> work, CancellationToken token)
    {
        if (pendings.Find(context) is not { } pending)
            return SignInPages.NotDue();

        await pending.Gate.WaitAsync(token);
        try
        {
            if (pending.IsOver || await accounts.FindByIdAsync(pending.AccountId.ToString()) is not { IsDisabled: false } account
                || account.SecurityStamp != pending.Stamp || await passwords.IsLockedAsync(account))
            {
                pendings.End(context);
                return SignInPages.NotDue();
            }

            if (await DueAsync(pending, account, token) != step)
                return SignInPages.NotDue();
            var answer = await work(pending, account);
            pending.Stamp = account.SecurityStamp;
            return answer ?? await GoOnAsync(context, pending, account, token);
        }
        catch (AdministrationRefusedException refused)
        {
            return SignInPages.NotDue(refused.Message, StatusCodes.Status503ServiceUnavailable);
        }
        finally
        {
            pending.Gate.Release();
        }
    }

    /// <summary>Tries a second proof, and notes it when it is right. A wrong one counts, and ends the sign-in when it locks the account.</summary>
    /// <param name="kind">What is tried, for the audit.</param>
    public async Task<SecondOutcome> ProveSecondAsync(HttpContext context, PendingSignIn pending, Account account, string kind, Func<Task<string?>> prove)
    {
        var verdict = await passwords.ProveSecondAsync(account, prove);
        if (verdict.Proof is { } proof)
        {
            pending.NoteSecond(proof);
            return verdict.Outcome;
        }

        var address = Address(context);
        await audit.RefusedAsync(account.UserName, account, address, verdict.Reason(kind));
        if (verdict.LockedUntil is { } until)
            await audit.LockedAsync(account, address, until);
        if (verdict.Outcome == SecondOutcome.Locked)
            pendings.End(context);
        return verdict.Outcome;
    }

    /// <summary>Replaces a password that somebody else had set. Returns what is wrong with the new one, or null.</summary>
    public async Task<string?> ReplacePasswordAsync(HttpContext context, Account account, string password, CancellationToken token)
    {
        if (await accounts.CheckPasswordAsync(account, password))
            return "Choose a password that is not the one you were given.";
        foreach (var validator in accounts.PasswordValidators)
            if (await validator.ValidateAsync(accounts, account, password) is { Succeeded: false } wrong)
                return string.Join(' ', wrong.Errors.Select(error => error.Description));

        await ChangeAsync(context, account, "password.change", async () =>
        {
            account.MustChangePassword = false;
            UserAdministration.Check(await accounts.ResetPasswordAsync(account, await accounts.GeneratePasswordResetTokenAsync(account), password));
        }, token);
        await sessions.EndAllAsync(account.Id);
        return null;
    }

    /// <summary>Something an account changes about itself on the way in, written down.</summary>
    public Task ChangeAsync(HttpContext context, Account account, string action, Func<Task> change, CancellationToken token) => runner.RunAsync(
        new Requester(new Actor(AccessPolicyFeed.Text(account.Id), account.UserName ?? ""), "console", Address(context)),
        new AdministrationAct(null, AuditCategory.Account, action, UserAdministration.Target(account)), _ => change(), token);

    private async Task<IResult> GoOnAsync(HttpContext context, PendingSignIn pending, Account account, CancellationToken token)
    {
        var due = await DueAsync(pending, account, token);
        if (due != SignInStep.Done)
            return Results.LocalRedirect(SignInPages.PathOf(due));

        pending.IsOver = true;
        pendings.End(context);
        await finish.FinishAsync(context, account, pending.Proofs, token);
        return Results.LocalRedirect(pending.ReturnTo);
    }

    private async Task<SignInStep> DueAsync(PendingSignIn pending, Account account, CancellationToken token)
    {
        var state = await factors.StateAsync(account);
        if (state.HasAny && !pending.IsSecondProven)
            return SignInStep.Prove;
        if (account is { MustChangePassword: true, DirectoryId: null })
            return SignInStep.NewPassword;
        if (state.Lacks(await factors.RequiredAsync(account, token)))
            return SignInStep.Enrol;
        return pending.FreshCodes is not null ? SignInStep.KeepCodes : SignInStep.Done;
    }

    private static string? Address(HttpContext context) => context.Connection.RemoteIpAddress?.ToString();
}
