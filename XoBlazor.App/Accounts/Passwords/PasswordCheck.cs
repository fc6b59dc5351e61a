using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using XoBlazor.App.Data;

namespace XoBlazor.App.Accounts.Passwords;

/// <summary>
/// Proves a password kept here, and locks the account after wrong ones: for a minute after the fifth, and twice as long after each further
/// one, up to a quarter of an hour. Longer would let anybody keep an administrator out. An unknown name, a directory's account and a locked
/// one cost the time of a wrong password, so that time tells nothing.
/// </summary>
internal sealed class PasswordCheck(UserManager<Account> accounts, AppDatabase database, GuessTurns turns, HashingGate hashing, TimeProvider time)
{
    private const int FreeFailures = 4;

    private static readonly TimeSpan s_longestLock = TimeSpan.FromMinutes(15);
    private static readonly Account s_nobody = new("nobody");
    private static readonly string s_nobodysHash = new PasswordHasher<Account>().HashPassword(s_nobody, Guid.NewGuid().ToString());

    /// <summary>Whether name and password are right. A wrong password is counted.</summary>
    public async Task<PasswordVerdict> ProveAsync(string? name, string password)
    {
        var account = string.IsNullOrWhiteSpace(name) ? null : await accounts.FindByNameAsync(name.Trim());
        if (account is { DirectoryId: null } && await ProveInTurnAsync(account, password) is { } verdict)
            return verdict;

        await hashing.RunAsync(() => Task.FromResult(accounts.PasswordHasher.VerifyHashedPassword(s_nobody, s_nobodysHash, password)));
        return account switch
        {
            null => new(PasswordOutcome.UnknownName, null),
            { DirectoryId: not null } => new(PasswordOutcome.KeptElsewhere, account),
            _ => new(PasswordOutcome.Locked, account),
        };
    }

    /// <summary>An account that was found elsewhere, as it is now and as this scope may change it; null when it is gone.</summary>
    public async Task<Account?> FindAsync(Guid id)
    {
        var account = await accounts.FindByIdAsync(id.ToString());
        if (account is not null)
            await database.Entry(account).ReloadAsync();
        return account;
    }

    /// <summary>Whether the account takes nothing at the moment.</summary>
    public Task<bool> IsLockedAsync(Account account) => accounts.IsLockedOutAsync(account);

    /// <summary>
    /// Counts a failure: of a password, here or in a directory, or of a second proof. Returns until when that locks the account. Each of many at the
    /// same moment counts.
    /// </summary>
    public async Task<DateTimeOffset?> CountAsync(Account account)
    {
        var row = database.Users.Where(one => one.Id == account.Id);
        await row.ExecuteUpdateAsync(set => set.SetProperty(one => one.AccessFailedCount, one => one.AccessFailedCount + 1));
        await database.Entry(account).ReloadAsync();
        if (time.GetUtcNow() + LockAfter(account.AccessFailedCount) is not { } until)
            return null;

        await row.ExecuteUpdateAsync(set => set.SetProperty(one => one.LockoutEnd, (DateTimeOffset?)until));
        await database.Entry(account).ReloadAsync();
        return until;
    }

    /// <summary>For how long so many failures lock an account; null for not at all.</summary>
    public static TimeSpan? LockAfter(int failures) => failures <= FreeFailures
        ? null
        : TimeSpan.FromMinutes(Math.Min(Math.Pow(2, Math.Min(failures - FreeFailures - 1, 10)), s_longestLock.TotalMinutes));

    /// <summary>Tries what is proven besides the password, in the account's turn as passwords are, so that many at the same moment are no more guesses than one after the other. A wrong one counts.</summary>
    /// <param name="prove">What was proven, in words; null for nothing.</param>
    public async Task<SecondVerdict> ProveSecondAsync(Account account, Func<Task<string?>> prove)
    {
        using var turn = await turns.TakeAsync(GuessTurns.Account(account.Id), CancellationToken.None);
        if (turn is null)
            return new(SecondOutcome.Crowded);
        await database.Entry(account).ReloadAsync();
        if (await accounts.IsLockedOutAsync(account))
            return new(SecondOutcome.Locked);
        if (await prove() is { } proof)
            return new(SecondOutcome.Right, proof);
        var until = await CountAsync(account);
        return new(until is null ? SecondOutcome.Wrong : SecondOutcome.Locked) { LockedUntil = until };
    }

    // Null when the account is locked, perhaps by a guess that came just before.
    private async Task<PasswordVerdict?> ProveInTurnAsync(Account account, string password)
    {
        using var turn = await turns.TakeAsync(GuessTurns.Account(account.Id), CancellationToken.None);
        if (turn is null)
            return new(PasswordOutcome.Crowded, account);
        await database.Entry(account).ReloadAsync();
        if (await accounts.IsLockedOutAsync(account))
            return null;
        if (await hashing.RunAsync(() => accounts.CheckPasswordAsync(account, password)))
            return new(account.IsDisabled ? PasswordOutcome.Disabled : PasswordOutcome.Right, account);
        return new(PasswordOutcome.Wrong, account) { LockedUntil = await CountAsync(account) };
    }
}

/// <summary>What became of a name and a password.</summary>
internal enum PasswordOutcome
{
    Right,
    Wrong,
    UnknownName,

    /// <summary>The account is a directory's, which has the password.</summary>
    KeptElsewhere,
    Locked,

    /// <summary>Too many are trying the account at the same moment; this one was not tried.</summary>
    Crowded,

    /// <summary>The password is right, but an administrator disabled the account.</summary>
    Disabled,
}

/// <param name="Account">The account of the name, whatever the outcome.</param>
internal readonly record struct PasswordVerdict(PasswordOutcome Outcome, Account? Account)
{
    /// <summary>Why a locked account is refused, for log and audit.</summary>
    public const string Locked = "the account is locked after too many failures";

    /// <summary>Set when this failure locked the account.</summary>
    public DateTimeOffset? LockedUntil { get; init; }

    /// <summary>For log and audit.</summary>
    public string Words => Outcome switch
    {
        PasswordOutcome.Right => "the password is right",
        PasswordOutcome.Wrong => "wrong password",
        PasswordOutcome.UnknownName => "no account of this name",
        PasswordOutcome.KeptElsewhere => "the account's directory is not asked",
        PasswordOutcome.Locked => Locked,
        PasswordOutcome.Crowded => GuessTurns.NotTried,
        PasswordOutcome.Disabled => "right password, but the account is disabled",
    };
}
