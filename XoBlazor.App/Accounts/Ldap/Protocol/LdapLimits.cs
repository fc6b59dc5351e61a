namespace XoBlazor.App.Accounts.Ldap.Protocol;

/// <summary>What we take in from a server at most; beyond it the connection is closed. Far above what directories hold.</summary>
internal static class LdapLimits
{
    /// <summary>Bytes of one message: one entry with all its values.</summary>
    public const int MessageBytes = 16 << 20;

    /// <summary>Bytes of all messages that answer one request, so of one page of a search.</summary>
    public const int AnswerBytes = 64 << 20;

    public const int ValuesOfAnEntry = 250_000;

    public const int AttributesOfAnEntry = 5_000;

    public const int Controls = 32;

    /// <summary>Addresses in one referral.</summary>
    public const int Referrals = 64;

    /// <summary>Nesting of a filter that we parse or send.</summary>
    public const int FilterDepth = 32;

    /// <summary>Characters of a filter that we parse.</summary>
    public const int FilterLength = 16_384;
}
