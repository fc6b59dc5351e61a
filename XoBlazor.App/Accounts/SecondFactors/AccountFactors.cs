using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using XoBlazor.App.Administration;
using XoBlazor.App.Data;
using XoBlazor.Core.Access;

namespace XoBlazor.App.Accounts.SecondFactors;

/// <summary>
/// What an account proves itself with besides the password: an authenticator app, passkeys, recovery codes; and whether its roles ask for
/// one. Changes are written down by whoever asks for them. Scoped; not thread-safe.
/// </summary>
internal sealed class AccountFactors(
    UserManager<Account> accounts, IUserAuthenticatorKeyStore<Account> keys, IDbContextFactory<AppDatabase> databases, IPasskeyHandler<Account> passkeys, TimeProvider time)
{
    /// <summary>Codes made at once.</summary>
    public const int RecoveryCodes = 10;

    /// <summary>What people are told whose new app shows another code than it should.</summary>
    public const string WrongNewCode = "This code is not the one the app should show now. Check the clock of the device, and enter the newest code.";

    public async Task<FactorState> StateAsync(Account account) => new(
        await accounts.GetTwoFactorEnabledAsync(account) && await accounts.GetAuthenticatorKeyAsync(account) is not null,
        [.. await accounts.GetPasskeysAsync(account)],
        await accounts.CountRecoveryCodesAsync(account));

    /// <summary>The strictest proof that any role of the account asks for.</summary>
    public async Task<SecondFactor> RequiredAsync(Account account, CancellationToken token)
    {
        await using var database = await databases.CreateDbContextAsync(token);
        var roles = database.Grants.Where(grant =>
            (grant.SubjectKind == SubjectKind.User && grant.SubjectId == account.Id)
            || (grant.SubjectKind == SubjectKind.Group && database.GroupMembers.Any(member => member.AccountId == account.Id && member.GroupId == grant.SubjectId)))
            .Select(grant => grant.RoleId);
        var asked = await database.RoleRequirements.Where(one => roles.Contains(one.RoleId)).Select(one => one.SecondFactor).ToListAsync(token);
        return asked.DefaultIfEmpty(SecondFactor.None).Max();
    }

    /// <summary>Whether an app's code is not enough: a role asks for a passkey, and there is one.</summary>
    public async Task<bool> NeedsPasskeyAsync(Account account, CancellationToken token) =>
        await RequiredAsync(account, token) == SecondFactor.Passkey && (await accounts.GetPasskeysAsync(account)).Count > 0;

    /// <summary>
    /// What a code of six digits or a recovery code proves, in words for the audit; null when it is neither, or was used before. Asked in the account's
    /// turn (<see cref="Passwords.PasswordCheck.ProveSecondAsync"/>): a recovery code is read, compared and crossed out.
    /// </summary>
    public async Task<string?> ProveCodeAsync(Account account, string code, CancellationToken token)
    {
        if (!await NeedsPasskeyAsync(account, token) && await accounts.GetTwoFactorEnabledAsync(account) && await accounts.GetAuthenticatorKeyAsync(account) is { } key && Totp.Match(key, code, time.GetUtcNow()) is { } step)
            return await TakeAsync(account, step, token) ? "code" : null;

        return (await accounts.RedeemTwoFactorRecoveryCodeAsync(account, code)).Succeeded ? "recovery code" : null;
    }

    /// <summary>Keeps the app's key when the code proves that the app has it. Returns false when it does not.</summary>
    public async Task<bool> EnrolAppAsync(Account account, string key, string code, CancellationToken token)
    {
        if (Totp.Match(key, code, time.GetUtcNow()) is not { } step || !await TakeAsync(account, step, token))
            return false;
        await keys.SetAuthenticatorKeyAsync(account, key, token);
        UserAdministration.Check(await accounts.SetTwoFactorEnabledAsync(account, true));
        return true;
    }

    public async Task RemoveAppAsync(Account account, CancellationToken token)
    {
        await keys.SetAuthenticatorKeyAsync(account, Totp.NewKey(), token);
        UserAdministration.Check(await accounts.SetTwoFactorEnabledAsync(account, false));
    }

    /// <summary>New recovery codes in place of all before, to be shown once.</summary>
    public async Task<IReadOnlyList<string>> MakeRecoveryCodesAsync(Account account) =>
        [.. await accounts.GenerateNewTwoFactorRecoveryCodesAsync(account, RecoveryCodes) ?? []];

    /// <summary>Takes everything away.</summary>
    public static async Task RemoveAllAsync(UserManager<Account> accounts, Account account)
    {
        UserAdministration.Check(await accounts.SetTwoFactorEnabledAsync(account, false));
        UserAdministration.Check(await accounts.ResetAuthenticatorKeyAsync(account));
        await accounts.GenerateNewTwoFactorRecoveryCodesAsync(account, 0);
        foreach (var passkey in await accounts.GetPasskeysAsync(account))
            UserAdministration.Check(await accounts.RemovePasskeyAsync(account, passkey.CredentialId));
    }

    /// <summary>What the browser needs to make a passkey, and what its answer is checked against.</summary>
    public async Task<PasskeyQuestion> AskForNewPasskeyAsync(Account account, HttpContext context)
    {
        var asked = await passkeys.MakeCreationOptionsAsync(
            new() { Id = account.Id.ToString(), Name = account.UserName!, DisplayName = account.DisplayName ?? account.UserName! }, context);
        return new(asked.CreationOptionsJson, asked.AttestationState);
    }

    /// <summary>Keeps the passkey that the browser made. False when the answer is not to this question.</summary>
    public async Task<bool> AddPasskeyAsync(Account account, HttpContext context, PasskeyQuestion question, string answer, string name)
    {
        var result = await passkeys.PerformAttestationAsync(new() { HttpContext = context, CredentialJson = answer, AttestationState = question.State });
        if (!result.Succeeded || result.UserEntity.Id != account.Id.ToString())
            return false;
        result.Passkey.Name = name.Trim() is { Length: > 0 } given ? given[..Math.Min(given.Length, 100)] : $"Passkey of {time.GetUtcNow():yyyy-MM-dd}";
        UserAdministration.Check(await accounts.AddOrUpdatePasskeyAsync(account, result.Passkey));
        return true;
    }

    /// <summary>What the browser needs to prove a passkey of this account.</summary>
    public async Task<PasskeyQuestion> AskForPasskeyAsync(Account account, HttpContext context)
    {
        var asked = await passkeys.MakeRequestOptionsAsync(account, context);
        return new(asked.RequestOptionsJson, asked.AssertionState);
    }

    /// <summary>Whether the answer proves one of this account's passkeys.</summary>
    public async Task<bool> ProvePasskeyAsync(Account account, HttpContext context, PasskeyQuestion question, string answer)
    {
        var result = await passkeys.PerformAssertionAsync(new() { HttpContext = context, CredentialJson = answer, AssertionState = question.State });
        if (!result.Succeeded || result.User.Id != account.Id)
            return false;
        UserAdministration.Check(await accounts.AddOrUpdatePasskeyAsync(account, result.Passkey));
        return true;
    }

    // A code counts once: neither it nor an older one is taken again, whoever looked over the shoulder.
    private async Task<bool> TakeAsync(Account account, long step, CancellationToken token)
    {
        await using var database = await databases.CreateDbContextAsync(token);
        if (await database.Users.Where(one => one.Id == account.Id && one.LastCodeStep < step)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.LastCodeStep, step), token) == 0)
            return false;
        account.LastCodeStep = step;
        return true;
    }
}

/// <summary>What an account can prove itself with.</summary>
/// <param name="HasApp">An authenticator app.</param>
/// <param name="RecoveryCodesLeft">Codes for the day when app and passkeys are lost.</param>
internal sealed record FactorState(bool HasApp, IReadOnlyList<UserPasskeyInfo> Passkeys, int RecoveryCodesLeft)
{
    public bool HasAny => HasApp || Passkeys.Count > 0;

    /// <summary>Whether what roles ask for is not there.</summary>
    public bool Lacks(SecondFactor required) => required switch
    {
        SecondFactor.None => false,
        SecondFactor.Any => !HasAny,
        SecondFactor.Passkey => Passkeys.Count == 0,
    };
}

/// <param name="Options">For the browser, as JSON.</param>
/// <param name="State">What the answer has to fit; stays on the server.</param>
internal sealed record PasskeyQuestion(string? Options, string? State);
