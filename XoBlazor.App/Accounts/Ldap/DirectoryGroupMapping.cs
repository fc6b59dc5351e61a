using System.Text.Json.Serialization;

namespace XoBlazor.App.Accounts.Ldap;

/// <summary>What members of a directory's group get.</summary>
[JsonDerivedType(typeof(Role), "role")]
[JsonDerivedType(typeof(LocalGroup), "group")]
internal abstract record DirectoryGroupTarget
{
    private DirectoryGroupTarget()
    {
    }

    /// <summary>A role, by its id: everywhere, or in a scope as <see cref="Data.ScopeText"/> writes it.</summary>
    public sealed record Role(string RoleId, string? Scope = null) : DirectoryGroupTarget;

    /// <summary>Membership in a local group, by its id, and with it that group's grants.</summary>
    public sealed record LocalGroup(Guid GroupId) : DirectoryGroupTarget;
}

/// <summary>A directory's group, by immutable id or by DN, and what its members get.</summary>
internal sealed record DirectoryGroupMapping(string Group, DirectoryGroupTarget Target)
{
    public bool Matches(DirectoryGroup group) =>
        Group.Equals(group.Id, StringComparison.OrdinalIgnoreCase) || DistinguishedName.AreSame(Group, group.Dn);
}
