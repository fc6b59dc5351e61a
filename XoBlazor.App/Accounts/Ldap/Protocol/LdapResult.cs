using System.Collections.Immutable;

namespace XoBlazor.App.Accounts.Ldap.Protocol;

/// <summary>The LDAPResult that ends an operation (RFC 4511 §4.1.9), with what the controls say that came with it.</summary>
internal sealed record LdapResult(LdapResultCode Code, string MatchedDn, string Diagnostic, ImmutableArray<string> Referrals)
{
    /// <summary>Where the next page begins (RFC 2696); empty when this was the last, or the server does not page.</summary>
    public ReadOnlyMemory<byte> Cookie { get; init; }

    /// <summary>What a password policy says about a bind.</summary>
    public AccountProblem? Policy { get; init; }
}
