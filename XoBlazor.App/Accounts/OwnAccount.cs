using System.Net;
using Microsoft.AspNetCore.Identity;
using XoBlazor.App.Accounts.SecondFactors;
using XoBlazor.App.Administration;
using XoBlazor.App.Data;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;

namespace XoBlazor.App.Accounts;

/// <summary>
/// What people change about themselves. Needs no right, is always recorded, and never reaches anybody else's account: which one it is says
/// the requester alone. Second factors and tokens are made only where the password was proven lately (<see cref="ProvePasswordAsync"/>), so that a screen
/// left alone gives nobody a way in that lasts. Refusals come as <see cref="AdministrationRefusedException"/>. Safe from any thread.
/// </summary>
internal sealed class OwnAccount(IServiceScopeFactory scopes, AdministrationRunner runner, SignInSessions sessions, ApiTokens tokens, AddressDelay delay)
{
    /// <summary>The account, and what it proves itself with.</summary>
    public async Task<OwnState> StateAsync(Requester requester, CancellationToken token)
    {
        await using var scope = scopes.CreateAsyncScope();
        var (_, factors, account) = await OpenAsync(scope, requester);
        return new(account, await factors.StateAsync(account), await factors.RequiredAsync(account, token));
    }

    public Task EditAsync(Requester requester, string? displayName, string? mail, CancellationToken token) =>
        ActAsync(requester, "profile.edit", async (accounts, _, account) =>
        {
            CheckKeptHere(account);
            account.DisplayName = UserAdministration.OrNull(displayName);
            account.Email = UserAdministration.OrNull(mail);
            UserAdministration.Check(await accounts.UpdateAsync(account));
            return true;
        }, token);

    /// <summary>Whether a session needs no password for what asks for it again.</summary>
    public bool HasProof(Requester requester, Guid session) => Guid.TryParse(requester.Actor.Id, out var account) && sessions.HasProof(account, session);

    /// <summary>
    /// Proves the password once more, here or in the directory that has it. For <see cref="SignInSessions.ProofLife"/> the session is not asked again.
    /// Wrong passwords count, delay and lock as at sign-in.
    /// </summary>
    public Task ProvePasswordAsync(Requester requester, Guid session, string password, CancellationToken token) =>
        ActAsync(requester, "password.prove", async (_, provider, account) =>
        {
            await CheckPasswordAsync(requester, provider, account, password, token);
            sessions.NoteProof(account.Id, session);
            return true;
        }, token);

    /// <summary>Notes that the owner of a session has proven who they are once more, to the provider that vouches for them: what <see cref="ProvePasswordAsync"/> is for whoever has a password.</summary>
    public Task NoteProofAsync(Requester requester, Guid session, CancellationToken token) =>
        ActAsync(requester, "provider.prove", (_, _, account) =>
        {
            sessions.NoteProof(account.Id, session);
            return Task.FromResult(true);
        }, token);

    /// <summary>Ends the other sessions and all API tokens too: whoever knew the old password is out.</summary>
    public Task ChangePasswordAsync(Requester requester, Guid session, string current, string password, CancellationToken token) =>
        ActAsync(requester, "password.change", async (accounts, provider, account) =>
        {
            CheckKeptHere(account);
            await CheckPasswordAsync(requester, provider, account, current, token);
            UserAdministration.Check(await accounts.ChangePasswordAsync(account, current, password));
            await sessions.EndOthersAsync(account.Id, session);
            await tokens.EndAllAsync(account.Id);
            return true;
        }, token);

    /// <summary>Ends every session of one's own but the one that asks, in the console and on sockets. API tokens stay. Returns how many ended.</summary>
    public Task<int> EndOtherSessionsAsync(Requester requester, Guid session, CancellationToken token) =>
        ActAsync(requester, "session.end-others", async (_, _, account) => await sessions.EndOthersAsync(account.Id, session), token);

    /// <summary>Keeps an authenticator app that proved to have the key. Returns fresh recovery codes when there were none.</summary>
    public Task<IReadOnlyList<string>> AddAppAsync(Requester requester, Guid session, string key, string code, CancellationToken token) =>
        ProvenAsync(requester, session, "second-factor.add-app", async (_, provider, account) =>
        {
            var factors = provider.GetRequiredService<AccountFactors>();
            if (!await factors.EnrolAppAsync(account, key, code, token))
                throw new AdministrationRefusedException(AccountFactors.WrongNewCode);
            return await FreshCodesAsync(factors, account);
        }, token);

    public Task RemoveAppAsync(Requester requester, Guid session, CancellationToken token) =>
        ProvenAsync(requester, session, "second-factor.remove-app", async (_, provider, account) =>
        {
            var factors = provider.GetRequiredService<AccountFactors>();
            await CheckNotNeededAsync(factors, account, state => state with { HasApp = false }, token);
            await factors.RemoveAppAsync(account, token);
            return true;
        }, token);

    /// <summary>New recovery codes in place of all before, to be shown once.</summary>
    public Task<IReadOnlyList<string>> MakeRecoveryCodesAsync(Requester requester, Guid session, CancellationToken token) =>
        ProvenAsync(requester, session, "second-factor.make-codes", (_, provider, account) => provider.GetRequiredService<AccountFactors>().MakeRecoveryCodesAsync(account), token);

    /// <summary>Keeps a passkey that the browser made. Returns fresh recovery codes when there were none.</summary>
    public Task<IReadOnlyList<string>> AddPasskeyAsync(Requester requester, Guid session, HttpContext context, PasskeyQuestion question, string answer, string name, CancellationToken token) =>
        ProvenAsync(requester, session, "second-factor.add-passkey", async (_, provider, account) =>
        {
            var factors = provider.GetRequiredService<AccountFactors>();
            if (!await factors.AddPasskeyAsync(account, context, question, answer, name))
                throw new AdministrationRefusedException("This passkey was not accepted. Try again.");
            return await FreshCodesAsync(factors, account);
        }, token);

    public Task RemovePasskeyAsync(Requester requester, Guid session, byte[] credential, CancellationToken token) =>
        ProvenAsync(requester, session, "second-factor.remove-passkey", async (accounts, provider, account) =>
        {
            var factors = provider.GetRequiredService<AccountFactors>();
            await CheckNotNeededAsync(factors, account, state => state with { Passkeys = [.. state.Passkeys.Skip(1)] }, token);
            UserAdministration.Check(await accounts.RemovePasskeyAsync(account, credential));
            return true;
        }, token);

    /// <summary>Makes an API token of one's own and returns its text, for the only time. Whoever signed in with a password on a socket has proven it there and then.</summary>
    public async Task<string> CreateTokenAsync(Requester requester, Guid session, string name, TimeSpan life, string? roleId, CancellationToken token)
    {
        if (!HasProof(requester, session))
            await ActAsync<bool>(requester, "token.create", (_, _, _) => throw PasswordFirst(), token);
        return await tokens.CreateAsync(requester, Guid.Parse(requester.Actor.Id), name, life, roleId, token);
    }

    private Task<T> ProvenAsync<T>(
        Requester requester, Guid session, string action, Func<UserManager<Account>, IServiceProvider, Account, Task<T>> work, CancellationToken token) =>
        ActAsync(requester, action, (accounts, provider, account) => sessions.HasProof(account.Id, session)
            ? work(accounts, provider, account)
            : throw PasswordFirst(), token);

    private static AdministrationRefusedException PasswordFirst() =>
        new($"Enter your password once more first (a program signs in again); then you have {SignInSessions.ProofLife.TotalMinutes:0} minutes.");

    private async Task<T> ActAsync<T>(Requester requester, string action, Func<UserManager<Account>, IServiceProvider, Account, Task<T>> work, CancellationToken token)
    {
        if (requester.Actor.LimitedTo is not null)
            throw new AdministrationRefusedException("This takes you, and not a token that is limited to a role.");
        await using var scope = scopes.CreateAsyncScope();
        var (accounts, _, account) = await OpenAsync(scope, requester);
        return await runner.RunAsync(requester, new AdministrationAct(null, AuditCategory.Account, action, UserAdministration.Target(account)),
            _ => work(accounts, scope.ServiceProvider, account), token);
    }

    private async Task CheckPasswordAsync(Requester requester, IServiceProvider provider, Account account, string password, CancellationToken token)
    {
        var address = IPAddress.TryParse(requester.Address, out var parsed) ? parsed : null;
        if (delay.Begin(address) is var wait && wait > TimeSpan.Zero)
            throw new AdministrationRefusedException(AddressDelay.Words(wait));
        if (await provider.GetRequiredService<SignInProof>().ProveAgainAsync(account, password, requester.Address, token) is SignInAnswer.Refused refused)
            throw new AdministrationRefusedException(refused.Words);
        delay.Forgive(address);
    }

    private static async Task<(UserManager<Account> Accounts, AccountFactors Factors, Account Account)> OpenAsync(AsyncServiceScope scope, Requester requester)
    {
        var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        var account = await accounts.FindByIdAsync(requester.Actor.Id) is { IsDisabled: false } found
            ? found
            : throw new AdministrationRefusedException("Your account is gone or was disabled.");
        return (accounts, scope.ServiceProvider.GetRequiredService<AccountFactors>(), account);
    }

    private static async Task<IReadOnlyList<string>> FreshCodesAsync(AccountFactors factors, Account account) =>
        (await factors.StateAsync(account)).RecoveryCodesLeft == 0 ? await factors.MakeRecoveryCodesAsync(account) : [];

    private static void CheckKeptHere(Account account)
    {
        if (account.DirectoryId is not null)
            throw new AdministrationRefusedException("Your account is kept in a directory. Change it there.");
    }

    private static async Task CheckNotNeededAsync(AccountFactors factors, Account account, Func<FactorState, FactorState> remove, CancellationToken token)
    {
        var state = await factors.StateAsync(account);
        var required = await factors.RequiredAsync(account, token);
        if (!state.Lacks(required) && remove(state).Lacks(required))
            throw new AdministrationRefusedException("One of your roles asks for this. Add another one first.");
    }
}

/// <param name="Required">What the account's roles ask for.</param>
internal sealed record OwnState(Account Account, FactorState Factors, SecondFactor Required);
