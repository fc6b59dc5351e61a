namespace XoBlazor.App.Accounts.Steps;

/// <summary>What may be asked between the password and the session, in this order.</summary>
internal enum SignInStep
{
    /// <summary>A code or a passkey.</summary>
    Prove,

    /// <summary>A password of one's own in place of one that somebody else set.</summary>
    NewPassword,

    /// <summary>A second factor that a role asks for and that is not there yet.</summary>
    Enrol,

    /// <summary>Seeing the recovery codes.</summary>
    KeepCodes,

    Done,
}
