using System.Collections.Immutable;

namespace XoBlazor.App.Accounts.Ldap.Protocol;

/// <summary>How far below its base a search looks (RFC 4511 §4.5.1.2; the numbers are the wire's).</summary>
internal enum LdapScope
{
    Base = 0,
    OneLevel = 1,
    Subtree = 2,
}

/// <summary>A search. Aliases are not followed: they would lead outside the base that an administrator has chosen.</summary>
internal sealed record LdapSearch
{
    public required string Base { get; init; }

    public LdapScope Scope { get; init; } = LdapScope.Subtree;

    public required LdapFilter Filter { get; init; }

    /// <summary>The attributes wanted. None means no attribute at all, never "all".</summary>
    public ImmutableArray<string> Attributes { get; init; } = [];

    /// <summary>Entries the server may send at most, 0 for no wish; more ends the search with <see cref="LdapResultCode.SizeLimitExceeded"/> after those that fit.</summary>
    public int SizeLimit { get; init; }

    /// <summary>Entries of one page (RFC 2696), 0 for no paging.</summary>
    public int PageSize { get; init; } = 500;

    /// <summary>Entries we take in at most over all pages, whatever the server does.</summary>
    public int MaxEntries { get; init; } = 200_000;
}
