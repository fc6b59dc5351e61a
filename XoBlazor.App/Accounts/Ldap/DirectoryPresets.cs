namespace XoBlazor.App.Accounts.Ldap;

/// <summary>Kinds of directories whose ways are known.</summary>
internal enum DirectoryPreset
{
    ActiveDirectory,

    /// <summary>OpenLDAP with groupOfNames (RFC 2307bis).</summary>
    OpenLdap,

    /// <summary>OpenLDAP with posixGroup and memberUid (RFC 2307).</summary>
    OpenLdapPosix,

    FreeIpa,
}

/// <summary>Settings to begin with: everything that follows from the kind of directory and its base.</summary>
internal static class DirectoryPresets
{
    public static DirectorySettings Make(this DirectoryPreset preset, Guid id, string name, string baseDn, params ReadOnlySpan<string> uris) => preset switch
    {
        DirectoryPreset.ActiveDirectory => new()
        {
            Id = id,
            Name = name,
            Uris = [.. uris],
            UserBase = baseDn,
            UserFilter = "(&(objectCategory=person)(objectClass=user)(|(sAMAccountName={name})(userPrincipalName={name})))",
            IdAttribute = "objectGUID",
            NameAttribute = "sAMAccountName",
            DisplayNameAttribute = "displayName",
            Groups = new()
            {
                Base = baseDn,
                Filter = "(objectClass=group)",
                IdAttribute = "objectGUID",
                NameAttribute = "sAMAccountName",
                Nesting = GroupNesting.ChainRule,
                Primary = PrimaryGroup.Rid,
            },
        },
        DirectoryPreset.OpenLdap => new()
        {
            Id = id,
            Name = name,
            Uris = [.. uris],
            UserBase = baseDn,
            UserFilter = "(&(objectClass=inetOrgPerson)(uid={name}))",
            IdAttribute = "entryUUID",
            NameAttribute = "uid",
            Groups = new() { Base = baseDn, IdAttribute = "entryUUID", Nesting = GroupNesting.Walk },
        },
        DirectoryPreset.OpenLdapPosix => new()
        {
            Id = id,
            Name = name,
            Uris = [.. uris],
            UserBase = baseDn,
            UserFilter = "(&(objectClass=posixAccount)(uid={name}))",
            IdAttribute = "entryUUID",
            NameAttribute = "uid",
            Groups = new()
            {
                Base = baseDn,
                Filter = "(objectClass=posixGroup)",
                IdAttribute = "entryUUID",
                GroupAttribute = "memberUid",
                UserAttribute = "uid",
                Primary = PrimaryGroup.GidNumber,
            },
        },
        // FreeIPA writes indirect memberships into memberOf itself.
        DirectoryPreset.FreeIpa => new()
        {
            Id = id,
            Name = name,
            Uris = [.. uris],
            UserBase = $"cn=users,cn=accounts,{baseDn}",
            UserFilter = "(&(objectClass=posixaccount)(uid={name}))",
            IdAttribute = "ipaUniqueID",
            NameAttribute = "uid",
            Groups = new()
            {
                Base = $"cn=groups,cn=accounts,{baseDn}",
                Filter = "(objectClass=ipausergroup)",
                IdAttribute = "ipaUniqueID",
                Lookup = GroupLookup.InUser,
            },
        },
    };
}
