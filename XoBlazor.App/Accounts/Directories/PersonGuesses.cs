using Microsoft.EntityFrameworkCore;
using XoBlazor.App.Accounts.Ldap;
using XoBlazor.App.Accounts.Passwords;
using XoBlazor.App.Accounts.Providers;
using XoBlazor.App.Data;

namespace XoBlazor.App.Accounts.Directories;

/// <summary>
/// Stands between a password and the person of a directory whom it is tried on: one at a time, none while the person is locked, and each wrong one counts
/// before the next is tried, under whichever of the person's names and from wherever it came. So nobody has more guesses here than at an account kept here,
/// and nobody locks the person in the directory through here. Scoped.
/// </summary>
internal sealed class PersonGuesses(AppDatabase database, PasswordCheck passwords, StrangerLocks strangers, GuessTurns turns, SignInAudit audit)
{
    // At the door names take turns; one person under two names at once is rare, and waits while a connection to the directory is open.
    private static readonly TimeSpan s_longest = TimeSpan.FromMilliseconds(250);

    /// <summary>Tries a password of somebody at this address, in turn.</summary>
    public TryInTurn From(string? address) => (directory, person, typed, isWrong) => TryAsync(
        directory.Source, person, typed, address, database.Users.Where(one => one.DirectoryId == directory.Id && one.DirectoryUserId == person), isWrong);

    /// <summary>Tries a password, in turn, where nobody but whoever is asked knows whose name it is: counted by the name.</summary>
    public Task<string?> TryAsync(AccountSource source, string typed, string? address, Func<Task<bool>> isWrong)
    {
        var normal = typed.Trim().Normalize().ToUpperInvariant();
        return TryAsync(source, GuessTurns.Name(typed), typed, address, database.Users.Where(one => one.DirectoryId == source.Id && one.NormalizedUserName == normal), isWrong);
    }

    private async Task<string?> TryAsync(AccountSource source, string person, string? typed, string? address, IQueryable<Account> whose, Func<Task<bool>> isWrong)
    {
        using var turn = await turns.TakeAsync($"person {source.Id:N} {person}", CancellationToken.None, s_longest);
        if (turn is null)
            return GuessTurns.NotTried;

        var account = await whose.AsNoTracking().SingleOrDefaultAsync();
        return await passwords.FindAsync(account?.Id ?? Guid.Empty) is { } known
            ? await TryAsync(known, address, isWrong)
            : await TryStrangerAsync(source, person, typed, address, isWrong);
    }

    private async Task<string?> TryAsync(Account known, string? address, Func<Task<bool>> isWrong)
    {
        if (await passwords.IsLockedAsync(known))
            return PasswordVerdict.Locked;
        if (await isWrong() && await passwords.CountAsync(known) is { } until)
            await audit.LockedAsync(known, address, until);
        return null;
    }

    private async Task<string?> TryStrangerAsync(AccountSource directory, string person, string? typed, string? address, Func<Task<bool>> isWrong)
    {
        if (strangers.IsLocked(directory.Id, person))
            return PasswordVerdict.Locked;
        if (!await isWrong())
            strangers.Forget(directory.Id, person);
        else if (strangers.Fail(directory.Id, person) is { Until: { } until } locked)
            await audit.LockedAsync(new("user", null, $"{directory.Name}/{person}", SignInAudit.Printable(typed)), locked.Failures, address, until);
        return null;
    }
}
