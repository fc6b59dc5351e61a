namespace XoBlazor.App.Accounts.Passwords;

/// <summary>What became of a second proof.</summary>
internal enum SecondOutcome
{
    Right,
    Wrong,

    /// <summary>The account takes nothing at the moment, perhaps from this proof on.</summary>
    Locked,

    /// <summary>Too many are trying the account at the same moment; this one was not tried.</summary>
    Crowded,
}

/// <param name="Proof">What was proven, in words; null when nothing was.</param>
internal readonly record struct SecondVerdict(SecondOutcome Outcome, string? Proof = null)
{
    /// <summary>Set when this failure locked the account.</summary>
    public DateTimeOffset? LockedUntil { get; init; }

    /// <summary>Why it was refused, for the audit.</summary>
    /// <param name="kind">What was tried.</param>
    public string Reason(string kind) => Outcome switch
    {
        SecondOutcome.Crowded => $"right password, {kind} {GuessTurns.NotTried}",
        SecondOutcome.Locked when LockedUntil is null => PasswordVerdict.Locked,
        _ => $"right password, wrong {kind}",
    };
}
