namespace XoBlazor.App.Accounts.Ldap;

/// <summary>What members of a directory's group get.</summary>
internal abstract record DirectoryGroupTarget
{
    private DirectoryGroupTarget()
    {
    }

    /// <summary>A role everywhere, by its id.</summary>
    public sealed record Role(string RoleId) : DirectoryGroupTarget;

    /// <summary>Membership in a local group, by its id, and with it that group's grants.</summary>
    public sealed record LocalGroup(Guid GroupId) : DirectoryGroupTarget;
}

/// <summary>A directory's group, by immutable id or by DN, and what its members get.</summary>
internal sealed record DirectoryGroupMapping(string Group, DirectoryGroupTarget Target)
{
    public bool Matches(DirectoryGroup group) =>
        Group.Equals(group.Id, StringComparison.OrdinalIgnoreCase) || DistinguishedName.AreSame(Group, group.Dn);
}
