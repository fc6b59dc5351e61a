namespace XoBlazor.App.Accounts.Ldap.Protocol;

/// <summary>What came is no message of LDAP, or one too large to take in. Stays within the protocol.</summary>
internal sealed class LdapFrameException(string message) : Exception(message)
{
    public bool IsTooLarge { get; init; }
}
