using Microsoft.AspNetCore.Mvc;
using XoBlazor.App.Accounts.Passwords;
using XoBlazor.App.Accounts.SecondFactors;
using XoBlazor.App.Data;
using XoBlazor.Core.Audit;

namespace XoBlazor.App.Accounts.Steps;

/// <summary>The steps between password and session: plain pages and form posts, one due at a time (<see cref="SignInSteps"/>).</summary>
internal static class StepEndpoints
{
    private const string WrongCode = "This code is not right, or was used before. Wait for the next one, or use a recovery code.";
    private const string WrongPasskey = "This passkey was not accepted. Try again, or use another way.";

    public static void MapSignInSteps(this WebApplication app)
    {
        app.MapGet(SignInPages.ProvePath, ShowProveAsync).AllowAnonymous();
        app.MapPost(SignInPages.ProvePath, ProveCodeAsync).AllowAnonymous();
        app.MapPost(SignInPages.PasskeyPath, ProvePasskeyAsync).AllowAnonymous();
        app.MapGet(SignInPages.PasswordPath, ShowPasswordAsync).AllowAnonymous();
        app.MapPost(SignInPages.PasswordPath, ReplacePasswordAsync).AllowAnonymous();
        app.MapGet(SignInPages.EnrolPath, ShowEnrolAsync).AllowAnonymous();
        app.MapPost(SignInPages.EnrolPath, EnrolAppAsync).AllowAnonymous();
        app.MapPost(SignInPages.EnrolPasskeyPath, EnrolPasskeyAsync).AllowAnonymous();
        app.MapGet(SignInPages.CodesPath, ShowCodesAsync).AllowAnonymous();
        app.MapPost(SignInPages.CodesPath, KeepCodesAsync).AllowAnonymous();
    }

    private static Task<IResult> ShowProveAsync(HttpContext context, SignInSteps steps, AccountFactors factors, CancellationToken token) =>
        steps.RunAsync(context, SignInStep.Prove, async (pending, account) => await ProvePageAsync(context, pending, account, factors, null, token), token);

    private static Task<IResult> ProveCodeAsync(
        HttpContext context, [FromForm] string? code, SignInSteps steps, AccountFactors factors, AddressDelay delay, DelayedAttempts attempts,
        CancellationToken token) =>
        GuardedAsync(() => steps.RunAsync(context, SignInStep.Prove, async (pending, account) =>
        {
            var address = context.Connection.RemoteIpAddress;
            if (attempts.Begin(address, SignInAudit.Console) is var wait && wait > TimeSpan.Zero)
                return await ProvePageAsync(context, pending, account, factors, AddressDelay.Words(wait), token);
            var outcome = await steps.ProveSecondAsync(context, pending, account, "code", () => factors.ProveCodeAsync(account, code ?? "", token));
            if (outcome == SecondOutcome.Right)
                delay.Forgive(address);
            return outcome switch
            {
                SecondOutcome.Right => null,
                SecondOutcome.Wrong => await ProvePageAsync(context, pending, account, factors, WrongCode, token),
                SecondOutcome.Locked => SignInPages.NotDue("Too many wrong codes: the account is locked for some minutes."),
                SecondOutcome.Crowded => await ProvePageAsync(context, pending, account, factors, GuessTurns.Crowded, token),
            };
        }, token));

    private static Task<IResult> ProvePasskeyAsync(HttpContext context, [FromForm] string? credential, SignInSteps steps, AccountFactors factors, CancellationToken token) =>
        GuardedAsync(() => steps.RunAsync(context, SignInStep.Prove, async (pending, account) =>
        {
            var (question, answer) = (pending.Question, credential ?? "");
            pending.Question = null;
            return await steps.ProveSecondAsync(context, pending, account, "passkey",
                async () => question is not null && await factors.ProvePasskeyAsync(account, context, question, answer) ? "passkey" : null) switch
            {
                SecondOutcome.Right => null,
                SecondOutcome.Wrong => await ProvePageAsync(context, pending, account, factors, WrongPasskey, token),
                SecondOutcome.Locked => SignInPages.NotDue("Too many failures: the account is locked for some minutes."),
                SecondOutcome.Crowded => await ProvePageAsync(context, pending, account, factors, GuessTurns.Crowded, token),
            };
        }, token));

    private static Task<IResult> ShowPasswordAsync(HttpContext context, SignInSteps steps, CancellationToken token) =>
        steps.RunAsync(context, SignInStep.NewPassword, (_, account) => Task.FromResult<IResult?>(PasswordPage(account, null)), token);

    private static Task<IResult> ReplacePasswordAsync(HttpContext context, [FromForm] string? password, [FromForm] string? again, SignInSteps steps, CancellationToken token) =>
        GuardedAsync(() => steps.RunAsync(context, SignInStep.NewPassword, async (_, account) =>
        {
            var problem = password != again ? "The two passwords differ." : await steps.ReplacePasswordAsync(context, account, password ?? "", token);
            return problem is null ? null : PasswordPage(account, problem);
        }, token));

    private static Task<IResult> ShowEnrolAsync(HttpContext context, SignInSteps steps, AccountFactors factors, CancellationToken token) =>
        steps.RunAsync(context, SignInStep.Enrol, async (pending, account) => await EnrolPageAsync(context, pending, account, factors, null, token), token);

    private static Task<IResult> EnrolAppAsync(HttpContext context, [FromForm] string? code, SignInSteps steps, AccountFactors factors, CancellationToken token) =>
        GuardedAsync(() => steps.RunAsync(context, SignInStep.Enrol, async (pending, account) =>
        {
            // Where a role asks for a passkey, an app does not do.
            var isEnrolled = false;
            if (pending.NewKey is { } key && await factors.RequiredAsync(account, token) != SecondFactor.Passkey)
                await steps.ChangeAsync(context, account, "second-factor.add-app", async () => isEnrolled = await factors.EnrolAppAsync(account, key, code ?? "", token), token);
            if (!isEnrolled)
                return await EnrolPageAsync(context, pending, account, factors, AccountFactors.WrongNewCode, token);
            await EnrolledAsync(pending, account, factors, "new authenticator app");
            return null;
        }, token));

    private static Task<IResult> EnrolPasskeyAsync(
        HttpContext context, [FromForm] string? credential, [FromForm] string? name, SignInSteps steps, AccountFactors factors, CancellationToken token) =>
        GuardedAsync(() => steps.RunAsync(context, SignInStep.Enrol, async (pending, account) =>
        {
            var (question, isEnrolled) = (pending.Question, false);
            pending.Question = null;
            if (question is not null)
                await steps.ChangeAsync(context, account, "second-factor.add-passkey",
                    async () => isEnrolled = await factors.AddPasskeyAsync(account, context, question, credential ?? "", name ?? ""), token);
            if (!isEnrolled)
                return await EnrolPageAsync(context, pending, account, factors, WrongPasskey, token);
            await EnrolledAsync(pending, account, factors, "new passkey");
            return null;
        }, token));

    private static Task<IResult> ShowCodesAsync(HttpContext context, SignInSteps steps, CancellationToken token) =>
        steps.RunAsync(context, SignInStep.KeepCodes, (pending, _) =>
            Task.FromResult<IResult?>(SignInPages.Page<CodesPage>(StatusCodes.Status200OK, (nameof(CodesPage.Codes), pending.FreshCodes))), token);

    private static Task<IResult> KeepCodesAsync(HttpContext context, IFormCollection _, SignInSteps steps, CancellationToken token) =>
        GuardedAsync(() => steps.RunAsync(context, SignInStep.KeepCodes, (pending, _) =>
        {
            pending.FreshCodes = null;
            return Task.FromResult<IResult?>(null);
        }, token));

    private static async Task<IResult> ProvePageAsync(
        HttpContext context, PendingSignIn pending, Account account, AccountFactors factors, string? problem, CancellationToken token)
    {
        var state = await factors.StateAsync(account);
        if (state.Passkeys.Count > 0)
            pending.Question = await factors.AskForPasskeyAsync(account, context);
        return SignInPages.Page<ProvePage>(Status(problem),
            (nameof(ProvePage.Problem), problem), (nameof(ProvePage.Options), pending.Question?.Options),
            (nameof(ProvePage.TakesApp), state.HasApp && !await factors.NeedsPasskeyAsync(account, token)));
    }

    private static async Task<IResult> EnrolPageAsync(
        HttpContext context, PendingSignIn pending, Account account, AccountFactors factors, string? problem, CancellationToken token)
    {
        var takesApp = await factors.RequiredAsync(account, token) != SecondFactor.Passkey;
        pending.NewKey ??= takesApp ? Totp.NewKey() : null;
        pending.Question = await factors.AskForNewPasskeyAsync(account, context);
        return SignInPages.Page<EnrolPage>(Status(problem),
            (nameof(EnrolPage.Problem), problem), (nameof(EnrolPage.Key), takesApp ? pending.NewKey : null),
            (nameof(EnrolPage.User), account.UserName), (nameof(EnrolPage.Options), pending.Question.Options));
    }

    private static IResult PasswordPage(Account account, string? problem) =>
        SignInPages.Page<NewPasswordPage>(Status(problem), (nameof(NewPasswordPage.Problem), problem), (nameof(NewPasswordPage.User), account.UserName));

    private static int Status(string? problem) => problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;

    private static async Task EnrolledAsync(PendingSignIn pending, Account account, AccountFactors factors, string proof)
    {
        pending.NewKey = null;
        pending.NoteSecond(proof);
        if ((await factors.StateAsync(account)).RecoveryCodesLeft == 0)
            pending.FreshCodes = await factors.MakeRecoveryCodesAsync(account);
    }

    // What cannot be written down is not done.
    private static async Task<IResult> GuardedAsync(Func<Task<IResult>> step)
    {
        try
        {
            return await step();
        }
        catch (AuditException)
        {
            return SignInPages.NotDue(SignInEndpoints.Unrecorded, StatusCodes.Status503ServiceUnavailable);
        }
    }
}
