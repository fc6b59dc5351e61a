using System.Collections.Immutable;
using XoBlazor.App.Accounts.Directories;
using XoBlazor.App.Accounts.Ldap;
using XoBlazor.App.Accounts.Passwords;
using XoBlazor.App.Data;

namespace XoBlazor.App.Accounts;

/// <summary>
/// Finds out whose a name and a password are: accounts kept here first, then the directories in their order. An account kept here is
/// never a directory's, whatever the names say, and a directory that is down keeps nobody out whose password is kept here.
/// </summary>
internal sealed class SignInProof(
    PasswordCheck passwords, DirectoryStore store, DirectorySignIn directories, DirectoryAccounts accounts, PersonGuesses guesses, GuessTurns turns, SignInAudit audit)
{
    // One answer for a wrong name, a wrong password and a locked account, so that it tells nobody which names exist.
    private const string Refused =
        "This name and password do not match, or the account is locked for some minutes after too many attempts.";

    private const string LockedAgain = "The account is locked for some minutes after too many wrong passwords. Wait, then try again.";

    public async Task<SignInAnswer> ProveAsync(string? name, string password, string? address, CancellationToken token)
    {
        // By the name alone, so that to stand in line tells nobody whether somebody has it.
        using var turn = await turns.TakeAsync(GuessTurns.Name(name), token);
        return turn is null ? Crowded() : await ProveInTurnAsync(name, password, address, token);
    }

    private async Task<SignInAnswer> ProveInTurnAsync(string? name, string password, string? address, CancellationToken token)
    {
        var verdict = await passwords.ProveAsync(name, password);
        if (verdict.LockedUntil is { } until)
            await audit.LockedAsync(verdict.Account!, address, until);
        if (verdict is { Outcome: PasswordOutcome.Right, Account: { } account })
            return new SignInAnswer.Accepted(account, "password");

        var asked = store.Current.Where(directory => directory.IsEnabled).ToImmutableArray();
        if (asked.IsEmpty)
            return new SignInAnswer.Refused(Refused, verdict.Words, verdict.Account);

        // Whoever goes away once the directory has the password has guessed all the same: it is counted, and the turn lasts as long as any other.
        var whateverHappens = CancellationToken.None;
        if (verdict.Outcome == PasswordOutcome.Disabled)
            return new SignInAnswer.Refused((await directories.RefuseAsync(asked, name ?? "", password, whateverHappens)).PublicText, verdict.Words, verdict.Account);
        return await directories.SignInAsync(asked, name ?? "", password, guesses.From(address), whateverHappens) switch
        {
            DirectoryAnswer.Accepted accepted => await LinkAsync(accepted, token),
            DirectoryAnswer.Refused refused => Refuse(refused, verdict),
            _ => throw new InvalidOperationException("Directories accept or refuse."),
        };
    }

    /// <summary>Whether a password is still that of somebody who is signed in. Wrong ones count and lock as at the door; the words are for the person alone.</summary>
    public async Task<SignInAnswer> ProveAgainAsync(Account account, string password, string? address, CancellationToken token)
    {
        using var turn = await turns.TakeAsync(GuessTurns.Name(account.UserName), token);
        if (turn is null)
            return Crowded();
        if (account.DirectoryId is { } directory)
            return await ProveAgainAsync(account, store.Find(directory), password, address);

        var verdict = await passwords.ProveAsync(account.UserName, password);
        return verdict.Outcome switch
        {
            PasswordOutcome.Right => new SignInAnswer.Accepted(account, "password"),
            PasswordOutcome.Wrong => await WrongAgainAsync(account, address, verdict.LockedUntil),
            _ => new SignInAnswer.Refused(LockedAgain, verdict.Words, account),
        };
    }

    private async Task<SignInAnswer> ProveAgainAsync(Account account, DirectorySettings? directory, string password, string? address)
    {
        if (directory is not { IsEnabled: true })
            return new SignInAnswer.Refused("Your directory is not asked any more. Ask an administrator.", "the account's directory is disabled", account);

        return await directories.ProveAsync(directory, account.DirectoryUserId!, password, guesses.From(address), CancellationToken.None) switch
        {
            DirectoryAnswer.Accepted => new SignInAnswer.Accepted(account, $"password of {directory.Name}"),
            DirectoryAnswer.Refused { Reason: DirectoryRefusalReason.NoPassword } refused => new SignInAnswer.Refused(refused.PublicText, refused.Detail, account),
            DirectoryAnswer.Refused { Reason: DirectoryRefusalReason.WrongPassword } =>
                await passwords.FindAsync(account.Id) is { } now && await passwords.IsLockedAsync(now) ? WrongAndLocked(account) : Wrong(account),
            DirectoryAnswer.Refused { Reason: DirectoryRefusalReason.Locked } refused => new SignInAnswer.Refused(LockedAgain, refused.Detail, account),
            DirectoryAnswer.Refused { Reason: DirectoryRefusalReason.DirectoryTrouble } refused => new SignInAnswer.Refused(
                $"{directory.Name}, which has your password, cannot be asked at the moment. Try again in a minute.", refused.Detail, account),
            DirectoryAnswer.Refused refused => new SignInAnswer.Refused($"{directory.Name} does not let you in any more. Ask its administrator.", refused.Detail, account),
            _ => throw new InvalidOperationException("Directories accept or refuse."),
        };
    }

    private async Task<SignInAnswer> WrongAgainAsync(Account account, string? address, DateTimeOffset? lockedUntil)
    {
        if (lockedUntil is not { } until)
            return Wrong(account);
        await audit.LockedAsync(account, address, until);
        return WrongAndLocked(account);
    }

    private static SignInAnswer.Refused Wrong(Account account) => new("The password is not right.", "wrong password", account);

    private static SignInAnswer.Refused WrongAndLocked(Account account) => new($"The password is not right. {LockedAgain}", "wrong password", account);

    private async Task<SignInAnswer> LinkAsync(DirectoryAnswer.Accepted accepted, CancellationToken token) =>
        await accounts.LinkAsync(accepted.Directory, accepted.Account, token) switch
        {
            { Account: { } linked } => new SignInAnswer.Accepted(await passwords.FindAsync(linked.Id) ?? linked, $"password of {accepted.Directory.Name}"),
            { Refusal: var refusal } => new SignInAnswer.Refused(refusal!, refusal!, null) { IsPasswordRight = true },
        };

    private static SignInAnswer.Refused Crowded() => new(GuessTurns.Crowded, GuessTurns.NotTried, null) { IsCrowded = true };

    private static SignInAnswer.Refused Refuse(DirectoryAnswer.Refused refused, PasswordVerdict verdict)
    {
        var why = verdict.Outcome is PasswordOutcome.Wrong or PasswordOutcome.Locked or PasswordOutcome.Crowded ? verdict.Words : refused.Detail;
        return new SignInAnswer.Refused(refused.PublicText, string.Join(" ", [why, .. refused.Troubles]), verdict.Account);
    }
}

/// <summary>Whether somebody is who they say.</summary>
internal abstract record SignInAnswer
{
    private SignInAnswer()
    {
    }

    /// <param name="With">What was proven, for the audit.</param>
    public sealed record Accepted(Account Account, string With) : SignInAnswer;

    /// <param name="Words">For whoever stands at the door.</param>
    /// <param name="Reason">For the audit.</param>
    /// <param name="Known">The account of the name, where there is one.</param>
    public sealed record Refused(string Words, string Reason, Account? Known) : SignInAnswer
    {
        /// <summary>They proved who they are and cannot come in all the same: the words are theirs to know.</summary>
        public bool IsPasswordRight { get; init; }

        /// <summary>Nothing was tried, because too many were at it: the words say no more than that.</summary>
        public bool IsCrowded { get; init; }
    }
}
