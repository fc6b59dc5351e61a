using XoBlazor.App.Accounts.Ldap.Protocol;

namespace XoBlazor.App.Accounts.Ldap;

/// <summary>Where it is written who is in a group.</summary>
internal enum GroupLookup
{
    /// <summary>In the groups: their <see cref="DirectoryGroupSettings.GroupAttribute"/> lists members.</summary>
    InGroups,

    /// <summary>In the user's entry: <see cref="DirectoryGroupSettings.MemberOfAttribute"/> lists groups.</summary>
    InUser,
}

/// <summary>How groups within groups count.</summary>
internal enum GroupNesting
{
    /// <summary>Only groups that name the user.</summary>
    None,

    /// <summary>We ask level by level which groups contain the groups found so far.</summary>
    Walk,

    /// <summary>The server does it: Active Directory's matching rule 1.2.840.113556.1.4.1941.</summary>
    ChainRule,
}

/// <summary>The group that a user is in without being listed.</summary>
internal enum PrimaryGroup
{
    None,

    /// <summary>Active Directory: the user's domain with primaryGroupID as last part of the SID.</summary>
    Rid,

    /// <summary>RFC 2307: the group with the user's gidNumber.</summary>
    GidNumber,
}

/// <summary>How a directory keeps its groups.</summary>
internal sealed record DirectoryGroupSettings
{
    /// <summary>Stands for the entry's own name in <see cref="UserAttribute"/>.</summary>
    public const string Dn = "dn";

    public required string Base { get; init; }

    public LdapScope Scope { get; init; } = LdapScope.Subtree;

    public string Filter { get; init; } = "(objectClass=groupOfNames)";

    public required string IdAttribute { get; init; }

    public string NameAttribute { get; init; } = "cn";

    public GroupLookup Lookup { get; init; }

    /// <summary>The attribute of a group that lists members: member, uniqueMember, memberUid.</summary>
    public string GroupAttribute { get; init; } = "member";

    /// <summary>What of a user stands in it: <see cref="Dn"/>, or an attribute such as uid.</summary>
    public string UserAttribute { get; init; } = Dn;

    public string MemberOfAttribute { get; init; } = "memberOf";

    public GroupNesting Nesting { get; init; }

    public PrimaryGroup Primary { get; init; }
}
