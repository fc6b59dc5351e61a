using XoBlazor.App.Accounts.Directories;
using XoBlazor.App.Accounts.Passwords;
using XoBlazor.App.Accounts.Providers;
using XoBlazor.App.Data;

namespace XoBlazor.App.Accounts;

/// <summary>
/// Finds out whose a name and a password are: accounts kept here first, then the directories in their order, then plugins. An account kept here is
/// never another one's, whatever the names say, and a directory or plugin that is down keeps nobody out whose password is kept here.
/// </summary>
internal sealed class SignInProof(
    PasswordCheck passwords, SignInProviders providers, DirectoryAccounts accounts, PersonGuesses guesses, GuessTurns turns, SignInAudit audit)
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

        var asked = providers.Passwords;
        if (asked.IsEmpty)
            return new SignInAnswer.Refused(Refused, verdict.Words, verdict.Account);

        // Whoever goes away once a provider has the password has guessed all the same: it is counted, and the turn lasts as long as any other.
        var whateverHappens = CancellationToken.None;
        var question = new PasswordQuestion(name ?? "", password, address, verdict.Account, guesses);
        var refusals = new List<ProviderAnswer.Refused>();
        foreach (var provider in asked)
        {
            var answer = verdict.Outcome == PasswordOutcome.Disabled ? await provider.RefuseAsync(question, whateverHappens) : await provider.ProveAsync(question, whateverHappens);
            if (answer is ProviderAnswer.Accepted accepted)
                return await LinkAsync(accepted, token);
            refusals.Add((ProviderAnswer.Refused)answer);
        }
        return Refuse(refusals, verdict);
    }

    /// <summary>Whether a password is still that of somebody who is signed in. Wrong ones count and lock as at the door; the words are for the person alone.</summary>
    public async Task<SignInAnswer> ProveAgainAsync(Account account, string password, string? address, CancellationToken token)
    {
        using var turn = await turns.TakeAsync(GuessTurns.Name(account.UserName), token);
        if (turn is null)
            return Crowded();
        if (account.DirectoryId is { } source)
            return await ProveAgainAsync(account, source, password, address);

        var verdict = await passwords.ProveAsync(account.UserName, password);
        return verdict.Outcome switch
        {
            PasswordOutcome.Right => new SignInAnswer.Accepted(account, "password"),
            PasswordOutcome.Wrong => await WrongAgainAsync(account, address, verdict.LockedUntil),
            _ => new SignInAnswer.Refused(LockedAgain, verdict.Words, account),
        };
    }

    private async Task<SignInAnswer> ProveAgainAsync(Account account, Guid source, string password, string? address)
    {
        if (providers.RedirectOf(source) is { } elsewhere)
            return new SignInAnswer.Refused($"You have no password here. Prove it with {elsewhere.Label}.", "the account has no password", account);
        if (providers.PasswordOf(source) is not { } provider || provider.Find(source) is not { Name: var name })
            return new SignInAnswer.Refused("Your directory is not asked any more. Ask an administrator.", "the account's directory is disabled", account);

        return await provider.ProveAgainAsync(account, new PasswordQuestion(account.UserName ?? "", password, address, account, guesses), CancellationToken.None) switch
        {
            ProviderAnswer.Accepted => new SignInAnswer.Accepted(account, $"password of {name}"),
            ProviderAnswer.Refused refused => refused.Why switch
            {
                ProviderRefusal.NoPassword => new SignInAnswer.Refused(ProviderAnswer.Refused.PublicText(isPasswordMissing: true, isTroubled: false), refused.Detail, account),
                ProviderRefusal.WrongPassword => await passwords.FindAsync(account.Id) is { } now && await passwords.IsLockedAsync(now) ? WrongAndLocked(account) : Wrong(account),
                ProviderRefusal.Locked => new SignInAnswer.Refused(LockedAgain, refused.Detail, account),
                ProviderRefusal.Trouble => new SignInAnswer.Refused($"{name}, which has your password, cannot be asked at the moment. Try again in a minute.", refused.Detail, account),
                ProviderRefusal.UnknownName or ProviderRefusal.Barred => new SignInAnswer.Refused($"{name} does not let you in any more. Ask its administrator.", refused.Detail, account),
            },
            _ => throw new InvalidOperationException("Providers accept or refuse."),
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

    private async Task<SignInAnswer> LinkAsync(ProviderAnswer.Accepted accepted, CancellationToken token) =>
        await accounts.LinkAsync(accepted.Source, accepted.Person, token) switch
        {
            { Account: { } linked } => new SignInAnswer.Accepted(await passwords.FindAsync(linked.Id) ?? linked, $"password of {accepted.Source.Name}"),
            { Refusal: var refusal } => new SignInAnswer.Refused(refusal!, refusal!, null) { IsPasswordRight = true },
        };

    private static SignInAnswer.Refused Crowded() => new(GuessTurns.Crowded, GuessTurns.NotTried, null) { IsCrowded = true };

    private static SignInAnswer.Refused Refuse(List<ProviderAnswer.Refused> refusals, PasswordVerdict verdict)
    {
        string[] troubles = [.. refusals.SelectMany(refused => refused.Troubles)];
        var words = ProviderAnswer.Refused.PublicText(refusals.Exists(refused => refused.Why == ProviderRefusal.NoPassword), troubles.Length > 0);
        if (verdict.Outcome == PasswordOutcome.Disabled)
            return new SignInAnswer.Refused(words, verdict.Words, verdict.Account);
        var why = verdict.Outcome is PasswordOutcome.Wrong or PasswordOutcome.Locked or PasswordOutcome.Crowded ? verdict.Words : refusals.MinBy(refused => Telling(refused.Why))!.Detail;
        return new SignInAnswer.Refused(words, string.Join(" ", [why, .. troubles]), verdict.Account);
    }

    // What a provider knows of the person says more than that another could not be asked, and that more than that a third knows nobody.
    private static int Telling(ProviderRefusal why) => why switch
    {
        ProviderRefusal.UnknownName => 2,
        ProviderRefusal.Trouble => 1,
        ProviderRefusal.NoPassword or ProviderRefusal.WrongPassword or ProviderRefusal.Locked or ProviderRefusal.Barred => 0,
    };
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
