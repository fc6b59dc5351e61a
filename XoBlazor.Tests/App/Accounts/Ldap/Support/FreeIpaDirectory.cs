namespace XoBlazor.Tests.App.Accounts.Ldap.Support;

/// <summary>
/// What of FreeIPA's tree and schema sign-in meets, for slapd: classes and <c>ipaUniqueID</c> as in FreeIPA's 60basev2.ldif, people and groups under
/// cn=accounts, private groups of users, and <c>memberOf</c> as its plug-in writes it: groups within groups included, and roles and rules besides. What
/// 389 Directory Server keeps as operational attributes, and posixGroup beside another structural class, OpenLDAP does not take; they are left out or
/// given a class of the test's own.
/// </summary>
internal static class FreeIpaDirectory
{
    public const string AliceId = "6f2c0d4e-7b1a-11ef-9c1d-525400a1b2c3";
    public const string Accounts = "cn=accounts," + Slapd.Suffix;
    public const string Groups = "cn=groups," + Accounts;

    /// <summary>alice is in staff, and staff is in everyone; locked is disabled.</summary>
    public static string Content { get; } = string.Concat(
        Container("accounts", Slapd.Suffix), Container("users", Accounts), Container("groups", Accounts), Container("roles", Accounts), Container("hbac", Slapd.Suffix),
        Person("alice", "Alice Liddell", AliceId.ToUpperInvariant(), "FALSE",
            $"cn=staff,{Groups}", $"cn=everyone,{Groups}", $"cn=Helpdesk,cn=roles,{Accounts}", $"ipaUniqueID=0b0b0b0b-7b1a-11ef-9c1d-525400a1b2c3,cn=hbac,{Slapd.Suffix}"),
        Person("locked", "Locked", "6f2c0d4e-7b1a-11ef-9c1d-525400a1b2c4", "TRUE", $"cn=everyone,{Groups}"),
        Group("staff", "6f2c0d4e-7b1a-11ef-9c1d-525400a1b2d1", [Dn("alice")]),
        Group("everyone", "6f2c0d4e-7b1a-11ef-9c1d-525400a1b2d2", [Dn("locked"), $"cn=staff,{Groups}"]),
        Group("others", "6f2c0d4e-7b1a-11ef-9c1d-525400a1b2d3", [Dn("nobody")]),
        ExampleDirectory.Entry([$"dn: cn=alice,{Groups}", "objectClass: posixGroup", "objectClass: ipaObject", "cn: alice", "gidNumber: 5000", "ipaUniqueID: 6f2c0d4e-7b1a-11ef-9c1d-525400a1b2d4"]));

    public static SlapdOptions Options { get; } = new()
    {
        Global = """
            attributetype ( 2.16.840.1.113730.3.8.3.1 NAME 'ipaUniqueID' EQUALITY caseIgnoreMatch ORDERING caseIgnoreOrderingMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )
            attributetype ( 1.1.2.1.1 NAME 'nsAccountLock' EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
            objectclass ( 2.16.840.1.113730.3.8.4.12 NAME 'ipaObject' AUXILIARY MUST ipaUniqueID )
            objectclass ( 2.16.840.1.113730.3.8.4.3 NAME 'nestedGroup' SUP groupOfNames STRUCTURAL )
            objectclass ( 2.16.840.1.113730.3.8.4.4 NAME 'ipaUserGroup' SUP nestedGroup STRUCTURAL )
            objectclass ( 1.1.2.2.1 NAME 'lockable' AUXILIARY MAY nsAccountLock )
            """,
    };

    public static string Dn(string uid) => $"uid={uid},cn=users,{Accounts}";

    private static string Container(string name, string below) => ExampleDirectory.Entry([$"dn: cn={name},{below}", "objectClass: organizationalRole", $"cn: {name}"]);

    private static string Person(string uid, string name, string id, string locked, params string[] memberOf) => ExampleDirectory.Entry(
    [
        $"dn: {Dn(uid)}", "objectClass: inetOrgPerson", "objectClass: posixAccount", "objectClass: ipaObject", "objectClass: lockable",
        $"uid: {uid}", $"cn: {name}", $"sn: {name}", $"mail: {uid}@example.test", "uidNumber: 5000", "gidNumber: 5000", $"homeDirectory: /home/{uid}",
        $"userPassword: {ExampleDirectory.PasswordOf(uid)}", $"ipaUniqueID: {id}", $"nsAccountLock: {locked}",
        .. memberOf.Select(dn => $"memberOf: {dn}"),
    ]);

    private static string Group(string name, string id, IEnumerable<string> members) => ExampleDirectory.Entry(
        [$"dn: cn={name},{Groups}", "objectClass: ipaUserGroup", "objectClass: ipaObject", $"cn: {name}", $"ipaUniqueID: {id}", .. members.Select(member => $"member: {member}")]);
}
