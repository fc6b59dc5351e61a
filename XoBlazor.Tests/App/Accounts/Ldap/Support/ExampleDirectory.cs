using System.Text;

namespace XoBlazor.Tests.App.Accounts.Ldap.Support;

/// <summary>
/// The content of the tests' directories as LDIF. People under ou=people; groups of both kinds: groupOfNames with DNs under ou=groups
/// (RFC 2307bis), posixGroup with memberUid under ou=posix (RFC 2307).
/// </summary>
internal static class ExampleDirectory
{
    public const string People = "ou=people," + Slapd.Suffix;
    public const string Groups = "ou=groups," + Slapd.Suffix;
    public const string Posix = "ou=posix," + Slapd.Suffix;
    public const string AliceId = "11111111-aaaa-4aaa-8aaa-000000000001";

    /// <summary>alice is in staff directly, through staff in everyone, and everyone is in staff again; bob is in nothing.</summary>
    public static string Small { get; } = string.Concat(
        Unit("people"), Unit("groups"), Unit("posix"),
        Person("alice", "Alice Liddell", "alice@example.test", AliceId, gid: 5000),
        Person("bob", "Bob", "bob@example.test", gid: 5001),
        Group("staff", [$"uid=alice,{People}", $"cn=everyone,{Groups}"]),
        Group("everyone", [$"cn=staff,{Groups}"]),
        Group("others", [$"uid=nobody,{People}"]),
        PosixGroup("operators", 6000, ["alice", "bob"]),
        PosixGroup("alices", 5000, []),
        PosixGroup("strangers", 6001, ["nobody"]));

    public static string Person(string uid, string name, string mail, string? entryUuid = null, int gid = 5999, params string[] more) => Entry(
    [
        $"dn: uid={uid},{People}", "objectClass: inetOrgPerson", "objectClass: posixAccount",
        $"uid: {uid}", $"cn: {name}", $"sn: {name}", $"mail: {mail}",
        "uidNumber: 1000", $"gidNumber: {gid}", $"homeDirectory: /home/{uid}", $"userPassword: {PasswordOf(uid)}",
        .. entryUuid is null ? [] : new[] { $"entryUUID: {entryUuid}" },
        .. more,
    ]);

    public static string PasswordOf(string uid) => $"{uid}s secret";

    public static string Unit(string name) => Entry([$"dn: ou={name},{Slapd.Suffix}", "objectClass: organizationalUnit", $"ou: {name}"]);

    public static string Group(string name, IEnumerable<string> members) =>
        Entry([$"dn: cn={name},{Groups}", "objectClass: groupOfNames", $"cn: {name}", .. members.Select(member => $"member: {member}")]);

    public static string PosixGroup(string name, int gid, IEnumerable<string> uids) =>
        Entry([$"dn: cn={name},{Posix}", "objectClass: posixGroup", $"cn: {name}", $"gidNumber: {gid}", .. uids.Select(uid => $"memberUid: {uid}")]);

    public static string Entry(IEnumerable<string> lines) => string.Join('\n', lines) + "\n\n";

    /// <summary>A value that LDIF cannot hold as it is.</summary>
    public static string Base64(string value) => Convert.ToBase64String(Encoding.UTF8.GetBytes(value));
}
