using System.Text.Json.Nodes;
using XoBlazor.App.Accounts;
using XoBlazor.App.Accounts.Passwords;
using XoBlazor.App.Accounts.SecondFactors;
using XoBlazor.App.Administration;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Data;
using XoBlazor.Core.Audit;

namespace XoBlazor.App.Api.Sessions;

/// <summary>
/// Signs programs in, with the same proofs, delays and locks as the sign-in page: a password with the second factor that the account has, or a token. What
/// only a person at a page can do (a new password, a passkey, enrolling a factor) is refused in words. Fails with <see cref="ApiException"/>. Safe from any thread.
/// </summary>
internal sealed class ApiSignIn(IServiceScopeFactory scopes, ApiSessions sessions, ApiTokens tokens, AddressDelay delay, DelayedAttempts attempts, SignInAudit audit)
{
    private const string UseToken = "Sign in with an API token instead; it is made in the console under your profile.";

    public async Task<ApiSession> WithTokenAsync(IApiCaller caller, string text, CancellationToken token)
    {
        var address = caller.Address?.ToString();
        if (await tokens.ProveAsync(text, address, token) is { } proven)
            return sessions.Open(proven, address, caller.Face);

        await attempts.RefusedTokenAsync(caller.Address, caller.Face);
        throw ApiException.InvalidCredentials();
    }

    public async Task<ApiSession> WithPasswordAsync(IApiCaller caller, string name, string password, string? code, CancellationToken token)
    {
        var address = caller.Address?.ToString();
        if (attempts.Begin(caller.Address, caller.Face) is var wait && wait > TimeSpan.Zero)
            throw ApiException.InvalidCredentials(AddressDelay.Words(wait), new JsonObject { ["retryAfter"] = Math.Ceiling(wait.TotalSeconds) });
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var (account, proofs) = await ProvePasswordAsync(scope.ServiceProvider, name, password, caller, token);
            if (await ProveSecondAsync(scope.ServiceProvider, account, code, caller, token) is { } second)
                proofs = $"{proofs}, {second}";
            delay.Forgive(caller.Address);
            return sessions.Open(account, await scope.ServiceProvider.GetRequiredService<SignInFinish>().BeginAsync(account, address, caller.Program, caller.Face, proofs, token), caller.Face);
        }
        catch (AuditException)
        {
            throw new ApiException(ApiErrorCode.ServiceUnavailable, SignInEndpoints.Unrecorded, new JsonObject { ["serviceName"] = "audit" });
        }
    }

    private async Task<(Account Account, string Proofs)> ProvePasswordAsync(IServiceProvider services, string name, string password, IApiCaller caller, CancellationToken token)
    {
        switch (await services.GetRequiredService<SignInProof>().ProveAsync(name, password, caller.Address?.ToString(), token))
        {
            case SignInAnswer.Accepted accepted:
                return (accepted.Account, accepted.With);
            case SignInAnswer.Refused refused:
                await audit.RefusedAsync(name, refused.Known, caller.Address?.ToString(), refused.Reason, caller.Face);
                throw ApiException.InvalidCredentials(refused.IsPasswordRight || refused.IsCrowded ? refused.Words : null);
            default:
                throw new InvalidOperationException("A sign-in is accepted or refused.");
        }
    }

    /// <summary>What was proven besides the password; null when nothing had to be.</summary>
    private async Task<string?> ProveSecondAsync(IServiceProvider services, Account account, string? code, IApiCaller caller, CancellationToken token)
    {
        var factors = services.GetRequiredService<AccountFactors>();
        var state = await factors.StateAsync(account);
        var required = await factors.RequiredAsync(account, token);
        string? proof = null;
        if (state.HasAny)
        {
            if (string.IsNullOrEmpty(code))
                throw await RefuseAsync(account, caller, "right password, no code", state.HasApp && required != SecondFactor.Passkey
                    ? "This account needs a one-time code besides the password: send it as 'otp'."
                    : $"This account is proven with a passkey, which only a browser can do. {UseToken}");
            proof = await ProveCodeAsync(services.GetRequiredService<PasswordCheck>(), factors, account, code, caller, token);
        }

        if (account is { MustChangePassword: true, DirectoryId: null })
            throw await RefuseAsync(account, caller, "right password, but it has to be replaced", "This password was set by somebody else and has to be replaced first: sign in to the console once.");
        return state.Lacks(required)
            ? throw await RefuseAsync(account, caller, "right password, but no second factor, which a role asks for",
                "One of your roles asks for a second factor, and you have none yet: sign in to the console once to set it up, or use an API token.")
            : proof;
    }

    private async Task<string> ProveCodeAsync(PasswordCheck passwords, AccountFactors factors, Account account, string code, IApiCaller caller, CancellationToken token)
    {
        var verdict = await passwords.ProveSecondAsync(account, () => factors.ProveCodeAsync(account, code, token));
        if (verdict.Proof is { } proof)
            return proof;
        if (verdict.LockedUntil is { } until)
            await audit.LockedAsync(account, caller.Address?.ToString(), until);
        throw await RefuseAsync(account, caller, verdict.Reason("code"), verdict switch
        {
            { Outcome: SecondOutcome.Crowded } => GuessTurns.Crowded,
            { Outcome: SecondOutcome.Locked, LockedUntil: null } => null,
            _ => "The one-time code is not right, or was used before.",
        });
    }

    private async Task<ApiException> RefuseAsync(Account account, IApiCaller caller, string reason, string? words)
    {
        await audit.RefusedAsync(account.UserName, account, caller.Address?.ToString(), reason, caller.Face);
        return ApiException.InvalidCredentials(words);
    }
}
