using XoBlazor.App.Accounts.SecondFactors;

namespace XoBlazor.App.Accounts.Steps;

/// <summary>Somebody on the way in: what is proven, and what the next page asks. Lives on the server; the browser holds only its name. Touched by whoever holds <see cref="Gate"/>.</summary>
internal sealed class PendingSignIn(Guid accountId, string proofs, string returnTo, DateTimeOffset ends)
{
    /// <summary>One step at a time: the same answer twice at once counts once.</summary>
    public SemaphoreSlim Gate { get; } = new(1, 1);

    public Guid AccountId => accountId;

    public string ReturnTo => returnTo;

    public DateTimeOffset Ends => ends;

    /// <summary>What was proven so far, for the audit.</summary>
    public string Proofs { get; private set; } = proofs;

    /// <summary>The account's stamp; another one means that it was changed by somebody else meanwhile.</summary>
    public required string? Stamp { get; set; }

    public bool IsSecondProven { get; private set; }

    /// <summary>Signed in, or given up.</summary>
    public bool IsOver { get; set; }

    /// <summary>The key shown to an authenticator app that is to be enrolled.</summary>
    public string? NewKey { get; set; }

    /// <summary>What was asked of a passkey; an answer uses it up.</summary>
    public PasskeyQuestion? Question { get; set; }

    /// <summary>Fresh recovery codes that have to be seen.</summary>
    public IReadOnlyList<string>? FreshCodes { get; set; }

    /// <summary>More than the password is proven.</summary>
    public void NoteSecond(string proof) => (IsSecondProven, Proofs) = (true, $"{Proofs}, {proof}");
}
