using Microsoft.AspNetCore.Identity;
using XoBlazor.App.Data;

namespace XoBlazor.App.Accounts;

/// <summary>
/// Proves a password, and locks the account after wrong ones: for a minute after the fifth, and twice as long after each further one, up
/// to a quarter of an hour. Longer would let anybody keep an administrator out. An unknown name and a locked account cost the time of a
/// wrong password, so that time tells nothing.
/// </summary>
internal sealed class PasswordCheck(SignInManager<Account> signIn, TimeProvider time)
{
    private const int FreeFailures = 4;

    private static readonly TimeSpan s_longestLock = TimeSpan.FromMinutes(15);
    private static readonly Account s_nobody = new("nobody");
    private static readonly string s_nobodysHash = new PasswordHasher<Account>().HashPassword(s_nobody, Guid.NewGuid().ToString());

    private readonly UserManager<Account> _accounts = signIn.UserManager;

    /// <summary>The account, when name and password are right and it is not locked.</summary>
    public async Task<Account?> ProveAsync(string? name, string password)
    {
        var account = string.IsNullOrWhiteSpace(name) ? null : await _accounts.FindByNameAsync(name.Trim());
        if (account is null || await _accounts.IsLockedOutAsync(account))
        {
            _accounts.PasswordHasher.VerifyHashedPassword(s_nobody, s_nobodysHash, password);
            return null;
        }

        if ((await signIn.CheckPasswordSignInAsync(account, password, lockoutOnFailure: false)).Succeeded)
            return account;

        await CountAsync(account);
        return null;
    }

    private async Task CountAsync(Account account)
    {
        await _accounts.AccessFailedAsync(account);
        if (account.AccessFailedCount <= FreeFailures)
            return;

        var minutes = Math.Pow(2, Math.Min(account.AccessFailedCount - FreeFailures - 1, 10));
        var locked = TimeSpan.FromMinutes(Math.Min(minutes, s_longestLock.TotalMinutes));
        await _accounts.SetLockoutEndDateAsync(account, time.GetUtcNow() + locked);
    }
}
