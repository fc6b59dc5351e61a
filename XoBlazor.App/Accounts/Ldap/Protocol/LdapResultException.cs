namespace XoBlazor.App.Accounts.Ldap.Protocol;

/// <summary>A directory server answered and said no. The connection can be used further.</summary>
internal sealed class LdapResultException(LdapTarget target, LdapStage stage, LdapResult result, string message)
    : LdapException(target, stage, message, null)
{
    public LdapResultCode Code { get; } = result.Code;

    /// <summary>The server's own words, made safe for one line; may be empty.</summary>
    public string Diagnostic { get; } = LdapWords.Printable(result.Diagnostic);

    /// <summary>What is wrong with the account that wanted to bind, where the server says so.</summary>
    public AccountProblem? Account { get; init; }

    /// <summary>Where the server sends us, for <see cref="LdapResultCode.Referral"/>.</summary>
    public IReadOnlyList<string> Referrals { get; } = result.Referrals;

    public override bool MayAnotherServerHelp => Code is LdapResultCode.Busy or LdapResultCode.Unavailable;
}
